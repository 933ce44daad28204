import type { Policy } from "../policy.ts";
import { calendarChanges } from "./calendar-changes.ts";
import { changeKinds, type PolicyChange } from "./change.ts";
import { ladderChanges } from "./ladder-changes.ts";
import { matrixChanges } from "./matrix-changes.ts";
import { ruleChanges } from "./rule-changes.ts";
import { dateIn, sayDate } from "./say.ts";
import { serviceChanges } from "./service-changes.ts";

/**
 * What one version of a policy does otherwise than another, the most important first. Empty when both mean the same,
 * however they are written; whatever differs is in it. Addresses are counted, never shown.
 */
export function policyDiff(before: Policy, after: Policy): PolicyChange[] {
	const changes = [
		...ruleChanges(before, after),
		...serviceChanges(before, after),
		...calendarChanges(before, after),
		...matrixChanges(before, after),
		...ladderChanges(before, after),
	];
	// A date that both have says when the older one began, not when this change does.
	const { effectiveFrom } = after;
	const isNew = effectiveFrom !== null && effectiveFrom !== before.effectiveFrom;
	const from = isNew ? dateIn(after, undefined, effectiveFrom) : null;
	return changes
		.map((change) => ({ ...change, from: change.from ?? from }))
		.sort((a, b) => changeKinds.indexOf(a.kind) - changeKinds.indexOf(b.kind));
}

/** One line per change: `P2 first response, Portal: 4 h → 2 h, from 1 January 2027`. */
export function formatDiff(changes: readonly PolicyChange[]): string {
	if (changes.length === 0) return "No difference in what they mean.";
	return changes.map(formatChange).join("\n");
}

function formatChange({ what, before, after, from }: PolicyChange): string {
	const since = from === null ? "" : `, from ${sayDate(from)}`;
	if (before === null) return `${what}: new, ${after ?? "empty"}${since}`;
	if (after === null) return `${what}: gone, was ${before}${since}`;
	return before === after ? `${what}: reworded, ${after}${since}` : `${what}: ${before} → ${after}${since}`;
}
