import { type Request, Router } from "express";
import { builtInPage } from "../pipeline/page-rules.ts";
import type { Ports } from "../pipeline/ports.ts";
import { say } from "../words/messages.ts";
import { homePage } from "./pages/home.ts";
import { pickLanguage } from "./pages/pick-language.ts";
import { statusHtml } from "./pages/status.ts";
import { statusJson } from "./pages/status-json.ts";
import { componentStates, type StatusReport } from "./pages/status-report.ts";
import { statusRss } from "./pages/status-rss.ts";

/** A worker that has not beaten its heart for this long is shown as not answering. */
const heartbeatMs = 30_000;

/** What anybody may read: the status page in its three forms, and the page at `/`. */
export function publicPages(ports: Ports): Router {
	const router = Router();
	router.get("/status", async (request, response) => {
		response.type("html").send(statusHtml(await report(request, ports)));
	});
	router.get("/status.json", async (request, response) => {
		response.set("Access-Control-Allow-Origin", "*");
		response.type("json").send(statusJson(await report(request, ports)));
	});
	router.get("/status.rss", async (request, response) => {
		response.type("application/rss+xml").send(statusRss(await report(request, ports)));
	});
	router.get("/", async (request, response) => {
		const { store, time, publicUrl } = ports;
		const beat = await store.lastBeat();
		const helpdesks = await ports.connections.all("helpdesk");
		response.type("html").send(
			homePage({
				language: languageOf(request),
				baseUrl: publicUrl,
				parts: [
					{ part: "web", ok: true },
					{ part: "worker", ok: beat !== null && time() - beat < heartbeatMs },
					{ part: "store", ok: true },
				],
				helpdesks: helpdesks.length,
			}),
		);
	});
	return router;
}

function languageOf(request: Request) {
	return pickLanguage(request.query.lang, request.headers["accept-language"]);
}

/** Our own incidents, and what others wrote on the pages that are connected; our own on those pages would be twice. */
async function report(
	request: Request,
	{ store, connections, policies, time, publicUrl }: Ports,
): Promise<StatusReport> {
	const helpdesks = await connections.all("helpdesk");
	const inForce = await Promise.all(helpdesks.map(({ policy }) => policies.inForce(policy ?? "standard")));
	const names = [...new Set(inForce.flatMap(({ services }) => services.flatMap(({ components }) => components)))];
	const events = (await store.pageEvents()).filter(
		({ connection, origin }) => connection === builtInPage || origin === "page",
	);
	const language = languageOf(request);
	const [policy] = inForce;
	const calendar = Object.values(policy?.calendars ?? {})[0];
	return {
		events,
		components: componentStates(names, events),
		language,
		now: time(),
		zone: calendar?.zone ?? "Europe/Brussels",
		title: say(language, "page.title"),
		baseUrl: publicUrl,
	};
}
