import type { Calendar, CalendarDefinition, HolidaySets, VersionedCalendarDefinition } from "./calendar.ts";
import { CalendarError } from "./calendar-error.ts";
import { planCalendar } from "./calendar-plan.ts";
import { contentIdentity } from "./content-identity.ts";
import { coverPlans } from "./coverage.ts";
import { describedDays } from "./described-days.ts";
import { earlier } from "./holidays.ts";
import { parseInstant } from "./instant.ts";
import { add, between, subtract } from "./open-time.ts";
import type { PlanInForce } from "./open-year.ts";
import { isOpen, nextClose, nextOpen, stretches } from "./openings.ts";
import { workingDays } from "./working-days.ts";

/**
 * Reads a definition (or successive ones, each in force from its own instant) and answers questions about it.
 * Years are worked out when they are first asked for. Throws a `CalendarError` for the first fault found.
 */
export function compileCalendar(
	definition: CalendarDefinition | VersionedCalendarDefinition,
	holidaySets: HolidaySets,
): Calendar {
	const plans = plansInForce(definition, holidaySets);
	const coverage = coverPlans(plans);
	// The functions are shared by all calendars, so that the engine compiles them once for all.
	return {
		zone: plans.at(-1)?.plan.zone ?? "UTC",
		version: plans.length === 1 ? (plans[0]?.plan.version ?? "") : contentIdentity(plans.map(versionOf)),
		completeUntil: plans.map(({ plan }) => plan.completeUntil).reduce(earlier, null),
		add: (t, duration, horizonDays) => add(coverage, t, duration, horizonDays),
		subtract: (t, duration, horizonDays) => subtract(coverage, t, duration, horizonDays),
		between: (a, b) => between(coverage, a, b),
		isOpen: (t) => isOpen(coverage, t),
		nextOpen: (t, horizonDays) => nextOpen(coverage, t, horizonDays),
		nextClose: (t, horizonDays) => nextClose(coverage, t, horizonDays),
		stretches: (a, b) => stretches(coverage, a, b),
		...workingDays(plans, coverage),
		...describedDays(plans),
	};
}

/** When a plan begins, and its content. */
function versionOf({ plan, from }: PlanInForce): unknown {
	return [from === -Infinity ? null : from, plan.version];
}

function plansInForce(
	definition: CalendarDefinition | VersionedCalendarDefinition,
	holidaySets: HolidaySets,
): PlanInForce[] {
	if (typeof definition !== "object" || definition === null || !("versions" in definition)) {
		return [{ plan: planCalendar(definition, holidaySets), from: -Infinity, to: Infinity }];
	}
	const { versions } = definition;
	if (!Array.isArray(versions) || versions.length === 0) {
		const expected = "a list of one or more versions";
		throw new CalendarError("INVALID_ZONE", { path: "versions", expected, found: versions });
	}
	const froms = versions.map((version, index) => {
		const from = version?.from ?? null;
		return from === null ? -Infinity : parseInstant(from, `versions[${index}].from`);
	});
	return versions.map((version, index) => {
		const from = froms[index] ?? -Infinity;
		if (index > 0 && from <= (froms[index - 1] ?? -Infinity)) {
			const expected = "an instant after that of the version before";
			throw new CalendarError("INVALID_INSTANT", { path: `versions[${index}].from`, expected, found: version?.from });
		}
		const plan = planCalendar(version?.calendar, holidaySets, `versions[${index}].calendar`);
		return { plan, from, to: froms[index + 1] ?? Infinity };
	});
}
