import express, { type Request, Router } from "express";
import { ServiceError } from "../errors.ts";
import { acknowledge } from "../pipeline/acknowledge.ts";
import { type EvaluatedTicket, evaluated } from "../pipeline/evaluated.ts";
import { checkAcknowledgeLink } from "../pipeline/links.ts";
import { nextMorning } from "../pipeline/next-morning.ts";
import type { Ports } from "../pipeline/ports.ts";
import type { StoredAlert } from "../store/store.ts";
import { type AcknowledgePage, acknowledgePage, brokenLinkPage } from "./pages/acknowledge.ts";
import { pickLanguage } from "./pages/pick-language.ts";
import { acknowledgementEntry, readAcknowledgement } from "./pages/read-acknowledgement.ts";

const over = ["solved", "closed", "merged", "deleted"];

/** The page behind the link in an alert. Opening it changes nothing (mail scanners open links); its button acknowledges. */
export function alerts(ports: Ports): Router {
	const router = Router();
	router.get("/alerts/:id", async (request, response) => {
		const found = await lookUp(request, request.query, ports);
		if ("broken" in found) response.status(found.status).type("html").send(found.broken);
		else response.type("html").send(acknowledgePage(found.page));
	});
	router.post("/alerts/:id", express.urlencoded({ extended: false, limit: "16kb" }), async (request, response) => {
		const fields: Record<string, unknown> = request.body ?? {};
		const found = await lookUp(request, fields, ports);
		if ("broken" in found) {
			response.status(found.status).type("html").send(found.broken);
			return;
		}
		const { page } = found;
		if (page.state.kind !== "open") {
			response.type("html").send(acknowledgePage(page));
			return;
		}
		const entered = acknowledgementEntry(fields);
		const read = readAcknowledgement(entered, {
			now: page.now,
			zone: page.zone,
			startOfHours: page.state.startOfHours,
		});
		if ("problems" in read) {
			const state = { ...page.state, entered, problems: read.problems };
			response
				.status(422)
				.type("html")
				.send(acknowledgePage({ ...page, state }));
			return;
		}
		try {
			await acknowledge(found.alert.id, read, ports);
			response.type("html").send(acknowledgePage({ ...page, state: { kind: "confirmed", ...read } }));
		} catch (error) {
			if (!(error instanceof ServiceError) || error.kind !== "conflict") throw error;
			const again = await lookUp(request, fields, ports);
			response
				.status(409)
				.type("html")
				.send("page" in again ? acknowledgePage(again.page) : again.broken);
		}
	});
	return router;
}

type Found = { alert: StoredAlert; page: AcknowledgePage } | { broken: string; status: number };

async function lookUp(request: Request, given: Record<string, unknown>, ports: Ports): Promise<Found> {
	const { id } = request.params as { id: string };
	const language = pickLanguage(request.query.lang, request.headers["accept-language"]);
	const link = { alert: id, expires: String(given.expires ?? ""), signature: String(given.signature ?? "") };
	const address = `/alerts/${encodeURIComponent(id)}?${new URLSearchParams({ expires: link.expires, signature: link.signature })}`;
	const verdict = checkAcknowledgeLink(link, ports);
	const alert = verdict === "good" ? await ports.store.readAlert(id) : null;
	if (alert === null) {
		const reason = verdict === "good" ? "invalid" : verdict;
		return { status: reason === "expired" ? 410 : 404, broken: brokenLinkPage({ language, reason, address }) };
	}
	const ticket = await evaluated(await ports.store.readTicket(alert.ref), ports);
	const { expires, signature } = link;
	return { alert, page: pageOf(alert, ticket, { language, address, expires, signature, now: ports.time() }) };
}

function pageOf(
	alert: StoredAlert,
	{ ticket, policy, evaluation }: EvaluatedTicket,
	{
		language,
		address,
		expires,
		signature,
		now,
	}: Pick<AcknowledgePage, "language" | "address" | "now"> & Record<"expires" | "signature", string>,
): AcknowledgePage {
	const clock = evaluation.clocks.find(({ goal, cycle }) => goal === alert.goal && cycle === alert.cycle);
	const service = policy.services.find(({ id }) => id === evaluation.service);
	const calendar = policy.calendars[clock?.calendar ?? service?.calendar ?? ""];
	const plain = (text: string) => ({ nl: text, fr: text, de: text, en: text });
	const { acknowledged } = alert;
	const action = `/alerts/${encodeURIComponent(alert.id)}?lang=${language}`;
	const state: AcknowledgePage["state"] =
		acknowledged !== null
			? { kind: "already", ...acknowledged }
			: over.includes(evaluation.state)
				? { kind: "solved" }
				: {
						kind: "open",
						action,
						hidden: { expires, signature },
						startOfHours: calendar === undefined ? null : nextMorning(calendar, now),
					};
	return {
		...{ language, now, address, state },
		zone: calendar?.zone ?? "UTC",
		ticket: {
			number: ticket.snapshot?.number ?? ticket.ref.ticket,
			title: ticket.snapshot?.title ?? "",
			url: ticket.snapshot?.url ?? "",
		},
		priority: {
			id: evaluation.priority,
			name: policy.priorities.find(({ id }) => id === evaluation.priority)?.name ?? plain(evaluation.priority),
		},
		service: service?.name ?? plain(evaluation.service),
		goal: alert.goal,
		deadline: clock?.deadline ?? null,
		remainingMs: clock?.remaining ?? null,
		rung: alert.rung,
	};
}
