import type { Goal } from "../../sla/fact.ts";
import { formatAmount } from "../duration-text.ts";
import { localDate } from "../local-time.ts";
import type { Service, Target } from "../policy.ts";
import { goals } from "../schema-forms.ts";
import { type Finding, isShorter, type Lint, type LintGiven } from "./lint.ts";

/** Targets that are missing, out of order among priorities or goals, or of the past. */
export const targetLints: Lint = (given) =>
	given.policy.services.flatMap((service) => [
		...withoutTarget(service, given),
		...slower(service, given),
		...goalsOutOfOrder(service),
		...pastChanges(service, given),
	]);

function withoutTarget({ id, targets }: Service, { policy }: LintGiven): Finding[] {
	const path = ["services", id];
	const code = "best-effort";
	const without = policy.priorities.map((it) => it.id).filter((it) => Object.keys(targets[it] ?? {}).length === 0);
	if (without.length === policy.priorities.length) {
		return [{ path, code, text: "No target for any priority: all of it is best effort, measured and never missed." }];
	}
	return without.map((priority) => {
		const text = `${priority} has no target: best effort, measured and never missed. Give it one if something is promised.`;
		return { path, code, text };
	});
}

function slower({ id: service, targets }: Service, { policy }: LintGiven): Finding[] {
	return goals.flatMap((goal) => {
		const stated = policy.priorities.flatMap(({ id }) => {
			const target = targets[id]?.[goal];
			return target === undefined ? [] : [{ id, target }];
		});
		return stated.flatMap(({ id, target }, index): Finding[] => {
			const lower = stated.slice(index + 1).find((other) => isShorter(other.target, target));
			if (lower === undefined) return [];
			const text = `${id} has ${formatAmount(target.amount)}, but the lower ${lower.id} has ${formatAmount(lower.target.amount)}. Swap them, or check the order of the priorities.`;
			return [{ path: ["services", service, "targets", id, goal], code: "slower-for-higher-priority", text }];
		});
	});
}

const orders = [
	["pickup", "first-response", "pickup-after-first-response"],
	["first-response", "resolution", "first-response-after-resolution"],
	["next-update", "resolution", "next-update-after-resolution"],
] as const satisfies readonly [Goal, Goal, Finding["code"]][];

/** What should come first has more time than what should come after it, where the two can be compared. */
function goalsOutOfOrder({ id, targets }: Service): Finding[] {
	return Object.entries(targets).flatMap(([priority, byGoal]) =>
		orders.flatMap(([first, after, code]): Finding[] => {
			const [own, other] = [byGoal[first], byGoal[after]];
			if (own === undefined || other === undefined || !isShorter(other, own)) return [];
			const text = `${first} may take ${formatAmount(own.amount)}, but ${after} only ${formatAmount(other.amount)}. Give ${first} less time than ${after}.`;
			return [{ path: ["services", id, "targets", priority, first], code, text }];
		}),
	);
}

/** A change of target that all new tickets have behind them. */
function pastChanges({ id, targets }: Service, { policy, now }: LintGiven): Finding[] {
	if (now === null) return [];
	return Object.entries(targets).flatMap(([priority, byGoal]) =>
		Object.entries(byGoal).flatMap(([goal, target]: [string, Target]): Finding[] => {
			const { effectiveFrom, before, calendar } = target;
			if (effectiveFrom === undefined || before === undefined || effectiveFrom > now) return [];
			const date = localDate(effectiveFrom, policy.calendars[calendar]?.zone ?? "UTC");
			const text = `The target before ${date} is for tickets of that time alone. Leave before and effectiveFrom out once none of those is open.`;
			return [{ path: ["services", id, "targets", priority, goal, "before"], code: "past-change", text }];
		}),
	);
}
