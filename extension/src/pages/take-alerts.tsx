import type { Duration } from "@stipt/shared/calendar/calendar";
import { useState } from "react";
import { now } from "../lib/clock.ts";
import { ask, type TakenAlert } from "../lib/messages.ts";
import type { Failure } from "../service/failure.ts";
import type { Speech } from "../words/speech.ts";

const minute = 60_000;
const promises: readonly Duration[] = [30 * minute, 60 * minute, 120 * minute, 240 * minute];

/** Takes several alerts at once, with one promise for all. */
export function TakeAlerts({ speech, taken, done }: { speech: Speech; taken: TakenAlert[]; done(): void }) {
	const { say, count } = speech;
	const [wait, setWait] = useState<Duration>(60 * minute);
	const [busy, setBusy] = useState(false);
	const [trouble, setTrouble] = useState<{ done: number; failure: Failure } | null>(null);
	const take = async () => {
		setBusy(true);
		const nextPromise = new Date(now() + wait).toISOString();
		const { done: count, failure } = await ask("acknowledge-all", { taken, nextPromise });
		setBusy(false);
		setTrouble(failure === null ? null : { done: count, failure });
		if (failure === null) done();
	};
	return (
		<form
			className="take"
			onSubmit={(event) => {
				event.preventDefault();
				void take();
			}}
		>
			<label>
				<span>{say("alert.ask")}</span>
				<select value={wait} onChange={(event) => setWait(Number(event.currentTarget.value))}>
					{promises.map((promise) => (
						<option key={promise} value={promise}>
							{say("alert.in", { time: speech.duration(promise) })}
						</option>
					))}
				</select>
			</label>
			<button type="submit" className="main" disabled={busy}>
				{count("panel.take", taken.length)}
			</button>
			{trouble !== null && (
				<p className="wrong" role="alert">
					{count("panel.taken", trouble.done)}{" "}
					{say(`failure.${trouble.failure.kind}`, { detail: trouble.failure.detail ?? "–" })}
				</p>
			)}
		</form>
	);
}
