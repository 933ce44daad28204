import type { Instant } from "../calendar/calendar.ts";
import type { Policy, Service, Target } from "../policy/policy.ts";
import type { Change } from "./changes.ts";
import type { Channel, Goal, PriorityId } from "./fact.ts";
import { inForceAt, type Versions } from "./versions.ts";

/** What a target is looked up by, and the version of the policy in which. */
export type Terms = {
	priority: PriorityId;
	/** The helpdesk's label. */
	group: string | null;
	/** The service of that group, `null` only for a policy without services. */
	service: Service | null;
	/** The channel carries no promise. */
	isBestEffort: boolean;
	policy: Policy;
};

/** What terms follow from, each from the opening on. */
export type TermThreads = {
	priorities: readonly Change<PriorityId>[];
	groups: readonly Change<string | null>[];
	channels: readonly Change<Channel>[];
};

/** The service of a group: the one that names it, else the one that names none, else the first. */
export function serviceOf({ services }: Pick<Policy, "services">, group: string | null): Service | null {
	const named = group === null ? undefined : services.find(({ groups }) => groups.includes(group));
	return named ?? services.find(({ groups }) => groups.length === 0) ?? services[0] ?? null;
}

/** The priority of a ticket about which nothing is known: the middle one, of an even number the lower of the two. */
export function defaultPriority({ priorities }: Pick<Policy, "priorities">): PriorityId {
	return priorities[Math.floor(priorities.length / 2)]?.id ?? "";
}

const promised = new WeakMap<Service, ReadonlySet<string>>();

/** Whether a service has a target for a goal, for whatever priority. */
export function promises(service: Service | null, goal: Goal): boolean {
	if (service === null) return false;
	let goals = promised.get(service);
	if (goals === undefined) {
		goals = new Set(Object.values(service.targets).flatMap((targets) => Object.keys(targets)));
		promised.set(service, goals);
	}
	return goals.has(goal);
}

/** Every change of terms of a ticket, the first at its opening; a version that comes into force is one too. */
export function termChanges({ priorities, groups, channels }: TermThreads, versions: Versions): Change<Terms>[] {
	const openedAt = priorities[0]?.at ?? 0;
	const changes: Change<Terms>[] = [];
	const next = { priority: 0, group: 0, channel: 0 };
	for (let at: Instant = openedAt; at < Number.POSITIVE_INFINITY; ) {
		while ((priorities[next.priority + 1]?.at ?? Number.POSITIVE_INFINITY) <= at) next.priority++;
		while ((groups[next.group + 1]?.at ?? Number.POSITIVE_INFINITY) <= at) next.group++;
		while ((channels[next.channel + 1]?.at ?? Number.POSITIVE_INFINITY) <= at) next.channel++;
		const policy = inForceAt(versions, at);
		const group = groups[next.group]?.value ?? null;
		const channel = channels[next.channel]?.value ?? "other";
		changes.push({
			at,
			value: {
				priority: priorities[next.priority]?.value ?? "",
				group,
				service: serviceOf(policy, group),
				isBestEffort: policy.channels[channel] === "best-effort",
				policy,
			},
		});
		at = Math.min(
			priorities[next.priority + 1]?.at ?? Number.POSITIVE_INFINITY,
			groups[next.group + 1]?.at ?? Number.POSITIVE_INFINITY,
			channels[next.channel + 1]?.at ?? Number.POSITIVE_INFINITY,
			nextVersion(versions, at),
		);
	}
	return changes;
}

/** The target that terms give a goal whose clock started then, `null` for best effort. */
export function targetOf({ priority, service }: Terms, goal: Goal, startedAt: Instant): Target | null {
	let target: Target | null = service?.targets[priority]?.[goal] ?? null;
	while (target?.effectiveFrom !== undefined && startedAt < target.effectiveFrom) target = target.before ?? null;
	return target;
}

/** Whether two targets promise the same. */
export function isSameTarget(a: Target | null, b: Target | null): boolean {
	if (a === b) return true;
	if (a === null || b === null || a.calendar !== b.calendar) return false;
	const [one, other] = [a.amount, b.amount];
	if (one.kind === "business") return other.kind === "business" && one.duration === other.duration;
	return other.kind === "workingDays" && one.days === other.days;
}

function nextVersion(versions: Versions, at: Instant): Instant {
	if (versions.length === 1) return Number.POSITIVE_INFINITY;
	return versions.find(({ from }) => from > at)?.from ?? Number.POSITIVE_INFINITY;
}
