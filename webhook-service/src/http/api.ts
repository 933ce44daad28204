import type { Acknowledgement, Me, NoticeList, PriorityChoice, TicketList } from "@stipt/shared/wire/api";
import express, { type Request, Router } from "express";
import { z } from "zod";
import { ServiceError } from "../errors.ts";
import { acknowledge } from "../pipeline/acknowledge.ts";
import { choosePriority, knownTicket, undoPriority } from "../pipeline/choose-priority.ts";
import { type EvaluatedTicket, evaluated } from "../pipeline/evaluated.ts";
import { linkTicket } from "../pipeline/link-ticket.ts";
import { noticesFor } from "../pipeline/notices.ts";
import type { Ports } from "../pipeline/ports.ts";
import { previewView } from "../pipeline/preview-view.ts";
import { ticketView } from "../pipeline/ticket-view.ts";
import { allowExtensions } from "./allow-extensions.ts";
import { authenticate, bearer } from "./authenticate.ts";
import { policyRoutes } from "./policies.ts";
import { parsed, queryText, refOf } from "./request-parts.ts";
import { ticketRoutes } from "./ticket-routes.ts";

const mostTickets = 200;
const version = "0.1.0";

const priorityChoice = z.object({
	impact: z.string().min(1).max(64),
	urgency: z.string().min(1).max(64),
	justification: z.string().trim().min(1).max(2000).optional(),
	consensus: z.boolean().optional(),
});
const acknowledgement = z.object({ nextPromise: z.iso.datetime({ offset: true }) });
const pageLink = z.object({ connection: z.string().min(1), event: z.string().min(1) });

/** What the overlay, the console and scripts ask: personal token, JSON in, JSON or a problem document out. */
export function api(ports: Ports): Router {
	const router = Router();
	const view = async (found: EvaluatedTicket) =>
		ticketView(found, { health: await ports.store.readHealth(found.ticket.ref.connection) });

	router.use(policyRoutes(ports));
	router.use("/api/v1", allowExtensions, authenticate(ports), express.json({ limit: "64kb" }));

	router.get("/api/v1/me", async (request, response) => {
		const { name, role, users = {} } = bearer(request);
		const helpdesks = await ports.connections.all("helpdesk");
		const connections = await Promise.all(
			helpdesks.map(async ({ id, name: title, url, policy }) => ({
				id,
				kind: (await ports.connections.helpdesk(id)).bound.pages,
				name: title,
				...(users[id] === undefined ? {} : { user: users[id] }),
				origin: new URL(url).origin,
				language: policy === null ? ("en" as const) : (await ports.policies.inForce(policy)).language,
			})),
		);
		response.json({ name, role, connections, version } satisfies Me);
	});

	router.get("/api/v1/tickets", async (request, response) => {
		const connection = queryText(request, "connection");
		await ports.connections.get(connection);
		const refs =
			request.query.ids === undefined
				? await ports.store.openTickets(connection, openQuery(request))
				: idsOf(request).map((ticket) => ({ connection, ticket }));
		const found = await ports.store.readTickets(refs);
		const health = await ports.store.readHealth(connection);
		const known = found.filter(({ facts }) => facts.length > 0);
		const views = await Promise.all(
			known.map(async (ticket) => ticketView(await evaluated(ticket, ports), { health })),
		);
		const unknown = found.filter(({ facts }) => facts.length === 0).map(({ ref }) => ref.ticket);
		response.json({ tickets: views, unknown, asOf: new Date(ports.time()).toISOString() } satisfies TicketList);
	});

	router.get("/api/v1/tickets/:connection/:ticket", async (request, response) => {
		response.json(await view(await knownTicket(refOf(request), ports)));
	});

	router.post("/api/v1/tickets/:connection/:ticket/preview", async (request, response) => {
		response.json(
			previewView(await knownTicket(refOf(request), ports), { as: bearer(request).as ?? null, now: ports.time() }),
		);
	});

	router.put("/api/v1/tickets/:connection/:ticket/priority", async (request, response) => {
		const choice = parsed(priorityChoice, request.body) as PriorityChoice;
		response.json(await view(await choosePriority(refOf(request), choice, bearer(request), ports)));
	});

	router.delete("/api/v1/tickets/:connection/:ticket/priority", async (request, response) => {
		response.json(await view(await undoPriority(refOf(request), bearer(request), ports)));
	});

	router.post("/api/v1/tickets/:connection/:ticket/page-events", async (request, response) => {
		const ref = refOf(request);
		const { ticket } = await knownTicket(ref, ports);
		await linkTicket(ticket.ref, parsed(pageLink, request.body), bearer(request).name, ports);
		response.json(await view(await knownTicket(ref, ports)));
	});

	router.post("/api/v1/alerts/:id/ack", async (request, response) => {
		const { nextPromise } = parsed(acknowledgement, request.body) as Acknowledgement;
		const promised = { by: bearer(request).name, nextPromise: Date.parse(nextPromise) };
		const { ref } = await acknowledge(request.params.id, promised, ports);
		response.json(await view(await knownTicket(ref, ports)));
	});

	router.get("/api/v1/notices", async (request, response) => {
		const connection = await ports.connections.get(queryText(request, "connection"));
		const notices = await noticesFor(connection, ports);
		response.json({ notices, asOf: new Date(ports.time()).toISOString() } satisfies NoticeList);
	});

	router.use(ticketRoutes(ports, view));

	router.use("/api", (request) => {
		throw new ServiceError(
			"unknown",
			`Expected an address of the API, found ${request.method} ${request.originalUrl.split("?")[0]}.`,
		);
	});
	return router;
}

function idsOf(request: Request): string[] {
	const ids = [
		...new Set(
			queryText(request, "ids")
				.split(",")
				.filter((id) => id !== ""),
		),
	];
	if (ids.length > mostTickets) {
		throw new ServiceError("unreadable", `Expected at most ${mostTickets} ids, found ${ids.length}.`);
	}
	return ids;
}

function openQuery(request: Request): { limit: number; owner: string | undefined } {
	const limit = Number(request.query.limit ?? 50);
	if (!Number.isInteger(limit) || limit < 1 || limit > mostTickets) {
		throw new ServiceError(
			"unreadable",
			`Expected a limit from 1 to ${mostTickets}, found ${String(request.query.limit)}.`,
		);
	}
	const { owner, connection } = request.query;
	if (owner === "me") return { limit, owner: bearer(request).users?.[String(connection)] };
	return { limit, owner: typeof owner === "string" ? owner : undefined };
}
