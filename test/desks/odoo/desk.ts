import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Instant } from "@stipt/shared/calendar/calendar";
import { escapeHtml } from "../escape-html.ts";
import { pageFile, pageFolder } from "../page-folder.ts";
import { plainHeaders, plainPage } from "../plain-page.ts";
import { openSaved } from "../saved.ts";
import { type Answer, type Asked, type Face, serve } from "../serve.ts";
import { baseState, people } from "./base.ts";
import { type Act, createDeeds } from "./deeds.ts";
import type { Core } from "./environment.ts";
import { createRegistry, describeModels } from "./registry.ts";
import { answerJson, byPassword, type Rpc, sessionInfo, takesJson } from "./rpc.ts";
import { seedTickets } from "./seed-tickets.ts";
import { createSendWebhook, type SendWebhook } from "./send-webhook.ts";
import { newSession, sessionCookie, sessionUser } from "./session.ts";
import { avatar, shell } from "./shell.ts";
import { pythonStamp } from "./stamp.ts";
import { type DeskState, textOf } from "./state.ts";

export type OdooDeskOptions = {
	/** The time of day, in milliseconds. */
	now: () => Instant;
	/** 0 takes a free port. */
	port: number;
	/** Address that people see; by default where it listens. */
	publicUrl?: string;
	/** Language of its pages when the address does not say (`?lang=`). */
	language?: "nl" | "en";
	/** Network interface; loopback by default. */
	host?: string;
	/** Takes a free port when `port` is somebody else's. */
	orFree?: boolean;
	/** Folder in which its state is kept; memory only without. */
	folder?: string;
	/** Name of its database. */
	db?: string;
	/** Whether tickets have the selects `x_impact` and `x_urgency`; yes by default. */
	attributes?: boolean;
	/** Password of every person; without one, API keys and `act` alone get in. */
	password?: string;
	/** Whether a new desk begins with eight tickets; yes by default. */
	seed?: boolean;
	/** How slowly its pages catch up with themselves: 1 as a real one, 0 at once. */
	pace?: number;
	/** How long a save waits for a silent receiver of a webhook, in milliseconds; 1 s on a real desk. */
	silence?: number;
};

export type OdooDesk = {
	readonly url: string;
	readonly db: string;
	readonly state: DeskState;
	/** True when nothing was found on disk. */
	readonly fresh: boolean;
	listen(): Promise<void>;
	close(): Promise<void>;
	act: Act & {
		/** Makes an API key of a person and answers it. */
		key(login: string, name?: string): string;
	};
};

const htmlHeaders = { "Content-Type": "text/html; charset=utf-8" };

/**
 * A practice helpdesk in the shape of Odoo 17 with the module helpdesk_mgmt: the part of its RPC that the product and
 * its pages use, automation rules that send webhooks from inside each save, and pages with the structure of its web
 * client. Everything in it is invented.
 */
export function createOdooDesk(options: OdooDeskOptions): OdooDesk {
	const matrix = options.attributes ?? true;
	const file = options.folder === undefined ? null : join(options.folder, "odoo.json");
	const saved = openSaved(file, () => baseState(options.now(), { matrix }));
	const state = saved.value;
	describeModels(state, { matrix });
	const folders = { own: pageFolder("odoo/page"), shared: pageFolder("zammad/page") };
	let face: Face | undefined;
	let ticks = 0;
	let underWay = 0;
	const send: SendWebhook = createSendWebhook({ silence: options.silence ?? 1_000 });

	const url = () => options.publicUrl ?? face?.url ?? `http://127.0.0.1:${options.port}`;
	const core: Core = {
		state,
		versions: new Map(),
		registry: createRegistry({ matrix }),
		stamp: (at) => pythonStamp(at ?? options.now(), ++ticks),
		async send(address, body) {
			underWay++;
			try {
				return await send(address, body);
			} finally {
				underWay--;
			}
		},
		changed: saved.touch,
		get publicUrl() {
			return url();
		},
		db: options.db ?? "practice",
	};
	const rpc: Rpc = { core, password: options.password ?? null };
	const act = createDeeds(core);

	const cookieFor = (uid: number) => sessionCookie(newSession(state, uid), options.now());
	const userBy = (login: string | null) =>
		(state.tables["res.users"] ?? []).find(
			(user) => user.login === login && user.share !== true && user.active !== false,
		);

	/** The web client, signed in as whom the address names (`?as=`), else as whoever is, else as the first agent. */
	const client = (asked: Asked): Answer => {
		const named = userBy(asked.query.get("as"));
		const known = sessionUser(state, asked.headers);
		const user = named ?? known ?? userBy(people.agents[0]);
		if (user === undefined) throw new Error("Expected an agent in the practice desk, found none.");
		const language = (asked.query.get("lang") ?? options.language ?? "en") === "nl" ? "nl" : "en";
		return {
			status: 200,
			text: shell({ language, dark: asked.query.get("theme") === "dark", pace: options.pace ?? 1 }),
			headers: {
				...htmlHeaders,
				"X-Frame-Options": "DENY",
				"X-Content-Type-Options": "nosniff",
				"Cache-Control": "no-store",
				...(user === known ? {} : { "Set-Cookie": cookieFor(user.id) }),
			},
		};
	};

	const loginPage = (): Answer => {
		const links = (state.tables["res.users"] ?? [])
			.filter((user) => user.share !== true && user.active !== false)
			.map(({ login, name }) => {
				const href = `/web?as=${encodeURIComponent(textOf(login))}`;
				return `<li><a href="${escapeHtml(href)}">${escapeHtml(textOf(name))}</a></li>`;
			});
		const body = `<main><h1>Practice desk</h1><ul>${links.join("")}</ul></main>`;
		return { status: 200, text: plainPage({ language: "en", title: "Log in", body }), headers: { ...plainHeaders } };
	};

	const asset = (path: string): Answer | null => {
		const name = /^\/assets\/([^/]+)$/.exec(path)?.[1];
		const found =
			name === undefined
				? null
				: (pageFile(folders.own, name) ?? (name === "dom.js" ? pageFile(folders.shared, name) : null));
		if (found === null) return null;
		return { status: 200, text: found.content, headers: { "Content-Type": found.type, "Cache-Control": "no-cache" } };
	};

	const image = (path: string): Answer | null => {
		const [, model = "", id = ""] = /^\/web\/image\/(res\.users|res\.partner)\/(\d+)\/avatar_128$/.exec(path) ?? [];
		const row = (state.tables[model] ?? []).find((one) => one.id === Number(id));
		if (row === undefined) return null;
		const colour = model === "res.users" ? Number(row.partner_id) : row.id;
		return { status: 200, text: avatar(colour, textOf(row.name)), headers: { "Content-Type": "image/svg+xml" } };
	};

	const answer = async (asked: Asked): Promise<Answer> => {
		const { path } = asked;
		if (takesJson(path)) {
			return answerJson(rpc, asked, ({ login, password }) => {
				const user = byPassword(rpc, login, password);
				return { result: sessionInfo(core, user), cookie: cookieFor(user.id) };
			});
		}
		if (path === "/web" || /^\/odoo(\/|$)/.test(path)) return client(asked);
		if (path === "/") return { status: 303, headers: { Location: "/web" } };
		if (path === "/web/login") return loginPage();
		if (path === "/web/session/logout") {
			return {
				status: 303,
				headers: { Location: "/web/login", "Set-Cookie": "session_id=; Max-Age=0; HttpOnly; Path=/" },
			};
		}
		if (path === "/favicon.ico") return { status: 204 };
		const found = asset(path) ?? image(path);
		if (found !== null) return found;
		const text = "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n";
		return { status: 404, text, headers: htmlHeaders };
	};

	return {
		get url() {
			return url();
		},
		db: core.db,
		state,
		fresh: saved.fresh,
		async listen() {
			if (saved.fresh && options.seed !== false) await seedTickets(act, options.now());
			const { now, port, host = "127.0.0.1", orFree = false } = options;
			face = await serve(answer, { now, port, host, orFree });
		},
		async close() {
			while (underWay > 0) await new Promise((resolve) => setTimeout(resolve, 5));
			saved.flush();
			await face?.close();
		},
		act: {
			...act,
			key(login, name = "practice") {
				const user = (state.tables["res.users"] ?? []).find((row) => row.login === login);
				if (user === undefined) throw new Error(`Expected a login of the practice desk, found ${login}.`);
				const value = randomBytes(20).toString("hex");
				state.keys.push({ user: user.id, name, value });
				saved.touch();
				return value;
			},
		},
	};
}
