import { join } from "node:path";
import type { Instant } from "@stipt/shared/calendar/calendar";
import { plainHeaders } from "../plain-page.ts";
import { readerLanguage } from "../reader-language.ts";
import { openSaved } from "../saved.ts";
import { type Answer, type Asked, type Face, serve } from "../serve.ts";
import {
	type ComponentStatus,
	changeIncident,
	firstPage,
	type Incident,
	openIncident,
	type PageState,
} from "./incidents.ts";
import { incidentPage, missingPage, statusPage } from "./pages.ts";
import { manage, type Page, publicApi } from "./rest.ts";
import { word } from "./words.ts";

export type StatuspageOptions = {
	now: () => Instant;
	/** 0 takes a free one. */
	port: number;
	host?: string;
	/** Takes a free port when this one is somebody else's. */
	orFree?: boolean;
	/** Folder in which its state is kept; memory only without. */
	folder?: string;
	/** Names of the components of a new page. */
	components?: readonly string[];
	/** Requests per rolling minute and key before it answers `status`; without, any number. */
	limit?: { perMinute: number; status: 420 | 429 };
};

export type PracticeStatuspage = {
	readonly url: string;
	/** Where its manage API is: what `https://api.statuspage.io/v1` is to the real one. */
	readonly apiUrl: string;
	readonly pageId: string;
	readonly apiKey: string;
	readonly state: PageState;
	listen(): Promise<void>;
	close(): Promise<void>;
	/** Opens an incident on the page, as somebody does who works there. */
	report(incident: { name: string; body: string; components?: readonly string[] }): Incident;
};

/** A practice status page in the shape of Atlassian Statuspage: manage API v1, public API v2, and a page for people. */
export function createStatuspage(options: StatuspageOptions): PracticeStatuspage {
	const stamp = () => new Date(options.now()).toISOString();
	const file = options.folder === undefined ? null : join(options.folder, "statuspage.json");
	const names = options.components ?? ["Portal", "Sign-in", "Mail"];
	const saved = openSaved(file, () => firstPage("Practice status page", names, stamp()));
	const state = saved.value;
	const asks: number[] = [];
	let face: Face | undefined;
	const url = () => face?.url ?? `http://127.0.0.1:${options.port}`;
	const page: Page = { state, now: stamp, url, changed: saved.touch };

	const tooMany = (): boolean => {
		if (!options.limit) return false;
		const at = options.now();
		while (asks[0] !== undefined && asks[0] <= at - 60_000) asks.shift();
		asks.push(at);
		return asks.length > options.limit.perMinute;
	};

	const report: PracticeStatuspage["report"] = ({ name, body, components = [] }) => {
		const touched = state.components.filter((component) => components.includes(component.name));
		const statuses = touched.map(({ id }): [string, ComponentStatus] => [id, "partial_outage"]);
		const wish = { name, body, status: "investigating", components: Object.fromEntries(statuses) };
		const made = openIncident(state, { ...wish, component_ids: touched.map(({ id }) => id) }, url(), stamp());
		saved.touch();
		return made;
	};

	/** Forms are taken from this page alone. */
	const ownForm = ({ headers }: Asked): boolean =>
		headers.origin === undefined || headers.origin.replace(/^https?:\/\//, "") === headers.host;

	const form = (asked: Asked, wanted: string | undefined): Answer => {
		const language = readerLanguage(asked.query.get("lang"), asked.headers["accept-language"] ?? "");
		const back = (id: string): Answer => ({ status: 303, text: "", headers: { Location: `/?lang=${language}#${id}` } });
		const given = new URLSearchParams(asked.raw.toString("utf8"));
		const body = given.get("body") ?? "";
		const status = given.get("status") ?? "investigating";
		if (wanted === undefined) {
			const chosen = given.getAll("component");
			const components = state.components.filter(({ id }) => chosen.includes(id)).map(({ name }) => name);
			const made = report({ name: given.get("name") || word("untitled", language), body, components });
			if (status !== "investigating") changeIncident(state, made, { status, body }, stamp());
			return back(made.id);
		}
		const incident = state.incidents.find(({ id }) => id === wanted);
		if (!incident) return { status: 404, text: missingPage(language), headers: plainHeaders };
		const over = status === "resolved";
		const components = over
			? Object.fromEntries(incident.component_ids.map((id): [string, ComponentStatus] => [id, "operational"]))
			: {};
		changeIncident(state, incident, { status, body, components }, stamp());
		saved.touch();
		return back(incident.id);
	};

	const answer = (asked: Asked): Answer => {
		if (asked.path.startsWith("/v1/")) {
			if (tooMany())
				return {
					status: options.limit?.status ?? 429,
					json: { error: "Too many requests" },
					headers: { "Retry-After": "1" },
				};
			return manage(page, asked);
		}
		if (asked.path.startsWith("/api/v2/")) return publicApi(page, asked.path);
		const language = readerLanguage(asked.query.get("lang"), asked.headers["accept-language"] ?? "");
		const wanted = /^\/incidents(?:\/([^/]+))?$/.exec(asked.path);
		if (wanted && asked.method === "POST") {
			if (!ownForm(asked)) return { status: 403, text: "" };
			return form(asked, wanted[1]);
		}
		if (asked.path === "/favicon.ico") return { status: 204 };
		if (asked.path === "/") return { status: 200, text: statusPage(state, language), headers: plainHeaders };
		const incident = state.incidents.find(({ id }) => id === wanted?.[1]);
		if (incident) return { status: 200, text: incidentPage(state, incident, language), headers: plainHeaders };
		return { status: 404, text: missingPage(language), headers: plainHeaders };
	};

	return {
		get url() {
			return url();
		},
		get apiUrl() {
			return `${url()}/v1`;
		},
		pageId: state.page.id,
		apiKey: state.key,
		state,
		async listen() {
			const { port, host = "127.0.0.1", orFree = false } = options;
			face = await serve(answer, { port, host, orFree });
		},
		async close() {
			saved.flush();
			await face?.close();
		},
		report,
	};
}
