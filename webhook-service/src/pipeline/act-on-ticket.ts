import type { Fact, FactBody } from "@stipt/shared/sla/fact";
import type { TicketAction } from "@stipt/shared/wire/ticket-action";
import { ServiceError } from "../errors.ts";
import { jobId } from "../queues.ts";
import type { TicketRef } from "../store/store.ts";
import { knownTicket } from "./choose-priority.ts";
import { decide } from "./decide.ts";
import { enqueueMove } from "./enqueue-move.ts";
import type { EvaluatedTicket } from "./evaluated.ts";
import type { Ports } from "./ports.ts";
import { checkAction } from "./refuse-action.ts";

/** What a person did to the clocks of a ticket: one kind of fact per action. */
type Deed = Extract<
	FactBody,
	{ kind: "paused" | "resumed" | "deadline-agreed" | "handed-over" | "phoned" | "escalation-asked" | "channel-changed" }
>;

/** Those that people at the helpdesk should read about. */
const noted: readonly Deed["kind"][] = ["paused", "resumed", "deadline-agreed", "handed-over", "escalation-asked"];

/**
 * Does what a person asks with a ticket's clocks: it holds at once in the ledger, stands in the audit trail, and is
 * noted in the helpdesk next. The same `key` again changes nothing. Throws `unknown` (no such ticket), `unreadable`
 * (what cannot be meant) or `conflict` (the ticket is in no state for it).
 */
export async function actOnTicket(
	ref: TicketRef,
	action: TicketAction,
	by: string,
	ports: Ports,
): Promise<EvaluatedTicket> {
	const { store, time, queues } = ports;
	const found = await knownTicket(ref, ports);
	const at = time();
	// Without a key, the same request twice at once is told by what both found: one of them comes too late.
	const name = action.key === undefined ? `${at}-${found.ticket.revision}-${action.kind}` : `key-${action.key}`;
	const id = `s-action-${name}`;
	const isRepeated = found.ticket.facts.some((fact) => fact.id === id);
	const deed = deedOf(action, by, found);
	if (!isRepeated) {
		checkAction(action, found, at);
		await store.appendFacts(ref, [{ ...deed, id, at, seenAt: at } as Fact]);
		await store.audit({ at, by, what: action.kind, ref, detail: detailOf(deed) });
	}
	// Again for a repeat too: an earlier try may have died before this.
	const job = (kind: string) => ({ id: jobId(kind, ref.connection, ref.ticket, id) });
	if (noted.includes(deed.kind)) await queues.add("action", { kind: "fact-note", ...ref, fact: id }, job("fact-note"));
	if (deed.kind === "handed-over") await enqueueMove(found, { line: deed.to }, id, ports);
	if (deed.kind === "escalation-asked") {
		await queues.add("action", { kind: "request", ...ref, fact: id }, job("request"));
	}
	return (await decide(ref, ports)) ?? found;
}

function deedOf(action: TicketAction, name: string, { evaluation, policy }: EvaluatedTicket): Deed {
	const by = { kind: "agent", id: name } as const;
	const instant = (written: string | null | undefined) => (written == null ? null : Date.parse(written));
	switch (action.kind) {
		case "pause": {
			const { reason, owner, until } = action;
			return { kind: "paused", because: "by-hand", reason, owner, until: instant(until), by };
		}
		case "ask-information": {
			const { reason, until } = action;
			return { kind: "paused", because: "information-missing", reason, owner: "customer", until: instant(until), by };
		}
		case "resume":
			return { kind: "resumed", by };
		case "agree-deadline": {
			const { goal, deadline, reason } = action;
			return { kind: "deadline-agreed", goal, deadline: instant(deadline), reason, by };
		}
		case "hand-over": {
			const { to, text } = action;
			return { kind: "handed-over", from: evaluation.lines.at(-1)?.line ?? null, to, text, by };
		}
		case "phoned":
			return { kind: "phoned", by };
		case "ask-escalation": {
			const { level, reason } = action;
			const service = policy.services.find(({ id }) => id === evaluation.service);
			return { kind: "escalation-asked", level, role: service?.escalation[level - 1] ?? "", reason, by };
		}
		case "change-channel":
			return { kind: "channel-changed", channel: action.channel, by };
		default:
			throw new ServiceError("unreadable", "Expected an action that is known here.");
	}
}

function detailOf(deed: Deed): string {
	const iso = (instant: number | null) => (instant === null ? "none" : new Date(instant).toISOString());
	switch (deed.kind) {
		case "paused":
			return `${deed.owner}, until ${iso(deed.until)}: ${deed.reason}`;
		case "deadline-agreed":
			return `${deed.goal} ${iso(deed.deadline)}: ${deed.reason}`;
		case "handed-over":
			return deed.to;
		case "escalation-asked":
			return `level ${deed.level}, ${deed.role}: ${deed.reason}`;
		case "channel-changed":
			return deed.channel;
		default:
			return "";
	}
}
