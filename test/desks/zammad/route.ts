import type { Answer, Asked } from "../serve.ts";
import { type Caller, need } from "./access.ts";
import type { Core } from "./core.ts";
import { crash, notFound } from "./refusal.ts";
import type { Body } from "./wishes.ts";

export type Ask = {
	core: Core;
	asked: Asked;
	caller: Caller;
	/** Parts of the path that a route names. */
	params: string[];
	/** Query and JSON body together, as Rails gives them. */
	body: Body;
};

export type Route = { method: string; pattern: RegExp; answer: (ask: Ask) => Answer };

/** A route of the API, e.g. `route("GET", "/tickets/:", …)`; each `:` is a part that may be anything. */
export function route(method: string, path: string, answer: (ask: Ask) => Answer): Route {
	return { method, pattern: new RegExp(`^/api/v1${path.replaceAll(":", "([^/]+)")}(?:\\.json)?$`), answer };
}

export const ok = (json: unknown, status = 200): Answer => ({ status, json });

/** Query and body of a request. A body that says it is no JSON is not read. */
export function bodyOf(asked: Asked): Body {
	const body: Body = Object.fromEntries(asked.query);
	if (asked.raw.length === 0 || !(asked.headers["content-type"] ?? "").includes("json")) return body;
	const text = asked.raw.toString("utf8");
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch {
		throw crash(`859: unexpected token at '${text}'`);
	}
	return parsed !== null && typeof parsed === "object" && !Array.isArray(parsed) ? { ...body, ...parsed } : body;
}

export const isTrue = (value: unknown): boolean => value === true || value === "true";

/** A page of rows, 1-based, at most `most` of them. */
export function paged<T>(rows: T[], body: Body, usual: number, most: number): T[] {
	const size = Math.min(Number(body.per_page ?? body.limit) || usual, most);
	const page = Math.max(1, Number(body.page) || 1);
	return rows.slice((page - 1) * size, page * size);
}

/** A route for those who have a permission. */
export const only =
	(permission: string, answer: (ask: Ask) => Answer) =>
	(ask: Ask): Answer => {
		need(ask.core.state, ask.caller, permission);
		return answer(ask);
	};

/** The row that a route names, or the 404 of its kind. */
export function found<T extends { id: number }>(rows: T[], kind: string, id: string | undefined): T {
	const one = rows.find((candidate) => String(candidate.id) === id);
	if (!one) throw notFound(kind, id ?? "");
	return one;
}
