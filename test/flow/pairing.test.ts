import type { Me } from "@stipt/shared/wire/api";
import { type Paired, parsePairingLink } from "@stipt/shared/wire/pairing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { pair } from "../../webhook-service/src/commands/token.ts";
import type { Wiring } from "../../webhook-service/src/wiring.ts";
import { answered, startService, type TestService } from "../support/service.ts";
import { createTerminal } from "../support/terminal.ts";

const hour = 3_600_000;

describe("a pairing link", () => {
	let service: TestService;
	beforeEach(async () => {
		service = await startService({ start: "2026-03-02T09:00:00+01:00" });
	});
	afterEach(() => service.stop());

	const makeLink = async (...args: string[]) => {
		const wiring = { ports: service.ports, close: async () => undefined } as unknown as Wiring;
		const { out } = await createTerminal(wiring).run(pair, "--name", "Anna", ...args);
		const link = parsePairingLink(out);
		if (link === null) throw new Error(`Expected a pairing link, found ${out}.`);
		return link;
	};
	const use = (secret: string) =>
		fetch(`${service.url}/api/v1/pair`, {
			method: "POST",
			headers: { "Content-Type": "application/json" },
			body: JSON.stringify({ secret }),
		});

	test("gives one token, for whom it was made", async () => {
		const { secret } = await makeLink("--user", "desk=7");
		const { token } = await answered<Paired>(await use(secret));
		const me = await fetch(`${service.url}/api/v1/me`, { headers: { Authorization: `Bearer ${token}` } });
		expect(await answered<Me>(me)).toMatchObject({
			name: "Anna",
			role: "agent",
			connections: [{ id: "desk", user: "7" }],
		});
		expect((await use(secret)).status).toBe(401);
	});

	test("of two who use it at once serves one", async () => {
		const { secret } = await makeLink();
		const statuses = (await Promise.all([use(secret), use(secret), use(secret)])).map(({ status }) => status);
		expect(statuses.sort()).toEqual([200, 401, 401]);
	});

	test("is worth nothing after a day", async () => {
		const { secret } = await makeLink();
		service.clock.advance(24 * hour);
		expect((await use(secret)).status).toBe(401);
	});

	test("is kept as a hash alone", async () => {
		const { secret } = await makeLink();
		expect(JSON.stringify(service.log)).not.toContain(secret);
		expect((await use(secret.slice(1))).status).toBe(401);
	});

	test("opens a page that never sees its secret, in the reader's language", async () => {
		const page = await fetch(`${service.url}/pair`, { headers: { "Accept-Language": "nl" } });
		expect(page.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
		expect(await page.text()).toContain("koppellink");
	});
});
