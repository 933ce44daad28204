import type { Calendar, CalendarDefinition, HolidaySets, VersionedCalendarDefinition } from "./calendar.ts";
import { CalendarError } from "./calendar-error.ts";
import { planCalendar } from "./calendar-plan.ts";
import { coverPlans } from "./coverage.ts";
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
		add: (t, duration, horizonDays) => add(coverage, t, duration, horizonDays),
		subtract: (t, duration, horizonDays) => subtract(coverage, t, duration, horizonDays),
		between: (a, b) => between(coverage, a, b),
		isOpen: (t) => isOpen(coverage, t),
		nextOpen: (t, horizonDays) => nextOpen(coverage, t, horizonDays),
		nextClose: (t, horizonDays) => nextClose(coverage, t, horizonDays),
		stretches: (a, b) => stretches(coverage, a, b),
		...workingDays(plans, coverage),
	};
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
		throw new CalendarError("INVALID_ZONE", {
			path: "versions",
			expected: "a list of one or more versions",
			found: versions,
		});
	}
	const froms = versions.map(({ from }, index) =>
		from === null ? -Infinity : parseInstant(from, `versions[${index}].from`),
	);
	return versions.map(({ calendar, from: found }, index) => {
		const from = froms[index] ?? -Infinity;
		if (from <= (froms[index - 1] ?? Number.NEGATIVE_INFINITY) && index > 0) {
			const expected = "an instant after that of the version before";
			throw new CalendarError("INVALID_INSTANT", { path: `versions[${index}].from`, expected, found });
		}
		const plan = planCalendar(calendar, holidaySets, `versions[${index}].calendar`);
		return { plan, from, to: froms[index + 1] ?? Infinity };
	});
}
