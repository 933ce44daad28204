import type { Instant } from "@stipt/shared/calendar/calendar";
import { ServiceError } from "../errors.ts";
import { failure } from "../log.ts";
import type { ImportProgress, TicketRef } from "../store/store.ts";
import { decide } from "./decide.ts";
import { normalise } from "./normalise.ts";
import { patiently } from "./patiently.ts";
import type { Ports } from "./ports.ts";
import { createThrottle } from "./throttle.ts";

export type ImportOptions = {
	/** How far back; `null`: to the beginning. */
	since: Instant | null;
	/** Requests at the helpdesk, a second. */
	rate: number;
	/** Begins at the start even where an earlier run was interrupted. */
	fresh: boolean;
	/** Told after each page. `left`: at most so many tickets more, `null` when nobody knows. */
	progress(progress: ImportProgress & { left: number | null; requests: number }): void;
};

/** What is done with each ticket. */
type Errand = { name: "import" | "rebuild"; skipKnown: boolean; each(ref: TicketRef, ports: Ports): Promise<void> };

/** How many tickets are read at the same time; the rate decides how fast that is. */
const atOnce = 8;
const lockMs = 60_000;

/**
 * Reads every ticket of a helpdesk into its ledger: the open ones first, then the finished ones, the newest first. What
 * was read stays read: after an interruption it goes on with the page at which it stopped. Throws `conflict` while
 * another import of that connection runs.
 */
export function importTickets(connection: string, options: ImportOptions, ports: Ports): Promise<ImportProgress> {
	const each = async (ref: TicketRef, throttled: Ports) => {
		await normalise(ref, throttled);
	};
	return walk(connection, { name: "import", skipKnown: true, each }, options, ports);
}

/** Goes through all tickets of a helpdesk with an errand, resumably, at a limited rate. */
export async function walk(id: string, errand: Errand, options: ImportOptions, ports: Ports): Promise<ImportProgress> {
	const { store, time } = ports;
	const throttle = createThrottle(options.rate);
	const throttled: Ports = { ...ports, connections: ports.connections.through(throttle.wrap) };
	const key = `${errand.name} ${id}`;
	const hold = await holding(key, ports);
	try {
		let progress = await beginning(key, options, ports);
		while (progress.part !== "done") {
			const { part, cursor, since } = progress;
			const { bound } = await throttled.connections.helpdesk(id);
			const page = await patiently(() => bound.listed({ part, cursor, since }, time()));
			const stamps = errand.skipKnown ? await store.knownStamps(id, page.tickets) : [];
			const wanted = page.tickets.filter((_, index) => (stamps[index] ?? null) === null);
			const failed = await eachOf(wanted, id, errand, throttled, hold.renew);
			const isEnd = page.next === null;
			progress = {
				...{ startedAt: progress.startedAt, since, cursor: page.next },
				read: progress.read + page.tickets.length - failed,
				failed: progress.failed + failed,
				part: !isEnd ? part : part === "open" ? "history" : "done",
				finishedAt: isEnd && part === "history" ? time() : null,
			};
			await store.saveImport(key, progress);
			options.progress({ ...progress, left: part === "history" ? page.left : null, requests: throttle.begun() });
		}
		return progress;
	} finally {
		await hold.release();
	}
}

async function beginning(
	key: string,
	{ since, fresh }: ImportOptions,
	{ store, time }: Ports,
): Promise<ImportProgress> {
	const before = await store.readImport(key);
	if (!fresh && before !== null && before.part !== "done" && before.since === since) return before;
	return { startedAt: time(), since, part: "open", cursor: null, read: 0, failed: 0, finishedAt: null };
}

/** Some tickets at a time; answers how many could not be read. Those are said and passed over. */
async function eachOf(
	tickets: string[],
	connection: string,
	{ name, each }: Errand,
	ports: Ports,
	between: () => Promise<void>,
): Promise<number> {
	const left = [...tickets];
	let failed = 0;
	const work = async () => {
		for (let ticket = left.shift(); ticket !== undefined; ticket = left.shift()) {
			const ref = { connection, ticket };
			await between();
			try {
				await patiently(() => each(ref, ports));
				await decide(ref, ports);
			} catch (error) {
				if (!(error instanceof ServiceError)) throw error;
				failed += 1;
				ports.log.warn({ ...ref, ...failure(error) }, name);
				await ports.store.reportTrouble({ at: ports.time(), where: name, what: error.message, ...ref });
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, tickets.length) }, work));
	return failed;
}

/** One at a time. What was ended by force frees its place within a minute. */
async function holding(key: string, { store }: Ports) {
	const take = async () => {
		const release = await store.lock(key, lockMs);
		if (release !== null) return release;
		throw new ServiceError(
			"conflict",
			`Expected no other run of ${key}, found one (or one that was killed within the last minute).`,
		);
	};
	let release = await take();
	let takenAt = performance.now();
	return {
		async renew() {
			if (performance.now() - takenAt < lockMs / 3) return;
			takenAt = performance.now();
			await release();
			release = await take();
		},
		release: () => release(),
	};
}
