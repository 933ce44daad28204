import type { Calendar, Duration, Instant } from "../calendar/calendar.ts";
import type { Pause } from "../calendar/pauses.ts";
import type { AvailabilityTarget } from "../policy/policy.ts";
import { type Availability, availability, type Side } from "./availability.ts";
import type { Period } from "./local-time.ts";
import { downSpans, type Outage, plannedSpans, type Work } from "./outage.ts";
import { allowanceOf } from "./percentage.ts";
import { targetsIn } from "./target-in-force.ts";

/** One promised percentage, and what became of it. */
export type AvailabilityFigure = {
	side: Side;
	/** What was promised, in exact decimals of per cent. */
	percentage: string;
	/** Counted as the agreement says. */
	agreed: Availability;
	/** The same time counted in every other way too, so that nobody has to ask. */
	counted: {
		everything: Availability;
		withoutPlanned: Availability;
		withoutThirdParty: Availability;
		withoutEither: Availability;
	};
	/** How long it may be down in the whole period, also in what of it is still to come. */
	allowance: Duration;
	/** What is left of that; negative when it is used up. */
	left: Duration;
	/** `open`: within the allowance so far, but the period is not over. `not-measured`: it holds no time of this side. */
	verdict: "met" | "missed" | "open" | "not-measured";
};

export type AvailabilityRecord = Period & {
	target: AvailabilityTarget;
	/** In hours, then outside; or one for all hours. */
	figures: AvailabilityFigure[];
	/** The period is not over, or something is still down: later figures may differ. */
	isProvisional: boolean;
};

export type AvailabilityPeriod = Period & {
	/** What lies after it is not measured yet. */
	now: Instant;
	outages: readonly Outage[];
	work: readonly Work[];
};

/**
 * What a service's availability was in a period, held against its targets: one record for each target that was in
 * force in a part of it. Targets whose calendar is not among `calendars` are left out.
 */
export function availabilityRecords(
	targets: readonly AvailabilityTarget[],
	calendars: Readonly<Record<string, Calendar>>,
	period: AvailabilityPeriod,
): AvailabilityRecord[] {
	return targetsIn(targets, period).flatMap(({ target, from, to }) => {
		const calendar = calendars[target.calendar];
		return calendar === undefined ? [] : [availabilityRecord(target, calendar, { ...period, from, to })];
	});
}

/** The figures of one target in a period. */
export function availabilityRecord(
	target: AvailabilityTarget,
	calendar: Calendar,
	period: AvailabilityPeriod,
): AvailabilityRecord {
	const { from, to, now, outages } = period;
	const sides = [
		["in", target.inHours],
		["out", target.outside],
		["all", target.always],
	] as const;
	return {
		from,
		to,
		target,
		figures: sides.flatMap(([side, percentage]) =>
			percentage === null ? [] : [figureOf({ side, percentage, target, calendar }, period)],
		),
		isProvisional: now < to || outages.some(({ start, end }) => end === null && start < to),
	};
}

function figureOf(
	promised: { side: Side; percentage: string; target: AvailabilityTarget; calendar: Calendar },
	{ from, to, now, outages, work }: AvailabilityPeriod,
): AvailabilityFigure {
	const { side, percentage, target, calendar } = promised;
	const measure = (until: Instant, planned: "count" | "exclude", thirdParty: "count" | "exclude"): Availability =>
		availability(calendar, {
			from,
			to: Math.max(from, until),
			side,
			down: downSpans(outages, thirdParty).map(([start, end]): Pause => [start, end ?? Math.max(start, now)]),
			planned: planned === "exclude" ? plannedSpans(work) : [],
		});
	const until = Math.min(to, now);
	const agreed = measure(until, target.planned, target.thirdParty);
	const whole = measure(to, target.planned, target.thirdParty);
	const allowance = allowanceOf(percentage, whole.measuredMs);
	return {
		side,
		percentage,
		agreed,
		counted: {
			everything: measure(until, "count", "count"),
			withoutPlanned: measure(until, "exclude", "count"),
			withoutThirdParty: measure(until, "count", "exclude"),
			withoutEither: measure(until, "exclude", "exclude"),
		},
		allowance,
		left: allowance - agreed.downMs,
		verdict: verdictOf({ allowance, downMs: agreed.downMs, measuredMs: whole.measuredMs, isOver: now >= to }),
	};
}

function verdictOf(count: {
	allowance: Duration;
	downMs: Duration;
	measuredMs: Duration;
	isOver: boolean;
}): AvailabilityFigure["verdict"] {
	if (count.measuredMs <= 0) return "not-measured";
	if (count.downMs > count.allowance) return "missed";
	return count.isOver ? "met" : "open";
}
