import type { Instant } from "../calendar/calendar.ts";
import { utcYearStart } from "../calendar/civil-date.ts";
import type { HolidaySetDocument } from "./holiday-sets.ts";
import { calendarLints } from "./lint/calendar-lints.ts";
import { ladderLints } from "./lint/ladder-lints.ts";
import type { LintCode } from "./lint/lint.ts";
import { matrixLints } from "./lint/matrix-lints.ts";
import { nameLints } from "./lint/name-lints.ts";
import { pauseLints } from "./lint/pause-lints.ts";
import { serviceLints } from "./lint/service-lints.ts";
import { targetLints } from "./lint/target-lints.ts";
import type { Policy } from "./policy.ts";
import type { YamlSource } from "./yaml-source.ts";

/** Something in a valid policy that a person ought to know. */
export type PolicyNote = {
	line: number;
	column: number;
	path: string;
	code: LintCode;
	/** What it is and what to do about it, in a sentence or two. */
	text: string;
};

/**
 * What deserves a second look, in the order of the document. `year`: the current one; sets of holidays complete beyond
 * it are not mentioned. `now`, or else the year, also says which dates have passed and which clock changes come.
 */
export function policyNotes(
	policy: Policy,
	source: YamlSource,
	{ sets, year, now }: { sets: readonly HolidaySetDocument[]; year?: number | undefined; now?: Instant | undefined },
): PolicyNote[] {
	const given = {
		policy,
		source,
		sets,
		year: year ?? null,
		now: now ?? (year === undefined ? null : utcYearStart(year)),
	};
	return [calendarLints, matrixLints, serviceLints, targetLints, pauseLints, ladderLints, nameLints]
		.flatMap((lint) => lint(given))
		.map(({ path, code, text }) => {
			const place = source.problem(path, { code: "wrong-value", expected: "", atKey: true });
			return { line: place.line, column: place.column, path: place.path, code, text };
		})
		.sort((a, b) => a.line - b.line || a.column - b.column);
}
