import type { Escalation } from "./evaluation.ts";
import { type Call, owedStepOf, worst } from "./ladder.ts";
import type { Suspension } from "./suspensions.ts";

/**
 * Where the escalation of a ticket stands: at the step that is owed (the one that would be sent), else at the one that
 * was taken last. Calls are those of clocks that have not stopped, so an escalation ends with its clock.
 */
export function escalationOf(calls: readonly Call[], suspensions: readonly Suspension[]): Escalation | null {
	if (calls.length === 0) return null;
	const owed = calls.filter(({ isOwed }) => isOwed).map((call) => ({ ...owedStepOf(call), call }));
	const call = worst(owed)?.call ?? lastTaken(calls);
	if (!call) return null;
	const { alert } = call;
	const suspension = alert ? suspensions.filter(({ from }) => from >= call.at).at(-1) : undefined;
	const acknowledgement = suspension?.outcome === "expired" ? undefined : suspension?.acknowledgement;
	return {
		goal: call.course.clock.goal,
		step: call.rung.step,
		of: call.rung.of,
		owedAt: call.at,
		alert: alert?.alert ?? null,
		acknowledgedBy: acknowledgement?.by ?? null,
		acknowledgedAt: acknowledgement?.at ?? null,
		nextPromise: suspension?.outcome === "pending" ? suspension.acknowledgement.nextPromise : null,
	};
}

/** The call whose alert went out last; one that a higher step superseded went nowhere. */
function lastTaken(calls: readonly Call[]): Call | null {
	let last: Call | null = null;
	for (const call of calls) {
		if (!call.alert || call.alert.outcome === "superseded") continue;
		const later = last?.alert ? call.alert.at - last.alert.at || call.rung.step - last.rung.step : 1;
		if (later >= 0) last = call;
	}
	return last;
}
