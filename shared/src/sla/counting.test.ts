import { describe, expect, test } from "vitest";
import type { OnChange } from "../policy/policy.ts";
import { evaluate } from "./evaluate.ts";
import { clockOf } from "./testing/clock-of.ts";
import {
	acknowledged,
	agreed,
	alerted,
	answer,
	at,
	channelChanged,
	local,
	moved,
	opened,
	prioritised,
	question,
	state,
} from "./testing/ledger.ts";
import { businessHours, forEveryGoal, hour, policyWith, service } from "./testing/policy.ts";

/** Eight hours of resolution from Monday 09:00, due 17:00. */
const start = [opened("2026-06-01 09:00"), prioritised("2026-06-01 09:00", "P2"), answer("2026-06-01 09:10")];

describe("targets from a date on", () => {
	const target = { ...businessHours(2), effectiveFrom: at("2026-06-03 00:00"), before: businessHours(4) };
	const policy = policyWith({
		services: [
			service({ targets: { P2: { resolution: target, "first-response": { ...target, before: businessHours(6) } } } }),
			service({
				id: "late",
				groups: ["Late"],
				targets: { P2: { resolution: { ...businessHours(2), effectiveFrom: at("2026-06-03 00:00") } } },
			}),
		],
	});
	const ticket = (when: string) => [opened(when), prioritised(when, "P2")];

	test("go by when the clock started, however long it runs", () => {
		const earlier = ticket("2026-06-02 16:59");
		expect(local(clockOf("resolution", earlier, "2026-06-03 09:00", policy).deadline)).toBe("2026-06-03 12:59");
		const later = ticket("2026-06-03 09:00");
		expect(local(clockOf("resolution", later, "2026-06-03 09:00", policy).deadline)).toBe("2026-06-03 11:00");
	});

	test("before it, nothing stated is best effort", () => {
		const facts = [...ticket("2026-06-02 16:00"), moved("2026-06-02 16:00", "Late")];
		expect(clockOf("resolution", facts, "2026-06-04 09:00", policy)).toMatchObject({
			promise: "best-effort",
			deadline: null,
		});
	});
});

describe("another channel", () => {
	const policy = (how: OnChange) =>
		policyWith({
			channels: { ...policyWith().channels, email: "best-effort" },
			onChannelChange: forEveryGoal(how),
			services: [service({ targets: { P3: { "first-response": businessHours(2) } } })],
		});
	const facts = [
		opened("2026-03-02 10:00", "email"),
		prioritised("2026-03-02 10:00", "P3"),
		channelChanged("2026-03-02 12:00", "portal"),
	];

	test("AJH-12 an e-mail report that is moved to the portal starts there", () => {
		expect(clockOf("first-response", facts, "2026-03-02 11:00", policy("from-change"))).toMatchObject({
			promise: "best-effort",
			elapsed: hour,
		});
		expect(clockOf("first-response", facts, "2026-03-02 12:30", policy("from-change"))).toMatchObject({
			state: "running",
			startedAt: at("2026-03-02 12:00"),
			deadline: at("2026-03-02 14:00"),
			promise: "commitment",
		});
		const { channel, bestEffort } = evaluate(facts, policy("from-change"), at("2026-03-02 13:00"));
		expect([channel, bestEffort]).toEqual(["portal", false]);
	});

	test("or, by policy, counts from its own start", () => {
		expect(local(clockOf("first-response", facts, "2026-03-02 12:00", policy("recompute")).deadline)).toBe(
			"2026-03-02 12:00",
		);
	});

	test("that promises the same changes nothing", () => {
		const same = [opened("2026-03-02 10:00"), channelChanged("2026-03-02 12:00", "phone")];
		expect(local(clockOf("first-response", same, "2026-03-02 13:00", policy("restart")).deadline)).toBe(
			"2026-03-02 12:00",
		);
	});

	test("without a promise makes it best effort", () => {
		const away = [opened("2026-03-02 10:00"), channelChanged("2026-03-02 11:00", "email")];
		const clock = clockOf("first-response", away, "2026-03-02 16:00", policy("from-change"));
		expect(clock).toMatchObject({ promise: "best-effort", state: "running", deadline: null, elapsed: 5 * hour });
	});
});

describe("another service", () => {
	const services = [service(), service({ id: "network", groups: ["Network"] })];
	const targets = { P2: { resolution: businessHours(2) } };
	const policy = policyWith({
		services: [service(), service({ id: "network", groups: ["Network"], targets })],
		onServiceChange: forEveryGoal("from-change"),
	});

	test("by its own rule, whatever a change of priority does", () => {
		const facts = [...start, moved("2026-06-01 12:00", "Network")];
		expect(local(clockOf("resolution", facts, "2026-06-01 13:00", policy).deadline)).toBe("2026-06-01 14:00");
		const raised = [...start, prioritised("2026-06-01 12:00", "P1")];
		expect(local(clockOf("resolution", raised, "2026-06-01 12:30", policy).deadline)).toBe("2026-06-01 13:00");
	});

	test("that promises the same changes nothing", () => {
		const facts = [...start, moved("2026-06-01 12:00", "Network")];
		const same = policyWith({ services, onServiceChange: forEveryGoal("restart") });
		expect(local(clockOf("resolution", facts, "2026-06-01 13:00", same).deadline)).toBe("2026-06-01 17:00");
	});
});

describe("a deadline that people agree", () => {
	test("takes the place of the target's, and says so", () => {
		const facts = [...start, agreed("2026-06-01 12:00", "resolution", "2026-06-03 12:00")];
		expect(clockOf("resolution", facts, "2026-06-01 13:00")).toMatchObject({
			state: "running",
			deadline: at("2026-06-03 12:00"),
			elapsed: 4 * hour,
			remaining: 15 * hour,
			target: { duration: 8 * hour },
			agreed: { at: at("2026-06-01 12:00"), reason: "The customer is away until then" },
		});
		expect(clockOf("resolution", facts, "2026-06-03 12:00:01").state).toBe("missed");
	});

	test("is an instant: pauses and other priorities do not move it", () => {
		const facts = [
			...start,
			agreed("2026-06-01 12:00", "resolution", "2026-06-03 12:00"),
			state("2026-06-01 13:00", "waiting"),
			prioritised("2026-06-02 10:00", "P1"),
		];
		expect(clockOf("resolution", facts, "2026-06-02 11:00")).toMatchObject({
			state: "paused",
			deadline: at("2026-06-03 12:00"),
			remaining: 9 * hour,
			priority: "P1",
		});
	});

	test("holds for best effort too, as a commitment with a ladder", () => {
		const facts = [
			opened("2026-06-01 09:00"),
			prioritised("2026-06-01 09:00", "P4"),
			answer("2026-06-01 09:10"),
			agreed("2026-06-01 10:00", "resolution", "2026-06-02 17:00"),
		];
		const { owed, clocks } = evaluate(facts, policyWith(), at("2026-06-02 17:01"));
		expect(clocks[0]).toMatchObject({ goal: "resolution", state: "missed", promise: "commitment", target: null });
		expect(owed.map(({ step, owedAt }) => [step, local(owedAt)])).toEqual([
			["half", "2026-06-01 17:00"],
			["most", "2026-06-02 13:48"],
			["breach", "2026-06-02 17:00"],
		]);
	});

	test("taken back, the target's deadline is back; overdue by that time, it is breached then", () => {
		const facts = [
			...start,
			agreed("2026-06-01 12:00", "resolution", "2026-06-03 12:00"),
			agreed("2026-06-02 10:00", "resolution", null),
		];
		expect(clockOf("resolution", facts, "2026-06-01 13:00").agreed).toBeDefined();
		const back = clockOf("resolution", facts, "2026-06-02 11:00");
		expect(back).toMatchObject({
			state: "missed",
			deadline: at("2026-06-01 17:00"),
			breachedAt: at("2026-06-02 10:00"),
		});
		expect(back).not.toHaveProperty("agreed");
		expect(back).not.toHaveProperty("breachedBy");
	});

	test.each([
		["after the miss", agreed("2026-06-02 10:00", "resolution", "2026-06-03 12:00")],
		["for what is past already", agreed("2026-06-01 16:00", "resolution", "2026-06-01 15:00")],
		["for a goal that does not run yet", agreed("2026-06-01 12:00", "next-update", "2026-06-03 12:00")],
	])("%s it changes nothing", (_when, agreement) => {
		const facts = [...start, question("2026-06-01 14:00")];
		for (const goal of ["resolution", "next-update"] as const) {
			const [without, withIt] = [facts, [...facts, agreement]].map((ledger) =>
				clockOf(goal, ledger, "2026-06-02 11:00"),
			);
			expect(withIt).toEqual(without);
		}
	});

	test("of a clock that stopped stays; a new cycle knows nothing of it", () => {
		const policy = policyWith({ onReopen: forEveryGoal("new-cycle") });
		const facts = [
			...start,
			agreed("2026-06-01 12:00", "resolution", "2026-06-03 12:00"),
			state("2026-06-02 12:00", "solved"),
			state("2026-06-04 09:00", "open"),
		];
		const { clocks, past } = evaluate(facts, policy, at("2026-06-04 10:00"));
		expect(past).toMatchObject([{ goal: "resolution", state: "met", agreed: {} }]);
		expect(clocks[0]).toMatchObject({ goal: "resolution", cycle: 2, deadline: at("2026-06-04 17:00") });
	});
});

describe("a next update without a target", () => {
	const warned = [
		opened("2026-06-01 09:00"),
		prioritised("2026-06-01 09:00", "P4"),
		answer("2026-06-01 09:10"),
		agreed("2026-06-01 09:20", "resolution", "2026-06-02 17:00"),
		question("2026-06-01 10:00"),
		alerted("2026-06-01 17:00", { goal: "resolution", cycle: 1, step: "half", occurrence: 0 }),
	];
	const promise = (when: string, until: string) => acknowledged(when, "resolution.1.half.0", until);

	test("is due when an acknowledgement promised it", () => {
		expect(clockOf("next-update", warned, "2026-06-02 09:00").deadline).toBeNull();
		const facts = [...warned, promise("2026-06-02 09:00", "2026-06-02 11:00")];
		expect(clockOf("next-update", facts, "2026-06-02 09:30")).toMatchObject({
			state: "running",
			deadline: at("2026-06-02 11:00"),
			agreed: { at: at("2026-06-02 09:00"), reason: "" },
		});
		expect(clockOf("next-update", facts, "2026-06-02 11:00:01").state).toBe("missed");
		expect(clockOf("next-update", [...facts, answer("2026-06-02 10:00")], "2026-06-02 12:00").state).toBe("met");
		const again = [...facts, promise("2026-06-02 10:00", "2026-06-02 15:00")];
		expect(clockOf("next-update", again, "2026-06-02 12:00").deadline).toBe(at("2026-06-02 15:00"));
	});

	test("with a target keeps to that, and takes it up when it comes", () => {
		const facts = [...warned, promise("2026-06-02 09:00", "2026-06-04 11:00")];
		const raised = [...facts, prioritised("2026-06-02 10:00", "P3")];
		expect(clockOf("next-update", raised, "2026-06-02 10:00").deadline).toBe(at("2026-06-02 10:00"));
	});
});
