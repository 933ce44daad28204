import type { Instant } from "../calendar/calendar.ts";
import type { Acknowledged, Alerted, Story } from "./story.ts";
import { isEnded } from "./story.ts";

/**
 * A time in which nobody is alerted about a ticket, `[from, until)`, because somebody acknowledged and promised.
 * - `kept`: an agent wrote to the customer, or the ticket was done with, no later than promised.
 * - `expired`: the promise passed without either; `until` is the first instant after it.
 * - `replaced`: another acknowledgement took its place.
 * - `pending`: the promise still stands.
 */
export type Suspension = {
	from: Instant;
	until: Instant;
	outcome: "kept" | "expired" | "replaced" | "pending";
	acknowledgement: Acknowledged;
	/** The alert that was acknowledged. */
	alert: Alerted;
};

/**
 * The suspensions of a ticket in order. An acknowledgement of an alert that this ticket never had is none; one that came
 * before its alert was noted (it was still being sent to others) counts from then.
 */
export function suspensionsOf(story: Story, now: Instant): Suspension[] {
	if (story.acknowledgements.length === 0) return [];
	const alerts = new Map(story.alerts.map((alert) => [alert.alert, alert]));
	const begun = story.acknowledgements
		.flatMap((acknowledgement) => {
			const alert = alerts.get(acknowledgement.alert);
			return alert ? [{ acknowledgement, alert, from: Math.max(acknowledgement.at, alert.at) }] : [];
		})
		.sort((a, b) => a.from - b.from);
	return begun.map((common, index): Suspension => {
		const promise = Math.max(common.from, common.acknowledgement.nextPromise);
		const keptAt = wordAfter(story, common.from);
		const replacedAt = begun[index + 1]?.from ?? Number.POSITIVE_INFINITY;
		if (keptAt <= promise && keptAt <= replacedAt) return { ...common, until: keptAt, outcome: "kept" };
		if (replacedAt <= promise) return { ...common, until: replacedAt, outcome: "replaced" };
		return { ...common, until: promise + 1, outcome: now > promise ? "expired" : "pending" };
	});
}

/** When an agent first wrote to the customer, or the ticket was done with, after an instant. */
function wordAfter(story: Story, from: Instant): Instant {
	const message = story.messages.find(({ at, from: who }) => who === "agent" && at > from);
	const ending = story.states.find(({ at, value }) => at > from && isEnded(value.state));
	return Math.min(message?.at ?? Number.POSITIVE_INFINITY, ending?.at ?? Number.POSITIVE_INFINITY);
}
