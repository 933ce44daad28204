import { describe, expect, test } from "vitest";
import { compileCalendar } from "../../calendar/compile-calendar.ts";
import type { Policy, PolicyTimeline } from "../../policy/policy.ts";
import { verify } from "../../verify/verify.ts";
import type { Fact, Goal } from "../fact.ts";
import { at, fact, opened, prioritised, state } from "../testing/ledger.ts";
import { businessHours, hour, policyWith, service, words, workingDays } from "../testing/policy.ts";
import { proofsOf } from "./proofs-of.ts";

const by = { kind: "agent", id: "Anna" } as const;
const tuesday = [opened("2026-06-02 09:00"), prioritised("2026-06-02 09:00", "P2")];

/** The proof of one goal, which must add up. */
function proofOf(goal: Goal, facts: readonly Fact[], policy: Policy | PolicyTimeline, now: string) {
	const proof = proofsOf(facts, policy, at(now), { tzData: "2026a" }).find((found) => found.goal === goal);
	expect(verify(proof).faults).toEqual([]);
	return proof;
}

describe("a proof", () => {
	test("names what it was counted by: rule, version, calendar, its holidays and the time zone data", () => {
		const proof = proofOf("resolution", tuesday, policyWith(), "2026-06-02 12:00");
		expect(proof).toMatchObject({
			zone: "Europe/Brussels",
			tzData: "2026a",
			policy: { name: "practice", version: "v1" },
			rule: { service: "platform", priority: "P2", target: { kind: "business", stated: "8h", ms: 8 * hour } },
			started: { because: "opened" },
			calendars: [{ name: "flemish", version: expect.stringMatching(/^[0-9a-f]{8,}$/), policyVersion: "v1" }],
			deadline: { at: "2026-06-02T15:00:00.000Z", local: "2026-06-02T17:00:00.000+02:00" },
			sum: 8 * hour,
			elapsed: 3 * hour,
			remaining: 5 * hour,
		});
	});

	test("of a clock that stands still by hand says who waits for what, and when it would be due", () => {
		const paused = fact("2026-06-02 11:00", {
			...{ kind: "paused", because: "by-hand", reason: "A part is on its way", owner: "supplier", until: null, by },
		});
		const proof = proofOf("resolution", [...tuesday, paused], policyWith(), "2026-06-02 16:00");
		expect(proof).toMatchObject({
			state: "paused",
			deadline: null,
			withoutDeadline: "standing",
			ifResumedNow: { local: "2026-06-03T14:00:00.000+02:00" },
			pauses: [{ by: "hand", owner: "supplier", until: null, ms: 5 * hour, reason: words("A part is on its way") }],
		});
	});

	test("of an agreed deadline counts to it whatever pauses there are", () => {
		const deadline = at("2026-06-05 12:00");
		const agreed = fact("2026-06-02 10:00", {
			...{ kind: "deadline-agreed", goal: "resolution", deadline, reason: "After the move", by },
		});
		const waits = state("2026-06-03 09:00", "waiting");
		const proof = proofOf("resolution", [...tuesday, agreed, waits], policyWith(), "2026-06-04 12:00");
		expect(proof).toMatchObject({
			agreed: { reason: "After the move", deadline: { local: "2026-06-05T12:00:00.000+02:00" } },
			unpaused: true,
			sum: 27 * hour,
			elapsed: 8 * hour,
		});
	});

	test("of a hand-over is what the resolution leaves when the next line is to have its minimum", () => {
		const lines = [
			{ id: "first", name: words("First"), groups: [], minimum: null, designated: true },
			{ id: "second", name: words("Second"), groups: [], minimum: 2 * hour, designated: true },
		];
		const policy = policyWith({ services: [service({ lines })] });
		const proof = proofOf("handover", tuesday, policy, "2026-06-02 12:00");
		expect(proof).toMatchObject({
			rule: { line: "first", target: { kind: "left-for-line", line: "second", minimum: 2 * hour, left: 6 * hour } },
			deadline: { local: "2026-06-02T15:00:00.000+02:00" },
		});
	});

	test("under a version that took over names both calendars, each from when it holds", () => {
		const weekly = Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, ["09:00-13:00"]]));
		const half = compileCalendar({ zone: "Europe/Brussels", weekly }, {});
		const later = policyWith({ version: "v2", calendars: { ...policyWith().calendars, flemish: half } });
		const timeline: PolicyTimeline = [
			{ policy: policyWith() },
			{ policy: later, from: at("2026-06-02 12:00"), applies: "from-now" },
		];
		const proof = proofOf("resolution", tuesday, timeline, "2026-06-02 12:30");
		expect(proof).toMatchObject({
			calendars: [
				{ policyVersion: "v1", since: null },
				{ policyVersion: "v2", since: { local: "2026-06-02T12:00:00.000+02:00" } },
			],
			changes: [{ what: "policy", from: "v1", to: "v2" }],
			deadline: { local: "2026-06-03T13:00:00.000+02:00" },
		});
	});

	test("folds equal days, and keeps a day with other hours apart by its name", () => {
		const weekly = Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, ["22:00-06:00"]]));
		const nights = compileCalendar(
			{
				zone: "Europe/Brussels",
				weekly,
				holidayScope: "shift",
				exceptions: [{ date: "2026-06-10", closed: true, name: { nl: "Inventaris", en: "Inventory" } }],
			},
			{},
		);
		const policy = policyWith({
			calendars: { ...policyWith().calendars, flemish: nights },
			services: [service({ targets: { P2: { resolution: businessHours(80) } } })],
		});
		const proof = proofOf("resolution", tuesday, policy, "2026-06-02 12:00");
		expect(proof?.calendars[0]?.weeks[0]?.week.tue).toEqual({ hours: ["22:00-30:00"], minutes: 480 });
		expect(proof?.calendars[0]?.special).toMatchObject([
			{ date: "2026-06-10", because: "exception", hours: [], name: { nl: "Inventaris", fr: "Inventory" } },
		]);
		expect(proof?.counted.map((line) => (line.kind === "days" ? line.days : 1))).toEqual([6, 4]);
	});

	test("of best effort, and of working days, says what was counted", () => {
		const policy = policyWith({ services: [service({ targets: { P2: { resolution: workingDays(3) } } })] });
		expect(proofOf("resolution", tuesday, policy, "2026-06-02 12:00")).toMatchObject({
			rule: { target: { days: 3, stated: "3 working days", ends: { local: "2026-06-05T17:00:00.000+02:00" } } },
			sum: 32 * hour,
		});
		expect(proofOf("first-response", tuesday, policy, "2026-06-02 12:00")).toMatchObject({
			rule: { target: null, promise: "best-effort", without: "no-target" },
			...{ withoutDeadline: "best-effort", deadline: null, sum: 3 * hour, elapsed: 3 * hour },
		});
	});
});
