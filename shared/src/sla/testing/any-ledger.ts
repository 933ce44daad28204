import fc from "fast-check";
import type { Policy } from "../../policy/policy.ts";
import type { Fact, FactBody } from "../fact.ts";
import { alertOf, at } from "./ledger.ts";
import {
	businessHours,
	everyStep,
	forEveryGoal,
	hour,
	minute,
	policyWith,
	service,
	words,
	workingDays,
} from "./policy.ts";

/** Monday morning before a holiday (11 November) and the change to winter time is past. */
export const monday = at("2026-11-09 08:00");

const by = fc.record({
	kind: fc.constantFrom("agent" as const, "customer" as const, "us" as const, "system" as const),
});
const goal = fc.constantFrom("first-response" as const, "next-update" as const, "resolution" as const);
const priority = fc.constantFrom("P1", "P2", "P3", "P4", "P9");
const state = fc.constantFrom("new", "open", "waiting", "solved", "closed", "merged", "deleted") as fc.Arbitrary<
	Extract<FactBody, { kind: "state-changed" }>["state"]
>;
const cellPart = fc.constantFrom("high", "low");
const stepId = fc.constantFrom("half", "most", "breach", "late", "gone");

const body: fc.Arbitrary<FactBody> = fc.oneof(
	fc.record({
		kind: fc.constant("opened" as const),
		channel: fc.constantFrom("portal" as const, "email" as const),
		by,
	}),
	fc.record({
		kind: fc.constant("priority-changed" as const),
		label: fc.constant("label"),
		priorities: fc.array(priority, { maxLength: 2 }),
		by,
	}),
	fc.record({ kind: fc.constant("classified" as const), impact: cellPart, urgency: cellPart, priority, by }),
	fc.record({
		kind: fc.constant("assessed" as const),
		impact: fc.option(cellPart),
		urgency: fc.option(cellPart),
		by,
	}),
	fc.record({ kind: fc.constant("group-changed" as const), label: fc.constantFrom("Network", "Other"), by }),
	fc.record({ kind: fc.constant("owner-changed" as const), owner: fc.option(fc.constant("3")), by }),
	fc.record({ kind: fc.constant("merged" as const), into: fc.constant("7"), by }),
	fc.record({ kind: fc.constant("deleted" as const), by }),
	...[0, 1].map(() =>
		fc.record({ kind: fc.constant("state-changed" as const), state, label: fc.constantFrom("a", "with supplier"), by }),
	),
	...[0, 1].map(() =>
		fc.record({
			kind: fc.constant("replied" as const),
			by,
			channel: fc.constant("email" as const),
			public: fc.boolean(),
			automatic: fc.boolean(),
		}),
	),
	fc
		.record({ goal, cycle: fc.integer({ min: 1, max: 2 }), step: stepId, occurrence: fc.integer({ min: 0, max: 2 }) })
		.map((step) => ({
			kind: "alerted" as const,
			...step,
			alert: alertOf(step),
			outcome: "sent" as const,
			roles: [],
		})),
	fc.record({
		kind: fc.constant("acknowledged" as const),
		alert: fc
			.record({ goal, cycle: fc.constant(1), step: stepId, occurrence: fc.integer({ min: 0, max: 1 }) })
			.map(alertOf),
		by: fc.constant("manager"),
		nextPromise: fc.integer({ min: -2, max: 200 }).map((quarters) => monday + quarters * 15 * minute),
	}),
);

const ticks = fc.oneof(
	fc.constantFrom(0, 2 * hour, 26 * hour),
	fc.integer({ min: 0, max: 480 }).map((quarters) => quarters * 15 * minute),
	fc.integer({ min: 0, max: 5 * 24 * hour }),
);

/** Facts of five days in any order; most ledgers begin with the ticket's opening. */
export const anyLedger: fc.Arbitrary<Fact[]> = fc
	.tuple(fc.boolean(), fc.array(fc.record({ body, after: ticks }), { maxLength: 14 }))
	.map(([isTornOff, parts]) => {
		const opening = { body: { kind: "opened", channel: "portal", by: { kind: "customer" } } as const, after: 0 };
		return (isTornOff ? parts : [opening, ...parts]).map(
			(part, index): Fact => ({ ...part.body, id: `f${index}`, at: monday + part.after, seenAt: monday + part.after }),
		);
	});

/** An instant of the first ten days. */
export const anyInstant: fc.Arbitrary<number> = fc
	.integer({ min: -2 * hour, max: 10 * 24 * hour })
	.map((after) => monday + after);

/** Policies that differ in everything that evaluation depends on. */
export const anyPolicy: fc.Arbitrary<Policy> = fc
	.record({
		grace: fc.constantFrom(0, 5 * minute, hour),
		change: fc.constantFrom("recompute" as const, "restart" as const, "from-change" as const),
		reopen: fc.constantFrom("resume" as const, "restart" as const, "new-cycle" as const),
		calendar: fc.constantFrom("flemish" as const, "always" as const, "never" as const),
		times: fc.integer({ min: 0, max: 3 }),
		ladder: fc.constantFrom("main", "main", null),
		email: fc.constantFrom("promised" as const, "best-effort" as const),
	})
	.map((knobs) => {
		const { grace, change, reopen, calendar, times, ladder, email } = knobs;
		const policy = policyWith({
			grace,
			onPriorityChange: forEveryGoal(change),
			onReopen: forEveryGoal(reopen),
			channels: { ...policyWith().channels, email },
			services: [
				service({ ladder }),
				service({
					id: "network",
					groups: ["Network"],
					ladder,
					targets: {
						P1: { "first-response": businessHours(0.5, calendar), resolution: businessHours(3, calendar) },
						P3: { "next-update": businessHours(2, calendar), resolution: workingDays(2, calendar) },
					},
				}),
			],
			ladders: [
				{
					...everyStep,
					steps: [
						...everyStep.steps.map((step) => ({ ...step, repeat: { every: 45 * minute, times } })),
						{ id: "soon", at: { kind: "deadline" as const, offset: -hour }, notify: [], note: false },
					],
				},
			],
			pauses: [
				{ states: ["waiting"], goals: ["resolution"], reason: words("Customer"), owner: "customer", longest: null },
				{
					states: [{ label: "with supplier" }],
					goals: ["resolution", "next-update", "first-response"],
					reason: words("Supplier"),
					owner: "supplier",
					longest: null,
				},
			],
		});
		// A counterexample shows what the policy was made of, not the whole of it.
		return Object.defineProperty(policy, fc.toStringMethod, { value: () => JSON.stringify(knobs) });
	});
