import type { Policy } from "@stipt/shared/policy/policy";
import { type BlastRadius, blastRadius } from "@stipt/shared/simulation/blast-radius";
import { judgesOf } from "./evaluated.ts";
import type { Ports } from "./ports.ts";
import { openTicketsUnder } from "./publish-policy.ts";

/** What a publication would do, and how many there have been so far: whoever publishes on the strength of it says so. */
export type PolicyPreview = BlastRadius & { publications: number };

/** What publishing a draft would do at once to the open tickets under the policy of its name. Changes nothing. */
export async function previewPolicy(draft: Policy, ports: Ports): Promise<PolicyPreview> {
	const { store, connections, time } = ports;
	const publications = (await store.publications(draft.name)).length;
	const radius = blastRadius(draft, Math.max(time(), draft.effectiveFrom ?? 0));
	for await (const tickets of openTicketsUnder(draft.name, ports)) {
		for (const ticket of tickets) {
			const { connection, ticket: id } = ticket.ref;
			const { timeline } = await judgesOf(ticket, ports);
			const { createdAt: heardSince } = await connections.get(connection);
			radius.add({ connection, ticket: id, facts: ticket.facts, timeline, heardSince });
		}
	}
	return { ...radius.report(), publications };
}
