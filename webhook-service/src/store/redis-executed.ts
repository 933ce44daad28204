import type { ChainableCommander } from "ioredis";

/**
 * Sends a pipeline and answers what each of its commands answered. One that failed fails it all: `exec` itself does not
 * throw, and a date that was not kept, or a ledger that was not read, would pass for done.
 */
export async function executed(pipeline: Pick<ChainableCommander, "exec">): Promise<unknown[]> {
	const answers = await pipeline.exec();
	if (answers === null) throw new Error("Expected an answer to a pipeline, found none.");
	return answers.map(([error, answer]) => {
		if (error !== null) throw error;
		return answer;
	});
}
