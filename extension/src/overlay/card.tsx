import { useState } from "react";
import { Actions } from "./actions.tsx";
import { Escalation } from "./escalation.tsx";
import { Icon, toneIcons } from "./icons.tsx";
import { Ladder } from "./ladder.tsx";
import { Incidents, Lines } from "./lines.tsx";
import { Proof } from "./proof.tsx";
import { ballOf, clockKey, clockName, momentText, stateText } from "./reading-text.ts";
import { doubtText, failureText, type Shown } from "./shown.ts";
import { Sum } from "./sum.tsx";
import type { Reading } from "./ticking.ts";

/** The timer's panel: every clock with its sum and proof, what can be done, who hears what, and whose turn it was. */
export function Card({ shown }: { shown: Shown }) {
	const { speech, view, readings, trouble, at, detail, detailTrouble } = shown;
	// The person asked for the sum: that of the most urgent clock is open.
	const [unfolded, setUnfolded] = useState<string | null>(readings[0] ? clockKey(readings[0].clock) : null);
	const ball = ballOf(readings);
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
						key={clockKey(reading.clock)}
						shown={shown}
						reading={reading}
						isOpen={unfolded === clockKey(reading.clock)}
						toggle={() => setUnfolded(unfolded === clockKey(reading.clock) ? null : clockKey(reading.clock))}
					/>
				))}
			</ul>
			{detail !== null && (
				<>
					<Actions shown={shown} detail={detail} />
					<Ladder shown={shown} detail={detail} />
					<Lines shown={shown} detail={detail} />
					<Incidents shown={shown} detail={detail} />
				</>
			)}
			{/* A service of an earlier version knows no detail. */}
			{detailTrouble !== null && detailTrouble.kind !== "unknown" && trouble === null && (
				<p className="note">
					<Icon name="question" />
					<span>{failureText(speech, detailTrouble)}</span>
				</p>
			)}
			<p className="fine">
				{ball !== null && `${speech.say(`ball.${ball}`)} · `}
				{speech.say("sum.policy", { name: policy.name, version: policy.version.slice(0, 8) })}
				{policy.mode === "measured" && ` · ${speech.say("sum.measured")}`}
			</p>
		</>
	);
}

function ClockRow(props: { shown: Shown; reading: Reading; isOpen: boolean; toggle: () => void }) {
	const { shown, reading, isOpen, toggle } = props;
	const [isProving, setProving] = useState(false);
	const { speech, at } = shown;
	const moment = momentText(speech, reading, at);
	return (
		<li className={`clock tone-${reading.tone}`}>
			<button type="button" className="fold" aria-expanded={isOpen} onClick={toggle}>
				<span className="mark">
					<Icon name={toneIcons[reading.tone]} />
				</span>
				<span className="what">
					<span className="name">{clockName(speech, reading.clock)}</span>
					{moment !== null && <span className="moment">{moment}</span>}
				</span>
				<span className="amount">{stateText(speech, reading)}</span>
				<span className="turn">
					<Icon name={isOpen ? "down" : "right"} />
				</span>
				<span className="heard">{speech.say(isOpen ? "sum.hide" : "sum.show")}</span>
			</button>
			{isOpen && <Sum speech={speech} reading={reading} />}
			{isOpen && (
				<p className="proves">
					<button type="button" className="link" aria-expanded={isProving} onClick={() => setProving(!isProving)}>
						{speech.say("proof.show")}
					</button>
				</p>
			)}
			{isOpen && isProving && <Proof shown={shown} goal={reading.clock.goal} />}
		</li>
	);
}
