import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { escapeHtml } from "../escape-html.ts";
import { pageFile, pageFolder } from "../page-folder.ts";
import type { Answer, Asked } from "../serve.ts";
import { type Caller, csrfToken, newSession, sessionCookie, sessionOf, whoAsks } from "./access.ts";
import { people } from "./base.ts";
import { type Core, stampOf } from "./core.ts";
import { notFound, Refusal } from "./refusal.ts";
import { accountRoutes } from "./rest-accounts.ts";
import { attributeRoutes } from "./rest-attributes.ts";
import { listRoutes } from "./rest-lists.ts";
import { pageRoutes } from "./rest-pages.ts";
import { ticketRoutes } from "./rest-tickets.ts";
import { webhookRoutes } from "./rest-webhooks.ts";
import { bodyOf } from "./route.ts";
import { shell } from "./shell.ts";

const routes = [...ticketRoutes, ...accountRoutes, ...listRoutes, ...webhookRoutes, ...attributeRoutes, ...pageRoutes];

const always = {
	"X-Frame-Options": "SAMEORIGIN",
	"X-XSS-Protection": "1; mode=block",
	"X-Content-Type-Options": "nosniff",
	"Referrer-Policy": "strict-origin-when-cross-origin",
	Vary: "Accept",
	"Cache-Control": "no-cache, no-store, max-age=0, must-revalidate",
};

const cors = {
	"Access-Control-Allow-Origin": "*",
	"Access-Control-Allow-Methods": "POST, GET, PUT, DELETE, PATCH, OPTIONS",
	"Access-Control-Max-Age": "1728000",
	"Access-Control-Allow-Headers":
		"Content-Type, Depth, User-Agent, X-File-Size, X-Requested-With, If-Modified-Since, X-File-Name, Cache-Control, Accept-Language",
};

function policy(publicUrl: string, nonce: string): string {
	return `base-uri 'self' ${publicUrl}; default-src 'self' ws: wss: https://images.zammad.com; font-src 'self' data:; img-src * data:; object-src 'none'; script-src 'self' 'unsafe-eval' 'strict-dynamic' 'nonce-${nonce}'; style-src 'self' 'unsafe-inline'; frame-src www.youtube.com player.vimeo.com`;
}

const names: Record<number, string> = {
	401: "Unauthorized",
	403: "Forbidden",
	404: "Not Found",
	422: "Unprocessable Entity",
};

/** An error as a real desk answers it: JSON where JSON is accepted, else a page. */
function refused(refusal: Refusal, accept: string, admin: boolean): Answer {
	const { status, message } = refusal;
	const hide = refusal.hidden && !admin;
	const error = hide ? `Error ID ${randomBytes(6).toString("base64url")}: Please contact your administrator.` : message;
	const headers: Record<string, string> = refusal.access ? { "X-Failure": message } : {};
	if (!accept.includes("json")) {
		const title = `${status}: ${names[status] ?? "Internal Server Error"}`;
		const text = `<!DOCTYPE html>\n<html>\n<meta charset="utf-8">\n<title>${title}</title>\n<h1>${title}</h1>\n<div>${escapeHtml(error)}</div>\n</html>\n`;
		return { status, text, headers: { ...headers, "Content-Type": "text/html; charset=utf-8" } };
	}
	return { status, headers, json: refusal.human ? { error, error_human: error } : { error } };
}

/** What a browser or a program gets from the desk's address. `open` collects the pages that listen for changes. */
export function createWeb(
	core: Core,
	{ language: usual, open }: { language: "nl" | "en"; open: Set<ServerResponse> },
): (asked: Asked) => Answer {
	const { state } = core;
	const folder = pageFolder("zammad/page");

	const page = (asked: Asked): Answer => {
		const nonce = randomBytes(16).toString("base64");
		const wanted = asked.query.get("as");
		const known = sessionOf(state, asked.headers);
		const somebody = state.users.find((user) => user.login === wanted && user.groups.length > 0);
		const agent = somebody ?? known?.user ?? state.users.find((user) => user.login === people.agents[0]);
		if (!agent) throw notFound("User", people.agents[0]);
		const session = known && known.user === agent ? known.session : newSession(state, agent);
		const language = asked.query.get("lang") ?? usual;
		const csrf = csrfToken(state, session);
		return {
			status: 200,
			text: shell({
				language: language === "nl" ? "nl" : "en",
				dark: asked.query.get("theme") === "dark",
				csrf,
				nonce,
				page: asked.path === "/" ? "desk" : "desktop",
			}),
			headers: {
				...always,
				"Content-Type": "text/html; charset=utf-8",
				"CSRF-TOKEN": csrf,
				"Content-Security-Policy": policy(core.publicUrl, nonce),
				"Set-Cookie": sessionCookie(session),
			},
		};
	};

	const events = (asked: Asked): Answer => {
		if (!sessionOf(state, asked.headers)) return refused(new Refusal(403, "Authentication required"), "json", false);
		return {
			status: 200,
			headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-store" },
			stream(response) {
				response.write("retry: 1000\n\n");
				open.add(response);
				response.once("close", () => open.delete(response));
			},
		};
	};

	const api = (asked: Asked): Answer => {
		const nonce = randomBytes(16).toString("base64");
		const base: Record<string, string> = { ...always, "Content-Security-Policy": policy(core.publicUrl, nonce) };
		if (asked.method === "OPTIONS") {
			return { status: 200, text: "", headers: { ...base, ...cors, "Content-Type": "text/plain; charset=utf-8" } };
		}
		const accept = asked.headers.accept ?? "";
		let caller: Caller | undefined;
		try {
			caller = whoAsks(state, asked, core.password, stampOf(core));
			if (caller.via === "session") {
				const session = sessionOf(state, asked.headers);
				if (session) base["CSRF-TOKEN"] = csrfToken(state, session.session);
			} else Object.assign(base, cors);
			for (const { method, pattern, answer } of routes) {
				const match = method === asked.method ? pattern.exec(asked.path) : null;
				if (!match) continue;
				const reply = answer({ core, asked, caller, params: match.slice(1), body: bodyOf(asked) });
				return { ...reply, headers: { ...base, ...reply.headers } };
			}
			throw new Refusal(404, `No route matches [${asked.method}] ${asked.path}`);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			const admin = caller?.permissions.some((permission) => permission.startsWith("admin")) ?? false;
			const reply = refused(error, accept, admin);
			return { ...reply, headers: { ...base, ...reply.headers } };
		}
	};

	return (asked) => {
		if (asked.path.startsWith("/api/v1/")) return api(asked);
		if (asked.path === "/" || /^\/desktop(\/|$)/.test(asked.path)) return page(asked);
		if (asked.path === "/practice/events") return events(asked);
		if (asked.path === "/favicon.ico") return { status: 204 };
		const asset = /^\/assets\/([^/]+)$/.exec(asked.path);
		const found = asset?.[1] ? pageFile(folder, asset[1]) : null;
		if (found)
			return { status: 200, text: found.content, headers: { "Content-Type": found.type, "Cache-Control": "no-cache" } };
		return refused(
			new Refusal(404, `No route matches [${asked.method}] ${asked.path}`),
			asked.headers.accept ?? "",
			true,
		);
	};
}
