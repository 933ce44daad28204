import { z } from "zod";
import { ServiceError } from "../../../errors.ts";
import { expectReply } from "../expect-reply.ts";
import type { Write, WriteReceipt } from "../helpdesk.ts";
import { carriesMark, withMark } from "../note-mark.ts";
import { odooText } from "./instants.ts";
import { move } from "./move.ts";
import { ticketId } from "./read.ts";
import { type OdooContext, type OdooRpc, odooRpc, plain } from "./rpc.ts";

/** Writes to a ticket, after looking at what is there. */
export async function write(ticket: string, write: Write, context: OdooContext): Promise<WriteReceipt> {
	const rpc = odooRpc(context);
	const id = ticketId(ticket);
	switch (write.kind) {
		case "note":
			return writeNote(id, write, rpc);
		case "set-priority":
			return setPriority(id, write, rpc);
		case "set-deadline":
			return setDeadline(id, write, rpc);
		case "move":
			return move(id, write, rpc);
	}
}

/** Sets the priority (Odoo's value, `0` to `3`) and the matrix fields that there are, whichever differ; reads back. */
async function setPriority(
	ticket: number,
	write: Extract<Write, { kind: "set-priority" }>,
	rpc: OdooRpc,
): Promise<WriteReceipt> {
	const fields = await rpc.matrixFields();
	const left: string[] = [];
	const wanted: Record<string, string | false> = { priority: write.label };
	for (const name of ["impact", "urgency"] as const) {
		const value = write[name];
		if (value === undefined) continue;
		if (fields.includes(`x_${name}`)) wanted[`x_${name}`] = value ?? false;
		else if (value !== null) left.push(`${name}: the helpdesk has no such field`);
	}
	const names = Object.keys(wanted);
	const before = await values(ticket, names, rpc);
	const differing = Object.fromEntries(Object.entries(wanted).filter(([name, value]) => before[name] !== value));
	if (Object.keys(differing).length === 0) return { outcome: "already-so", left };

	const refused = await put(ticket, differing, rpc);
	left.push(...refused.map((name) => `${spoken(name)}: the helpdesk refuses this value`));
	const after = await values(ticket, names, rpc);
	for (const [name, value] of Object.entries(wanted)) {
		if (refused.includes(name) || after[name] === value) continue;
		left.push(`${spoken(name)}: Expected ${value || "nothing"}, found ${after[name] || "nothing"} after writing`);
	}
	return { outcome: "written", left };
}

/** Writes a deadline into a field of type datetime, to the second, when another one stands there. */
async function setDeadline(
	ticket: number,
	{ field, deadline }: Extract<Write, { kind: "set-deadline" }>,
	rpc: OdooRpc,
): Promise<WriteReceipt> {
	const fields = await rpc.execute(rpc.dialect.model, "fields_get", [[field]], { attributes: ["type"] });
	if (!(field in expectReply(z.record(z.string(), z.unknown()), fields, "the fields of a ticket"))) {
		return { outcome: "already-so", left: [`${field}: the helpdesk has no such field`] };
	}
	const value = deadline === null ? false : odooText(deadline);
	if ((await values(ticket, [field], rpc))[field] === value) return { outcome: "already-so", left: [] };
	await rpc.execute(rpc.dialect.model, "write", [[ticket], { [field]: value }]);
	const after = (await values(ticket, [field], rpc))[field];
	const left =
		after === value ? [] : [`${field}: Expected ${value || "nothing"}, found ${after || "nothing"} after writing`];
	return { outcome: "written", left };
}

/** Writes the fields; when Odoo refuses them together, the priority alone. Answers what was refused. */
async function put(ticket: number, fields: Record<string, string | false>, rpc: OdooRpc): Promise<string[]> {
	try {
		await rpc.execute(rpc.dialect.model, "write", [[ticket], fields]);
		return [];
	} catch (error) {
		const others = Object.keys(fields).filter((name) => name !== "priority");
		if (!(error instanceof ServiceError) || error.kind !== "refused" || others.length === 0) throw error;
		if (fields.priority !== undefined) {
			await rpc.execute(rpc.dialect.model, "write", [[ticket], { priority: fields.priority }]);
		}
		return others;
	}
}

async function values(ticket: number, names: string[], rpc: OdooRpc): Promise<Record<string, string | false>> {
	const rows = await rpc.execute(rpc.dialect.model, "read", [[ticket], names], { context: plain });
	const row = z.record(z.string(), z.union([z.string(), z.literal(false), z.int().transform(String)]));
	const [found] = expectReply(z.array(row), rows, "a ticket of Odoo");
	if (found === undefined) throw new ServiceError("unknown", `Expected ticket ${ticket}, found none.`);
	return found;
}

/** Posts a note that mails nobody and makes nobody a follower, once per mark. */
async function writeNote(
	ticket: number,
	{ html, mark, trace }: Extract<Write, { kind: "note" }>,
	rpc: OdooRpc,
): Promise<WriteReceipt> {
	const present = await rpc.search("mail.message", {
		domain: [
			["model", "=", rpc.dialect.model],
			["res_id", "=", ticket],
			["body", "like", "stipt:"],
		],
		fields: ["body"],
		row: z.object({ body: z.union([z.string(), z.literal(false)]) }),
	});
	if (present.some(({ body }) => body !== false && carriesMark(body, mark))) return { outcome: "already-so", left: [] };
	await rpc.execute(rpc.dialect.model, "message_post", [[ticket]], {
		body: withMark(html, mark, trace),
		body_is_html: true,
		message_type: "notification",
		subtype_xmlid: "mail.mt_note",
	});
	return { outcome: "written", left: [] };
}

function spoken(name: string): string {
	return name.replace(/^x_/, "");
}
