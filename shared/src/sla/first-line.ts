import type { Line, Service } from "../policy/policy.ts";
import type { LineShare } from "./evaluation.ts";
import type { Actor } from "./fact.ts";

/**
 * The line to which a ticket goes back, because its customer went past it: the first of the service. `null`: it is
 * where it belongs. Whoever works for a line (a partner's local desk, say) may turn to the next one at once.
 */
export function lineGonePast(
	service: Pick<Service, "lines">,
	shares: readonly Pick<LineShare, "line">[],
	openedBy: Actor["kind"],
): Line | null {
	const [first] = service.lines;
	const [begun] = shares;
	if (first === undefined || begun === undefined || openedBy !== "customer") return null;
	// Once it has been there, it went on from there.
	return shares.some(({ line }) => line === first.id) ? null : first;
}
