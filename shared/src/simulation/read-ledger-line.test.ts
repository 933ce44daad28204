import { describe, expect, test } from "vitest";
import { readLedgerLine } from "./read-ledger-line.ts";

const opened = { kind: "opened", channel: "portal", by: { kind: "customer" }, at: "2026-03-02T09:00:00+01:00" };
const line = (change: object) => JSON.stringify({ ticket: "1", facts: [opened], ...change });

describe("a ticket as a line of JSON", () => {
	test("may say instants as text, and leave out where it comes from and when facts were learned", () => {
		const at = Date.parse("2026-03-02T08:00:00Z");
		expect(readLedgerLine(line({}), 1)).toEqual({
			...{ connection: "file", ticket: "1", facts: [{ ...opened, id: "l0", at, seenAt: at }] },
		});
	});

	test.each([
		["no json", 'line 3: expected a ticket as one line of JSON, found "no json"'],
		[line({ ticket: 7 }), "line 3, ticket: expected its id as text, found 7"],
		[line({ facts: [] }), "line 3, facts: expected a list of facts, found []"],
		[
			line({ facts: [opened, { ...opened, at: "2026-03-02" }] }),
			'line 3, facts[1].at: expected an instant with an offset or Z, found "2026-03-02"',
		],
		[
			line({ facts: [{ ...opened, by: undefined }] }),
			'line 3, facts[0].by: expected who it was, such as {"kind":"agent"}, found nothing',
		],
	])("%s is refused with the place", (text, message) => {
		expect(() => readLedgerLine(text, 3)).toThrow(message);
	});
});
