import fc from "fast-check";
import type { LongestPause, OnChange, Policy, PolicyTimeline } from "../../policy/policy.ts";
import type { Fact, FactBody } from "../fact.ts";
import { alertOf, at } from "./ledger.ts";
import {
	atMost,
	businessHours,
	type calendars,
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
const goal = fc.constantFrom(
	"pickup" as const,
	"first-response" as const,
	"next-update" as const,
	"resolution" as const,
	"handover" as const,
);
const priority = fc.constantFrom("P1", "P2", "P3", "P4", "P9");
const state = fc.constantFrom("new", "open", "waiting", "solved", "closed", "merged", "deleted") as fc.Arbitrary<
	Extract<FactBody, { kind: "state-changed" }>["state"]
>;
const cellPart = fc.constantFrom("high", "low");
const stepId = fc.constantFrom("half", "most", "breach", "late", "gone", "pause-0", "pause-by-hand");
/** An instant of about four days, after the opening mostly. */
const laterInstant = fc.integer({ min: -2, max: 400 }).map((quarters) => monday + quarters * 15 * minute);

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
	fc
		.record({
			kind: fc.constant("classified" as const),
			impact: cellPart,
			urgency: cellPart,
			priority,
			role: fc.constantFrom("lead", "manager", undefined),
			consensus: fc.constantFrom(true, false, undefined),
			by,
		})
		.map(({ role, consensus, ...fact }) => ({
			...fact,
			...(role === undefined ? {} : { role }),
			...(consensus === undefined ? {} : { consensus }),
		})),
	fc.record({
		kind: fc.constant("assessed" as const),
		impact: fc.option(cellPart),
		urgency: fc.option(cellPart),
		by,
	}),
	fc.record({
		kind: fc.constant("group-changed" as const),
		label: fc.constantFrom("Network", "Other", "Desk", "Experts"),
		by,
	}),
	fc.record({ kind: fc.constant("owner-changed" as const), owner: fc.option(fc.constant("3")), by }),
	fc.record({
		kind: fc.constant("channel-changed" as const),
		channel: fc.constantFrom("portal" as const, "email" as const),
		by,
	}),
	...[0, 1].map(() =>
		fc.record({
			kind: fc.constant("paused" as const),
			because: fc.constantFrom("information-missing" as const, "by-hand" as const),
			reason: fc.constant("Waiting for a part"),
			owner: fc.constantFrom("customer" as const, "supplier" as const, "planned" as const),
			until: fc.option(laterInstant),
			by,
		}),
	),
	fc.record({ kind: fc.constant("resumed" as const), by }),
	fc.record({
		kind: fc.constant("deadline-agreed" as const),
		goal,
		deadline: fc.option(laterInstant),
		reason: fc.constant("The customer is away"),
		by,
	}),
	fc.record({
		kind: fc.constant("handed-over" as const),
		from: fc.constant(null),
		to: fc.constantFrom("first", "second", "third", "nobody"),
		text: fc.constant("Please look"),
		by,
	}),
	fc.record({ kind: fc.constant("phoned" as const), by }),
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
		nextPromise: laterInstant,
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

const longest = fc.constantFrom<LongestPause | null>(
	null,
	atMost(businessHours(1), "resume", "lead"),
	atMost(businessHours(2), "stay", "manager"),
	atMost(workingDays(1), "resume"),
);

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
		nextUpdateFrom: fc.constantFrom("customer" as const, "every-message" as const),
		pickedUpBy: fc.subarray(["owner" as const, "reply" as const, "hand-over" as const]),
		customer: fc.constantFrom("first" as const, "always" as const, "never" as const),
		isRestricted: fc.boolean(),
		hasLines: fc.boolean(),
		longest,
		longestByHand: longest,
		newTargetsFrom: fc.option(fc.integer({ min: -8, max: 60 }).map((hours) => monday + hours * hour)),
	})
	.map((knobs) => {
		const policy = policyOf(knobs);
		// A counterexample shows what the policy was made of, not the whole of it.
		return Object.defineProperty(policy, fc.toStringMethod, { value: () => JSON.stringify(knobs) });
	});

type Knobs = {
	grace: number;
	change: OnChange;
	reopen: Policy["onReopen"]["pickup"];
	calendar: keyof typeof calendars;
	times: number;
	ladder: string | null;
	email: "promised" | "best-effort";
	nextUpdateFrom: Policy["nextUpdateFrom"];
	pickedUpBy: Policy["pickedUpBy"];
	customer: Policy["deciding"]["customer"];
	isRestricted: boolean;
	hasLines: boolean;
	longest: LongestPause | null;
	longestByHand: LongestPause | null;
	newTargetsFrom: number | null;
};

function policyOf(knobs: Knobs): Policy {
	const { grace, change, reopen, calendar, times, ladder, email, nextUpdateFrom, pickedUpBy } = knobs;
	const { newTargetsFrom } = knobs;
	const lines = [
		{ id: "first", name: words("First"), groups: ["Desk"], minimum: null, designated: false },
		{ id: "second", name: words("Second"), groups: ["Experts"], minimum: hour, designated: false },
		{ id: "third", name: words("Third"), groups: [], minimum: null, designated: true },
	];
	return policyWith({
		version: JSON.stringify(knobs),
		grace,
		onPriorityChange: forEveryGoal(change),
		onServiceChange: forEveryGoal(change),
		onReopen: forEveryGoal(reopen),
		channels: { ...policyWith().channels, email },
		nextUpdateFrom,
		pickedUpBy,
		deciding: {
			customer: knobs.customer,
			restricted: knobs.isRestricted ? [{ priorities: ["P1"], roles: ["lead"], otherwise: "P2" }] : [],
			withoutConsensus: knobs.isRestricted ? "manager" : null,
		},
		manualPauses: { ...policyWith().manualPauses, longest: knobs.longestByHand },
		services: [
			service({
				ladder,
				lines: knobs.hasLines ? lines : [],
				phone: { priorities: ["P1"], roles: ["manager"] },
			}),
			service({
				id: "network",
				groups: ["Network"],
				ladder,
				targets: {
					P1: {
						pickup: businessHours(0.25, calendar),
						handover: businessHours(1, calendar),
						"first-response": businessHours(0.5, calendar),
						resolution: businessHours(3, calendar),
					},
					P3: {
						pickup: workingDays(1, calendar),
						"next-update": businessHours(2, calendar),
						resolution:
							newTargetsFrom === null
								? workingDays(2, calendar)
								: { ...workingDays(2, calendar), effectiveFrom: newTargetsFrom, before: businessHours(5, calendar) },
					},
				},
			}),
		],
		ladders: [
			{
				...everyStep,
				goals: ["pickup", "first-response", "next-update", "resolution", "handover"],
				steps: [
					...everyStep.steps.map((step) => ({ ...step, repeat: { every: 45 * minute, times } })),
					{ id: "soon", at: { kind: "deadline" as const, offset: -hour }, notify: [], note: false },
				],
			},
		],
		pauses: [
			{
				states: ["waiting"],
				goals: ["resolution"],
				reason: words("Customer"),
				owner: "customer",
				longest: knobs.longest,
			},
			{
				states: [{ label: "with supplier" }],
				goals: ["resolution", "next-update", "first-response", "pickup", "handover"],
				reason: words("Supplier"),
				owner: "supplier",
				longest: null,
			},
		],
	});
}

/** A policy, or several versions of one that come into force in the first days. */
export const anyTimeline: fc.Arbitrary<PolicyTimeline> = fc
	.tuple(
		anyPolicy,
		fc.array(
			fc.record({
				policy: anyPolicy,
				from: fc.integer({ min: -4, max: 300 }).map((quarters) => monday + quarters * 15 * minute),
				applies: fc.constantFrom("from-now" as const, "recompute" as const),
			}),
			{ maxLength: 2 },
		),
	)
	.map(([policy, later]) => [{ policy }, ...later.sort((a, b) => a.from - b.from)]);
