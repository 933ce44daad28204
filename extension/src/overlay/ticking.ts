import type { Duration, Instant } from "@stipt/shared/calendar/calendar";
import type { ClockView, TicketView } from "@stipt/shared/wire/api";

/** An answer of the service, with when it arrived here (the browser's clock). */
export type Loaded<T> = { value: T; receivedAt: Instant };

/** How a clock reads at one moment, between two answers of the service. */
export type Reading = {
	clock: ClockView;
	/** What it is doing. `closed`: outside hours, so it stands still without being paused. */
	phase: "running" | "closed" | "paused" | "stopped" | "cancelled" | "untargeted";
	/** Open time left, negative when late; `null` when nothing counts down. */
	remaining: Duration | null;
	elapsed: Duration;
	/** Past its deadline, or stopped after it. */
	late: boolean;
	tone: Tone;
};

/** What colour, icon and word stand for. */
export type Tone = "calm" | "soon" | "late" | "paused" | "closed" | "met" | "none";

/** Part of the target that is used when a clock becomes `soon`. */
const soonFrom = 0.75;

/**
 * The service's time at the browser's `at`. Only the difference between two readings of the browser's clock counts,
 * so a browser whose clock is wrong shows the right timer.
 */
export function serviceTime({ value, receivedAt }: Loaded<{ asOf: string }>, at: Instant): Instant {
	return Date.parse(value.asOf) + Math.max(0, at - receivedAt);
}

/**
 * Reads a clock at `at` (the service's time), as last told `asOf`. It runs on while its hours are open and stands
 * still by itself when they close; after that only the service knows more.
 */
export function readClock(clock: ClockView, { asOf, at }: { asOf: Instant; at: Instant }): Reading {
	const ticking = isTicking(clock);
	const ran = ticking ? openTimeSince(clock, asOf, at) : 0;
	const remaining = clock.remainingMs === null ? null : clock.remainingMs - ran;
	const elapsed = clock.elapsedMs + ran;
	const late = clock.breachedAt !== null || clock.state === "missed" || (remaining !== null && remaining < 0);
	const phase = phaseOf(clock, { at, ticking });
	return { clock, phase, remaining, elapsed, late, tone: toneOf({ phase, late, remaining, elapsed }) };
}

/** All clocks of a ticket at `at`: what still runs first, the nearest deadline first. */
export function readTicket(view: TicketView, at: Instant): Reading[] {
	const asOf = Date.parse(view.asOf);
	return view.clocks
		.map((clock) => readClock(clock, { asOf, at }))
		.sort((a, b) => weight(a) - weight(b) || deadlineOf(a) - deadlineOf(b));
}

/** The reading that a small place shows; `null` when no clock is left running. */
export function mostUrgent(readings: readonly Reading[]): Reading | null {
	return readings.find((reading) => isActive(reading)) ?? null;
}

/** Whether the clock still asks something of somebody. */
export function isActive(reading: Reading): boolean {
	return reading.phase === "running" || reading.phase === "closed" || reading.phase === "paused";
}

/** A missed clock goes on being late until it is stopped. */
function isTicking({ state, stoppedAt, pausedBecause }: ClockView): boolean {
	return stoppedAt === null && pausedBecause === null && (state === "running" || state === "missed");
}

function openTimeSince(clock: ClockView, asOf: Instant, at: Instant): Duration {
	if (clock.outsideHours) return clock.opensAt === null ? 0 : Math.max(0, at - Date.parse(clock.opensAt));
	const until = clock.closesAt === null ? at : Math.min(at, Date.parse(clock.closesAt));
	return Math.max(0, until - asOf);
}

function phaseOf(clock: ClockView, { at, ticking }: { at: Instant; ticking: boolean }): Reading["phase"] {
	if (clock.state === "cancelled") return "cancelled";
	if (clock.state === "met" || clock.stoppedAt !== null) return "stopped";
	if (clock.state === "paused" || clock.pausedBecause !== null) return "paused";
	if (clock.promise === "best-effort" && clock.deadline === null) return "untargeted";
	return ticking && isClosed(clock, at) ? "closed" : "running";
}

function isClosed(clock: ClockView, at: Instant): boolean {
	if (clock.outsideHours) return clock.opensAt === null || at < Date.parse(clock.opensAt);
	return clock.closesAt !== null && at >= Date.parse(clock.closesAt);
}

function toneOf({ phase, late, remaining, elapsed }: Pick<Reading, "phase" | "late" | "remaining" | "elapsed">): Tone {
	if (phase === "cancelled" || phase === "untargeted") return "none";
	if (late) return "late";
	if (phase === "stopped") return "met";
	if (phase === "paused" || phase === "closed") return phase;
	const target = remaining === null ? 0 : remaining + elapsed;
	return target > 0 && elapsed / target >= soonFrom ? "soon" : "calm";
}

function weight(reading: Reading): number {
	if (isActive(reading)) return 0;
	return reading.phase === "untargeted" ? 1 : reading.phase === "stopped" ? 2 : 3;
}

function deadlineOf(reading: Reading): number {
	return reading.clock.deadline === null ? Number.MAX_SAFE_INTEGER : Date.parse(reading.clock.deadline);
}
