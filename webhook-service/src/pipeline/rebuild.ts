import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Fact } from "@stipt/shared/sla/fact";
import type { ImportProgress, TicketRef } from "../store/store.ts";
import { alertId } from "./alert-id.ts";
import { decide } from "./decide.ts";
import { evaluated } from "./evaluated.ts";
import { isOwn } from "./guarded-helpdesk.ts";
import { type ImportOptions, walk } from "./import.ts";
import { normalise } from "./normalise.ts";
import type { Ports } from "./ports.ts";
import { recovered } from "./recover.ts";

/** What a rebuild got back. */
export type Rebuilt = {
	tickets: number;
	/** Choices, pauses, agreements and the like, from our own notes. */
	own: number;
	/** Alerts that our own notes say were sent. */
	alerts: number;
	/** Steps without a note in the ticket: taken for sent, since nobody can know. */
	presumed: number;
};

/** What no helpdesk can give back. */
export const unrecoverable: readonly string[] = [
	"connections, secrets and mappings: connect each helpdesk, page and channel again, under the same id (marks in notes are found under it alone)",
	"policies: publish them again; tickets are judged by what is published then",
	"tokens and pairings: make new ones",
	"audit trail, troubles, counters and what each receiver of an alert answered",
	"choices and acknowledgements that never reached a note; what somebody did within Stipt after our last note in a ticket",
	"links between tickets and page events that no note carries",
	"steps of ladders that came due between the loss and connecting again: the ladder goes on with the next one",
	"where a helpdesk keeps no history (priorities and teams of OCA's helpdesk from before our rule for them): what changed after our last note",
];

/** Builds one ledger anew, from the helpdesk and from our own notes there, keeping what was done here. */
export async function rebuildTicket(
	ref: TicketRef,
	ports: Ports,
	toldUntil = ports.time(),
): Promise<Omit<Rebuilt, "tickets">> {
	const { store, time } = ports;
	const known = await store.readTicket(ref);
	const { bound, row } = await ports.connections.helpdesk(ref.connection);
	const now = time();
	const first = known.facts.length === 0 ? null : await bound.read(ref.ticket, [], now);
	if (first === null || !first.found) {
		await normalise(ref, ports);
	} else {
		const kept = known.facts.filter((fact) => isOwn(fact) || row.forgets(fact));
		const own = byId([...(await recovered(ref, first.notes ?? [], ports)), ...kept]);
		const again = own.some((fact) => row.forgets(fact)) ? await bound.read(ref.ticket, own, now) : first;
		await store.replaceFacts(ref, byId([...(again.found ? again.facts : first.facts), ...own]));
		await store.saveReading(ref, { snapshot: (again.found ? again : first).snapshot, readAt: now });
		await store.saveDoubt(ref, null);
	}
	const presumed = await presumeTold(ref, toldUntil, ports);
	await decide(ref, ports);
	const { facts } = await store.readTicket(ref);
	const sent = facts.filter((fact) => fact.kind === "alerted" && fact.outcome !== "superseded");
	return { own: facts.filter((fact) => isOwn(fact) && fact.kind !== "alerted").length, alerts: sent.length, presumed };
}

/** Builds every ledger of a helpdesk anew, resumably. */
export async function rebuildAll(
	connection: string,
	options: ImportOptions & { toldUntil?: Instant },
	ports: Ports,
): Promise<{ progress: ImportProgress; rebuilt: Rebuilt }> {
	const { toldUntil = ports.time() } = options;
	const rebuilt: Rebuilt = { tickets: 0, own: 0, alerts: 0, presumed: 0 };
	const each = async (ref: TicketRef, throttled: Ports) => {
		const { own, alerts, presumed } = await rebuildTicket(ref, throttled, toldUntil);
		rebuilt.tickets += 1;
		rebuilt.own += own;
		rebuilt.alerts += alerts;
		rebuilt.presumed += presumed;
	};
	const progress = await walk(connection, { name: "rebuild", skipKnown: false, each }, options, ports);
	return { progress, rebuilt };
}

const mostSteps = 100;

/**
 * Steps that leave no note in the ticket cannot be told from steps that never went out: until `toldUntil` they are taken
 * for sent, so that the ladder goes on from there. A step that leaves a note and has none is still owed.
 */
async function presumeTold(ref: TicketRef, toldUntil: Instant, ports: Ports): Promise<number> {
	const { store, time } = ports;
	let count = 0;
	for (let ticket = await store.readTicket(ref); ticket.facts.length > 0 && count < mostSteps; count += 1) {
		const { evaluation, policy } = await evaluated(ticket, ports);
		const silent = evaluation.owed.find((owed) => !owed.note && owed.owedAt <= toldUntil);
		if (policy.mode !== "promised" || silent === undefined) break;
		const { goal, cycle, step, occurrence, owedAt, rung, roles } = silent;
		const id = alertId(ref, silent);
		await store.saveAlert({
			...{ id, ref, goal, cycle, step, occurrence, owedAt, rung, roles },
			receipts: [],
			acknowledged: null,
		});
		const told: Fact = {
			...{ id: `s-alerted-${id}`, kind: "alerted", at: owedAt, seenAt: time(), alert: id, outcome: "sent", roles },
			...{ goal, cycle, step, occurrence, detail: "taken for sent after a rebuild: it leaves no note in the ticket" },
		};
		const { added, ticket: after } = await store.appendFacts(ref, [told]);
		if (added.length === 0) break;
		ticket = after;
	}
	return count;
}

function byId(facts: Fact[]): Fact[] {
	return [...new Map(facts.map((fact) => [fact.id, fact])).values()];
}
