import type { Instant } from "@stipt/shared/calendar/calendar";
import { z } from "zod";
import { ServiceError } from "../../../errors.ts";
import { sha256 } from "../../../verify.ts";
import { expectInput, expectReply } from "../expect-reply.ts";
import type { Helpdesk, HelpdeskContext } from "../helpdesk.ts";
import { factsOf, id, ticketReply } from "./documents.ts";

const settings = z.object({
	/** Sent as `Authorization: Bearer …` with every question. */
	token: z.string().trim().min(10, "a token of at least ten characters"),
	deadlineField: z.string().trim().min(1, "the name of a field").optional(),
	/** Id of the host that knows its pages, for the overlay. */
	host: z.string().trim().min(1, "the id of a host such as request-tracker").optional(),
});
type GenericSettings = z.infer<typeof settings>;

const ids = z.array(id);
const changes = z.object({ tickets: z.array(ticketReply.pick({ id: true, updatedAt: true })), more: z.boolean() });
const page = z.object({ tickets: ids, next: z.string().nullable(), left: z.int().nonnegative().nullable() });
const written = z.object({ outcome: z.enum(["written", "already-so"]), left: z.array(z.string()) });
const noTicket = z.object({ error: z.literal("no such ticket") });

/** Asks the other system; `undefined` when it says itself that there is no such ticket. */
async function ask({ connection, call }: HelpdeskContext<GenericSettings>, path: string, body?: unknown) {
	const url = connection.url + path;
	const headers = { authorization: `Bearer ${connection.settings.token}` };
	const sent = body === undefined ? ({ method: "GET" } as const) : ({ method: "POST", body } as const);
	const answer = await call({ ...sent, url, headers, accept: [404] });
	if (answer.status !== 404) return answer.body;
	if (noTicket.safeParse(answer.body).success) return undefined;
	throw new ServiceError("unreachable", `Expected an answer of ${connection.url}, found a 404 that is not its own.`);
}

function iso(at: Instant): string {
	if (Number.isSafeInteger(at) && Math.abs(at) <= 8.64e15) return new Date(at).toISOString();
	throw new ServiceError("unreadable", `Expected an instant in milliseconds, found ${at}.`);
}

/** Any other system that speaks the shape that README.md of this folder describes. */
export const generic: Helpdesk<GenericSettings> = {
	id: "generic",
	name: "Any system",
	docs: "webhook-service/src/adapters/helpdesks/generic/README.md",
	settings,
	secrets: ["token"],
	pages: ({ host }) => host ?? "generic",
	scheme: { kind: "hmac", header: "x-stipt-signature", hash: "sha256", prefix: "sha256=" },
	settleMs: 0,

	deliveryId({ "x-stipt-delivery": given }, body) {
		return given !== undefined && /^[\w-]{8,64}$/.test(given) ? given : `body-${sha256(body)}`;
	},
	hint(body) {
		const delivery = z.object({ ticket: z.object({ id }) });
		return { tickets: [expectInput(delivery, body, "a delivery with a ticket", "unreadable").ticket.id] };
	},
	async read(ticket, known, context) {
		const body = await ask(context, `/tickets/${encodeURIComponent(ticket)}`);
		if (body === undefined) return { found: false };
		const { events, id: ticketId, priority, ...shown } = expectReply(ticketReply, body, "a ticket");
		const snapshot = { ...shown, ticket: ticketId, priorityLabel: priority };
		const reading = { found: true, snapshot, facts: factsOf(events, context.connection.mapping, context.now) } as const;
		if (known.length > 0) return reading;
		const ours = events.filter((event) => event.kind === "replied" && event.by.kind === "us");
		return { ...reading, notes: ours.map((event) => ({ html: ("html" in event && event.html) || "", at: event.at })) };
	},
	async changedSince(since, context) {
		const body = await ask(context, `/tickets?changed-since=${encodeURIComponent(iso(since))}`);
		const { tickets, more } = expectReply(changes, body, "changed tickets");
		return { tickets: tickets.map((row) => ({ ticket: row.id, updatedAt: row.updatedAt })), more };
	},
	async present(tickets, context) {
		const body = await ask(context, "/tickets/present", { tickets });
		return expectReply(z.object({ tickets: ids }), body, "the tickets that there are").tickets;
	},
	async listed({ part, cursor, since }, context) {
		const query = new URLSearchParams({ part, ...(cursor === null ? {} : { cursor }) });
		if (since !== null) query.set("created-since", iso(since));
		return expectReply(page, await ask(context, `/tickets?${query}`), "a list of tickets");
	},
	async write(ticket, write, context) {
		const deadline = "deadline" in write && write.deadline !== null ? { deadline: iso(write.deadline) } : {};
		const body = await ask(context, `/tickets/${encodeURIComponent(ticket)}/writes`, { ...write, ...deadline });
		if (body === undefined) throw new ServiceError("unknown", `Expected ticket ${ticket}, found none.`);
		return expectReply(written, body, "what was written");
	},
	async probe(context) {
		const what = "Reachable, and it speaks the documented shape";
		try {
			const { tickets } = await generic.changedSince(context.now, context);
			return [{ what, found: `it lists changed tickets (${tickets.length} now)`, todo: null, ok: true }];
		} catch (error) {
			const found = error instanceof ServiceError ? error.message : "no answer";
			return [{ what, found, todo: "Check address and token, and that it answers as documented.", ok: false }];
		}
	},
	async proposeMapping(context) {
		const asked = await ask(context, "/priorities");
		const { priorities } = expectReply(z.object({ priorities: z.array(z.string()) }), asked, "its priorities");
		const numbered = priorities.map((label, index) => [label, [`P${Math.min(index + 1, 5)}`]]);
		return { priorities: Object.fromEntries(numbered), states: {} };
	},
	async install({ url, mark }, { connection }) {
		const line = `${mark}: nothing is installed there; let it POST to ${url}, signed with this connection's secret`;
		return { done: [line], settings: connection.settings };
	},
};
