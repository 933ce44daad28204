import type { Fact } from "@stipt/shared/sla/fact";
import type { OwnNote } from "../adapters/helpdesks/helpdesk.ts";
import type { TicketRef } from "../store/store.ts";
import type { Ports } from "./ports.ts";
import { tracesIn } from "./trace.ts";

/**
 * What only we knew of a ticket, from the traces in our own notes: choices, pauses, agreements, alerts and who took
 * them on. Alerts get back the record that their links point to; who received them by which channel is lost.
 */
export async function recovered(ref: TicketRef, notes: readonly OwnNote[], { store }: Ports): Promise<Fact[]> {
	const { facts, alerts } = tracesIn(ref, notes);
	for (const fact of facts) {
		if (fact.kind !== "alerted" || fact.outcome === "superseded" || (await store.readAlert(fact.alert)) !== null)
			continue;
		const { alert, goal, cycle, step, occurrence, roles } = fact;
		const traced = alerts.find(({ id }) => id === alert);
		const { owedAt, rung } = traced ?? { owedAt: fact.at, rung: { step: 1, of: 1 } };
		const record = { ref, goal, cycle, step, occurrence, owedAt, rung, roles, receipts: [], acknowledged: null };
		await store.saveAlert({ ...record, id: alert });
		const taken = facts.find((each) => each.kind === "acknowledged" && each.alert === alert);
		if (taken?.kind === "acknowledged") {
			await store.acknowledgeAlert(alert, { at: taken.at, by: taken.by, nextPromise: taken.nextPromise });
		}
	}
	return facts;
}
