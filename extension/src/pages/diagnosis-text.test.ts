import { expect, it } from "vitest";
import type { Report } from "../lib/messages.ts";
import { diagnosisText } from "./diagnosis-text.ts";

const report: Report = {
	host: "Zammad",
	ticket: "19",
	number: "33019",
	rows: 0,
	found: ["timer"],
	missing: ["matrix"],
	faults: ["TypeError: Failed to fetch https://desk.example.org/#ticket/zoom/19"],
	receivedAt: 10_000,
	isVisible: true,
	checks: [
		{ name: "ticketSidebar", expected: "1", found: 0, isRight: false },
		{ name: "articles", expected: "1", found: 1, isRight: true },
	],
};

it("says what was expected and found, and holds no address and no ticket", () => {
	const text = diagnosisText(report, { version: "0.1.0", userAgent: "Browser 1", language: "nl", now: 52_000 });
	expect(text).toBe(
		[
			"Stipt 0.1.0, nl",
			"Browser 1",
			"host: Zammad",
			"ticket on the page: yes; rows in a list: 0",
			"places found: timer",
			"places missing: matrix",
			"age of the data: 42 s",
			"NOT ticketSidebar: expected 1, found 0",
			"ok  articles: expected 1, found 1",
			"fault: TypeError: Failed to fetch (address)",
		].join("\n"),
	);
});
