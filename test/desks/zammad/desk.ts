import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import type { Instant } from "@stipt/shared/calendar/calendar";
import { openSaved } from "../saved.ts";
import { type Face, serve } from "../serve.ts";
import { createArticle } from "./articles.ts";
import { baseState } from "./base.ts";
import { type Core, removeTicket, stampOf, transaction } from "./core.ts";
import { createDeliveries, type Job, type Timing } from "./deliveries.ts";
import { ofTicket } from "./of-ticket.ts";
import { notFound } from "./refusal.ts";
import { type DeskState, nextId, type TicketRow, type UserRow } from "./state.ts";
import { createTicket, updateTicket } from "./tickets.ts";
import { createWeb } from "./web.ts";
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

/**
 * A practice helpdesk in Zammad 5.2's shape: the part of its REST API that the product and its pages use, its webhooks
 * from a queue of its own, and pages with the structure of its classic interface. Everything in it is invented.
 */
export function createZammadDesk(options: ZammadDeskOptions): ZammadDesk {
	const timing = { ...realTiming, ...options.timing };
	const file = options.folder === undefined ? null : join(options.folder, "zammad.json");
	const saved = openSaved(file, () => baseState(options.now(), { attributes: options.attributes ?? true }));
	const state = saved.value;
	const open = new Set<ServerResponse>();
	let face: Face | undefined;

	const url = () => options.publicUrl ?? face?.url ?? `http://127.0.0.1:${options.port}`;

	const announce = (tickets: number[]) => {
		const events = tickets.map((id) => {
			const ticket = ofTicket(state.tickets, (ticket) => ticket.id, id)[0];
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

	const answer = createWeb(core, { language: options.language ?? "en", open });

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
		const ticket = ofTicket(state.tickets, (ticket) => ticket.id, id)[0];
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
			const { now, port, host = "127.0.0.1", orFree = false } = options;
			face = await serve(answer, { now, port, host, orFree });
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
