import { isOver } from "@stipt/shared/status/page-event";
import { z } from "zod";
import type { CallRequest } from "../../call.ts";
import { ServiceError } from "../../errors.ts";
import { oneLine } from "../../words/one-line.ts";
import type { IncidentDraft, StatusPage, StatusPageContext } from "./status-page.ts";
import { effectOn, type PageComponent, pageComponent } from "./statuspage-components.ts";
import {
	eventOf,
	type Incident,
	incident,
	markOf,
	metadataWith,
	newestUpdate,
	saysSame,
} from "./statuspage-incident.ts";

const settings = z.strictObject({
	apiUrl: z
		.url({ protocol: /^https?$/, error: "an address such as https://api.statuspage.io/v1" })
		.transform((url) => url.replace(/\/+$/, ""))
		.default("https://api.statuspage.io/v1"),
	pageId: z.string("the id of a page").regex(/^[A-Za-z0-9_-]+$/, "the id of a page, letters and digits"),
	/** Of a user who is Incident Manager of the page. */
	apiKey: z.string("an API key").regex(/^[\x21-\x7e]+$/, "an API key, without spaces"),
});
export type StatuspageSettings = z.infer<typeof settings>;
type Context = StatusPageContext<StatuspageSettings>;

const perPage = 100;
const mostPages = 10;
const dayMs = 24 * 3600 * 1000;
const longest = { name: 255, body: 25_000 };

/** Atlassian Statuspage, REST v1. One request a second and token: the caller keeps that pace. */
export const statuspage: StatusPage<StatuspageSettings> = {
	id: "statuspage",
	name: "Atlassian Statuspage",
	docs: "https://developer.statuspage.io/",
	settings,
	secrets: ["apiKey"],

	async probe(context) {
		try {
			const page = expect(z.looseObject({ name: z.string() }), await ask(context, "GET", ""));
			const components = (await listComponents(context)).filter(({ group }) => group !== true);
			return [
				{ what: "page", found: page.name, todo: null, ok: true },
				{
					what: "components",
					found: components.length === 0 ? "none" : components.map(({ name }) => name).join(", "),
					todo: components.length === 0 ? "Add components to the page, so that incidents can name them." : null,
					ok: components.length > 0,
				},
			];
		} catch (error) {
			if (!(error instanceof ServiceError)) throw error;
			return [{ what: "page", found: error.message, todo: todoFor(error), ok: false }];
		}
	},

	async open(draft, context) {
		const open = await listIncidents(context, "/unresolved");
		const known = open.find((each) => markOf(each) === draft.mark);
		if (known !== undefined) return eventOf(known, context.connection.id);
		return eventOf(await create(draft, open, context), context.connection.id);
	},

	async update(id, draft, context) {
		const event = (found: Incident) => eventOf(found, context.connection.id);
		const own = expect(incident, await ask(context, "GET", `/incidents/${encodeURIComponent(id)}`));
		const newest = newestUpdate(own);
		if (newest !== null && saysSame(newest, draft)) return event(own);
		// Whoever ended it on the page knows better than a ticket that is still open.
		if (isOver(event(own)) && (draft.status === "resolved" || event(own).updates.at(-1)?.author === "them")) {
			return event(own);
		}
		const open = await listIncidents(context, "/unresolved");
		try {
			return event(await change(draft, { own, open }, context));
		} catch (error) {
			// A page that does not let an ended incident go on gets a new one.
			const mayNotReopen = error instanceof ServiceError && error.kind === "refused" && isOver(event(own));
			if (!mayNotReopen) throw error;
			return event(await create(draft, open, context));
		}
	},

	async list(context) {
		const newest = await listIncidents(context, "");
		const rest = [
			...(newest.length < perPage ? [] : await listIncidents(context, "/unresolved")),
			...(await listIncidents(context, "/upcoming")),
			...(await listIncidents(context, "/active_maintenance")),
		];
		return [...new Map([...newest, ...rest].map((each) => [each.id, each])).values()]
			.map((each) => eventOf(each, context.connection.id))
			.filter((event) => !isOver(event) || (event.resolvedAt ?? 0) >= context.now - dayMs);
	},
};

async function create(draft: IncidentDraft, open: readonly Incident[], context: Context): Promise<Incident> {
	const written = wording(draft);
	const body = {
		incident: {
			name: oneLine(draft.title, longest.name),
			...written,
			impact_override: draft.impact,
			deliver_notifications: true,
			...effectOn(await listComponents(context), { draft, own: null, open }),
			metadata: metadataWith(draft.mark, written),
		},
	};
	return expect(incident, await ask(context, "POST", "/incidents", body));
}

async function change(
	draft: IncidentDraft,
	{ own, open }: { own: Incident; open: readonly Incident[] },
	context: Context,
): Promise<Incident> {
	const written = wording(draft);
	const body = {
		incident: {
			...written,
			...(draft.status === "resolved" ? {} : { impact_override: draft.impact }),
			deliver_notifications: true,
			...effectOn(await listComponents(context), { draft, own, open }),
			metadata: metadataWith(markOf(own) ?? draft.mark, written, own),
		},
	};
	return expect(incident, await ask(context, "PATCH", `/incidents/${encodeURIComponent(own.id)}`, body));
}

function wording({ status, body }: IncidentDraft): { status: string; body: string } {
	return { status, body: body.length <= longest.body ? body : `${body.slice(0, longest.body - 1)}…` };
}

function listComponents(context: Context): Promise<PageComponent[]> {
	return everyPage(pageComponent, (page) => ask(context, "GET", `/components?page=${page}&per_page=${perPage}`));
}

/** The newest incidents (`which` is empty), or all of one kind. */
async function listIncidents(
	context: Context,
	which: "" | "/unresolved" | "/upcoming" | "/active_maintenance",
): Promise<Incident[]> {
	if (which === "") return expect(z.array(incident), await ask(context, "GET", `/incidents?limit=${perPage}&page=1`));
	return everyPage(incident, (page) => ask(context, "GET", `/incidents${which}?page=${page}&per_page=${perPage}`));
}

async function everyPage<T>(row: z.ZodType<T>, pageOf: (page: number) => Promise<unknown>): Promise<T[]> {
	const rows: T[] = [];
	for (let page = 1; page <= mostPages; page++) {
		const found = expect(z.array(row), await pageOf(page));
		rows.push(...found);
		if (found.length < perPage) break;
	}
	return rows;
}

async function ask(
	{ connection: { settings: own }, call }: Context,
	method: CallRequest["method"],
	path: string,
	body?: unknown,
): Promise<unknown> {
	const answer = await call({
		method,
		url: `${own.apiUrl}/pages/${own.pageId}${path}`,
		headers: { authorization: `OAuth ${own.apiKey}` },
		...(body === undefined ? {} : { body }),
	});
	return answer.body;
}

function expect<T>(schema: z.ZodType<T>, body: unknown): T {
	const read = schema.safeParse(body);
	if (read.success) return read.data;
	const where = read.error.issues[0]?.path.join(".") ?? "";
	throw new ServiceError(
		"unreachable",
		`Expected an answer of Statuspage, found ${typeof body === "string" ? "text" : `something else${where === "" ? "" : ` at ${where}`}`}.`,
	);
}

function todoFor(error: ServiceError): string {
	if (error.kind === "denied") return "Enter an API key of a user who is Incident Manager of this page.";
	if (error.kind === "unknown") return "Check the id of the page.";
	return error.retry ? "Try again later; check the address if it stays so." : "Check the address.";
}
