import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Adapters, HelpdeskRow, StatusPageRow } from "../adapters/bind.ts";
import type { Call } from "../call.ts";
import type { TimeOfDay } from "../clock.ts";
import { ServiceError } from "../errors.ts";
import { failure, type Log } from "../log.ts";
import type { Store, StoredConnection } from "../store/store.ts";
import { createBreaker } from "./breaker.ts";
import { guardedHelpdesk } from "./guarded-helpdesk.ts";
import { type Cause, createPlaces } from "./places.ts";

const rememberedForMs = 2000;
/** How much longer it will do for somebody who is in a hurry. */
const staleForMs = 60_000;
const heardEveryMs = 1000;

/** The connections as the pipeline needs them: remembered for two seconds, and longer for a hook, whose sender waits. */
export type Connections = {
	/**
	 * Throws `unknown` when there is none of that id. `fresh`: nothing remembered will do. `hurried`: what was remembered
	 * a minute ago will do, and is read anew behind the caller's back.
	 */
	get(id: string, options?: { fresh?: boolean; hurried?: boolean }): Promise<StoredConnection>;
	all(kind: StoredConnection["kind"]): Promise<StoredConnection[]>;
	helpdesk(
		id: string,
	): Promise<{ connection: StoredConnection; row: HelpdeskRow; bound: ReturnType<HelpdeskRow["bind"]> }>;
	/** The same connections, whose calls go through something else first: a throttle. */
	through(wrap: (call: Call) => Call): Connections;
	/**
	 * Takes one of the few places that a connection has in this process, fewer while its helpdesk is slow; so it holds up
	 * no other. Answers how to leave, or `null` when all are taken.
	 */
	enter(id: string): (() => void) | null;
	/** When to come again after that. */
	turn(id: string, cause: Cause): Instant;
	/** Remembers that a delivery came; kept at most once a second. */
	delivered(id: string, at: Instant): void;
	statusPage(id: string): Promise<{ connection: StoredConnection; bound: ReturnType<StatusPageRow["bind"]> }>;
};

export function createConnections(options: {
	store: Store;
	adapters: Adapters;
	time: TimeOfDay;
	log: Log;
	callFor(connection: { allowPrivate: boolean }): Call;
	/** Where people reach this service: traces in notes point there. */
	publicUrl: string;
}): Connections {
	const { store, adapters, time, log, callFor, publicUrl } = options;
	const breaker = createBreaker({ store, time, log });
	const places = createPlaces();
	const heard = new Map<string, Instant>();
	const remembered = new Map<string, { connection: StoredConnection; until: number }>();
	const reading = new Set<string>();
	const read = async (id: string): Promise<StoredConnection> => {
		const connection = await store.readConnection(id);
		if (connection === null) {
			remembered.delete(id);
			throw new ServiceError("unknown", `Expected the id of a connection, found "${id}".`);
		}
		remembered.set(id, { connection, until: time() + rememberedForMs });
		return connection;
	};
	/** Once, however many ask meanwhile. A failure is the next caller's to hear of. */
	const readBehind = (id: string): void => {
		if (reading.has(id)) return;
		reading.add(id);
		read(id)
			.catch(() => undefined)
			.finally(() => reading.delete(id));
	};
	const get: Connections["get"] = async (id, { fresh = false, hurried = false } = {}) => {
		const known = remembered.get(id);
		if (fresh || known === undefined) return read(id);
		if (time() < known.until) return known.connection;
		if (!hurried || time() >= known.until + staleForMs) return read(id);
		readBehind(id);
		return known.connection;
	};
	return {
		get,
		async all(kind) {
			return (await store.connections()).filter((connection) => connection.kind === kind);
		},
		async helpdesk(id) {
			const connection = await get(id);
			const row = connection.kind === "helpdesk" ? adapters.helpdesks[connection.adapter] : undefined;
			if (row === undefined) throw new ServiceError("unknown", `Expected a helpdesk, found connection "${id}".`);
			const bound = row.bind(connection, callFor(connection));
			return { connection, row, bound: guardedHelpdesk(row, bound, connection, { breaker, store, publicUrl }) };
		},
		through: (wrap) => createConnections({ ...options, callFor: (connection) => wrap(callFor(connection)) }),
		enter(id) {
			const leave = places.enter(id, time());
			return leave === null ? null : () => leave(time());
		},
		turn: (id, cause) => places.turn(id, time(), cause),
		delivered(id, at) {
			if (at - (heard.get(id) ?? 0) < heardEveryMs) return;
			heard.set(id, at);
			store.saveHealth(id, { lastDeliveryAt: at }).catch((error: unknown) => {
				log.warn({ connection: id, ...failure(error) }, "delivery time not kept");
			});
		},
		async statusPage(id) {
			const connection = await get(id);
			const row = connection.kind === "status-page" ? adapters.statusPages[connection.adapter] : undefined;
			if (row === undefined) throw new ServiceError("unknown", `Expected a status page, found connection "${id}".`);
			return { connection, bound: row.bind(connection, callFor(connection)) };
		},
	};
}
