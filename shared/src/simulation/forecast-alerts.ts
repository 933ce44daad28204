import type { Instant } from "../calendar/calendar.ts";
import type { PolicyTimeline } from "../policy/policy.ts";
import { evaluate } from "../sla/evaluate.ts";
import { inOrder, type OwedStep } from "../sla/evaluation.ts";
import type { Fact } from "../sla/fact.ts";
import { isEnded } from "../sla/story.ts";
import { coalesced } from "./coalesced.ts";
import { inForceAt, judge, nextVersionAt, promisedSince, upTo } from "./publication.ts";

type Alerted = Extract<Fact, { kind: "alerted" }>;
type Acknowledged = Extract<Fact, { kind: "acknowledged" }>;

/** Somebody would have been told. */
export type ForecastAlert = { at: Instant; step: OwedStep };

export type Forecast = {
	alerts: ForecastAlert[];
	/** The ledger as it would have been: its own facts with these alerts in the place of the recorded ones. */
	facts: Fact[];
};

/** More calls than any ladder has at one instant; a ledger that asks for more is left as it is. */
const mostAtOnce = 100;

/**
 * What a ticket would have alerted of until `until`, had this policy been in force and every alert gone out at once:
 * each instant of interest is looked at in its turn, and the worst step that is owed goes out, as the service does it.
 * Alerts that the ledger records are left out. An acknowledgement counts for the alert that it names, when that would
 * have gone out too, else for the one that went out last before it, else not at all.
 */
export function forecastAlerts(
	facts: readonly Fact[],
	timeline: PolicyTimeline,
	{ until, heardSince = Number.NEGATIVE_INFINITY }: { until: Instant; heardSince?: Instant | undefined },
): Forecast {
	const acknowledgements: Acknowledged[] = [];
	const recorded = new Map<string, Alerted>();
	const coming: Fact[] = [];
	for (const fact of inOrder(facts)) {
		if (fact.kind === "acknowledged") acknowledgements.push(fact);
		else if (fact.kind === "alerted") recorded.set(fact.alert, fact);
		else coming.push(fact);
	}
	const canWait = acknowledgements.length === 0 && timeline.every(({ policy }) => policy.nextUpdateFrom === "customer");
	const replayed: Fact[] = [];
	const alerts: ForecastAlert[] = [];
	const sent: Alerted[] = [];
	let read = 0;
	let now: Instant | null = coming.find(({ kind }) => kind === "opened")?.at ?? null;
	while (now !== null && now <= until) {
		for (let fact = coming[read]; fact !== undefined && fact.at <= now; fact = coming[++read]) replayed.push(fact);
		while (acknowledgements[0] !== undefined && acknowledgements[0].at <= now) {
			const [acknowledgement] = acknowledgements.splice(0, 1);
			const alert = acknowledgement === undefined ? undefined : meant(acknowledgement, { recorded, sent });
			if (acknowledgement !== undefined && alert !== undefined) {
				replayed.push({ ...acknowledgement, alert: alert.alert });
			}
		}
		const inForce = upTo(timeline, now);
		const since = Math.max(heardSince, promisedSince(inForce) ?? heardSince);
		const isPromised = inForceAt(inForce).mode === "promised";
		let wakeAt: Instant | null = null;
		for (let count = 0; count < mostAtOnce; count++) {
			const evaluation = evaluate(replayed, judge(inForce), now);
			wakeAt = evaluation.wakeAt;
			if (evaluation.owed.length === 0 || !isPromised) break;
			const { send, superseded } = coalesced(evaluation.owed, since);
			for (const { step } of superseded) replayed.push(alertFact(step, now, "superseded"));
			if (send === null) continue;
			const fact = alertFact(send, now, "sent");
			replayed.push(fact);
			sent.push(fact);
			alerts.push({ at: now, step: send });
		}
		let ahead = read;
		while (canWait && ahead < coming.length && bringsNothingForward(coming[ahead])) ahead += 1;
		now = next(now, wakeAt, coming[ahead]?.at ?? null, acknowledgements[0]?.at ?? null, nextVersionAt(timeline, now));
	}
	for (const fact of coming.slice(read)) replayed.push(fact);
	return { alerts, facts: replayed };
}

/**
 * A fact that can only stop a clock: no step comes due earlier for it, so it need not be looked at by itself, but with
 * what comes next.
 */
function bringsNothingForward(fact: Fact | undefined): boolean {
	switch (fact?.kind) {
		case "owner-changed":
		case "merged":
		case "deleted":
			return true;
		case "replied":
			return fact.by.kind !== "customer" || !fact.public || fact.automatic;
		case "state-changed":
			return isEnded(fact.state);
		default:
			return false;
	}
}

function alertFact(step: OwedStep, at: Instant, outcome: "sent" | "superseded"): Alerted {
	const { goal, cycle, occurrence } = step;
	const alert = [goal, cycle, step.step, occurrence].join(".");
	const roles = outcome === "sent" ? step.roles : [];
	return {
		...{ id: `s-alerted-${alert}`, kind: "alerted", at, seenAt: at, alert, outcome },
		...{ goal, cycle, step: step.step, occurrence, roles },
	};
}

function meant(
	{ alert, at }: Acknowledged,
	{ recorded, sent }: { recorded: Map<string, Alerted>; sent: readonly Alerted[] },
): Alerted | undefined {
	const named = recorded.get(alert);
	const before = sent.filter((each) => each.at <= at);
	const same = before.find(
		({ goal, cycle, step, occurrence }) =>
			goal === named?.goal && cycle === named.cycle && step === named.step && occurrence === named.occurrence,
	);
	return same ?? before.at(-1);
}

function next(now: Instant, ...instants: (Instant | null)[]): Instant | null {
	const later = instants.filter((at) => at !== null && at > now) as Instant[];
	return later.length === 0 ? null : Math.min(...later);
}
