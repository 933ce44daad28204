import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Speech } from "../words/speech.ts";
import type { Reading } from "./ticking.ts";

/** The state of a clock in a few words: `42 min left`, `12 min late`, `paused`. */
export function stateText(speech: Speech, { clock, phase, remaining, elapsed, late }: Reading): string {
	const { say, duration } = speech;
	if (phase === "cancelled") return say("cancelled");
	if (phase === "untargeted") return `${say("noTarget")} · ${duration(elapsed)}`;
	if (phase === "stopped") return say(!late ? "met" : clock.metAt === null ? "missed" : "metLate");
	const amount = remaining === null ? null : say(late ? "late" : "left", { time: duration(remaining) });
	if (phase === "paused") return [say("paused"), amount].filter(Boolean).join(" · ");
	if (phase === "closed") return [say("closedHours"), amount].filter(Boolean).join(" · ");
	return amount ?? say(late ? "overdue" : "noTarget");
}

/** When it is due, or goes on; `null` when there is no such moment. */
export function momentText(speech: Speech, { clock, phase, late }: Reading, at: Instant): string | null {
	const { say, moment } = speech;
	if (phase === "stopped" || phase === "cancelled") return null;
	if (phase === "paused" && clock.pausedBecause !== null) return speech.of(clock.pausedBecause);
	if (phase === "closed" && clock.opensAt !== null)
		return say("resumesAt", { time: moment(Date.parse(clock.opensAt), at) });
	if (clock.deadline === null) return null;
	return say(late ? "wasDueAt" : "dueAt", { time: moment(Date.parse(clock.deadline), at) });
}

/** A whole sentence for those who hear it, without seconds, so that it does not change all the time. */
export function spokenText(speech: Speech, reading: Reading, at: Instant): string {
	const { say, spokenDuration } = speech;
	const goal = say(`goal.${reading.clock.goal}`);
	const amount =
		reading.remaining === null
			? null
			: say(reading.late ? "late" : "left", { time: spokenDuration(reading.remaining) });
	const isOpen = reading.phase === "running" || reading.phase === "closed" || reading.phase === "paused";
	const state = isOpen ? [say(`tone.${reading.tone}`), amount] : [stateText(speech, reading)];
	return `${goal}: ${[...state, momentText(speech, reading, at)].filter(Boolean).join(", ")}`;
}
