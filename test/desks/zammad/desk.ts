import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import type { Instant } from "@stipt/shared/calendar/calendar";
import { escapeHtml } from "../escape-html.ts";
import { pageFile, pageFolder } from "../page-folder.ts";
import { openSaved } from "../saved.ts";
import { type Answer, type Asked, type Face, serve } from "../serve.ts";
import { type Caller, csrfToken, newSession, sessionCookie, sessionOf, whoAsks } from "./access.ts";
import { createArticle } from "./articles.ts";
import { baseState, people } from "./base.ts";
import { type Core, removeTicket, stampOf, transaction } from "./core.ts";
import { createDeliveries, type Job, type Timing } from "./deliveries.ts";
import { notFound, Refusal } from "./refusal.ts";
import { adminRoutes } from "./rest-admin.ts";
import { attributeRoutes } from "./rest-attributes.ts";
import { pageRoutes } from "./rest-pages.ts";
import { ticketRoutes } from "./rest-tickets.ts";
import { bodyOf } from "./route.ts";
import { shell } from "./shell.ts";
import { type DeskState, nextId, type TicketRow, type UserRow } from "./state.ts";
import { createTicket, updateTicket } from "./tickets.ts";
import type { Body } from "./wishes.ts";
import type { Work } from "./work.ts";

export type ZammadDeskOptions = {
	/** The time of day, in milliseconds. */
	now: () => Instant;
	/** 0 takes a free port. */
	port: number;
	/** Address that people and deliveries see; by default where it listens. */
	publicUrl?: string;
	/** Language of its pages when the address does not say (`?lang=`). */
	language?: "nl" | "en";
	/** Network interface; loopback by default. */
	host?: string;
	/** Takes a free port when `port` is somebody else's. */
	orFree?: boolean;
	/** Folder in which its state is kept; memory only without. */
	folder?: string;
	/** How long things take, in milliseconds; by default as long as on a real desk. */
	timing?: Partial<Timing> & { push?: number };
	/** Whether tickets have the selects `impact` and `urgency`; yes by default. */
	attributes?: boolean;
	/** Password of every person for Basic authentication; without one it is refused. */
	password?: string;
};

export type ZammadDesk = {
	readonly url: string;
	readonly state: DeskState;
	listen(): Promise<void>;
	close(): Promise<void>;
	/** What people do at the desk, as if they had clicked: now, or at an instant before. */
	act: {
		/** Opens a ticket as a person; answers it. */
		open(login: string, ticket: Body, at?: Instant): TicketRow;
		/** Changes a ticket as a person. */
		change(login: string, ticket: number, changes: Body, at?: Instant): TicketRow;
		/** Writes in a ticket as a person. A customer's message opens a waiting or closed one, as by mail or in the pages. */
		write(login: string, ticket: number, article: Body, at?: Instant): void;
		/** Deletes a ticket, without a word to anybody. */
		remove(ticket: number): void;
		/** Makes an access token of a person and answers its value. */
		token(login: string, permission: string[], label?: string): string;
	};
	deliveries: { waiting(): Job[]; idle(): Promise<void> };
	/** True when nothing was found on disk. */
	readonly fresh: boolean;
};

const realTiming: Timing & { push: number } = {
	delivery: [1_000, 4_000],
	retries: [10_000, 20_000, 30_000, 40_000],
	answer: 30_000,
	push: 400,
};

const routes = [...ticketRoutes, ...adminRoutes, ...attributeRoutes, ...pageRoutes];

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

/**
 * A practice helpdesk in Zammad 5.2's shape: the part of its REST API that the product and its pages use, its webhooks
 * from a queue of its own, and pages with the structure of its classic interface. Everything in it is invented.
 */
export function createZammadDesk(options: ZammadDeskOptions): ZammadDesk {
	const timing = { ...realTiming, ...options.timing };
	const file = options.folder === undefined ? null : join(options.folder, "zammad.json");
	const saved = openSaved(file, () => baseState(options.now(), { attributes: options.attributes ?? true }));
	const state = saved.value;
	const folder = pageFolder("zammad/page");
	const open = new Set<ServerResponse>();
	let face: Face | undefined;

	const url = () => options.publicUrl ?? face?.url ?? `http://127.0.0.1:${options.port}`;

	const announce = (tickets: number[]) => {
		const events = tickets.map((id) => {
			const ticket = state.tickets.find((candidate) => candidate.id === id);
			return {
				event: "Ticket:update",
				id,
				updated_at: ticket?.updated_at ?? null,
				customer_id: ticket?.customer_id ?? null,
			};
		});
		const send = () => {
			for (const page of open) for (const event of events) page.write(`data: ${JSON.stringify(event)}\n\n`);
		};
		if (timing.push === 0) send();
		else setTimeout(send, timing.push).unref();
	};

	const core: Core = {
		state,
		now: options.now,
		get publicUrl() {
			return url();
		},
		password: options.password ?? null,
		pace: timing.push === 0 ? 0 : 1,
		deliveries: createDeliveries({
			state,
			publicUrl: url,
			timing,
			stamp: () => new Date(options.now()).toISOString(),
			changed: saved.touch,
		}),
		changed: saved.touch,
		announce,
	};

	const page = (asked: Asked): Answer => {
		const nonce = randomBytes(16).toString("base64");
		const wanted = asked.query.get("as");
		const known = sessionOf(state, asked.headers);
		const somebody = state.users.find((user) => user.login === wanted && user.groups.length > 0);
		const agent = somebody ?? known?.user ?? state.users.find((user) => user.login === people.agents[0]);
		if (!agent) throw notFound("User", people.agents[0]);
		const session = known && known.user === agent ? known.session : newSession(state, agent);
		const language = asked.query.get("lang") ?? options.language ?? "en";
		const csrf = csrfToken(state, session);
		return {
			status: 200,
			text: shell({
				language: language === "nl" ? "nl" : "en",
				dark: asked.query.get("theme") === "dark",
				csrf,
				nonce,
			}),
			headers: {
				...always,
				"Content-Type": "text/html; charset=utf-8",
				"CSRF-TOKEN": csrf,
				"Content-Security-Policy": policy(url(), nonce),
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
		const base: Record<string, string> = { ...always, "Content-Security-Policy": policy(url(), nonce) };
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

	const answer = (asked: Asked): Answer => {
		if (asked.path.startsWith("/api/v1/")) return api(asked);
		if (asked.path === "/") return page(asked);
		if (asked.path === "/practice/events") return events(asked);
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

	const somebody = (login: string): UserRow => {
		const user = state.users.find((candidate) => candidate.login === login);
		if (!user) throw new Error(`Expected a login of the practice desk, found ${login}.`);
		return user;
	};
	const as = <T>(login: string, at: Instant | undefined, body: (work: Work) => T): T => {
		const user = somebody(login);
		const permissions = state.roles
			.filter((role) => user.role_ids.includes(role.id))
			.flatMap((role) => role.permissions);
		return transaction(core, { user, permissions, via: "session" }, body, at);
	};
	const ticketOf = (id: number): TicketRow => {
		const ticket = state.tickets.find((candidate) => candidate.id === id);
		if (!ticket) throw notFound("Ticket", id);
		return ticket;
	};

	return {
		get url() {
			return url();
		},
		state,
		fresh: saved.fresh,
		deliveries: { waiting: () => core.deliveries.waiting(), idle: () => core.deliveries.idle() },
		async listen() {
			const { port, host = "127.0.0.1", orFree = false } = options;
			face = await serve(answer, { port, host, orFree });
		},
		async close() {
			core.deliveries.stop();
			for (const page of open) page.end();
			saved.flush();
			await face?.close();
		},
		act: {
			open: (login, ticket, at) => as(login, at, (work) => createTicket(work, ticket)),
			change: (login, id, changes, at) => as(login, at, (work) => updateTicket(work, ticketOf(id), changes)),
			write(login, id, article, at) {
				as(login, at, (work) => {
					const ticket = ticketOf(id);
					const current = state.states.find((candidate) => candidate.id === ticket.state_id);
					createArticle(work, { ...article, ticket_id: id });
					if (!work.agent && current?.ignore_escalation) updateTicket(work, ticket, { state: "open" });
				});
			},
			remove(id) {
				removeTicket(core, ticketOf(id));
			},
			token(login, permission, label = "practice") {
				const value = randomBytes(32).toString("base64url");
				state.tokens.push({
					id: nextId(state, "token"),
					user_id: somebody(login).id,
					label,
					permission,
					value,
					last_used_at: null,
					expires_at: null,
					created_at: stampOf(core),
				});
				saved.touch();
				return value;
			},
		},
	};
}
