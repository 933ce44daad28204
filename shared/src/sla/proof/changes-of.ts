import type { Instant } from "../../calendar/calendar.ts";
import type { Course } from "../course.ts";
import { oneAct } from "../runs.ts";
import type { Story } from "../story.ts";
import type { Terms } from "../terms.ts";
import type { Moment, ProofChange } from "./proof.ts";

/** What changed between a clock's start and its stop, whether or not that changed its target. */
export function changesOf(
	{ clock, run, countedFrom, turns }: Course,
	{ termChanges }: Story,
	moment: (instant: Instant) => Moment,
): ProofChange[] {
	const tooLate = clock.stoppedAt === null ? Number.POSITIVE_INFINITY : clock.stoppedAt - oneAct;
	return termChanges.flatMap(({ at, value }, index): ProofChange[] => {
		const before = termChanges[index - 1]?.value;
		if (before === undefined || at <= run.startedAt || at >= tooLate) return [];
		const effect = turns.includes(at) ? effectAt(at, countedFrom) : "none";
		return differences(before, value).map((difference) => ({ ...moment(at), ...difference, effect }));
	});
}

function effectAt(at: Instant, countedFrom: Instant): ProofChange["effect"] {
	if (at === countedFrom) return "begun-anew";
	return at < countedFrom ? "overtaken" : "counted-back";
}

function differences(before: Terms, after: Terms): Pick<ProofChange, "what" | "from" | "to">[] {
	const promised = ({ isBestEffort }: Terms) => (isBestEffort ? "best effort" : "promised");
	const pairs = [
		{ what: "priority", from: before.priority, to: after.priority },
		{ what: "service", from: before.service?.id ?? "", to: after.service?.id ?? "" },
		{ what: "channel", from: promised(before), to: promised(after) },
		{ what: "policy", from: before.policy.version, to: after.policy.version },
	] as const;
	return pairs.filter(({ from, to }) => from !== to);
}
