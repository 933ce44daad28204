import type { Duration, Instant } from "@stipt/shared/calendar/calendar";

/** The extension's only time of day. */
export function now(): Instant {
	return Date.now();
}

/** Calls `beat` every `period` until the returned function is called. */
export function every(period: Duration, beat: () => void): () => void {
	const timer = setInterval(beat, period);
	return () => clearInterval(timer);
}

/** Calls `act` once, `delay` after the last call of the returned function. */
export function settled(delay: Duration, act: () => void): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	return () => {
		clearTimeout(timer);
		timer = setTimeout(act, delay);
	};
}
