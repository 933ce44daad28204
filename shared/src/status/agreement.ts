import type { NoticeRule } from "../policy/policy.ts";

/** What a partner said to a proposed window; `null`: nothing yet. */
export type Answer = { partner: string; agrees: boolean | null };

export type Planning =
	/** It stands: it may be published as scheduled. */
	| { state: "agreed" }
	/** Not published as scheduled before these agree. */
	| { state: "proposed"; waitingFor: string[]; refusedBy: string[] };

/** Whether a window for maintenance stands. Where nobody needs to agree it does at once. */
export function planningOf({ agreement }: Pick<NoticeRule, "agreement">, answers: readonly Answer[]): Planning {
	const missing = (said: false | null) => answers.flatMap(({ partner, agrees }) => (agrees === said ? [partner] : []));
	const [waitingFor, refusedBy] = [missing(null), missing(false)];
	if (!agreement || waitingFor.length + refusedBy.length === 0) return { state: "agreed" };
	return { state: "proposed", waitingFor, refusedBy };
}
