import type { Instant } from "./calendar.ts";
import { CalendarError } from "./calendar-error.ts";
import { utcYear, utcYearStart } from "./civil-date.ts";
import { formatInstant } from "./instant.ts";
import { type OwnedStretch, openYear, type PlanInForce } from "./open-year.ts";
import { type StretchTable, stretchTable } from "./stretch-table.ts";

/** What has been worked out of a calendar so far: whole UTC years, one block without a hole. */
export type Coverage = {
	/** The table now; every `cover` may replace it. */
	readonly table: StretchTable;
	/** Nothing is ever open, whichever year is asked for. */
	readonly neverOpens: boolean;
	/** Makes the table hold `[from, to]`, and returns it. */
	cover(from: Instant, to: Instant): StretchTable;
	/** The same open time with its owners, by start, for the years of the table. */
	owned(): readonly OwnedStretch[];
};

/** Years further apart than this are not joined: the block starts anew where it is asked for. */
const JOINED_YEARS = 50;
/** One question may span this much. */
const LONGEST_YEARS = 410;

/** Starts with nothing; years are added on demand, on either side. */
export function coverPlans(plans: readonly PlanInForce[]): Coverage {
	let years: OwnedStretch[][] = [];
	let firstYear = 0;
	/** The year after the last one. */
	let endYear = 0;

	function grow(from: Instant, to: Instant): void {
		const [wantedFirst, wantedEnd] = [utcYear(from), utcYear(to) + 1];
		if (wantedEnd - wantedFirst > LONGEST_YEARS) {
			const words = `${formatInstant(from)} to ${formatInstant(to)}`;
			throw new CalendarError("HORIZON_EXCEEDED", { path: "span", expected: `at most ${LONGEST_YEARS} years`, words });
		}
		const far = wantedFirst > endYear + JOINED_YEARS || wantedEnd < firstYear - JOINED_YEARS;
		const tooMany = Math.max(endYear, wantedEnd) - Math.min(firstYear, wantedFirst) > LONGEST_YEARS;
		if (firstYear === endYear || far || tooMany) {
			years = [];
			firstYear = wantedFirst;
			endYear = wantedFirst;
		}
		while (firstYear > wantedFirst) years.unshift(openYear(plans, --firstYear));
		while (endYear < wantedEnd) years.push(openYear(plans, endYear++));
		coverage.table = stretchTable(years.flat(), utcYearStart(firstYear), utcYearStart(endYear));
	}

	const coverage = {
		table: stretchTable([], 0, 0),
		neverOpens: plans.every(({ plan }) => plan.neverOpens),
		cover(from: Instant, to: Instant) {
			if (from < coverage.table.from || to >= coverage.table.to) grow(from, to);
			return coverage.table;
		},
		owned: () => years.flat(),
	};
	return coverage;
}
