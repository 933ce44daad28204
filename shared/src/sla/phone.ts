import type { Story } from "./story.ts";
import { isEnded } from "./story.ts";

/**
 * The priority asks the customer to telephone too, and no call was logged since it was given. A ticket that came in by
 * telephone, or that is done with, asks for none. Clocks do not wait for the call.
 */
export function isPhoneOutstanding({ terms, state, channel, phonedAt, priorities }: Story): boolean {
	const { priority, service } = terms;
	if (!service?.phone?.priorities.includes(priority) || isEnded(state) || channel === "phone") return false;
	const givenAt = priorities.at(-1)?.at ?? null;
	return givenAt !== null && (phonedAt === null || phonedAt < givenAt);
}
