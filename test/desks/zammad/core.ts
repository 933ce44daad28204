import type { Caller } from "./access.ts";
import { permits } from "./access.ts";
import type { Deliveries } from "./deliveries.ts";
import type { DeskState, TicketRow, UserRow } from "./state.ts";
import { fires, inOrder, sendMail } from "./triggers.ts";
import type { Work } from "./work.ts";

/** What every part of the desk shares. */
export type Core = {
	state: DeskState;
	now: () => number;
	readonly publicUrl: string;
	/** Password of every person of the desk for Basic authentication; `null` refuses it. */
	password: string | null;
	/** How slowly pages follow outside changes: 1 as on a real desk, 0 at once. */
	pace: number;
	deliveries: Deliveries;
	/** Keeps the state on disk. */
	changed: () => void;
	/** Tells open pages that tickets changed. */
	announce: (tickets: number[]) => void;
};

export function stampOf(core: Core): string {
	return new Date(core.now()).toISOString();
}

/** Runs the triggers of what a request changed, queues their deliveries, and tells the pages. */
function commit(core: Core, work: Work): void {
	for (const event of [...work.events]) {
		for (const trigger of inOrder(core.state.triggers)) {
			if (!fires(work, trigger, event, core.now())) continue;
			sendMail(work, trigger, event.ticket);
			const id = trigger.perform["notification.webhook"]?.webhook_id;
			if (id === undefined || id === null) continue;
			core.deliveries.add({
				trigger: trigger.name,
				webhook: String(id),
				ticket: event.ticket,
				article: event.article,
			});
		}
	}
	core.changed();
	if (work.events.length > 0) core.announce([...new Set(work.events.map((event) => event.ticket))]);
}

/** Runs one request's changes as one whole: now, or as of an instant before. */
export function transaction<T>(core: Core, caller: Caller, body: (work: Work) => T, at: number = core.now()): T {
	const work: Work = {
		state: core.state,
		by: caller.user,
		admin: permits(caller.permissions, "admin.*"),
		agent: permits(caller.permissions, "ticket.agent"),
		at: new Date(at).toISOString(),
		host: new URL(core.publicUrl).host,
		events: [],
	};
	const result = body(work);
	commit(core, work);
	return result;
}

/** Whether a user may read a ticket: agents those of their groups, customers their own and their organisation's. */
export function readable(user: UserRow, agent: boolean, ticket: TicketRow): boolean {
	if (agent && user.groups.includes(ticket.group_id)) return true;
	return (
		ticket.customer_id === user.id ||
		ticket.owner_id === user.id ||
		(ticket.organization_id !== null && ticket.organization_id === user.organization_id)
	);
}

/** Deletes a ticket with all that hangs on it. Nobody is told by a delivery. */
export function removeTicket({ state, changed, announce }: Core, ticket: TicketRow): void {
	state.tickets = state.tickets.filter((other) => other !== ticket);
	state.articles = state.articles.filter((article) => article.ticket_id !== ticket.id);
	state.history = state.history.filter((entry) => entry.ticket !== ticket.id);
	changed();
	announce([ticket.id]);
}
