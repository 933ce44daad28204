import { describe, expect, test } from "vitest";
import { languages } from "../../wire/language.ts";
import { at, opened, prioritised, state } from "../testing/ledger.ts";
import { businessHours, policyWith, service, workingDays } from "../testing/policy.ts";
import { formatProof } from "./format-proof.ts";
import { proofWords } from "./proof-words.ts";
import { proofsOf } from "./proofs-of.ts";

const policy = policyWith({
	title: "Practice desk",
	services: [
		service({ targets: { P2: { resolution: businessHours(400), "first-response": workingDays(3) }, P4: {} } }),
	],
});
const facts = [
	opened("2026-11-03 15:00"),
	prioritised("2026-11-03 15:00", "P2"),
	state("2026-11-05 16:00", "waiting"),
	state("2026-11-06 10:30", "open"),
];
const ticket = { connection: "desk", ticket: "12", number: "64012" };
const [resolution, response] = proofsOf(facts, policy, at("2026-11-06 12:00"), { tzData: "2026a", ticket });

describe("a proof as text", () => {
	test("of 400 hours is read on one page: equal days are one line, holidays and pauses stand where they fall", () => {
		const text = resolution === undefined ? "" : formatProof(resolution, "en");
		expect(text.split("\n").length).toBeLessThan(40);
		expect(text).toContain("Resolution of ticket 64012: due Fri, 22 Jan 2027, 09:30");
		expect(text).toContain(
			"[2 h 30 min]  16:00 to Fri, 6 Nov 2026, 10:30 does not count: Waiting (waits for the customer)",
		);
		expect(text).toMatch(/Wed, 11 Nov 2026 +closed: holiday/);
		expect(text).toMatch(/Thu, 12 Nov 2026 to Thu, 24 Dec 2026 +248 h +31 working days of 8 h/);
		expect(text).toMatch(/Sum +400 h/);
	});

	test("says how working days are counted", () => {
		const text = response === undefined ? "" : formatProof(response, "nl");
		expect(text).toContain(
			"3 werkdagen, tot sluitingstijd van de laatste; dag van aankomst niet meegeteld (streefdoel)",
		);
		expect(text).toContain("Eerste reactie van ticket 64012: uiterlijk vr 6 nov 2026, 17:00 (+01:00)");
	});

	test("is aligned and complete in every language", () => {
		for (const language of languages) {
			const lines = resolution === undefined ? [] : formatProof(resolution, language).split("\n");
			expect(lines.join("\n")).not.toMatch(/[{}\u00A0\u202F]|undefined|null/);
			const table = lines.filter((line) => line.startsWith("  "));
			const amounts = table.map((line) => /^ {2}.*?\d{4} .*? \d+ \S+(?= {2})/.exec(line)?.[0].length).filter(Boolean);
			expect(new Set(amounts).size).toBe(1);
		}
	});

	test("of best effort, of a clock that stands and of one that was missed says so in its first line", () => {
		const titles = (priority: string, now: string, pausedAt?: string) =>
			proofsOf(
				[
					opened("2026-11-03 15:00"),
					prioritised("2026-11-03 15:00", priority),
					...(pausedAt === undefined ? [] : [state(pausedAt, "waiting")]),
				],
				policy,
				at(now),
				{ tzData: "2026a" },
			).map((proof) => formatProof(proof, "fr").split("\n")[0]);
		expect(titles("P4", "2026-11-04 12:00")[0]).toBe("Résolution : au mieux, sans échéance");
		expect(titles("P2", "2026-11-04 12:00", "2026-11-04 11:00")[0]).toBe("Résolution : à l’arrêt");
		expect(titles("P2", "2026-11-09 10:30")[1]).toBe("Première réponse : dépassé, 1 h 30 min de retard");
	});
});

test("every word of a proof exists in every language, with the same values in it", () => {
	for (const [key, words] of Object.entries(proofWords)) {
		const values = languages.map((language) => (words[language].match(/\{[a-z]+\}/g) ?? []).sort().join());
		expect(new Set(values).size, key).toBe(1);
		expect(
			languages.every((language) => words[language].trim() !== ""),
			key,
		).toBe(true);
	}
});
