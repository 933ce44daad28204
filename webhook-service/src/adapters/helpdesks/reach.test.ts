import { describe, expect, test } from "vitest";
import { ServiceError } from "../../errors.ts";
import { dateOf, encryptionFinding, remedy, skewFinding } from "./reach.ts";

const failed = (message: string) => remedy(new ServiceError("unreachable", message), "otherwise");
const now = Date.parse("2026-11-22T12:00:00Z");

describe("what to do about a failed call", () => {
	test.each([
		["GET https://desk.example: ENOTFOUND", /spelling/],
		["GET https://desk.example: ECONNREFUSED", /nothing listens/],
		["GET https://desk.example: no answer in time", /[Ff]irewalls/],
		["GET https://desk.example: CERT_HAS_EXPIRED", /Renew/],
		["GET https://desk.example: DEPTH_ZERO_SELF_SIGNED_CERT", /NODE_EXTRA_CA_CERTS/],
		["GET https://desk.example: ERR_TLS_CERT_ALTNAME_INVALID", /host name/],
		["GET https://desk.example: EPROTO", /No TLS/],
		["GET http://desk.example: answered 301; redirects are not followed: enter the final address", /sends browsers to/],
		[
			"Expected a public address, found a. Allow private addresses for this connection if that is meant.",
			/--allow-private/,
		],
	])("%s", (message, todo) => {
		expect(failed(message)).toMatch(todo);
	});

	test("what nobody foresaw is answered as the caller says", () => {
		expect(failed("something else")).toBe("otherwise");
	});
});

describe("the helpdesk's clock", () => {
	test("is fine within seconds, worth a line from 10 s, and stops a connection from two minutes", () => {
		expect(skewFinding(now + 9_000, now)).toMatchObject({ ok: true, todo: null });
		expect(skewFinding(now - 10_000, now)).toMatchObject({ ok: true, found: "the helpdesk's is 10 s behind ours" });
		expect(skewFinding(now + 120_000, now)).toMatchObject({
			ok: false,
			found: "the helpdesk's is 120 s ahead of ours",
		});
		expect(skewFinding(null, now)).toMatchObject({ ok: true, todo: null });
	});

	test("is read from the Date header, when there is a readable one", () => {
		expect(dateOf({ date: "Sun, 22 Nov 2026 12:00:00 GMT" })).toBe(now);
		expect(dateOf({})).toBeNull();
		expect(dateOf({ date: "tomorrow" })).toBeNull();
	});
});

test("plain http is a warning that names what travels in clear", () => {
	expect(encryptionFinding("http://desk.example", "token")).toMatchObject({
		ok: true,
		found: expect.stringContaining("token"),
	});
	expect(encryptionFinding("https://desk.example", "token").todo).toBeNull();
});
