import type { Goal } from "../../sla/fact.ts";
import type { Policy, Service, Target } from "../policy.ts";
import { goals } from "../schema-forms.ts";
import { changed, type PolicyChange, pairs, same } from "./change.ts";
import { dateIn, goalWords, nameOf, sayAmount, sayDate } from "./say.ts";

type Side = { policy: Policy; service: Service };

/** What a service promises otherwise, per priority and goal. */
export function targetChanges(before: Side, after: Side): PolicyChange[] {
	const name = nameOf(after.service.name, after.service.id);
	return pairs(before.service.targets, after.service.targets).flatMap(([priority, old, now]) =>
		goals.flatMap((goal: Goal) =>
			targetChange(`${priority} ${goalWords[goal]}, ${name}`, [old?.[goal], now?.[goal]], { before, after }),
		),
	);
}

function targetChange(
	what: string,
	[old, now]: readonly [Target | undefined, Target | undefined],
	{ before, after }: { before: Side; after: Side },
): PolicyChange[] {
	if (same(old, now)) return [];
	const isElsewhere = old !== undefined && now !== undefined && old.calendar !== now.calendar;
	const isOtherwise = old !== undefined && now !== undefined && old.promise !== now.promise;
	const how = { withCalendar: isElsewhere, withPromise: isOtherwise };
	// The usual way to change a target: the old one becomes what held before a date.
	if (old !== undefined && now?.effectiveFrom !== undefined && now.before !== undefined && same(old, now.before)) {
		const { effectiveFrom, before: _, ...plain } = now;
		const from = dateIn(after.policy, now.calendar, effectiveFrom);
		return changed("target", what, [old, plain], (target) => sayTarget(target, after, how)).map((it) => ({
			...it,
			from,
		}));
	}
	return [
		{
			kind: "target",
			what,
			before: old === undefined ? "best effort" : sayTarget(old, before, how),
			after: now === undefined ? "best effort" : sayTarget(now, after, how),
			from: null,
		},
	];
}

function sayTarget(target: Target, side: Side, how: { withCalendar: boolean; withPromise: boolean }): string {
	const { calendar, effectiveFrom, before } = target;
	const where = how.withCalendar || calendar !== side.service.calendar ? ` (calendar ${calendar})` : "";
	const promise = how.withPromise ? `, ${target.promise}` : "";
	const own = `${sayAmount(target.amount)}${where}${promise}`;
	if (effectiveFrom === undefined) return own;
	const date = sayDate(dateIn(side.policy, calendar, effectiveFrom));
	return `${own} from ${date}, before that ${before === undefined ? "best effort" : sayTarget(before, side, how)}`;
}
