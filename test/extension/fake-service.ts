import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ClockView, Me, Notice, Preview, PriorityChoice, TicketView } from "@stipt/shared/wire/api";
import type { Words } from "@stipt/shared/wire/language";
import type { TicketAction, TicketDetail } from "@stipt/shared/wire/ticket-action";

export const minute = 60_000;
export const hour = 60 * minute;

type Call = {
	method: string;
	path: string;
	query: string;
	body: unknown;
	token: string | undefined;
	origin: string | undefined;
};

/** A service that speaks the wire types and answers what a test sets. */
export type FakeService = {
	address: string;
	token: string;
	tickets: Map<string, TicketView>;
	notices: Notice[];
	me: Me;
	calls: Call[];
	/** Secret of the pairing link that is good now. */
	pairing: string | null;
	/** While set, every call is answered with this status. `hang`: never. */
	trouble: number | "hang" | null;
	preview(view: TicketView): Preview;
	detail(view: TicketView): TicketDetail;
	/** What an action makes of a ticket; the same key a second time changes nothing. */
	act(view: TicketView, action: TicketAction): TicketView;
	/** Called when the service is told that a ticket changed in the helpdesk, once a second at most. */
	onNudge(ticket: string): void;
	/** Writes a choice into the helpdesk, as the service does. */
	onChoice(ticket: string, priority: string): void;
	/** Seen by `PUT …/priority` and `POST …/actions` before anything changes; a problem stops it. */
	refuse: { status: number; detail: string } | null;
	close(): Promise<void>;
};

const same = (text: string): Words => ({ nl: text, fr: text, de: text, en: text });
const iso = (instant: number) => new Date(instant).toISOString();

export function clockView(change: Partial<ClockView> = {}): ClockView {
	const asOf = Date.now();
	return {
		goal: "first-response",
		state: "running",
		startedAt: iso(asOf - 18 * minute),
		deadline: iso(asOf + 42 * minute),
		remainingMs: 42 * minute,
		elapsedMs: 18 * minute,
		outsideHours: false,
		pausedBecause: null,
		breachedAt: null,
		metAt: null,
		stoppedAt: null,
		calendar: "office",
		promise: "commitment",
		targetMs: 60 * minute,
		targetWorkingDays: null,
		opensAt: null,
		closesAt: iso(asOf + 7 * hour),
		...change,
	};
}

export function ticketView(ticket: string, change: Partial<TicketView> = {}): TicketView {
	return {
		connection: "desk",
		ticket,
		number: `330${ticket}`,
		title: `Ticket ${ticket}`,
		url: `https://desk.example.org/#ticket/zoom/${ticket}`,
		state: "open",
		channel: "portal",
		priority: "P3",
		impact: "medium",
		urgency: "medium",
		service: "permits",
		owner: "3",
		policy: { name: "standard", version: "4f1c0a9be2d7", mode: "promised" },
		revision: 1,
		asOf: iso(Date.now()),
		clocks: [
			clockView(),
			clockView({
				goal: "resolution",
				deadline: iso(Date.now() + 6 * hour),
				remainingMs: 6 * hour,
				elapsedMs: 18 * minute,
				targetMs: 6 * hour + 18 * minute,
			}),
		],
		escalation: null,
		confidence: { level: "fresh", reason: null, since: iso(Date.now()) },
		...change,
	};
}

const levels = [
	{ id: "high", name: { nl: "Hoog", fr: "Élevé", de: "Hoch", en: "High" } },
	{ id: "medium", name: { nl: "Gemiddeld", fr: "Moyen", de: "Mittel", en: "Medium" } },
	{ id: "low", name: { nl: "Laag", fr: "Faible", de: "Niedrig", en: "Low" } },
];
const priorities = [
	{ id: "P1", name: { nl: "Kritiek", fr: "Critique", de: "Kritisch", en: "Critical" } },
	{ id: "P2", name: { nl: "Hoog", fr: "Élevé", de: "Hoch", en: "High" } },
	{ id: "P3", name: { nl: "Normaal", fr: "Normal", de: "Normal", en: "Normal" } },
	{ id: "P4", name: { nl: "Laag", fr: "Faible", de: "Niedrig", en: "Low" } },
	{ id: "P5", name: { nl: "Gepland", fr: "Planifié", de: "Geplant", en: "Planned" } },
];
/** Open time that each priority gives for an answer and for a solution. */
export const targets: Record<string, [number, number]> = {
	P1: [15 * minute, 2 * hour],
	P2: [30 * minute, 4 * hour],
	P3: [hour, 8 * hour],
	P4: [4 * hour, 24 * hour],
	P5: [8 * hour, 80 * hour],
};

export function matrixPriority(impact: string, urgency: string): string {
	const rank = (id: string) => levels.findIndex((level) => level.id === id);
	return `P${rank(impact) + rank(urgency) + 1}`;
}

function usualPreview(view: TicketView): Preview {
	return {
		impacts: levels.map((level) => ({ ...level, hint: same(`hint ${level.id}`) })),
		urgencies: levels.map((level) => ({ ...level, hint: null })),
		priorities,
		current: { impact: view.impact, urgency: view.urgency, priority: view.priority },
		cells: levels.flatMap((impact) =>
			levels.map((urgency) => {
				const priority = matrixPriority(impact.id, urgency.id);
				const [answer = 0, solution = 0] = targets[priority] ?? [];
				const used = 18 * minute;
				return {
					impact: impact.id,
					urgency: urgency.id,
					priority,
					cappedFrom: null,
					justificationLiftsCap: false,
					deadlines: [
						{
							goal: "first-response" as const,
							deadline: iso(Date.now() - used + answer),
							remainingMs: answer - used,
							missed: answer < used,
						},
						{
							goal: "resolution" as const,
							deadline: iso(Date.now() - used + solution),
							remainingMs: solution - used,
							missed: false,
						},
					],
					alerts: [
						{
							role: {
								nl: "Service delivery manager",
								fr: "Responsable de service",
								de: "Service-Verantwortung",
								en: "Service delivery manager",
							},
							at: iso(Date.now() - used + answer * 0.75),
							goal: "first-response" as const,
							step: "warning",
						},
					],
				};
			}),
		),
		asOf: iso(Date.now()),
	};
}

function usualDetail(): TicketDetail {
	return {
		planned: [],
		sent: [],
		lines: [],
		handOverTo: [],
		pauses: { canPause: true, canResume: false, goals: ["resolution"] },
		escalation: [],
		incidents: [],
		phoneOutstanding: false,
		asOf: iso(Date.now()),
	};
}

/** Starts a service on a free port for a helpdesk at `origin`. */
export async function fakeService(connection: { kind: string; origin: string }): Promise<FakeService> {
	const server = createServer((request, response) => void answer(request, response));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const service: FakeService = {
		address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		token: "stipt_agent_0123456789abcdef",
		tickets: new Map(),
		notices: [],
		me: {
			name: "Agent Anna",
			role: "agent",
			connections: [
				{ id: "desk", kind: connection.kind, name: "Practice desk", origin: connection.origin, language: "en" },
			],
			version: "0.1.0",
		},
		calls: [],
		pairing: null,
		trouble: null,
		preview: usualPreview,
		detail: usualDetail,
		act: (view) => view,
		onNudge: () => undefined,
		refuse: null,
		onChoice: () => undefined,
		close: () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};

	/** When a ticket's last nudge was heard. */
	const nudged = new Map<string, number>();
	/** Keys of actions that were done. */
	const done = new Set<string>();
	/** What the last choice took the place of. */
	const replaced = new Map<string, TicketView>();

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = new URL(request.url ?? "/", service.address);
		// Browsers ask first whether an extension may call with a token.
		const cors = {
			"Access-Control-Allow-Origin": "*",
			"Access-Control-Allow-Headers": "authorization, content-type",
			"Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
			"Access-Control-Max-Age": "600",
			"Cache-Control": "no-store",
		};
		if (request.method === "OPTIONS") {
			response.writeHead(204, cors).end();
			return;
		}
		const text = await new Promise<string>((resolve) => {
			let body = "";
			request.on("data", (chunk) => {
				body += String(chunk);
			});
			request.on("end", () => resolve(body));
		});
		const send = (status: number, body: unknown) =>
			response
				.writeHead(status, { ...cors, "Content-Type": status < 400 ? "application/json" : "application/problem+json" })
				.end(JSON.stringify(body));
		const problem = (status: number, detail: string) =>
			send(status, { type: "about:blank", title: "Problem", status, detail });
		const body: unknown = text === "" ? null : JSON.parse(text);
		service.calls.push({
			method: request.method ?? "",
			path: url.pathname,
			query: url.search,
			body,
			token: request.headers.authorization,
			origin: request.headers.origin,
		});
		if (service.trouble === "hang") return;
		if (service.trouble !== null) return void problem(service.trouble, "In trouble.");
		if (url.pathname === "/api/v1/pair") {
			const isKnown = service.pairing !== null && (body as { secret?: unknown }).secret === service.pairing;
			service.pairing = null;
			return isKnown ? void send(200, { token: service.token }) : void problem(401, "Used already.");
		}
		if (request.headers.authorization !== `Bearer ${service.token}`) return void problem(401, "Unknown token.");

		const now = () => iso(Date.now());
		/** Clocks run on the server too. */
		const fresh = (view: TicketView): TicketView => ({ ...view, asOf: now() });
		const parts = url.pathname.replace("/api/v1/", "").split("/").map(decodeURIComponent);
		if (parts[0] === "me") return void send(200, service.me);
		if (parts[0] === "notices") return void send(200, { notices: service.notices, asOf: now() });
		if (parts[0] === "alerts") {
			const view = [...service.tickets.values()].find(({ escalation }) => escalation?.alert === parts[1]);
			if (view?.escalation == null) return void problem(404, "No such alert.");
			const { nextPromise } = body as { nextPromise: string };
			const taken = {
				...view,
				escalation: { ...view.escalation, acknowledgedBy: service.me.name, nextPromise },
				revision: view.revision + 1,
			};
			service.tickets.set(view.ticket, taken);
			return void send(200, fresh(taken));
		}
		if (parts.length === 1) {
			const ids = url.searchParams.get("ids")?.split(",") ?? [...service.tickets.keys()];
			const found = ids.flatMap((id) => service.tickets.get(id) ?? []).map(fresh);
			return void send(200, { tickets: found, unknown: ids.filter((id) => !service.tickets.has(id)), asOf: now() });
		}
		if (parts[3] === "nudge") {
			const queued = Date.now() - (nudged.get(parts[2] ?? "") ?? 0) >= 1_000;
			if (queued) nudged.set(parts[2] ?? "", Date.now());
			if (queued) service.onNudge(parts[2] ?? "");
			return void send(202, { queued });
		}
		const view = service.tickets.get(parts[2] ?? "");
		if (view === undefined) return void problem(404, "No such ticket.");
		if (parts[3] === undefined) return void send(200, fresh(view));
		if (parts[3] === "detail") return void send(200, service.detail(view));
		if (parts[3] === "proof") {
			const [goal, language] = ["goal", "language"].map((name) => url.searchParams.get(name));
			if (url.searchParams.get("format") === "json") return void send(200, [{ goal, steps: [] }]);
			const lines = Array.from({ length: 12 }, (_, n) => `2026-11-${10 + n}  09:00-17:00  8 h  ${language}`);
			const proof = `Proof of ${goal} in ${language}\n${lines.join("\n")}\n`;
			return void response.writeHead(200, { ...cors, "Content-Type": "text/plain" }).end(proof);
		}
		if (parts[3] === "actions") {
			if (service.refuse !== null) return void problem(service.refuse.status, service.refuse.detail);
			const action = body as TicketAction;
			const acted = done.has(action.key ?? "") ? view : service.act(view, action);
			done.add(action.key ?? "");
			service.tickets.set(view.ticket, { ...acted, revision: view.revision + 1 });
			return void send(200, fresh({ ...acted, revision: view.revision + 1 }));
		}
		if (parts[3] === "preview") return void send(200, service.preview(view));
		if (parts[3] === "page-events") {
			const { event } = body as { event: string };
			service.notices = service.notices.map((notice) =>
				notice.event === event ? { ...notice, tickets: [...notice.tickets, view.ticket] } : notice,
			);
			return void send(200, fresh(view));
		}
		if (request.method === "DELETE") {
			const earlier = replaced.get(view.ticket);
			if (earlier === undefined) return void problem(409, "Nothing to take back.");
			replaced.delete(view.ticket);
			service.tickets.set(view.ticket, { ...earlier, revision: view.revision + 1 });
			service.onChoice(view.ticket, earlier.priority);
			return void send(200, fresh(earlier));
		}
		if (service.refuse !== null) return void problem(service.refuse.status, service.refuse.detail);
		const choice = body as PriorityChoice;
		const cell = service
			.preview(view)
			.cells.find(({ impact, urgency }) => impact === choice.impact && urgency === choice.urgency);
		const chosen = choice.justification ? (cell?.cappedFrom ?? cell?.priority) : cell?.priority;
		const rule = service.preview(view).restricted?.find((one) => one.priority === chosen);
		const priority = rule?.otherwise ?? chosen;
		const [target = 0] = targets[priority ?? ""] ?? [];
		const moved: TicketView = {
			...view,
			impact: choice.impact,
			urgency: choice.urgency,
			priority: priority ?? view.priority,
			revision: view.revision + 1,
			asOf: now(),
			clocks: view.clocks.map((clock) =>
				clock.goal === "first-response"
					? {
							...clock,
							targetMs: target,
							remainingMs: target - clock.elapsedMs,
							deadline: iso(Date.now() + target - clock.elapsedMs),
						}
					: clock,
			),
		};
		replaced.set(view.ticket, view);
		service.tickets.set(view.ticket, moved);
		service.onChoice(view.ticket, moved.priority);
		send(200, moved);
	}

	return service;
}
