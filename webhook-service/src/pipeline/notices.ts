import { isOver, type PageEvent } from "@stipt/shared/status/page-event";
import type { Notice } from "@stipt/shared/wire/api";
import type { StoredConnection, TicketRef } from "../store/store.ts";
import { pageEventHash } from "./page-event-hash.ts";
import { builtInPage } from "./page-rules.ts";
import type { Ports } from "./ports.ts";

type Linked = { event: PageEvent; tickets: { ref: TicketRef; role: "source" | "affected" }[] };

/** What the status pages say now, as the agents of one helpdesk need it. */
export async function noticesFor(connection: StoredConnection, { store, policies }: Ports): Promise<Notice[]> {
	const policy = await policies.inForce(connection.policy ?? "standard");
	const open = (await store.pageEvents()).filter((event) => !isOver(event));
	const linked: Linked[] = await Promise.all(
		open.map(async (event) => ({ event, tickets: await store.ticketsOfPageEvent(event.connection, event.id) })),
	);
	return onePerCause(linked).map(({ event, tickets }) => ({
		id: `${event.connection}.${event.id}.${pageEventHash(event).slice(0, 12)}`,
		page: event.connection,
		event: event.id,
		...textOf(event),
		services: policy.services
			.filter(({ components }) => components.some((component) => event.components.includes(component)))
			.map(({ id }) => id),
		tickets: tickets.filter(({ ref }) => ref.connection === connection.id).map(({ ref }) => ref.ticket),
	}));
}

/** A ticket that opened an incident on several pages is one cause: our own page has it in every language. */
function onePerCause(linked: Linked[]): Linked[] {
	const sourcesOf = ({ tickets }: Linked) =>
		tickets.filter(({ role }) => role === "source").map(({ ref }) => `${ref.connection}|${ref.ticket}`);
	const ours = new Set(linked.filter(({ event }) => event.connection === builtInPage).flatMap(sourcesOf));
	return linked.filter(
		(each) => each.event.connection === builtInPage || !sourcesOf(each).some((source) => ours.has(source)),
	);
}

function textOf(event: PageEvent) {
	const { kind, title, status, impact, components, url, updatedAt, updates, words } = event;
	const newest = updates.at(-1);
	return {
		...{ kind, title, status, impact, components, url },
		text: newest?.body ?? "",
		updatedAt: new Date(updatedAt).toISOString(),
		...(words === undefined ? {} : { titles: words }),
		...(newest?.words === undefined ? {} : { texts: newest.words }),
	};
}
