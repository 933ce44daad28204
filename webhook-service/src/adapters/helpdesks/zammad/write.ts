import { ServiceError } from "../../../errors.ts";
import { expectReply } from "../expect-reply.ts";
import type { Write, WriteReceipt } from "../helpdesk.ts";
import { carriesMark, withMark } from "../note-mark.ts";
import { type ZammadApi, type ZammadContext, zammadApi } from "./api.ts";
import { move } from "./move.ts";
import { articleReply, articlesReply } from "./replies.ts";
import { ticketNow } from "./ticket-now.ts";

/** Writes to a ticket, after looking at what is there. */
export async function write(ticket: string, write: Write, context: ZammadContext): Promise<WriteReceipt> {
	const api = zammadApi(context);
	switch (write.kind) {
		case "note":
			return writeNote(ticket, write, api);
		case "set-priority":
			return setPriority(ticket, write, api);
		case "set-deadline":
			return setDeadline(ticket, write, api);
		case "move":
			return move(ticket, write, api);
	}
}

/**
 * Sets priority, impact and urgency, whichever differ, and reads back what stuck: Zammad drops unknown fields without
 * a word, and its triggers may change what was written.
 */
async function setPriority(
	ticket: string,
	write: Extract<Write, { kind: "set-priority" }>,
	api: ZammadApi,
): Promise<WriteReceipt> {
	const before = await ticketNow(ticket, api);
	const left: string[] = [];
	const wanted: Record<string, string> = { priority: write.label };
	for (const field of ["impact", "urgency"] as const) {
		const value = write[field];
		if (value === undefined) continue;
		if (field in before) wanted[field] = value ?? "";
		else if (value !== null) left.push(`${field}: the helpdesk has no such field`);
	}
	const differing = pick(wanted, (field, value) => (before[field] ?? "") !== value);
	if (Object.keys(differing).length === 0) return { outcome: "already-so", left };

	const refused = await put(ticket, differing, api);
	left.push(...refused.map((field) => `${field}: the helpdesk refuses this value`));
	const after = await ticketNow(ticket, api);
	for (const [field, value] of Object.entries(wanted)) {
		if (refused.includes(field) || (after[field] ?? "") === value) continue;
		left.push(`${field}: Expected ${value || "nothing"}, found ${String(after[field] || "nothing")} after writing`);
	}
	return { outcome: "written", left };
}

/** Writes the fields; when Zammad refuses them together, the priority alone. Answers what was refused. */
async function put(ticket: string, fields: Record<string, string>, api: ZammadApi): Promise<string[]> {
	const path = `/tickets/${encodeURIComponent(ticket)}`;
	try {
		await api.send("PUT", path, fields);
		return [];
	} catch (error) {
		const others = Object.keys(fields).filter((field) => field !== "priority");
		if (!(error instanceof ServiceError) || error.kind !== "refused" || others.length === 0) throw error;
		if (fields.priority !== undefined) await api.send("PUT", path, { priority: fields.priority });
		return others;
	}
}

/**
 * Writes a deadline into an attribute of type datetime. A web process that has not restarted since the attribute was
 * made drops it and answers as if it had not, so what counts is what is read back.
 */
async function setDeadline(
	ticket: string,
	{ field, deadline }: Extract<Write, { kind: "set-deadline" }>,
	api: ZammadApi,
): Promise<WriteReceipt> {
	const before = await ticketNow(ticket, api);
	if (!(field in before)) return { outcome: "already-so", left: [`${field}: the helpdesk has no such field`] };
	const isSo = (found: unknown) => minuteOf(found) === (deadline === null ? null : Math.floor(deadline / minuteMs));
	if (isSo(before[field])) return { outcome: "already-so", left: [] };
	const value = deadline === null ? null : new Date(Math.floor(deadline / minuteMs) * minuteMs).toISOString();
	await api.send("PUT", `/tickets/${encodeURIComponent(ticket)}`, { [field]: value });
	const after = (await ticketNow(ticket, api))[field];
	const left = isSo(after)
		? []
		: [`${field}: Expected ${value ?? "nothing"}, found ${String(after ?? "nothing")} after writing`];
	return { outcome: "written", left };
}

const minuteMs = 60_000;

/** Zammad's forms know minutes, not seconds. */
function minuteOf(found: unknown): number | null {
	const at = typeof found === "string" && found !== "" ? Date.parse(found) : Number.NaN;
	return Number.isFinite(at) ? Math.floor(at / minuteMs) : null;
}

/** Writes an internal note, once per mark, and makes sure that it is internal. */
async function writeNote(
	ticket: string,
	{ html, mark, trace }: Extract<Write, { kind: "note" }>,
	api: ZammadApi,
): Promise<WriteReceipt> {
	const present = expectReply(
		articlesReply,
		await api.send("GET", `/ticket_articles/by_ticket/${encodeURIComponent(ticket)}`),
		"a ticket's articles of Zammad",
	);
	if (present.some((article) => carriesMark(article.body ?? "", mark))) return { outcome: "already-so", left: [] };
	const note = {
		ticket_id: Number(ticket),
		type: "note",
		internal: true,
		content_type: "text/html",
		body: withMark(html, mark, trace),
	};
	const written = expectReply(articleReply, await api.send("POST", "/ticket_articles", note), "the note as written");
	return { outcome: "written", left: written.internal ? [] : [await hide(written.id, api)] };
}

/** Zammad makes the note of a user without `ticket.agent` public. Takes it back, and says so. */
async function hide(article: number, api: ZammadApi): Promise<string> {
	const why = "the token's user lacks the permission ticket.agent";
	const hidden = await api
		.send("PUT", `/ticket_articles/${article}`, { internal: true })
		.then((body) => articleReply.safeParse(body).data?.internal === true)
		.catch(() => false);
	return hidden
		? `internal: the note was public until we hid it; ${why}`
		: `internal: the note is visible to the customer; ${why}. Hide it by hand.`;
}

function pick(fields: Record<string, string>, keep: (field: string, value: string) => boolean): Record<string, string> {
	return Object.fromEntries(Object.entries(fields).filter(([field, value]) => keep(field, value)));
}
