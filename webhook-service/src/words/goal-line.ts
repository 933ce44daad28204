import type { Duration } from "@stipt/shared/calendar/calendar";
import type { Goal } from "@stipt/shared/sla/fact";
import type { Language } from "@stipt/shared/wire/language";
import { say } from "./messages.ts";
import { openDuration } from "./open-duration.ts";

/** A goal and where it stands, e.g. `First response: 12 min overdue`. `remaining` is open time, `null` without a deadline. */
export function goalLine(language: Language, goal: Goal, remaining: Duration | null): string {
	const name = say(language, `goal.${goal}`);
	if (remaining === null) return name;
	if (isJustMissed(remaining)) return say(language, "goal-is.due", { goal: name });
	const duration = openDuration(language, remaining);
	return remaining < 0
		? say(language, "goal-is.overdue", { goal: name, duration })
		: say(language, "goal-is.left", { goal: name, duration });
}

/** The deadline has passed by less than what a duration can say. */
export function isJustMissed(remaining: Duration): boolean {
	return remaining < 0 && remaining > -1000;
}
