import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Fact } from "@stipt/shared/sla/fact";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { helpdesks } from "../../webhook-service/src/adapters/helpdesks/index.ts";
import { odooRpc } from "../../webhook-service/src/adapters/helpdesks/odoo/rpc.ts";
import { zammadApi } from "../../webhook-service/src/adapters/helpdesks/zammad/api.ts";
import { factsFromHistory } from "../../webhook-service/src/adapters/helpdesks/zammad/facts-from-history.ts";
import {
	articlesReply,
	historyReply,
	stateRows,
	ticketReply,
} from "../../webhook-service/src/adapters/helpdesks/zammad/replies.ts";
import { createCall } from "../../webhook-service/src/call.ts";
import { type ErrorKind, ServiceError } from "../../webhook-service/src/errors.ts";
import { verify } from "../../webhook-service/src/pipeline/verify.ts";
import { hmacHex } from "../../webhook-service/src/verify.ts";
import { connectionFixture, replies } from "./helpdesk-fixtures.ts";

/** What real helpdesks sent and answered, cut to what matters, people neutral. */
type Recorded = {
	deliveries: { name: string; id?: string; signed?: boolean; body: Record<string, unknown> }[];
	replies: { name: string; status: number; type: string; body: unknown }[];
};

const versions = {
	"zammad-5.2.2": { adapter: "zammad", deliveries: 87, replies: 307 },
	"zammad-6.5": { adapter: "zammad", deliveries: 41, replies: 159 },
	"odoo-17": { adapter: "odoo", deliveries: 176, replies: 170 },
	"odoo-18": { adapter: "odoo", deliveries: 156, replies: 66 },
} as const;

const secret = "a-secret-with-ünïcode-of-the-recorded-deliveries";

function recorded(version: string): Recorded {
	return JSON.parse(
		readFileSync(join(import.meta.dirname, `../fixtures/recorded/${version}.json`), "utf8"),
	) as Recorded;
}

let server: Server;
let answering: Recorded["replies"][number] | undefined;
let url = "";

beforeAll(async () => {
	server = createServer((request, response) => {
		request.resume();
		request.on("end", () => {
			const { status = 500, type = "", body = "" } = answering ?? {};
			const text = typeof body === "string" ? body : JSON.stringify(body);
			response.writeHead(status, { "content-type": type, connection: "close" });
			response.end(status === 204 || status === 304 ? undefined : text);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe.each(Object.entries(versions))("%s", (version, { adapter, deliveries, replies: answers }) => {
	const row = helpdesks[adapter];
	const found = recorded(version);
	const passes = (
		headers: Record<string, string>,
		body: Buffer,
		addressSecret: string | undefined,
		secrets: string[],
	) => {
		try {
			verify({ scheme: row.scheme, secrets, headers, body, addressSecret });
			return true;
		} catch (error) {
			expect(error).toMatchObject({ kind: "rejected" });
			return false;
		}
	};

	test(`all ${deliveries} deliveries are read for the ticket that they are about`, () => {
		expect(found.deliveries).toHaveLength(deliveries);
		let hints = 0;
		for (const { name, body } of found.deliveries) {
			const ticket = ticketOf(body);
			const wanted = ticket === null ? "unreadable" : [String(ticket)];
			const hint = hintOf(row, body);
			expect([name, hint]).toEqual([name, wanted]);
			if (ticket !== null) hints += 1;
		}
		expect(hints).toBeGreaterThan(deliveries * 0.95);
	});

	test("each passes with its signature or address, and with no other", () => {
		for (const { name, id, body } of found.deliveries) {
			const raw = Buffer.from(JSON.stringify(body));
			const isSigned = row.scheme.kind === "hmac";
			const signature = `sha1=${hmacHex("sha1", secret, raw)}`;
			const headers: Record<string, string> = isSigned
				? { "x-hub-signature": signature, ...(id === undefined ? {} : { "x-zammad-delivery": id }) }
				: {};
			const address = isSigned ? undefined : secret;
			expect([name, passes(headers, raw, address, [secret])]).toEqual([name, true]);
			expect(passes(headers, raw, address, ["another"])).toBe(false);
			expect(passes(headers, Buffer.concat([raw, Buffer.from(" ")]), isSigned ? undefined : "", [secret])).toBe(false);
			expect(passes({}, raw, undefined, [secret])).toBe(false);
			if (id !== undefined) expect(row.deliveryId(headers, raw)).toBe(id);
		}
	});

	test(`all ${answers} answers are told apart: an answer, or the kind of failure`, async () => {
		expect(found.replies).toHaveLength(answers);
		const call = createCall({ allowPrivate: true, timeoutMs: 5000 });
		const context = { ...contextOf(adapter), call, now: 0 };
		const wrong: unknown[] = [];
		for (const reply of found.replies) {
			answering = reply;
			const kind = await kindOf(() =>
				adapter === "zammad"
					? zammadApi(context as Parameters<typeof zammadApi>[0]).send("GET", "/tickets/1")
					: odooRpc(context as Parameters<typeof odooRpc>[0]).execute("helpdesk.ticket", "read", [[1]]),
			);
			const wanted = adapter === "zammad" ? zammadKind(reply) : odooKind(reply);
			if (kind !== wanted) wrong.push([reply.name, reply.status, kind, wanted]);
		}
		expect(wrong).toEqual([]);
	});
});

describe("Zammad: facts from deliveries", () => {
	const told = replies("zammad").filter(
		({ fixture }) => fixture.operation === "read" && fixture.expected !== undefined,
	);
	const histories = told.filter(({ fixture }) => fixture.exchanges.some(({ what }) => what.includes("ticket_history")));

	test.each(histories)(
		"$name: reading after every change gives the facts that one reading at the end gives",
		({ fixture }) => {
			const reply = (part: string) => fixture.exchanges.find(({ what }) => what.includes(part))?.reply;
			const [ticketBody, historyBody, articlesBody] = [
				reply("/tickets/"),
				reply("/ticket_history/"),
				reply("/by_ticket/"),
			];
			const [ticket, history, articles] = [
				ticketReply.safeParse(ticketBody).data,
				historyReply.safeParse(historyBody).data,
				articlesReply.safeParse(articlesBody).data,
			];
			if (ticket === undefined || history === undefined || articles === undefined) return;
			const { mapping } = connectionFixture("zammad");
			const states = stateRows.safeParse(reply("ticket_states")).data ?? [];
			// A merge's row carries an older date than the merge; the change of state that follows has the right one.
			const rows = [...history.history].sort((a, b) => a.id - b.id);
			const written = rows.map((row, index) => {
				const moved = rows.slice(index).find((next) => next.attribute === "state");
				const dated = row.type === "merged_into" ? (moved ?? row) : row;
				return { row, at: dated.created_at };
			});
			const merge = rows.find((row) => row.type === "received_merge")?.created_at ?? Number.NEGATIVE_INFINITY;
			const ownArticles = rows.filter((row) => row.object === "Ticket::Article" && row.type === "created");
			const isHere = (article: number, until: number) =>
				until >= merge || ownArticles.some((row) => row.o_id === article);
			const moments = [
				...new Set([...written.map(({ at }) => at), ...articles.map((article) => article.created_at)]),
			].sort((a, b) => a - b);
			const read = (until: number) => {
				const later = written.filter(({ row, at }) => row.object === "Ticket" && at > until).map(({ row }) => row);
				const formerly = (attribute: string) =>
					later.find((row) => row.attribute === attribute && row.type === "updated");
				return factsFromHistory({
					ticket: {
						...ticket,
						state: formerly("state")?.value_from || ticket.state,
						state_id: formerly("state")?.id_from ?? ticket.state_id,
						priority: formerly("priority")?.value_from || ticket.priority,
						group: formerly("group")?.value_from || ticket.group,
						owner_id: formerly("owner")?.id_from ?? ticket.owner_id,
						...(formerly("impact") === undefined ? {} : { impact: formerly("impact")?.value_from ?? null }),
						...(formerly("urgency") === undefined ? {} : { urgency: formerly("urgency")?.value_from ?? null }),
					},
					history: { ...history, history: written.filter(({ at }) => at <= until).map(({ row }) => row) },
					articles: articles.filter((article) => article.created_at <= until && isHere(article.id, until)),
					...{ userId: 6, mapping, states, seenAt: 0 },
				});
			};
			const gathered = new Map<string, Fact>();
			for (const moment of moments)
				for (const fact of read(moment)) if (!gathered.has(fact.id)) gathered.set(fact.id, fact);
			const last = read(Number.POSITIVE_INFINITY);
			const kinds = (facts: Iterable<Fact>) => [...facts].map(({ id, kind, at }) => `${at} ${id} ${kind}`).sort();
			expect(kinds(gathered.values())).toEqual(kinds(last));
		},
	);
});

function ticketOf(body: Record<string, unknown>): unknown {
	if (body._model === "mail.message") return body.res_id;
	if (typeof body._id === "number") return body._id;
	const { ticket } = body as { ticket?: { id?: unknown } };
	return ticket?.id ?? null;
}

function hintOf(row: (typeof helpdesks)[keyof typeof helpdesks], body: unknown): unknown {
	try {
		const hint = row.hint(body);
		return "tickets" in hint ? hint.tickets : hint.ignored;
	} catch (error) {
		return error instanceof ServiceError ? error.kind : error;
	}
}

function contextOf(adapter: "zammad" | "odoo") {
	const { settings, mapping } = connectionFixture(adapter);
	return {
		connection: { id: "desk", url, settings: { uid: 2, token: "", db: "", login: "", key: "", ...settings }, mapping },
	};
}

async function kindOf(ask: () => Promise<unknown>): Promise<ErrorKind | "answer"> {
	try {
		await ask();
		return "answer";
	} catch (error) {
		if (error instanceof ServiceError) return error.kind;
		throw error;
	}
}

function zammadKind({ status, body }: Recorded["replies"][number]): ErrorKind | "answer" {
	if (status < 300) return "answer";
	if (status === 401 || status === 403) return "denied";
	if (status === 404) return typeof body === "object" && body !== null && "error" in body ? "unknown" : "unreachable";
	if (status === 429 || status === 503) return "busy";
	return status >= 500 ? "unreachable" : "refused";
}

const odooKinds: Record<string, ErrorKind> = {
	"odoo.exceptions.AccessDenied": "denied",
	"odoo.exceptions.AccessError": "denied",
	"odoo.exceptions.MissingError": "unknown",
	"psycopg2.OperationalError": "unreachable",
};

function odooKind({ status, body }: Recorded["replies"][number]): ErrorKind | "answer" {
	if (status >= 400) return "refused";
	const name = (body as { error?: { data?: { name?: string } } }).error?.data?.name;
	if (typeof body === "object" && body !== null && !("error" in body)) return "answer";
	return odooKinds[name ?? ""] ?? "refused";
}
