import type { Calendar, Instant } from "../../calendar/calendar.ts";
import type { Course } from "../course.ts";
import { serviceOf, targetOf } from "../terms.ts";
import type { Moment, ProofCalendar } from "./proof.ts";
import { proofCalendar } from "./proof-calendar.ts";

type Leg = { name: string; calendar: Calendar; from: Instant; policyVersion: string };

/** The calendars by which a clock counts, each from the instant on at which its version of the policy came into force. */
export function proofCalendars(
	course: Course,
	{ from, to, moment }: { from: Instant; to: Instant; moment: (instant: Instant) => Moment },
): ProofCalendar[] {
	const legs = legsOf(course);
	return legs.map(({ name, calendar, from: since, policyVersion }, index) =>
		proofCalendar(calendar, {
			name,
			from: Math.max(from, since),
			to: Math.max(from, since, Math.min(to, legs[index + 1]?.from ?? to)),
			since: index === 0 ? null : moment(since),
			policyVersion,
		}),
	);
}

/** As the engine joins them: a version that leaves the calendar as it was is no leg of its own. */
function legsOf({ run, terms, countedFrom, versions }: Course): Leg[] {
	const legs: Leg[] = [];
	for (const { policy, from } of versions) {
		const service = policy === terms.policy ? terms.service : serviceOf(policy, terms.group);
		const name = targetOf({ ...terms, service }, run.goal, countedFrom)?.calendar ?? service?.calendar;
		const calendar = name === undefined ? undefined : policy.calendars[name];
		if (name === undefined || calendar === undefined) continue;
		const leg = { name, calendar, from, policyVersion: policy.version };
		if (legs.at(-1)?.calendar.version === calendar.version)
			legs[legs.length - 1] = { ...leg, from: legs.at(-1)?.from ?? from };
		else legs.push(leg);
	}
	return legs;
}
