import type { AvailabilityTarget } from "../policy/policy.ts";
import type { Period } from "./local-time.ts";

/**
 * Which target holds when: a period in pieces, each with the one in force in it. Time before the first target is in
 * no piece. Targets are in the order in which they come into force.
 */
export function targetsIn(
	targets: readonly AvailabilityTarget[],
	{ from, to }: Period,
): (Period & { target: AvailabilityTarget })[] {
	return targets.flatMap((target, index) => {
		const begin = Math.max(from, target.effectiveFrom ?? from);
		const end = Math.min(to, targets[index + 1]?.effectiveFrom ?? to);
		return begin < end ? [{ target, from: begin, to: end }] : [];
	});
}
