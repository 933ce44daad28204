import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Policy, PolicyTimeline } from "@stipt/shared/policy/policy";
import { timelineOf, versionsFor } from "@stipt/shared/simulation/publication";
import type { TimeOfDay } from "../clock.ts";
import { ServiceError } from "../errors.ts";
import type { Store, StoredPolicy } from "../store/store.ts";

/** The published policies, parsed once per version: a version never changes. */
export type Policies = {
	/** One version by its content hash. Throws `unknown` when it was never published. */
	version(version: string): Promise<Policy>;
	/** The version that a ticket gets which is new now. Throws `unknown` when none was ever published. */
	inForce(name: string): Promise<Policy>;
	/** The versions that judge a ticket which was new at `since`, and when the next one takes it over. Throws `unknown`. */
	judging(name: string, since: Instant): Promise<{ timeline: PolicyTimeline; nextAt: Instant | null }>;
};

export function createPolicies(store: Store, time: TimeOfDay, parse: (stored: StoredPolicy) => Policy): Policies {
	const parsed = new Map<string, Policy>();
	const version = async (wanted: string): Promise<Policy> => {
		const known = parsed.get(wanted);
		if (known !== undefined) return known;
		const stored = await store.readPolicy({ version: wanted });
		if (stored === null) throw new ServiceError("unknown", `Expected a published version, found "${wanted}".`);
		const policy = parse(stored);
		parsed.set(wanted, policy);
		return policy;
	};
	const judging: Policies["judging"] = async (name, since) => {
		const versions = versionsFor(await store.publications(name), { since, now: time() });
		if (versions === null) {
			throw new ServiceError("unknown", `Expected a published policy, found none named "${name}".`);
		}
		const needed = [versions.first, ...versions.later];
		const policies = new Map(
			await Promise.all(needed.map(async (each) => [each.version, await version(each.version)] as const)),
		);
		const policyOf = (wanted: string): Policy => {
			const policy = policies.get(wanted);
			if (policy === undefined) throw new RangeError(`Expected version ${wanted} to be read`);
			return policy;
		};
		return { timeline: timelineOf(versions, policyOf), nextAt: versions.nextAt };
	};
	return {
		version,
		judging,
		async inForce(name) {
			return (await judging(name, time())).timeline[0].policy;
		},
	};
}
