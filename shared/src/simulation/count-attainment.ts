import type { Instant } from "../calendar/calendar.ts";
import type { Policy } from "../policy/policy.ts";
import type { Clock, Evaluation } from "../sla/evaluation.ts";
import type { Attainment, Outcome } from "./report.ts";

type Side = "draft" | "inForce";

/** Counts how clocks come out, per service, priority and goal. */
export function countAttainment() {
	const lines = new Map<string, Attainment & { inForce: Outcome }>();
	return {
		/** The clocks of one ticket that started when it counts. */
		add(side: Side, { service, clocks, past }: Evaluation, isIn: (at: Instant) => boolean): void {
			for (const list of [past, clocks]) {
				for (const clock of list) {
					if (!isIn(clock.startedAt)) continue;
					const { priority, goal } = clock;
					const key = `${service}\n${priority}\n${goal}`;
					let line = lines.get(key);
					if (line === undefined) {
						line = { service, priority, goal, draft: nothing(), inForce: nothing() };
						lines.set(key, line);
					}
					line[side][outcomeOf(clock)] += 1;
				}
			}
		},
		/** In the order in which a policy names services and priorities; what it does not know comes last. */
		counted({ services, priorities }: Policy, isCompared: boolean): Attainment[] {
			const place = (list: readonly { id: string }[], id: string) => {
				const found = list.findIndex((each) => each.id === id);
				return found === -1 ? list.length : found;
			};
			return [...lines.values()]
				.sort(
					(a, b) =>
						place(services, a.service) - place(services, b.service) ||
						place(priorities, a.priority) - place(priorities, b.priority) ||
						(a.goal < b.goal ? -1 : 1),
				)
				.map(({ inForce, ...line }) => (isCompared ? { ...line, inForce } : line));
		},
	};
}

function nothing(): Outcome {
	return { met: 0, missed: 0, running: 0, cancelled: 0, bestEffort: 0 };
}

function outcomeOf({ target, state }: Clock): keyof Outcome {
	if (target === null) return "bestEffort";
	return state === "paused" ? "running" : state;
}

/** Tenths of a per cent of what was decided that was met, rounded down: 999 of 1,000 met never shows as all. */
export function attained({ met, missed }: Outcome): number | null {
	return met + missed === 0 ? null : Math.floor((met * 1000) / (met + missed));
}
