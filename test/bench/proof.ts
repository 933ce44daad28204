import type { Calendar } from "@stipt/shared/calendar/calendar";
import { compileCalendar } from "@stipt/shared/calendar/compile-calendar";
import type { Policy } from "@stipt/shared/policy/policy";
import { evaluate } from "@stipt/shared/sla/evaluate";
import type { Fact } from "@stipt/shared/sla/fact";
import { formatProof } from "@stipt/shared/sla/proof/format-proof";
import { proofsOf } from "@stipt/shared/sla/proof/proofs-of";
import { opened, prioritised, state } from "@stipt/shared/sla/testing/ledger";
import { businessHours, hour, policyWith, service } from "@stipt/shared/sla/testing/policy";
import { verify } from "@stipt/shared/verify/verify";
import { alternate, type BenchResult, type Subject } from "./measuring/alternate.ts";

const day = 24 * hour;
const tickets = 128;

/**
 * Proofs of tickets with one pause, and their verification, against the evaluation of the same tickets: what a proof
 * costs beside the deadline that it explains. Sizes are the resolution's target.
 */
export function bench(): BenchResult[] {
	return [8, 80, 400].flatMap((hours) => {
		const policy = policyOf(hours);
		const ledgers = Array.from({ length: tickets }, (_, index) => ledgerOf(index));
		const proofs = ledgers.map(({ facts, now }) => onlyProof(facts, policy, now));
		for (const proof of proofs) {
			const { faults } = verify(proof);
			if (faults.length > 0) throw new Error(`Expected a proof that adds up, found ${faults.join(" ")}`);
		}
		const subjects: Subject[] = [
			{ name: "evaluate", run: over(ledgers, ({ facts, now }) => evaluate(facts, policy, now).clocks.length) },
			{ name: "proof", run: over(ledgers, ({ facts, now }) => onlyProof(facts, policy, now).sum) },
			{ name: "text", run: over(proofs, (proof) => formatProof(proof, "nl").length) },
			{ name: "verify", run: over(proofs, (proof) => verify(proof).faults.length + 1) },
		];
		const measured = alternate(subjects, { rounds: 5, roundMs: 200 });
		const baseline = measured.get("evaluate");
		if (baseline === undefined) throw new Error("Expected measurements, found none");
		return ["proof", "text", "verify"].map((name): BenchResult => {
			const value = measured.get(name) ?? baseline;
			return {
				case: `${name}, target of ${hours} h`,
				value: Math.round(value.median),
				unit: "per second",
				baseline: Math.round(baseline.median),
				baselineName: "evaluate",
				ratio: value.median / baseline.median,
				spread: { value, baseline },
			};
		});
	});
}

function policyOf(hours: number): Policy {
	const weekly = Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((weekday) => [weekday, ["09:00-17:00"]]));
	const flemish: Calendar = compileCalendar(
		{ zone: "Europe/Brussels", weekly, holidays: ["@office"] },
		{ office: [{ fixed: "01-01" }, { easter: 1 }, { fixed: "05-01" }, { fixed: "07-21" }, { fixed: "12-25" }] },
	);
	const targets = { P2: { resolution: businessHours(hours) } };
	return policyWith({
		calendars: { ...policyWith().calendars, flemish },
		services: [service({ targets, ladder: null })],
	});
}

/** Tickets spread over 2026, the same in every run. */
function ledgerOf(index: number): { facts: Fact[]; now: number } {
	const start = Date.UTC(2026, 0, 5, 8) + ((index * 2_654_435_761) % (330 * 24 * 60)) * 60_000;
	const facts = [
		opened(start),
		prioritised(start, "P2"),
		state(start + 2 * hour, "waiting"),
		state(start + 2 * day, "open"),
	];
	return { facts, now: start + 3 * day };
}

function onlyProof(facts: readonly Fact[], policy: Policy, now: number) {
	const proof = proofsOf(facts, policy, now, { tzData: "2026a" }).find(({ goal }) => goal === "resolution");
	if (proof === undefined) throw new Error("Expected a proof of the resolution, found none");
	return proof;
}

function over<Item>(items: readonly Item[], ask: (item: Item) => number) {
	let next = 0;
	return (times: number): number => {
		let sum = 0;
		for (let done = 0; done < times; done++) {
			const item = items[next];
			if (item !== undefined) sum += ask(item);
			next = next + 1 === items.length ? 0 : next + 1;
		}
		return sum;
	};
}
