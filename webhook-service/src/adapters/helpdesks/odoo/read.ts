import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Fact } from "@stipt/shared/sla/fact";
import { z } from "zod";
import { ServiceError } from "../../../errors.ts";
import { expectReply } from "../expect-reply.ts";
import type { OwnNote, TicketReading, TicketSnapshot } from "../helpdesk.ts";
import { asOca, type Dialect, fieldOf } from "./dialects.ts";
import { factsOf } from "./facts.ts";
import { odooInstant } from "./instants.ts";
import { choicesByName, ownersByName, stagesByName } from "./names.ts";
import { peopleOf } from "./people.ts";
import {
	type MessageRow,
	messageFields,
	messageRow,
	subtypeRow,
	type TicketRow,
	ticketFields,
	ticketRow,
	type UserRow,
	userRow,
} from "./rows.ts";
import { type OdooContext, type OdooRpc, odooRpc, plain } from "./rpc.ts";
import { trackedChanges } from "./tracking.ts";

/** Odoo cuts instants to the second: within it, more may have changed after we looked. */
const secondMs = 1000;

/** Reads a ticket's row, then its messages and what they tracked. */
export async function read(ticket: string, known: readonly Fact[], context: OdooContext): Promise<TicketReading> {
	const rpc = odooRpc(context);
	const id = ticketId(ticket);
	const { dialect } = rpc;
	const wanted = [...ticketFields, ...(await rpc.matrixFields())];
	const fields = wanted.map((name) => fieldOf(dialect, name)).filter((name) => name !== null);
	if (dialect.ends !== null) fields.push(dialect.ends.field);
	const answer = await rpc.execute(dialect.model, "read", [[id], fields], { context: plain });
	const rows = expectReply(z.array(z.record(z.string(), z.unknown())), answer, "a ticket of Odoo");
	const [row] = expectReply(
		z.array(ticketRow),
		rows.map((found) => asOca(dialect, found, wanted)),
		"a ticket of Odoo",
	);
	if (row === undefined) return { found: false };

	const messages = await rpc.search("mail.message", {
		domain: [
			["model", "=", dialect.model],
			["res_id", "=", id],
		],
		fields: messageFields,
		order: "id asc",
		row: messageRow,
	});
	const users = await usersOf(row, messages, rpc);
	const subtypes = await rpc.search("mail.message.subtype", {
		domain: [["id", "in", unique(messages.map(({ subtype_id }) => subtype_id))]],
		fields: ["internal", "res_model"],
		row: subtypeRow,
	});
	const tracking = messages.filter(({ message_type }) => message_type === "notification").map((message) => message.id);
	const tracked = await trackedChanges(tracking, rpc);
	const { mapping } = context.connection;
	const facts = factsOf({
		ticket: row,
		messages,
		subtypes,
		people: peopleOf(users, await rpc.uid(), row.partner_id?.id ?? null),
		tracked,
		stage: await stagesByName(row, tracked ?? [], mapping, rpc),
		choice: await choicesByName(tracked ?? [], rpc),
		owner: await ownersByName(row, tracked ?? [], rpc),
		mapping,
		known,
		seenAt: context.now,
	});
	const snapshot = snapshotOf(row, messages, context, dialect);
	if (known.length > 0) return { found: true, snapshot, facts };
	return { found: true, snapshot, facts, notes: await ownNotes(id, rpc) };
}

/** By who created the record, not by its author: any user may write in another's name. */
async function ownNotes(ticket: number, rpc: OdooRpc): Promise<OwnNote[]> {
	const rows = await rpc.search("mail.message", {
		domain: [
			["model", "=", rpc.dialect.model],
			["res_id", "=", ticket],
			["create_uid", "=", await rpc.uid()],
			["body", "like", "stipt:"],
		],
		fields: ["body", "create_date"],
		order: "id asc",
		row: z.object({ body: z.union([z.string(), z.literal(false)]), create_date: odooInstant }),
	});
	return rows.map(({ body, create_date }) => ({ html: body || "", at: create_date }));
}

/** Odoo's ids are numbers. */
export function ticketId(ticket: string): number {
	if (/^[1-9]\d{0,9}$/.test(ticket)) return Number(ticket);
	throw new ServiceError("unknown", `Expected the number of a ticket's record, found "${ticket.slice(0, 40)}".`);
}

function snapshotOf(
	ticket: TicketRow,
	messages: MessageRow[],
	{ connection, now }: OdooContext,
	dialect: Dialect,
): TicketSnapshot {
	const stamp = Math.max(ticket.write_date, ...messages.map(({ create_date }) => create_date));
	return {
		ticket: String(ticket.id),
		number: ticket.number ?? String(ticket.id),
		title: ticket.name ?? "",
		url: `${connection.url}/web#id=${ticket.id}&${dialect.form}`,
		owner: ticket.user_id === null ? null : String(ticket.user_id.id),
		priorityLabel: ticket.priority ?? "",
		impact: ticket.x_impact ?? null,
		urgency: ticket.x_urgency ?? null,
		updatedAt: settled(stamp, now),
		writtenAt: ticket.write_date,
	};
}

/** A stamp of this very second is not yet the last word, and is given as just before it: a poll then looks again. */
function settled(stamp: Instant, now: Instant): Instant {
	return now - stamp < 2 * secondMs ? stamp - 1 : stamp;
}

async function usersOf(ticket: TicketRow, messages: MessageRow[], rpc: OdooRpc): Promise<UserRow[]> {
	return rpc.search("res.users", {
		domain: [
			"|",
			["partner_id", "in", unique(messages.map(({ author_id }) => author_id))],
			["id", "in", unique([ticket.create_uid?.id, ticket.write_uid?.id])],
		],
		fields: ["share", "partner_id"],
		row: userRow,
	});
}

function unique(ids: (number | null | undefined)[]): number[] {
	return [...new Set(ids)].filter((id) => id !== null && id !== undefined);
}
