import type { Speech } from "../words/speech.ts";
import type { Reading } from "./ticking.ts";

/** How a clock comes to what it shows: start, target, used, deadline, and why it stands still. */
export function Sum({ speech, reading }: { speech: Speech; reading: Reading }) {
	return (
		<dl className="sum">
			{linesOf(speech, reading).map(([term, text, aside]) => (
				<div key={term}>
					<dt>{term}</dt>
					<dd>
						<bdi>{text}</bdi>
						{aside !== undefined && <span className="aside">{aside}</span>}
					</dd>
				</div>
			))}
		</dl>
	);
}

type Line = [term: string, text: string, aside?: string];

function linesOf(speech: Speech, { clock, remaining, elapsed, phase, late }: Reading): Line[] {
	const { say, duration, fullMoment } = speech;
	const full = (instant: string) => fullMoment(Date.parse(instant));
	const moment = (term: string, instant: string | null, aside = ""): Line[] =>
		instant === null ? [] : [aside === "" ? [term, full(instant)] : [term, full(instant), aside]];
	const target =
		clock.targetWorkingDays !== null
			? speech.count("sum.workingDays", clock.targetWorkingDays)
			: clock.targetMs === null
				? null
				: speech.length(clock.targetMs);
	const isCounting = phase === "running" || phase === "paused" || phase === "closed";
	return [
		...moment(say("sum.start"), clock.startedAt),
		[say("sum.target"), target ?? say("noTarget"), say(`sum.${clock.promise}`)],
		[say("sum.used"), duration(elapsed), say("sum.openTime")],
		...(remaining !== null && isCounting
			? ([[say(late ? "sum.late" : "sum.left"), duration(remaining)]] satisfies Line[])
			: []),
		...moment(say("sum.deadline"), clock.deadline),
		...(clock.agreed == null
			? []
			: ([[say("sum.agreed"), clock.agreed.reason, full(clock.agreed.at)]] satisfies Line[])),
		...(clock.calendar === null ? [] : ([[say("sum.calendar"), clock.calendar]] satisfies Line[])),
		...(phase === "paused" && clock.pausedBecause !== null
			? ([[say("sum.paused"), speech.of(clock.pausedBecause)]] satisfies Line[])
			: []),
		...(phase === "paused" && clock.pausedOwner != null
			? ([[say("sum.waits"), say(`owner.${clock.pausedOwner}`)]] satisfies Line[])
			: []),
		...(phase === "paused" ? moment(say("sum.pausedSince"), clock.pausedSince ?? null) : []),
		...(phase === "paused" ? moment(say("sum.pausedUntil"), clock.pausedUntil ?? null) : []),
		...(phase === "closed" ? moment(say("sum.closed"), clock.opensAt) : []),
		...moment(say("sum.met"), clock.metAt),
		...moment(say("sum.breached"), clock.breachedAt, clock.breachedBy == null ? "" : say("sum.reprioritised")),
		...(clock.metAt === null ? moment(say("sum.stopped"), clock.stoppedAt) : []),
	];
}
