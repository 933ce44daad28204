import { ServiceError } from "../errors.ts";

const mostTries = 8;
const longestWaitMs = 60_000;

/** Tries again what passes by itself, for some minutes: a long errand outlives a restart of the helpdesk. */
export async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
	for (let tries = 1; ; tries += 1) {
		try {
			return await ask();
		} catch (error) {
			if (!(error instanceof ServiceError) || !error.retry || tries >= mostTries) throw error;
			const wait = Math.min(longestWaitMs, error.retryAfterMs ?? 250 * 2 ** tries);
			await new Promise((resolve) => setTimeout(resolve, wait));
		}
	}
}
