import type { Call } from "../call.ts";

/** Lets requests begin evenly, at most so many a second, whoever makes them, and counts them. */
export function createThrottle(perSecond: number): { wrap(call: Call): Call; begun(): number } {
	const gapMs = 1000 / perSecond;
	let next = 0;
	let begun = 0;
	return {
		begun: () => begun,
		wrap: (call) => async (request) => {
			const now = performance.now();
			const at = Math.max(now, next);
			next = at + gapMs;
			if (at > now) await new Promise((resolve) => setTimeout(resolve, at - now));
			begun += 1;
			return call(request);
		},
	};
}
