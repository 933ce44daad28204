import { describe, expect, test } from "vitest";
import type { LongestPause } from "../policy/policy.ts";
import { evaluate } from "./evaluate.ts";
import { clockOf } from "./testing/clock-of.ts";
import { alerted, answer, at, local, opened, paused, prioritised, question, resumed, state } from "./testing/ledger.ts";
import { atMost, businessHours, hour, minute, policyWith, service, words, workingDays } from "./testing/policy.ts";

/** Eight hours of resolution from Monday 09:00, due 17:00. */
const start = [opened("2026-06-01 09:00"), prioritised("2026-06-01 09:00", "P2"), answer("2026-06-01 09:10")];

describe("a pause by hand", () => {
	test("stops every clock until somebody sets them going, and says why and on whom it waits", () => {
		const facts = [...start, paused("2026-06-01 10:00"), resumed("2026-06-01 12:00")];
		expect(clockOf("resolution", facts, "2026-06-01 11:00")).toMatchObject({
			state: "paused",
			deadline: null,
			elapsed: hour,
			remaining: 7 * hour,
			pausedBecause: {
				rule: null,
				reason: "The part is on its way",
				owner: "supplier",
				since: at("2026-06-01 10:00"),
				until: null,
			},
		});
		expect(local(clockOf("resolution", facts, "2026-06-01 13:00").deadline)).toBe("2026-06-02 11:00");
	});

	test("with an end of its own has a deadline meanwhile, and goes on by itself", () => {
		const facts = [...start, paused("2026-06-01 10:00", { owner: "planned", until: at("2026-06-01 11:30") })];
		const during = evaluate(facts, policyWith({ ladders: [] }), at("2026-06-01 10:30"));
		expect(during.wakeAt).toBe(at("2026-06-01 11:30"));
		expect(during.clocks[0]).toMatchObject({
			state: "paused",
			deadline: at("2026-06-02 10:30"),
			pausedBecause: { owner: "planned", until: at("2026-06-01 11:30") },
		});
		expect(clockOf("resolution", facts, "2026-06-01 11:30")).toMatchObject({ state: "running", elapsed: hour });
	});

	test.each([
		["information-missing", "2026-06-01 12:00", "the customer's next message ends it"],
		["by-hand", null, "the customer's next message changes nothing"],
	] as const)("because of %s: %s (%s)", (because, until, _what) => {
		const facts = [...start, paused("2026-06-01 10:00", { because }), question("2026-06-01 12:00")];
		const clock = clockOf("resolution", facts, "2026-06-01 13:00");
		expect(clock.elapsed).toBe(until === null ? hour : 2 * hour);
		expect(clock.state).toBe(until === null ? "paused" : "running");
	});

	test("ends when the ticket is done with: reopened, the clocks run", () => {
		const facts = [
			...start,
			paused("2026-06-01 10:00"),
			state("2026-06-01 11:00", "solved"),
			state("2026-06-01 12:00", "open"),
		];
		expect(clockOf("resolution", facts, "2026-06-01 13:00")).toMatchObject({ state: "running", elapsed: 2 * hour });
	});

	test("stops only the goals that the policy says", () => {
		const policy = policyWith({ manualPauses: { goals: ["resolution"], longest: null } });
		const facts = [opened("2026-06-01 09:00"), paused("2026-06-01 10:00")];
		expect(clockOf("first-response", facts, "2026-06-01 11:00", policy).state).toBe("running");
		expect(clockOf("resolution", facts, "2026-06-01 11:00", policy).state).toBe("paused");
	});

	test("until a time before it began is none", () => {
		const facts = [...start, paused("2026-06-01 10:00", { until: at("2026-06-01 09:30") })];
		expect(clockOf("resolution", facts, "2026-06-01 11:00")).toMatchObject({ state: "running", elapsed: 2 * hour });
	});
});

describe("pauses together", () => {
	const policy = policyWith({
		pauses: [
			{ states: ["waiting"], goals: ["resolution"], reason: words("Customer"), owner: "customer", longest: null },
			{
				states: [{ label: "with supplier" }],
				goals: ["resolution"],
				reason: words("Supplier"),
				owner: "supplier",
				longest: null,
			},
		],
		services: [service({ targets: { P2: { resolution: businessHours(4) } } })],
	});

	test("D3-49 overlapping ones count once", () => {
		const facts = [
			...start,
			state("2026-06-01 10:00", "waiting"),
			paused("2026-06-01 11:00"),
			state("2026-06-01 12:00", "open"),
			resumed("2026-06-01 13:00"),
		];
		expect(local(clockOf("resolution", facts, "2026-06-01 14:00", policy).deadline)).toBe("2026-06-01 16:00");
	});

	test("the one that began first is named", () => {
		const facts = [...start, paused("2026-06-01 09:30"), state("2026-06-01 10:00", "waiting", "with supplier")];
		expect(clockOf("resolution", facts, "2026-06-01 11:00", policy).pausedBecause).toMatchObject({
			rule: null,
			since: at("2026-06-01 09:30"),
		});
	});

	test("two rules that name one state: the clock stands until both are over", () => {
		const facts = [
			...start,
			state("2026-06-01 10:00", "waiting", "with supplier"),
			state("2026-06-01 11:00", "open", "with supplier"),
			state("2026-06-01 12:00", "open"),
		];
		expect(clockOf("resolution", facts, "2026-06-01 13:00", policy).elapsed).toBe(2 * hour);
	});

	test("D3-48 outside hours one costs nothing, and outside hours is not paused", () => {
		const facts = [...start, paused("2026-06-01 18:00"), resumed("2026-06-02 08:00")];
		const night = clockOf("resolution", [...start], "2026-06-01 20:00");
		expect(night).toMatchObject({ outsideHours: true, pausedBecause: null });
		expect(clockOf("resolution", facts, "2026-06-02 09:30").deadline).toBe(night.deadline);
	});

	test("D3-50 half a minute is half a minute", () => {
		const facts = [...start, paused("2026-06-01 10:00:20"), resumed("2026-06-01 10:00:50")];
		expect(clockOf("resolution", facts, "2026-06-01 11:00", policy).deadline).toBe(at("2026-06-01 13:00:30"));
	});

	test("D3-51 two that begin in one minute both count, and across a repeated hour real time does", () => {
		const around = policyWith({ services: [service({ targets: { P2: { resolution: businessHours(4, "always") } } })] });
		const quick = [
			...start,
			paused("2026-06-01 10:00:05"),
			resumed("2026-06-01 10:00:15"),
			paused("2026-06-01 10:00:30"),
			resumed("2026-06-01 10:00:50"),
		];
		expect(clockOf("resolution", quick, "2026-06-01 11:00", around).deadline).toBe(at("2026-06-01 13:00:30"));
		const winter = Date.UTC(2026, 9, 25, 1);
		const night = [
			opened(winter - 2 * hour),
			prioritised(winter - 2 * hour, "P2"),
			paused(winter - 10 * minute),
			resumed(winter + 10 * minute),
		];
		expect(clockOf("resolution", night, winter + hour, around).elapsed).toBe(3 * hour - 20 * minute);
	});
});

describe("the longest that a pause may last", () => {
	const limited = (longest: LongestPause) =>
		policyWith({
			ladders: [],
			pauses: [{ states: ["waiting"], goals: ["resolution"], reason: words("Customer"), owner: "customer", longest }],
			manualPauses: { goals: ["resolution"], longest },
		});
	const waiting = [...start, state("2026-06-01 10:00", "waiting")];

	test("resume: in open time, then the clock goes on while the state stays", () => {
		const policy = limited(atMost(businessHours(8), "resume"));
		expect(clockOf("resolution", waiting, "2026-06-01 12:00", policy)).toMatchObject({
			state: "paused",
			deadline: at("2026-06-02 17:00"),
			pausedBecause: { rule: 0, since: at("2026-06-01 10:00"), until: at("2026-06-02 10:00") },
		});
		expect(evaluate(waiting, policy, at("2026-06-01 12:00")).wakeAt).toBe(at("2026-06-02 10:00"));
		expect(clockOf("resolution", waiting, "2026-06-02 11:00", policy)).toMatchObject({
			state: "running",
			elapsed: 2 * hour,
			pausedBecause: null,
		});
	});

	test("in working days, of the state as a whole though its label changes", () => {
		const policy = limited(atMost(workingDays(2), "resume"));
		const facts = [...waiting, state("2026-06-02 10:00", "waiting", "reminded")];
		expect(clockOf("resolution", facts, "2026-06-03 16:00", policy).pausedBecause?.until).toBe(at("2026-06-03 17:00"));
		expect(clockOf("resolution", facts, "2026-06-04 10:00", policy)).toMatchObject({ state: "running" });
	});

	test.each(["resume", "stay"] as const)("%s: the roles hear of it once", (then) => {
		const policy = limited(atMost(businessHours(2), then, "lead", "manager"));
		const before = evaluate(waiting, policy, at("2026-06-01 11:59"));
		expect(before).toMatchObject({ owed: [], wakeAt: at("2026-06-01 12:00") });
		const { owed, clocks } = evaluate(waiting, policy, at("2026-06-01 12:00"));
		expect(clocks[0]?.state).toBe(then === "stay" ? "paused" : "running");
		expect(owed).toEqual([
			{
				goal: "resolution",
				cycle: 1,
				step: "pause-0",
				occurrence: 0,
				owedAt: at("2026-06-01 12:00"),
				cause: "pause-too-long",
				roles: ["lead", "manager"],
				note: false,
				rung: { step: 1, of: 1 },
			},
		]);
		const [step] = owed;
		const told = step ? [...waiting, alerted("2026-06-01 12:01", step)] : [];
		expect(evaluate(told, policy, at("2026-06-03 12:00")).owed).toEqual([]);
		const again = [...told, state("2026-06-03 12:00", "open"), state("2026-06-03 13:00", "waiting")];
		expect(evaluate(again, policy, at("2026-06-03 15:00")).owed).toMatchObject([{ step: "pause-0", occurrence: 1 }]);
	});

	test("a pause that was over before is not told, nor is one that is over since", () => {
		const policy = limited(atMost(businessHours(2), "stay", "lead"));
		for (const back of ["2026-06-01 11:00", "2026-06-01 14:00"]) {
			expect(evaluate([...waiting, state(back, "open")], policy, at("2026-06-01 15:00")).owed).toEqual([]);
		}
	});

	test("by hand too, under a name of its own", () => {
		const policy = limited(atMost(businessHours(2), "resume", "lead"));
		const { owed, clocks } = evaluate([...start, paused("2026-06-01 10:00")], policy, at("2026-06-01 13:00"));
		expect(owed).toMatchObject([{ step: "pause-by-hand", owedAt: at("2026-06-01 12:00") }]);
		expect(clocks[0]).toMatchObject({ state: "running", elapsed: 2 * hour });
	});

	test("one rule that stops several clocks is told once, in the name of the most severe", () => {
		const policy = policyWith({
			ladders: [],
			pauses: [
				{
					states: ["waiting"],
					goals: ["first-response", "resolution"],
					reason: words("Customer"),
					owner: "customer",
					longest: atMost(businessHours(2), "stay", "lead"),
				},
			],
		});
		const facts = [opened("2026-06-01 09:00"), state("2026-06-01 10:00", "waiting")];
		expect(evaluate(facts, policy, at("2026-06-01 13:00")).owed).toMatchObject([
			{ goal: "resolution", step: "pause-0" },
		]);
	});
});
