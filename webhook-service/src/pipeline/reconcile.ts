import type { Instant } from "@stipt/shared/calendar/calendar";
import type { ChangedTickets } from "../adapters/helpdesks/helpdesk.ts";
import { ServiceError } from "../errors.ts";
import { failure } from "../log.ts";
import { jobId } from "../queues.ts";
import type { ConnectionHealth, StoredConnection } from "../store/store.ts";
import { chance } from "../verify.ts";
import { underWayMs } from "./lost.ts";
import type { Ports } from "./ports.ts";

/** Longer than a transaction of a helpdesk takes to become visible. */
const overlapMs = 120_000;
/** How far back a newly connected helpdesk is read. */
const firstLookMs = 30 * 24 * 3600 * 1000;
const mostPages = 50;
/** A ticket that could not be read is asked for again after this long. */
const againAfterMs = 10 * 60_000;
/** Between two polls: as a rule, while a gap is being mended and some time after, and when there is more to read. */
const calmMs = 60_000;
const alertMs = 10_000;
const alertForMs = 10 * 60_000;
const moreMs = 1000;
const secondMs = 1000;
/** How many open tickets are looked for at once, to find deleted ones. */
const lookedFor = 100;
/** How many of the last known changes must show up again. */
const witnesses = 3;

/** Asks every helpdesk what changed since the last time, and reads the tickets that the webhooks did not tell of. */
export async function reconcile(ports: Ports): Promise<void> {
	const connections = await ports.connections.all("helpdesk");
	await Promise.all(connections.map((connection) => reconciled(connection, ports)));
}

/** The same for those whose time has come. */
export async function reconcileDue(ports: Ports): Promise<void> {
	const connections = await ports.connections.all("helpdesk");
	const now = ports.time();
	await Promise.all(
		connections.map(async (connection) => {
			const { nextPollAt } = await ports.store.readHealth(connection.id);
			if (nextPollAt === null || nextPollAt <= now) await reconciled(connection, ports);
		}),
	);
}

async function reconciled(connection: StoredConnection, ports: Ports): Promise<void> {
	const { store, time } = ports;
	try {
		await reconcileOne(connection, ports);
	} catch (error) {
		const message = error instanceof ServiceError ? error.message : "A fault of Stipt's own; see its log.";
		const wait = error instanceof ServiceError ? error.retryAfterMs : undefined;
		const nextPollAt = time() + Math.round(wait ?? alertMs * (1 + chance()));
		await store.saveHealth(connection.id, { failure: { at: time(), message }, nextPollAt });
		ports.log.warn({ connection: connection.id, ...failure(error) }, "reconcile");
	}
}

type Poll = {
	named: Map<string, Instant>;
	behind: string[];
	/** When those changed that no delivery told of. */
	missed: Instant[];
	/** How many of those no earlier poll had found. */
	newlyMissed: number;
	cursor: Instant;
	isComplete: boolean;
};

async function reconcileOne(connection: StoredConnection, ports: Ports): Promise<void> {
	const { store, time } = ports;
	const startedAt = time();
	const health = await store.readHealth(connection.id);
	const since = health.cursor === null ? startedAt - firstLookMs : health.cursor - overlapMs;
	const poll = await pollSince(since, startedAt, connection, health, ports);
	const { behind, missed, cursor, isComplete } = poll;
	const gap = await gapAfter(connection.id, health, poll, startedAt, ports);
	if (isComplete) await lookForMissing(connection, poll, since, startedAt, ports);
	const isAlert = missed.length > 0 || (gap !== null && startedAt - (gap.closedAt ?? gap.foundAt) < alertForMs);
	await store.saveHealth(connection.id, {
		...{ cursor: Math.max(health.cursor ?? 0, cursor), lastContactAt: time(), failure: null, gap },
		...(isComplete ? { polledAt: startedAt } : {}),
		nextPollAt: startedAt + (!isComplete ? moreMs : isAlert ? alertMs : calmMs),
	});
	await store.count(connection.id, "polls");
	if (behind.length > 0) {
		const found = { found: poll.named.size, behind: behind.length, missed: missed.length };
		ports.log.info({ connection: connection.id, ...found }, "reconciled");
	}
}

async function pollSince(
	from: Instant,
	startedAt: Instant,
	connection: StoredConnection,
	health: ConnectionHealth,
	ports: Ports,
): Promise<Poll> {
	const { bound } = await ports.connections.helpdesk(connection.id);
	const named = new Map<string, Instant>();
	const behind: string[] = [];
	const missed: Instant[] = [];
	let newlyMissed = 0;
	let since = from;
	for (let page = 0; page < mostPages; page += 1) {
		const { tickets, more } = await bound.changedSince(since, startedAt);
		const late = await behindOf(tickets, connection, ports);
		for (const { ticket, updatedAt } of tickets) {
			since = Math.max(since, updatedAt);
			named.set(ticket, updatedAt);
		}
		for (const { ticket, updatedAt, by } of late) {
			behind.push(ticket);
			const wasDelivering = health.lastDeliveryAt !== null && health.cursor !== null;
			const isMissed =
				by > secondMs && wasDelivering && updatedAt > connection.createdAt && updatedAt < startedAt - underWayMs;
			if (isMissed) {
				missed.push(updatedAt);
				newlyMissed += await ports.store.addUnread(connection.id, ticket, startedAt);
				await doubt(connection.id, ticket, updatedAt, ports);
			}
			await enqueue(connection.id, ticket, `${updatedAt}`, startedAt, ports);
		}
		if (!more) return { named, behind, missed, newlyMissed, cursor: since, isComplete: true };
	}
	return { named, behind, missed, newlyMissed, cursor: since, isComplete: false };
}

/** Those that changed after we last read them, and by how much. A helpdesk that cuts to the second is read twice. */
async function behindOf(tickets: ChangedTickets["tickets"], { id }: StoredConnection, { store }: Ports) {
	const ids = tickets.map(({ ticket }) => ticket);
	const stamps = await store.knownStamps(id, ids);
	return tickets
		.map((changed, index) => ({ ...changed, by: changed.updatedAt - (stamps[index] ?? Number.NEGATIVE_INFINITY) }))
		.filter(({ by }) => by > 0);
}

/** Says on the ticket that what it shows is older than what the helpdesk has. */
async function doubt(connection: string, ticket: string, since: Instant, { store }: Ports): Promise<void> {
	const ref = { connection, ticket };
	const known = await store.readTicket(ref);
	if (known.facts.length > 0 && known.doubt === null) await store.saveDoubt(ref, { reason: "gap", since });
}

async function enqueue(connection: string, ticket: string, why: string, startedAt: Instant, { queues }: Ports) {
	const id = jobId("poll", connection, ticket, why, Math.floor(startedAt / againAfterMs));
	await queues.add("intake", { connection, ticket, cause: "poll", receivedAt: startedAt }, { id });
}

/** A gap is closed once everything that no delivery told of was read: until then some ledger lacks it. */
async function gapAfter(
	id: string,
	{ gap }: ConnectionHealth,
	{ missed, newlyMissed, isComplete }: Poll,
	now: Instant,
	ports: Ports,
): Promise<ConnectionHealth["gap"]> {
	const { store } = ports;
	const open = gap !== null && gap.closedAt === null ? gap : null;
	if (missed.length > 0) {
		const since = Math.min(...missed, open?.since ?? now);
		const tickets = Math.max(missed.length, (open?.tickets ?? 0) + newlyMissed);
		return { since, foundAt: open?.foundAt ?? now, tickets, closedAt: null };
	}
	for (const ticket of await store.unreadBefore(id, now - againAfterMs, lookedFor)) {
		await enqueue(id, ticket, "unread", now, ports);
	}
	return open !== null && isComplete && (await store.unreadCount(id)) === 0 ? { ...open, closedAt: now } : gap;
}

/**
 * Reads tickets that should have been named and were not (the last changes that we know of: a helpdesk that was restored
 * from a backup has lost them), and, some at each poll, open tickets that are no longer there.
 */
async function lookForMissing(
	connection: StoredConnection,
	{ named, behind }: Poll,
	since: Instant,
	startedAt: Instant,
	ports: Ports,
): Promise<void> {
	const { store } = ports;
	const newest = (await store.knownSince(connection.id, since, witnesses)).filter(
		({ updatedAt }) => updatedAt <= startedAt,
	);
	const absent = newest.filter(({ ticket, updatedAt }) => (named.get(ticket) ?? 0) < updatedAt);
	for (const { ticket, updatedAt } of absent) {
		await enqueue(connection.id, ticket, `absent-${updatedAt}`, startedAt, ports);
	}
	if (behind.length > 0) return;
	const { bound } = await ports.connections.helpdesk(connection.id);
	const round = Math.floor(startedAt / calmMs);
	const total = await store.openCount(connection.id);
	if (total === 0) return;
	const offset = (round % Math.ceil(total / lookedFor)) * lookedFor;
	const open = (await store.openTickets(connection.id, { limit: lookedFor, offset })).map(({ ticket }) => ticket);
	const present = new Set(await bound.present(open, startedAt));
	for (const ticket of open.filter((each) => !present.has(each))) {
		await enqueue(connection.id, ticket, "not-there", startedAt, ports);
	}
}
