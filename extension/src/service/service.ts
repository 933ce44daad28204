import type { Duration, Instant } from "@stipt/shared/calendar/calendar";
import type {
	Acknowledgement,
	Me,
	NoticeList,
	PageLink,
	Preview,
	PriorityChoice,
	TicketList,
	TicketView,
} from "@stipt/shared/wire/api";
import type { TicketAction, TicketDetail } from "@stipt/shared/wire/ticket-action";
import type { ProofWish } from "../lib/messages.ts";
import type { Loaded } from "../overlay/ticking.ts";
import { batch } from "./batch.ts";
import type { Outcome, Request } from "./call.ts";
import { type Failure, failure } from "./failure.ts";
import {
	isMe,
	isNoticeList,
	isPreview,
	isProofs,
	isText,
	isTicketDetail,
	isTicketList,
	isTicketView,
} from "./guards.ts";
import { patience } from "./patience.ts";

/** A failed read carries what was last known, so that a timer can go on, saying how old it is. */
export type Answer<T> = { ok: true; loaded: Loaded<T> } | { ok: false; failure: Failure; last: Loaded<T> | null };

export type TicketAt = { connection: string; ticket: string };

/** The Stipt service, as one person sees it. */
export type Service = {
	me(): Promise<Answer<Me>>;
	/** `insist`: asks now, whatever was answered or failed before. */
	ticket(at: TicketAt, insist?: boolean): Promise<Answer<TicketView>>;
	/** The known ones among these, in one request for all that ask at the same time. */
	tickets(connection: string, ids: readonly string[]): Promise<Answer<{ tickets: Loaded<TicketView>[] }>>;
	/** Open tickets, most urgent first: the person's own, or everybody's. */
	open(connection: string, whose: "own" | "all"): Promise<Answer<TicketList>>;
	preview(at: TicketAt): Promise<Answer<Preview>>;
	choose(at: TicketAt, choice: PriorityChoice): Promise<Answer<TicketView>>;
	/** Takes back the choice of a moment ago. */
	undo(at: TicketAt): Promise<Answer<TicketView>>;
	acknowledge(at: TicketAt, alert: string, acknowledgement: Acknowledgement): Promise<Answer<TicketView>>;
	/** Ties a ticket to an event of a status page. */
	link(at: TicketAt, link: PageLink): Promise<Answer<TicketView>>;
	notices(connection: string): Promise<Answer<NoticeList>>;
	/** What a ticket's card opens to. */
	detail(at: TicketAt): Promise<Answer<TicketDetail>>;
	/** Text, in either format. */
	proof(at: TicketAt, wish: ProofWish): Promise<Answer<string>>;
	act(at: TicketAt, action: TicketAction): Promise<Answer<TicketView>>;
	/**
	 * Hints that the ticket has changed in the helpdesk; `false`: the service let go of it, as another one came a moment
	 * ago. For some seconds its answers are not remembered.
	 */
	nudge(at: TicketAt): Promise<boolean>;
};

const readTimeout: Duration = 8_000;
/** A write goes through to the helpdesk. */
const writeTimeout: Duration = 20_000;
/** Several tabs on one ticket ask together. */
const ticketFreshness: Duration = 1_500;
/** How long after a nudge every answer about the ticket may be the one that is waited for. */
const nudgeFor: Duration = 3_000;
const listFreshness: Duration = 5_000;
const noticeFreshness: Duration = 15_000;
const mostIds = 200;
const mostRemembered = 500;

type Ports = {
	call(request: Request): Promise<Outcome>;
	now(): Instant;
	/** 0 to 1, different for each browser. */
	spread(): number;
};

/** Speaks to the service at `address`. Reads are remembered for moments, shared between tabs, and held back while it is in trouble. */
export function connectService({ address, token }: { address: string; token: string }, ports: Ports): Service {
	const { now } = ports;
	const waits = patience(ports.spread);
	/** Why it is being left in peace. */
	let trouble = failure("unreachable");
	const known = new Map<string, Loaded<unknown>>();
	const running = new Map<string, Promise<Answer<unknown>>>();
	/** Paths of tickets that change now, and until when. */
	const changing = new Map<string, Instant>();

	const remember = (key: string, value: unknown): Loaded<unknown> => {
		const loaded = { value, receivedAt: now() };
		known.delete(key);
		known.set(key, loaded);
		const oldest = known.size > mostRemembered ? known.keys().next().value : undefined;
		if (oldest !== undefined) known.delete(oldest);
		return loaded;
	};

	const send = async (request: Omit<Request, "url" | "token">, path: string): Promise<Outcome> => {
		const outcome = await ports.call({ ...request, url: `${address}/api/v1${path}`, token });
		if (outcome.ok) waits.succeeded();
		else if (isTrouble(outcome.failure)) {
			trouble = outcome.failure;
			waits.failed(now(), outcome.failure.waitMs);
		}
		return outcome;
	};

	const read = async <T>(
		path: string,
		isRight: (value: unknown) => value is T,
		{
			freshness,
			post = false,
			asText = false,
			insist = false,
		}: { freshness: Duration; post?: boolean; asText?: boolean; insist?: boolean },
	): Promise<Answer<T>> => {
		const last = (known.get(path) ?? null) as Loaded<T> | null;
		if (!insist && last !== null && now() - last.receivedAt < freshness) return { ok: true, loaded: last };
		const already = running.get(path);
		if (already !== undefined) return (await already) as Answer<T>;
		if (!insist && !waits.mayCall(now())) return { ok: false, failure: trouble, last };
		const request = post ? ({ method: "POST", body: {} } as const) : ({ method: "GET", asText } as const);
		const answer = send({ ...request, timeout: readTimeout }, path).then((outcome): Answer<T> => {
			if (!outcome.ok) return { ok: false, failure: outcome.failure, last };
			if (!isRight(outcome.body)) return { ok: false, failure: failure("unexpected"), last };
			return { ok: true, loaded: remember(path, outcome.body) as Loaded<T> };
		});
		running.set(path, answer);
		try {
			return await answer;
		} finally {
			running.delete(path);
		}
	};

	/** A write is always tried: somebody waits for it. What it answers is the newest that we know. */
	const write = async (
		path: string,
		body: unknown,
		at: TicketAt,
		method: "PUT" | "POST" | "DELETE",
	): Promise<Answer<TicketView>> => {
		const outcome = await send({ method, body, timeout: writeTimeout }, path);
		if (!outcome.ok) return { ok: false, failure: outcome.failure, last: null };
		if (!isTicketView(outcome.body)) return { ok: false, failure: failure("unexpected"), last: null };
		known.delete(`${ticketPath(at)}/preview`);
		known.delete(`${ticketPath(at)}/detail`);
		for (const path of known.keys()) if (path.startsWith("/tickets?")) known.delete(path);
		return { ok: true, loaded: remember(ticketPath(at), outcome.body) as Loaded<TicketView> };
	};

	const listed = new Map<string, (ticket: string) => Promise<Loaded<TicketView> | undefined>>();
	const listOf = (connection: string) => {
		const collect =
			listed.get(connection) ??
			batch<Loaded<TicketView>>(
				async (ids) => {
					const query = new URLSearchParams({ connection, ids: ids.join(",") });
					const outcome = await send({ method: "GET", timeout: readTimeout }, `/tickets?${query}`);
					if (!outcome.ok) throw new Refused(outcome.failure);
					if (!isTicketList(outcome.body)) throw new Refused(failure("unexpected"));
					return new Map(
						outcome.body.tickets.map((view) => [
							view.ticket,
							remember(ticketPath({ connection, ticket: view.ticket }), view) as Loaded<TicketView>,
						]),
					);
				},
				{ wait: 0, size: mostIds },
			);
		listed.set(connection, collect);
		return collect;
	};

	const tickets: Service["tickets"] = async (connection, ids) => {
		const lastKnown = ids.flatMap((ticket) => {
			const last = known.get(ticketPath({ connection, ticket }));
			return last === undefined ? [] : [last as Loaded<TicketView>];
		});
		const last = { value: { tickets: lastKnown }, receivedAt: now() };
		if (!waits.mayCall(now())) return { ok: false, failure: trouble, last };
		const collect = listOf(connection);
		try {
			const found = await Promise.all(
				[...new Set(ids)].map((ticket) => {
					const fresh = known.get(ticketPath({ connection, ticket })) as Loaded<TicketView> | undefined;
					return fresh !== undefined && now() - fresh.receivedAt < listFreshness ? fresh : collect(ticket);
				}),
			);
			const views = found.filter((view): view is Loaded<TicketView> => view !== undefined);
			return { ok: true, loaded: { value: { tickets: views }, receivedAt: now() } };
		} catch (cause) {
			return { ok: false, failure: cause instanceof Refused ? cause.failure : failure("unexpected"), last };
		}
	};

	return {
		me: () => read("/me", isMe, { freshness: 0, insist: true }),
		ticket: (at, insist = false) => {
			const isChanging = now() < (changing.get(ticketPath(at)) ?? 0);
			if (!isChanging) changing.delete(ticketPath(at));
			return read(ticketPath(at), isTicketView, { freshness: isChanging ? 0 : ticketFreshness, insist });
		},
		tickets,
		open: (connection, whose) => {
			const query = { connection, limit: String(mostIds), ...(whose === "own" ? { owner: "me" } : {}) };
			return read(`/tickets?${new URLSearchParams(query)}`, isTicketList, { freshness: ticketFreshness });
		},
		preview: (at) => read(`${ticketPath(at)}/preview`, isPreview, { freshness: 0, post: true, insist: true }),
		choose: (at, choice) => write(`${ticketPath(at)}/priority`, choice, at, "PUT"),
		undo: (at) => write(`${ticketPath(at)}/priority`, undefined, at, "DELETE"),
		acknowledge: (at, alert, acknowledgement) =>
			write(`/alerts/${encodeURIComponent(alert)}/ack`, acknowledgement, at, "POST"),
		link: async (at, link) => {
			const answer = await write(`${ticketPath(at)}/page-events`, link, at, "POST");
			known.delete(noticesPath(at.connection));
			return answer;
		},
		notices: (connection) => read(noticesPath(connection), isNoticeList, { freshness: noticeFreshness }),
		detail: (at) => read(`${ticketPath(at)}/detail`, isTicketDetail, { freshness: ticketFreshness }),
		proof: async (at, { goal, language, format }) => {
			const path = `${ticketPath(at)}/proof?${new URLSearchParams({ goal, language, format })}`;
			if (format === "text") return read(path, isText, { freshness: 0, asText: true, insist: true });
			const answer = await read(path, isProofs, { freshness: 0, insist: true });
			if (!answer.ok) return { ok: false, failure: answer.failure, last: null };
			return { ok: true, loaded: { ...answer.loaded, value: JSON.stringify(answer.loaded.value, null, 2) } };
		},
		act: (at, action) => write(`${ticketPath(at)}/actions`, action, at, "POST"),
		nudge: async (at) => {
			if (!waits.mayCall(now())) return true;
			changing.set(ticketPath(at), now() + nudgeFor);
			// A hint: whatever becomes of it, nobody is kept waiting and nothing is held back.
			const url = `${address}/api/v1${ticketPath(at)}/nudge`;
			const outcome = await ports.call({ method: "POST", url, token, body: {}, timeout: readTimeout });
			return !(outcome.ok && (outcome.body as { queued?: unknown } | null)?.queued === false);
		},
	};
}

class Refused extends Error {
	override readonly name = "Refused";
	constructor(readonly failure: Failure) {
		super(failure.kind);
	}
}

function ticketPath({ connection, ticket }: TicketAt): string {
	return `/tickets/${encodeURIComponent(connection)}/${encodeURIComponent(ticket)}`;
}

function noticesPath(connection: string): string {
	return `/notices?${new URLSearchParams({ connection })}`;
}

/** Failures that say something about the service, not about what was asked. */
function isTrouble({ kind }: Failure): boolean {
	return kind === "unreachable" || kind === "busy" || kind === "unexpected" || kind === "token-refused";
}
