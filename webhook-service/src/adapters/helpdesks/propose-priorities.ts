import type { PriorityId } from "@stipt/shared/sla/fact";

/** Which of five priorities the labels stand for, by how many labels there are; the usual one first. */
const proposals: Record<number, PriorityId[][]> = {
	1: [["P3", "P1", "P2", "P4", "P5"]],
	2: [
		["P2", "P1"],
		["P3", "P4", "P5"],
	],
	3: [["P2", "P1"], ["P3"], ["P4", "P5"]],
	4: [["P1"], ["P2"], ["P3"], ["P4", "P5"]],
};

/** Words that say how urgent a label is, the most urgent first; in the languages that helpdesks ship labels in. */
const ranks: RegExp[] = [
	/\b(p1|critical|kritisch|kritiek|critique|very high|sehr hoch|zeer hoog|très haute?|urgent|emergency|blocker)\b/i,
	/\b(p2|high|hoch|hoog|haute?|élevée?|major)\b/i,
	/\b(p3|normal|normale?|normaal|medium|mittel|middel|gemiddeld|moyenne?)\b/i,
	/\b(p4|low|niedrig|laag|basse?|faible|minor)\b/i,
	/\b(p5|very low|sehr niedrig|zeer laag|trivial|planning)\b/i,
];

/** Proposes a mapping onto P1 to P5. `labels` from the most to the least urgent. */
export function proposePriorities(labels: readonly string[]): Record<string, PriorityId[]> {
	const known = proposals[labels.length];
	return Object.fromEntries(labels.map((label, index) => [label, known?.[index] ?? [`P${Math.min(index + 1, 5)}`]]));
}

/** Sorts labels from the most to the least urgent, by their words where they have any, else as given. */
export function mostUrgentFirst(labels: readonly string[]): string[] {
	const ranked = labels.map((label, index) => ({ label, index, rank: ranks.findIndex((words) => words.test(label)) }));
	if (ranked.some(({ rank }) => rank < 0)) return [...labels];
	return ranked.sort((a, b) => a.rank - b.rank || a.index - b.index).map(({ label }) => label);
}
