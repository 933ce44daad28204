import { setPriority } from "node:os";
import { isMainThread, parentPort, Worker } from "node:worker_threads";

/** What the thread is asked to do. */
const stopping = "stop";

/** How much less urgent than the web side, as the system counts it from 0 to 19. */
const niceness = 5;

export type WorkerThread = {
	/** Lets it finish what it does, then ends it. */
	close(): Promise<void>;
};

/**
 * Starts the worker on a thread of its own beside the web side: people wait in their helpdesk while a hook is answered,
 * so no reading, reckoning or clearing up of the worker may come before an answer. `ended` is told its exit code when
 * it ends without being asked to.
 */
export function startWorkerThread(program: URL, ended: (code: number) => void): WorkerThread {
	const thread = new Worker(program);
	let isClosing = false;
	const gone = new Promise<void>((resolve) => {
		thread.once("exit", (code) => {
			resolve();
			if (!isClosing) ended(code);
		});
	});
	// Its own words about it are printed by then; the exit code says the rest.
	thread.once("error", (error) => process.stderr.write(`${error.stack ?? String(error)}\n`));
	return {
		async close() {
			isClosing = true;
			thread.postMessage(stopping);
			await gone;
		},
	};
}

/** In such a thread: steps back behind the web side, and listens for the end. In a process of its own: nothing. */
export function obeyMainThread(stop: () => void): void {
	if (isMainThread || parentPort === null) return;
	try {
		setPriority(niceness);
	} catch {
		// Not every system lets a thread step back; it works all the same.
	}
	parentPort.on("message", (message) => {
		if (message === stopping) stop();
	});
}
