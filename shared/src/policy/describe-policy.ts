import type { Goal } from "../sla/fact.ts";
import { formatAmount } from "./duration-text.ts";
import type { Policy } from "./policy.ts";

/** A policy in a few lines, for a person who wants to see that it was read as it was meant. */
export type PolicySummary = {
	name: string;
	title: string;
	version: string;
	mode: Policy["mode"];
	calendars: string[];
	services: {
		id: string;
		groups: string[];
		calendar: string;
		ladder: string | null;
		/** Per priority, from high to low; a goal that is absent is best effort. */
		targets: { priority: string; goals: { goal: Goal; within: string; calendar: string; promise: string }[] }[];
	}[];
};

export function describePolicy(policy: Policy): PolicySummary {
	const { name, title, version, mode } = policy;
	return {
		name,
		title,
		version,
		mode,
		calendars: Object.keys(policy.calendars),
		services: policy.services.map(({ id, groups, calendar, ladder, targets }) => ({
			id,
			groups,
			calendar,
			ladder,
			targets: policy.priorities.map((priority) => ({
				priority: priority.id,
				goals: (["first-response", "next-update", "resolution"] as const).flatMap((goal) => {
					const target = targets[priority.id]?.[goal];
					if (target === undefined) return [];
					return [{ goal, within: formatAmount(target.amount), calendar: target.calendar, promise: target.promise }];
				}),
			})),
		})),
	};
}
