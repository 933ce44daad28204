import { useState } from "react";
import { Escalation } from "./escalation.tsx";
import { Icon, toneIcons } from "./icons.tsx";
import { momentText, stateText } from "./reading-text.ts";
import { doubtText, failureText, type Shown } from "./shown.ts";
import { Sum } from "./sum.tsx";
import type { Reading } from "./ticking.ts";

/** The timer's panel: every clock, the nearest deadline first, each with its sum. */
export function Card({ shown }: { shown: Shown }) {
	const { speech, view, readings, trouble, at } = shown;
	// The person asked for the sum: that of the most urgent clock is open.
	const [unfolded, setUnfolded] = useState<string | null>(readings[0]?.clock.goal ?? null);
	if (view === null) return null;
	const { policy, confidence } = view.value;
	const doubt =
		confidence.reason === null
			? null
			: speech.say(`doubt.${confidence.reason}`, { time: speech.moment(Date.parse(confidence.since), at) });
	return (
		<>
			<Escalation shown={shown} />
			{trouble !== null && (
				<p className="note">
					<Icon name="question" />
					<span>
						{failureText(speech, trouble)} {doubtText(shown)}
					</span>
				</p>
			)}
			{doubt !== null && (
				<p className="note">
					<Icon name="question" />
					<span>{doubt}</span>
				</p>
			)}
			{readings.length === 0 && <p className="note">{speech.say("noClock")}</p>}
			<ul className="clocks">
				{readings.map((reading) => (
					<ClockRow
						key={reading.clock.goal}
						shown={shown}
						reading={reading}
						isOpen={unfolded === reading.clock.goal}
						toggle={() => setUnfolded(unfolded === reading.clock.goal ? null : reading.clock.goal)}
					/>
				))}
			</ul>
			<p className="fine">
				{speech.say("sum.policy", { name: policy.name, version: policy.version.slice(0, 8) })}
				{policy.mode === "measured" && ` · ${speech.say("sum.measured")}`}
			</p>
		</>
	);
}

function ClockRow(props: { shown: Shown; reading: Reading; isOpen: boolean; toggle: () => void }) {
	const { shown, reading, isOpen, toggle } = props;
	const { speech, at } = shown;
	const moment = momentText(speech, reading, at);
	return (
		<li className={`clock tone-${reading.tone}`}>
			<button type="button" className="fold" aria-expanded={isOpen} onClick={toggle}>
				<span className="mark">
					<Icon name={toneIcons[reading.tone]} />
				</span>
				<span className="what">
					<span className="name">{speech.say(`goal.${reading.clock.goal}`)}</span>
					{moment !== null && <span className="moment">{moment}</span>}
				</span>
				<span className="amount">{stateText(speech, reading)}</span>
				<span className="turn">
					<Icon name={isOpen ? "down" : "right"} />
				</span>
				<span className="heard">{speech.say(isOpen ? "sum.hide" : "sum.show")}</span>
			</button>
			{isOpen && <Sum speech={speech} reading={reading} />}
		</li>
	);
}
