import type { Instant } from "../calendar/calendar.ts";
import { localHour, localWeek } from "./local-week.ts";
import type { RoleWeek, SimulationReport } from "./report.ts";

type Side = "draft" | "inForce" | "recorded";

/** Counts alerts per role and week, and what falls in each hour of the day. */
export function countAlerts(zone: string) {
	const weeks = new Map<string, RoleWeek>();
	const totals = { draft: 0, inForce: 0, recorded: 0 };
	const load = Array.from({ length: 24 }, (_, hour) => ({ hour, opened: 0, draftAlerts: 0, inForceAlerts: 0 }));
	return {
		opened(at: Instant): void {
			const hour = load[localHour(zone, at)];
			if (hour !== undefined) hour.opened += 1;
		},
		add(side: Side, at: Instant, roles: readonly string[]): void {
			totals[side] += 1;
			const hour = load[localHour(zone, at)];
			if (hour !== undefined && side === "draft") hour.draftAlerts += 1;
			if (hour !== undefined && side === "inForce") hour.inForceAlerts += 1;
			const week = localWeek(zone, at);
			for (const role of roles) {
				const key = `${role}\n${week}`;
				let told = weeks.get(key);
				if (told === undefined) {
					told = { role, week, draft: 0, inForce: 0, recorded: 0 };
					weeks.set(key, told);
				}
				told[side] += 1;
			}
		},
		counted: (): Pick<SimulationReport, "alerts" | "load"> => ({
			alerts: {
				...totals,
				weeks: [...weeks.values()].sort((a, b) =>
					a.role === b.role ? (a.week < b.week ? -1 : 1) : a.role < b.role ? -1 : 1,
				),
			},
			load,
		}),
	};
}
