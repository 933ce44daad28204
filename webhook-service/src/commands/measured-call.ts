import type { Call } from "../call.ts";
import type { TimeOfDay } from "../clock.ts";
import { ServiceError } from "../errors.ts";
import { type Finding, graded } from "./finding-lines.ts";

/** Slower than this for a small question, and imports and read-backs take long. */
const slowMs = 3000;

/** A call that keeps count of how long the other side takes, and whether it limits us. */
export function measuredCall(call: Call, time: TimeOfDay): { call: Call; finding(): Finding } {
	const took: number[] = [];
	const limits = new Set<string>();
	let refusedFor: number | null = null;
	return {
		async call(request) {
			const begun = time();
			try {
				const answer = await call(request);
				for (const [name, value] of Object.entries(answer.headers)) {
					if (/^(x-)?ratelimit-limit/.test(name)) limits.add(value);
				}
				return answer;
			} catch (error) {
				if (error instanceof ServiceError && error.kind === "busy") refusedFor = error.retryAfterMs ?? 0;
				throw error;
			} finally {
				took.push(time() - begun);
			}
		},
		finding() {
			const what = "Speed and limits";
			const sorted = [...took].sort((a, b) => a - b);
			const slowest = sorted.at(-1) ?? 0;
			const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
			const limit = limits.size === 0 ? "no limit seen" : `it says that it limits us to ${[...limits].join(", ")}`;
			const found = `${took.length} questions, half of them within ${median} ms, the slowest ${slowest} ms; ${limit}`;
			if (refusedFor !== null) {
				const wait = refusedFor > 0 ? ` for ${Math.round(refusedFor / 1000)} s` : "";
				const todo = "Raise its limit for our user or address, or expect imports to take long.";
				return graded({ what, found: `${found}; it asked us to wait${wait}`, todo, ok: true });
			}
			const todo = slowest > slowMs ? "Look at the helpdesk's load: agents notice this too." : null;
			return graded({ what, found, todo, ok: true });
		},
	};
}
