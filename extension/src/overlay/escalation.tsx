import type { Duration, Instant } from "@stipt/shared/calendar/calendar";
import { useEffect, useRef, useState } from "react";
import { Icon } from "./icons.tsx";
import { failureText, type Shown } from "./shown.ts";

const minute = 60_000;
const soonest: readonly Duration[] = [30 * minute, 60 * minute, 120 * minute, 240 * minute];

/** An open escalation: who was told, and a way to take it, with a promise of when we hear again. */
export function Escalation({ shown }: { shown: Shown }) {
	const { speech, view, at } = shown;
	const [asking, setAsking] = useState(false);
	const escalation = view?.value.escalation ?? null;
	if (escalation === null) return null;
	const { goal, step, of, owedAt, alert, acknowledgedBy, nextPromise } = escalation;
	const isTaken = acknowledgedBy !== null;
	return (
		<section className={`escalation ${isTaken ? "" : "tone-late"}`}>
			<p className="head">
				<Icon name={isTaken ? "check" : "bell"} />
				<span>
					<b>{speech.say("alert.title", { step, of })}</b>
					<span className="aside">
						{speech.say("alert.since", {
							goal: speech.say(`goal.${goal}`),
							time: speech.moment(Date.parse(owedAt), at),
						})}
					</span>
				</span>
			</p>
			{isTaken && (
				<p>
					<bdi>
						{speech.say("alert.done", {
							name: acknowledgedBy,
							time: nextPromise === null ? "–" : speech.moment(Date.parse(nextPromise), at),
						})}
					</bdi>
				</p>
			)}
			{!isTaken && alert !== null && !asking && (
				<button type="button" className="button main" onClick={() => setAsking(true)}>
					{speech.say("alert.acknowledge")}
				</button>
			)}
			{!isTaken && alert !== null && asking && <NextPromise shown={shown} alert={alert} />}
		</section>
	);
}

function NextPromise({ shown, alert }: { shown: Shown; alert: string }) {
	const { speech, at, saving, writeTrouble, acts } = shown;
	const [chosen, setChosen] = useState<Duration | "other">(soonest[1] ?? 0);
	const [typed, setTyped] = useState("");
	const moment: Instant = chosen === "other" ? new Date(typed).getTime() : at + chosen;
	const isRight = moment > at;
	const frame = useRef<HTMLFieldSetElement>(null);
	// It stands where the button was that opened it.
	useEffect(() => frame.current?.querySelector<HTMLElement>("input:checked")?.focus(), []);
	return (
		<fieldset className="promise" ref={frame}>
			<legend>{speech.say("alert.ask")}</legend>
			<div className="choices">
				{soonest.map((duration) => (
					<label key={duration}>
						<input type="radio" name="promise" checked={chosen === duration} onChange={() => setChosen(duration)} />
						<span>{speech.say("alert.in", { time: speech.duration(duration) })}</span>
					</label>
				))}
				<label>
					<input type="radio" name="promise" checked={chosen === "other"} onChange={() => setChosen("other")} />
					<span>{speech.say("alert.other")}</span>
				</label>
			</div>
			{chosen === "other" && (
				<input
					type="datetime-local"
					className="control"
					aria-label={speech.say("alert.other")}
					value={typed}
					onInput={(event) => setTyped(event.currentTarget.value)}
				/>
			)}
			{typed !== "" && !isRight && <p className="wrong">{speech.say("alert.past")}</p>}
			<button
				type="button"
				className="button main"
				disabled={!isRight || saving}
				onClick={() => acts.acknowledge(alert, moment)}
			>
				{saving
					? speech.say("matrix.saving")
					: isRight
						? speech.say("alert.confirm", { time: speech.moment(moment, at) })
						: speech.say("alert.acknowledge")}
			</button>
			{writeTrouble !== null && (
				<p className="wrong" role="alert">
					{failureText(speech, writeTrouble)}
				</p>
			)}
		</fieldset>
	);
}
