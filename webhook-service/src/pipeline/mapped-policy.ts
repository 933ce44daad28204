import type { Policy, Service } from "@stipt/shared/policy/policy";
import type { Mapping } from "../adapters/helpdesks/helpdesk.ts";

type Groups = NonNullable<Mapping["groups"]>;

const made = new WeakMap<Policy, Map<string, Policy>>();

/**
 * A policy for one helpdesk: each group or team that its mapping names belongs to the service and the line that the
 * mapping says, whatever the policy says. The same policy and mapping give the same object.
 */
export function mappedPolicy(policy: Policy, { groups = {} }: Pick<Mapping, "groups">): Policy {
	if (Object.keys(groups).length === 0) return policy;
	const known = made.get(policy) ?? new Map<string, Policy>();
	made.set(policy, known);
	const key = JSON.stringify(groups);
	const mapped = known.get(key) ?? {
		...policy,
		services: policy.services.map((service) => served(service, groups, policy)),
	};
	known.set(key, mapped);
	return mapped;
}

/** The service for groups that nobody names stays the one, and needs none of its own named. */
function served(service: Service, groups: Groups, policy: Policy): Service {
	const isDefault = policy.services.find((each) => each.groups.length === 0)?.id === service.id;
	const mapped = Object.keys(groups).filter((label) => groups[label]?.service === service.id);
	const stays = service.groups.filter((label) => groups[label] === undefined);
	return {
		...service,
		groups: isDefault ? [] : named([...stays, ...mapped], service),
		lines: service.lines.map((line) => ({
			...line,
			groups: [
				...line.groups.filter((label) => groups[label] === undefined),
				...mapped.filter((label) => groups[label]?.line === line.id),
			],
		})),
	};
}

/** A service that lost its last group must not become the one for all others. */
function named(groups: string[], { id, groups: before }: Service): string[] {
	return groups.length > 0 || before.length === 0 ? groups : [`(no group: ${id})`];
}
