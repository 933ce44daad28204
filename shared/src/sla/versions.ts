import type { Instant } from "../calendar/calendar.ts";
import type { Policy, PolicyTimeline } from "../policy/policy.ts";

/** A policy from the instant on at which it comes into force. */
export type Version = { policy: Policy; from: Instant; applies: "from-now" | "recompute" };

/** In order; the first holds since ever. */
export type Versions = readonly [Version, ...Version[]];

/** The versions of a timeline, or the one that a policy is. */
export function versionsOf(policy: Policy | PolicyTimeline): Versions {
	if (!isTimeline(policy)) return [{ policy, from: Number.NEGATIVE_INFINITY, applies: "from-now" }];
	const [first, ...later] = policy;
	return [
		{ policy: first.policy, from: Number.NEGATIVE_INFINITY, applies: "from-now" },
		...[...later].sort((a, b) => a.from - b.from),
	];
}

/** The policy that is in force at an instant. */
export function inForceAt(versions: Versions, at: Instant): Policy {
	let { policy } = versions[0];
	for (let index = 1; index < versions.length; index++) {
		const version = versions[index];
		if (version === undefined || version.from > at) break;
		policy = version.policy;
	}
	return policy;
}

/**
 * The versions that judge a clock as of an instant. Those that came into force before it started matter only by the
 * last of them, and one that recomputes stands for everything before it.
 */
export function versionsJudging(startedAt: Instant, at: Instant, versions: Versions): Versions {
	if (versions.length === 1) return versions;
	let first = 0;
	let end = 1;
	for (const [index, { from, applies }] of versions.entries()) {
		if (from > at) break;
		if (from <= startedAt || applies === "recompute") first = index;
		end = index + 1;
	}
	const [earliest, ...later] = versions.slice(first, end);
	return earliest ? [{ ...earliest, from: Number.NEGATIVE_INFINITY }, ...later] : versions;
}

function isTimeline(policy: Policy | PolicyTimeline): policy is PolicyTimeline {
	return Array.isArray(policy);
}
