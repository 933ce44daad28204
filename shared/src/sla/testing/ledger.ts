import type { Instant } from "../../calendar/calendar.ts";
import type { OwedStep } from "../evaluation.ts";
import type { Actor, Channel, Fact, FactBody, Goal, TicketState } from "../fact.ts";

const agent: Actor = { kind: "agent", id: "3" };
const customer: Actor = { kind: "customer", id: "9" };

const inBrussels = new Intl.DateTimeFormat("sv-SE", {
	timeZone: "Europe/Brussels",
	dateStyle: "short",
	timeStyle: "medium",
});

/** The instant at which a clock in Brussels shows `2026-03-02 09:00`, or `09:00:30`. */
export function at(local: string): Instant {
	const asUtc = Date.parse(`${local.replace(" ", "T")}Z`);
	const [winter, summer] = [asUtc - 3_600_000, asUtc - 7_200_000];
	const shows = (instant: Instant) => Date.parse(`${inBrussels.format(instant).replace(" ", "T")}Z`) === asUtc;
	return shows(summer) ? summer : winter;
}

/** What a clock in Brussels shows, to the minute. */
export function local(instant: Instant | null | undefined): string | null {
	return instant === null || instant === undefined ? null : inBrussels.format(instant).slice(0, 16);
}

/** A fact that is known as soon as it happens. Its id is when it happened and what it says. */
export function fact(when: string | Instant, body: FactBody): Fact {
	const instant = typeof when === "string" ? at(when) : when;
	return { ...body, id: `${instant} ${JSON.stringify(body)}`, at: instant, seenAt: instant };
}

type When = string | Instant;

export const opened = (when: When, channel: Channel = "portal", by: Actor = customer) =>
	fact(when, { kind: "opened", channel, by });

/** The helpdesk's label is the priority's own name, unless several are given: then the first is usual. */
export const prioritised = (when: When, ...priorities: string[]) =>
	fact(when, { kind: "priority-changed", label: priorities.join(" or "), priorities, by: agent });

export const classified = (when: When, impact: string, urgency: string, priority: string) =>
	fact(when, { kind: "classified", impact, urgency, priority, by: agent });

export const assessed = (when: When, impact: string | null, urgency: string | null) =>
	fact(when, { kind: "assessed", impact, urgency, by: agent });

export const state = (when: When, to: TicketState, label: string = to) =>
	fact(when, { kind: "state-changed", state: to, label, by: agent });

export const moved = (when: When, label: string) => fact(when, { kind: "group-changed", label, by: agent });

export const merged = (when: When) => fact(when, { kind: "merged", into: "7", by: agent });

export const deleted = (when: When) => fact(when, { kind: "deleted", by: agent });

export const answer = (when: When, how: { public?: boolean; automatic?: boolean } = {}) =>
	fact(when, { kind: "replied", by: agent, channel: "email", public: true, automatic: false, ...how });

export const question = (when: When) =>
	fact(when, { kind: "replied", by: customer, channel: "email", public: true, automatic: false });

export const assigned = (when: When, owner: string | null = "3", by: Actor = agent) =>
	fact(when, { kind: "owner-changed", owner, by });

export const channelChanged = (when: When, channel: Channel) =>
	fact(when, { kind: "channel-changed", channel, by: agent });

/** Somebody stops the clocks by hand. */
export const paused = (when: When, how: Partial<Extract<FactBody, { kind: "paused" }>> = {}) =>
	fact(when, {
		kind: "paused",
		because: "by-hand",
		reason: "The part is on its way",
		owner: "supplier",
		until: null,
		by: agent,
		...how,
	});

export const resumed = (when: When) => fact(when, { kind: "resumed", by: agent });

/** Another deadline is agreed; `null` takes it back. */
export const agreed = (when: When, goal: Goal, deadline: string | null) =>
	fact(when, {
		kind: "deadline-agreed",
		goal,
		deadline: deadline === null ? null : at(deadline),
		reason: "The customer is away until then",
		by: agent,
	});

export const handedOver = (when: When, to: string, from: string | null = null) =>
	fact(when, { kind: "handed-over", from, to, text: "Checked the cabling; it is the switch", by: agent });

export const phoned = (when: When) => fact(when, { kind: "phoned", by: agent });

/** Takes an owed step; the alert's id is readable. */
export function alerted(
	when: When,
	step: Pick<OwedStep, "goal" | "cycle" | "step" | "occurrence">,
	outcome: "sent" | "failed" | "superseded" = "sent",
): Fact {
	const { goal, cycle, occurrence } = step;
	const alert = alertOf(step);
	return fact(when, { kind: "alerted", alert, goal, cycle, step: step.step, occurrence, outcome, roles: [] });
}

export function alertOf({ goal, cycle, step, occurrence }: Pick<OwedStep, "goal" | "cycle" | "step" | "occurrence">) {
	return `${goal}.${cycle}.${step}.${occurrence}`;
}

export const acknowledged = (when: When, alert: string, nextPromise: When) =>
	fact(when, {
		kind: "acknowledged",
		alert,
		by: "manager",
		nextPromise: typeof nextPromise === "string" ? at(nextPromise) : nextPromise,
	});
