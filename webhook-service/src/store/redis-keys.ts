import type { TicketRef } from "./store.ts";

/** Every key of the store. Keys of one ticket share a hash tag, so that they live in one slot of a cluster. */
export function keysOf(prefix: string) {
	const tag = ({ connection, ticket }: TicketRef) => `${prefix}:{${connection}|${ticket}}`;
	return {
		facts: (ref: TicketRef) => `${tag(ref)}:facts`,
		meta: (ref: TicketRef) => `${tag(ref)}:meta`,
		ticketAlerts: (ref: TicketRef) => `${tag(ref)}:alerts`,
		wakes: `${prefix}:wakes`,
		open: (connection: string) => `${prefix}:open:${connection}`,
		openOf: (connection: string, owner: string) => `${prefix}:open:${connection}:owner:${owner}`,
		known: (connection: string) => `${prefix}:known:${connection}`,
		unread: (connection: string) => `${prefix}:unread:${connection}`,
		counters: (connection: string) => `${prefix}:counters:${connection}`,
		importing: (connection: string) => `${prefix}:import:${connection}`,
		delivery: (connection: string, delivery: string) => `${prefix}:delivery:${connection}:${delivery}`,
		heard: ({ connection, ticket }: TicketRef) => `${prefix}:heard:${connection}:${ticket}`,
		alert: (id: string) => `${prefix}:alert:${id}`,
		pageEvents: `${prefix}:page-events`,
		pageEventTickets: (connection: string, event: string) => `${prefix}:page-event:${connection}:${event}:tickets`,
		connections: `${prefix}:connections`,
		health: (id: string) => `${prefix}:health:${id}`,
		policies: `${prefix}:policies`,
		publications: (policy: string) => `${prefix}:policy:${policy}:publications`,
		shadows: `${prefix}:shadows`,
		tokens: `${prefix}:tokens`,
		pairing: (hash: string) => `${prefix}:pairing:${hash}`,
		audit: `${prefix}:audit`,
		troubles: `${prefix}:troubles`,
		beats: `${prefix}:beats`,
		lock: (name: string) => `${prefix}:lock:${name}`,
	};
}

export type Keys = ReturnType<typeof keysOf>;

/** A ticket as a member of an index. */
export function member({ connection, ticket }: TicketRef): string {
	return `${connection}|${ticket}`;
}

export function refOf(text: string): TicketRef {
	const bar = text.indexOf("|");
	return { connection: text.slice(0, bar), ticket: text.slice(bar + 1) };
}
