import type { Instant } from "@stipt/shared/calendar/calendar";
import type { PauseOwner } from "@stipt/shared/sla/fact";
import type { ClockView } from "@stipt/shared/wire/api";
import type { Speech } from "../words/speech.ts";
import { isActive, type Reading } from "./ticking.ts";

/** The state of a clock in a few words: `42 min left`, `12 min late`, `paused`. */
export function stateText(speech: Speech, { clock, phase, remaining, elapsed, late }: Reading): string {
	const { say, duration } = speech;
	if (phase === "cancelled") return say("cancelled");
	if (phase === "untargeted") {
		return `${say(clock.promise === "best-effort" ? "bestEffort" : "noTarget")} · ${duration(elapsed)}`;
	}
	if (phase === "stopped") {
		if (!late) return say("met");
		const isMet = clock.metAt !== null;
		if (remaining === null || remaining >= 0) return say(isMet ? "metLate" : "missed");
		return say(isMet ? "metLateBy" : "missedBy", { time: duration(remaining) });
	}
	const amount = remaining === null ? null : say(late ? "late" : "left", { time: duration(remaining) });
	if (phase === "paused") return [say("paused"), amount].filter(Boolean).join(" · ");
	if (phase === "closed") return [say("closedHours"), amount].filter(Boolean).join(" · ");
	return amount ?? say(late ? "overdue" : "noTarget");
}

/** When it is due, or goes on; `null` when there is no such moment. `brief`: of a pause, only why. */
export function momentText(
	speech: Speech,
	{ clock, phase, late }: Reading,
	at: Instant,
	{ brief = false }: { brief?: boolean } = {},
): string | null {
	const { say, moment } = speech;
	if (phase === "stopped" || phase === "cancelled") return null;
	if (phase === "paused") return pauseText(speech, clock, { at, brief });
	if (phase === "closed" && clock.opensAt !== null)
		return say("resumesAt", { time: moment(Date.parse(clock.opensAt), at) });
	if (clock.deadline === null) return null;
	const isAgreed = clock.agreed != null;
	return say(late ? "wasDueAt" : isAgreed ? "agreedFor" : "dueAt", { time: moment(Date.parse(clock.deadline), at) });
}

/** Why it stands still, or on whom it waits; since when, and until when if that is known. */
function pauseText(speech: Speech, clock: ClockView, { at, brief }: { at: Instant; brief: boolean }): string | null {
	const { say, moment } = speech;
	const { pausedBecause, pausedOwner, pausedSince, pausedUntil } = clock;
	const time = (instant: string) => ({ time: moment(Date.parse(instant), at) });
	const parts = [
		pausedBecause !== null ? speech.of(pausedBecause) : pausedOwner == null ? "" : say(`ball.${pausedOwner}`),
		pausedSince == null ? "" : say("since", time(pausedSince)),
		pausedUntil == null ? "" : say("until", time(pausedUntil)),
	].filter(Boolean);
	return parts.length === 0 ? null : parts.slice(0, brief ? 1 : 3).join(" ");
}

/** `Next update (2)`, `Hand-over · second`: which of several clocks of one goal it is. */
export function clockName(speech: Speech, { goal, cycle, line }: ClockView): string {
	const name = speech.say(`goal.${goal}`);
	return [cycle === undefined || cycle < 2 ? name : `${name} (${cycle})`, line].filter(Boolean).join(" · ");
}

/** Tells the clocks of a ticket apart. */
export function clockKey({ goal, cycle, line }: ClockView): string {
	return `${goal} ${cycle ?? 1} ${line ?? ""}`;
}

/** Whose turn it is: ours as long as one clock is not paused, else that of whom the first paused one waits for. */
export function ballOf(readings: readonly Reading[]): "us" | PauseOwner | null {
	const active = readings.filter(isActive);
	if (active.some(({ phase }) => phase !== "paused")) return "us";
	return active.find(({ clock }) => clock.pausedOwner != null)?.clock.pausedOwner ?? null;
}

/** A whole sentence for those who hear it, without seconds, so that it does not change all the time. */
export function spokenText(speech: Speech, reading: Reading, at: Instant): string {
	const { say, spokenDuration } = speech;
	const goal = clockName(speech, reading.clock);
	const amount =
		reading.remaining === null
			? null
			: say(reading.late ? "late" : "left", { time: spokenDuration(reading.remaining) });
	const isOpen = reading.phase === "running" || reading.phase === "closed" || reading.phase === "paused";
	const state = isOpen ? [say(`tone.${reading.tone}`), amount] : [stateText(speech, reading)];
	return `${goal}: ${[...state, momentText(speech, reading, at)].filter(Boolean).join(", ")}`;
}
