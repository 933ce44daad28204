import type { Instant } from "@stipt/shared/calendar/calendar";
import type { TimeOfDay } from "../clock.ts";
import { ServiceError } from "../errors.ts";
import { failure, type Log } from "../log.ts";
import type { Store } from "../store/store.ts";
import { chance } from "../verify.ts";

/** So many failures in a row, and a helpdesk is left alone for a while. */
const mostFailures = 5;
const firstRestMs = 2000;
const longestRestMs = 60_000;
/** While one call tries whether it is back, the others wait this long at most. */
const trialMs = 20_000;

type Circuit = { failures: number; openedAt: Instant; openUntil: Instant; isShown: boolean; message: string };

/**
 * Leaves a helpdesk alone that does not answer, or that asked for it, and nobody else: each connection has a circuit
 * of its own. What is asked meanwhile fails at once as `busy`, with the last failure's words and when to come again; the first question after the
 * rest is a trial, and its answer closes the circuit.
 */
export type Breaker = { run<Answer>(connection: string, ask: () => Promise<Answer>): Promise<Answer> };

export function createBreaker({ store, time, log }: { store: Store; time: TimeOfDay; log: Log }): Breaker {
	const circuits = new Map<string, Circuit>();

	const show = (connection: string, circuit: Circuit, message: string | null) => {
		circuit.isShown = message !== null;
		const { openUntil, failures } = circuit;
		const breaker = message === null ? null : { openUntil, failures, message };
		store.saveHealth(connection, { breaker }).catch((error: unknown) => {
			log.warn({ connection, ...failure(error) }, "breaker not kept");
		});
		log.warn({ connection, failures, openUntil: new Date(openUntil).toISOString() }, message ?? "answers again");
	};

	return {
		async run(connection, ask) {
			const circuit = circuits.get(connection) ?? {
				failures: 0,
				openedAt: 0,
				openUntil: 0,
				isShown: false,
				message: "",
			};
			circuits.set(connection, circuit);
			const now = time();
			if (now < circuit.openUntil) {
				const wait = circuit.openUntil - now;
				throw new ServiceError("busy", circuit.message, {
					retryAfterMs: wait + Math.floor(chance() * Math.min(wait, 5000)),
				});
			}
			if (circuit.openUntil > 0) circuit.openUntil = now + trialMs;
			try {
				const answer = await ask();
				closed(connection, circuit);
				return answer;
			} catch (error) {
				if (isTrouble(error)) failed(connection, circuit, error, now);
				else closed(connection, circuit);
				throw error;
			}
		},
	};

	function closed(connection: string, circuit: Circuit): void {
		circuit.failures = 0;
		circuit.openUntil = 0;
		if (circuit.isShown) show(connection, circuit, null);
	}

	function failed(connection: string, circuit: Circuit, error: ServiceError, began: Instant): void {
		const asked = error.retryAfterMs;
		// Of the crowd that opened the circuit: it says nothing that is not known, and must not make the rest longer.
		if (asked === undefined && began < circuit.openedAt) return;
		circuit.failures += 1;
		circuit.message = error.message;
		if (asked === undefined && circuit.failures < mostFailures) {
			circuit.openUntil = 0;
			return;
		}
		const doubled = Math.min(longestRestMs, firstRestMs * 2 ** Math.max(0, circuit.failures - mostFailures));
		circuit.openedAt = time();
		circuit.openUntil = circuit.openedAt + Math.round(asked ?? doubled * (0.5 + chance() / 2));
		show(connection, circuit, error.message);
	}
}

/** No answer, or the wish to be left alone. A refusal is an answer. */
function isTrouble(error: unknown): error is ServiceError {
	return error instanceof ServiceError && (error.kind === "unreachable" || error.kind === "busy");
}
