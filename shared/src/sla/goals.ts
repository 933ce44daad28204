import type { Goal } from "./fact.ts";

/** The goals that clocks run for, the most severe first. */
export const bySeverity = [
	"resolution",
	"handover",
	"first-response",
	"next-update",
	"pickup",
] as const satisfies readonly Goal[];
