import type { Policy } from "@stipt/shared/policy/policy";
import { ServiceError } from "../errors.ts";
import type { Store, StoredPolicy } from "../store/store.ts";

/** The published policies, parsed once per version: a version never changes. */
export type Policies = {
	/** One version by its content hash. Throws `unknown` when it was never published. */
	version(version: string): Promise<Policy>;
	/** The newest version by name. Throws `unknown` when there is none. */
	inForce(name: string): Promise<Policy>;
};

export function createPolicies(store: Store, parse: (stored: StoredPolicy) => Policy): Policies {
	const parsed = new Map<string, Policy>();
	const read = async (query: { name: string } | { version: string }): Promise<Policy> => {
		const stored = await store.readPolicy(query);
		if (stored === null) {
			throw new ServiceError("unknown", `Expected a published policy, found ${JSON.stringify(query)}.`);
		}
		const policy = parsed.get(stored.version) ?? parse(stored);
		parsed.set(stored.version, policy);
		return policy;
	};
	return {
		version: async (version) => parsed.get(version) ?? read({ version }),
		inForce: (name) => read({ name }),
	};
}
