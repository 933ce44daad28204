import type { Goal } from "./fact.ts";

/** The goals that clocks run for, the most severe first. */
export const supportedGoals = ["resolution", "first-response", "next-update"] as const satisfies readonly Goal[];
export type SupportedGoal = (typeof supportedGoals)[number];
