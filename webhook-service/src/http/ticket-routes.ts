import { formatProof } from "@stipt/shared/sla/proof/format-proof";
import type { TicketView } from "@stipt/shared/wire/api";
import { languages } from "@stipt/shared/wire/language";
import type { Nudged, TicketAction, TicketDetail } from "@stipt/shared/wire/ticket-action";
import { Router } from "express";
import { z } from "zod";
import { ServiceError } from "../errors.ts";
import { actOnTicket } from "../pipeline/act-on-ticket.ts";
import { knownTicket } from "../pipeline/choose-priority.ts";
import type { EvaluatedTicket } from "../pipeline/evaluated.ts";
import { nudge } from "../pipeline/nudge.ts";
import type { Ports } from "../pipeline/ports.ts";
import { ticketDetail } from "../pipeline/ticket-detail.ts";
import { ticketProofs } from "../pipeline/ticket-proofs.ts";
import { bearer } from "./authenticate.ts";
import { rateLimit } from "./rate-limit.ts";
import { parsed, queryWord, refOf } from "./request-parts.ts";

const goals = ["pickup", "first-response", "next-update", "resolution", "handover"] as const;
const instant = z.iso.datetime({ offset: true, error: "an instant such as 2026-03-02T09:00:00+01:00" });
const reason = z.string("a reason").trim().min(1, "a reason").max(2000);
const key = z
	.string()
	.regex(/^[\w-]{1,64}$/, "at most 64 letters, digits, - and _")
	.optional();

const ticketAction = z.discriminatedUnion("kind", [
	z.strictObject({
		kind: z.literal("pause"),
		reason,
		owner: z.enum(["customer", "supplier", "planned"]),
		until: instant.nullish(),
		key,
	}),
	z.strictObject({ kind: z.literal("ask-information"), reason, until: instant.nullish(), key }),
	z.strictObject({ kind: z.literal("resume"), key }),
	z.strictObject({ kind: z.literal("agree-deadline"), goal: z.enum(goals), deadline: instant.nullable(), reason, key }),
	z.strictObject({
		kind: z.literal("hand-over"),
		to: z.string("a line").min(1, "a line").max(64),
		text: z.string("what the next line needs to know").trim().min(1, "what the next line needs to know").max(10_000),
		key,
	}),
	z.strictObject({ kind: z.literal("phoned"), key }),
	z.strictObject({ kind: z.literal("ask-escalation"), level: z.int().min(1).max(20), reason, key }),
	z.strictObject({
		kind: z.literal("change-channel"),
		channel: z.enum(["portal", "email", "phone", "chat", "api", "other"]),
		key,
	}),
]);

/** What a ticket's card opens to, and what can be done there. `view`: a ticket as agents see it. */
export function ticketRoutes(ports: Ports, view: (found: EvaluatedTicket) => Promise<TicketView>): Router {
	const router = Router();
	const ticket = "/api/v1/tickets/:connection/:ticket";
	const limitNudges = rateLimit({ most: 120, windowMs: 60_000 }, ports.time);

	router.get(`${ticket}/proof`, async (request, response) => {
		const found = await knownTicket(refOf(request), ports);
		const format = queryWord(request, "format", "json", "text");
		const language = queryWord(request, "language", found.policy.language, ...languages);
		const goal = request.query.goal === undefined ? null : queryWord(request, "goal", ...goals);
		const proofs = ticketProofs(found, ports).filter((proof) => goal === null || proof.goal === goal);
		if (format === "json") response.json(proofs);
		else response.type("text/plain").send(`${proofs.map((proof) => formatProof(proof, language)).join("\n\n\n")}\n`);
	});

	router.get(`${ticket}/detail`, async (request, response) => {
		response.json((await ticketDetail(await knownTicket(refOf(request), ports), ports)) satisfies TicketDetail);
	});

	router.post(`${ticket}/actions`, async (request, response) => {
		const action = parsed(ticketAction, request.body) as TicketAction;
		response.json(await view(await actOnTicket(refOf(request), action, bearer(request).name, ports)));
	});

	router.post(`${ticket}/nudge`, async (request, response) => {
		const ref = refOf(request);
		if (!/^[\w.-]{1,64}$/.test(ref.ticket)) {
			throw new ServiceError("unreadable", "Expected the helpdesk's id of a ticket in the address.");
		}
		limitNudges(bearer(request).hash);
		response.status(202).json((await nudge(ref, ports)) satisfies Nudged);
	});

	return router;
}
