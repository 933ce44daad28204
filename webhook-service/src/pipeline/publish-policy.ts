import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Publication, Scope } from "@stipt/shared/simulation/publication";
import { ServiceError } from "../errors.ts";
import type { TicketRef } from "../store/store.ts";
import { type Draft, expectExamples } from "./policy-draft.ts";
import type { Ports } from "./ports.ts";
import { schedule } from "./schedule.ts";

/** How many open tickets are looked up at a time. */
const batch = 200;

/**
 * Puts a version in force, now or when its document says, and has every open ticket that it is for looked at again then.
 * `after`: how many publications of the policy the publisher knew of. Throws `conflict` when there is another since, and
 * `unreadable` when an example does not come out.
 */
export async function publishPolicy(
	draft: Draft,
	{ scope, by, why, after }: { scope: Scope; by: string; why: string; after?: number },
	ports: Ports,
): Promise<Publication> {
	expectExamples(draft);
	const { store, time } = ports;
	const { policy, stored } = draft;
	const { name, version, effectiveFrom } = policy;
	const before = await store.publications(name);
	const at = time();
	const publication = { version, at, from: Math.max(at, effectiveFrom ?? at), scope, by, why };
	if (!(await store.publishPolicy(stored, publication, after ?? before.length))) {
		throw new ServiceError(
			"conflict",
			`Expected version ${before[(after ?? before.length) - 1]?.version ?? "none"} of ${name} to be the last that was published, found that somebody published another meanwhile. Look at the preview again.`,
		);
	}
	await store.audit({ at, by, what: `published policy ${name}, version ${version}, ${scope}`, detail: why });
	if (scope !== "new-tickets") await wakeTickets(name, publication.from, ports);
	return publication;
}

/** The open tickets under a policy, a batch at a time. */
export async function* openTicketsUnder(name: string, { store, connections }: Ports) {
	for (const connection of await connections.all("helpdesk")) {
		const seen = new Set<string>();
		for (let offset = 0; ; offset += batch) {
			const refs = await store.openTickets(connection.id, { limit: batch, offset });
			const fresh = refs.filter(({ ticket }) => !seen.has(ticket));
			for (const { ticket } of fresh) seen.add(ticket);
			const tickets = await store.readTickets(fresh);
			yield tickets.filter(({ policy }) => (policy ?? connection.policy ?? "standard") === name);
			if (refs.length < batch) break;
		}
	}
}

/** Every open ticket is decided again when the version comes into force, each by its own alarm. */
async function wakeTickets(name: string, at: Instant, ports: Ports): Promise<void> {
	for await (const tickets of openTicketsUnder(name, ports)) {
		await Promise.all(tickets.map(({ ref, revision }) => wake(ref, { wakeAt: at, revision }, ports)));
	}
}

async function wake(ref: TicketRef, wanted: { wakeAt: Instant; revision: number }, ports: Ports): Promise<void> {
	const planned = await ports.store.readWake(ref);
	if (planned !== null && planned.wakeAt <= wanted.wakeAt) return;
	await schedule(ref, wanted, ports);
}
