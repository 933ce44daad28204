import type { Instant } from "../../calendar/calendar.ts";
import type { HolidaySetDocument } from "../holiday-sets.ts";
import type { Policy, Target } from "../policy.ts";
import type { Path } from "../yaml-place.ts";
import type { YamlSource } from "../yaml-source.ts";

/** What a note is about. */
export type LintCode =
	| "availability-odd"
	| "best-effort"
	| "cap-without-effect"
	| "cell-out-of-order"
	| "clock-change"
	| "first-response-after-resolution"
	| "goal-without-ladder"
	| "groups-alike"
	| "handover-without-lines"
	| "ladder-without-target"
	| "line-group-elsewhere"
	| "line-without-group"
	| "lines-without-handover"
	| "minimum-without-resolution"
	| "move-without-effect"
	| "moves-to-another-service"
	| "never-opens"
	| "next-update-after-resolution"
	| "no-ladder"
	| "overlapping-nights"
	| "page-without-effect"
	| "past-change"
	| "pause-without-effect"
	| "pause-without-longest"
	| "pickup-after-first-response"
	| "provisional-holidays"
	| "question-without-answer"
	| "restriction-without-effect"
	| "role-without-address"
	| "season-without-effect"
	| "slower-for-higher-priority"
	| "step-after-next-deadline"
	| "step-before-start"
	| "unused"
	| "warning-at-deadline";

/** Something found in a valid policy: where, what, and what to do about it. */
export type Finding = { path: Path; code: LintCode; text: string };

/** What is looked over. */
export type LintGiven = {
	policy: Policy;
	source: YamlSource;
	sets: readonly HolidaySetDocument[];
	/** The current one; `null`: not known. */
	year: number | null;
	/** `null`: not known. */
	now: Instant | null;
};

export type Lint = (given: LintGiven) => Finding[];

/** Whether one target certainly is shorter than another: only those of one kind on one calendar can be compared. */
export function isShorter(a: Target, b: Target): boolean {
	if (a.calendar !== b.calendar) return false;
	if (a.amount.kind === "business") return b.amount.kind === "business" && a.amount.duration < b.amount.duration;
	return b.amount.kind === "workingDays" && a.amount.days < b.amount.days;
}

/** Position in the policy's order: 0 is the highest priority. */
export function rankOf({ priorities }: Pick<Policy, "priorities">, priority: string): number {
	return priorities.findIndex(({ id }) => id === priority);
}

/** `a`, `a and b`, `a, b and c`. */
export function andList(names: readonly string[]): string {
	return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
