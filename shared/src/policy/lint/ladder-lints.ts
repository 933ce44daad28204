import type { Duration } from "../../calendar/calendar.ts";
import type { Goal } from "../../sla/fact.ts";
import { formatDuration } from "../duration-text.ts";
import type { Ladder, LadderStep, Policy, Service, Target } from "../policy.ts";
import type { Path } from "../yaml-place.ts";
import { andList, type Finding, type Lint } from "./lint.ts";

/** Targets that nobody hears of, and steps whose time makes no sense beside the targets they are for. */
export const ladderLints: Lint = ({ policy }) => [
	...policy.services.flatMap((service) => unheard(service, policy)),
	...policy.ladders.flatMap((ladder) => {
		const services = policy.services.filter((service) => service.ladder === ladder.id);
		return [
			...idleGoals(ladder, services),
			...ladder.steps.flatMap((step, index) => [
				...oddStep(step, index, ladder, services),
				...oddMove(step, ["ladders", ladder.id, "steps", index, "moveTo"], services, policy),
			]),
		];
	}),
];

function unheard({ id, ladder, targets }: Service, policy: Policy): Finding[] {
	const path = ["services", id];
	const promised = [...new Set(Object.values(targets).flatMap((byGoal) => Object.keys(byGoal)))];
	if (ladder === null) {
		if (promised.length === 0) return [];
		const text = "No ladder: nobody is told when a target is missed. Name one in ladder.";
		return [{ path, code: "no-ladder", text }];
	}
	const climbs: readonly string[] = policy.ladders.find((each) => each.id === ladder)?.goals ?? [];
	const silent = promised.filter((goal) => !climbs.includes(goal));
	if (silent.length === 0) return [];
	const text = `Ladder ${ladder} does not climb for ${silent.join(", ")}: nobody is told when that is missed. Add it to the ladder's goals.`;
	return [{ path, code: "goal-without-ladder", text }];
}

/** Goals of a ladder that no service with it has a target for. */
function idleGoals({ id, goals }: Ladder, services: readonly Service[]): Finding[] {
	if (services.length === 0) return [];
	return goals.flatMap((goal, index): Finding[] => {
		if (targetsOf(services, goal).length > 0) return [];
		const text = `No service with this ladder has a target for ${goal}, so its steps are never owed for it. Leave the goal out, or give it a target.`;
		return [{ path: ["ladders", id, "goals", index], code: "ladder-without-target", text }];
	});
}

function oddStep(step: LadderStep, index: number, { id, goals }: Ladder, services: readonly Service[]): Finding[] {
	const path = ["ladders", id, "steps", index, "at"];
	const { at } = step;
	if (at.kind === "percent") {
		if (at.percent < 100) return [];
		const text = "100% is the deadline itself, so this warns of nothing. Write a lower percentage, or deadline.";
		return [{ path, code: "warning-at-deadline", text }];
	}
	for (const goal of goals) {
		for (const { target, service, priority } of targetsOf(services, goal)) {
			if (target.amount.kind !== "business") continue;
			const { duration } = target.amount;
			if (at.offset < 0 && -at.offset >= duration) {
				const text = `${formatDuration(-at.offset)} before a deadline of ${formatDuration(duration)} (${goal} of ${priority}) is before the start, so it is owed late or at once. Write a percentage, or less time.`;
				return [{ path, code: "step-before-start", text }];
			}
			const end = goal === "resolution" ? undefined : service.targets[priority]?.resolution;
			const last = end?.calendar === target.calendar ? amountOf(end) : null;
			if (at.offset > 0 && last !== null && duration + at.offset > last && duration <= last) {
				const text = `${formatDuration(at.offset)} after the ${goal} of ${priority} is after the deadline of its resolution (${formatDuration(last)}). Let the step come sooner.`;
				return [{ path, code: "step-after-next-deadline", text }];
			}
		}
	}
	return [];
}

/** Moves that take a ticket out of its service, or nowhere. */
function oddMove({ moveTo }: LadderStep, path: Path, services: readonly Service[], policy: Policy): Finding[] {
	if (moveTo?.line !== undefined) {
		const { line } = moveTo;
		const without = services.filter(({ lines }) => !lines.some(({ id }) => id === line)).map(({ id }) => id);
		if (without.length === 0) return [];
		const text = `No line ${line} in ${andList(without)}: tickets of that service stay where they are. Declare the line there, or give the service a ladder of its own.`;
		return [{ path: [...path, "line"], code: "move-without-effect", text }];
	}
	const { group } = moveTo ?? {};
	if (group === undefined) return [];
	const taker =
		policy.services.find(({ groups }) => groups.includes(group)) ??
		policy.services.find(({ groups }) => groups.length === 0);
	const left = services.filter(({ id }) => id !== taker?.id).map(({ id }) => id);
	if (taker === undefined || left.length === 0) return [];
	const text = `Tickets of ${andList(left)} belong to ${taker.id} once they are in ${group}, with its targets. Add the group to the service's groups if they are to keep theirs.`;
	return [{ path: [...path, "group"], code: "moves-to-another-service", text }];
}

function amountOf({ amount }: Target): Duration | null {
	return amount.kind === "business" ? amount.duration : null;
}

function targetsOf(services: readonly Service[], goal: Goal) {
	return services.flatMap((service) =>
		Object.entries(service.targets).flatMap(([priority, byGoal]) => {
			const target = byGoal[goal];
			return target === undefined ? [] : [{ target, service, priority }];
		}),
	);
}
