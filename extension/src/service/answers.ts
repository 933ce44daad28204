import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Me } from "@stipt/shared/wire/api";
import { parsePairingLink } from "@stipt/shared/wire/pairing";
import { hostFor } from "../hosts/index.ts";
import { askTab, browserLanguages, hasOrigin, openOptions, type Sender, tabsAt, version } from "../lib/browser.ts";
import { now } from "../lib/clock.ts";
import type { Hello, OpenTickets, Report, Setup, TakenAlert, Telling } from "../lib/messages.ts";
import { changeSettings, parseAddress, readSettings, type Settings } from "../lib/settings.ts";
import { languageOf, tables } from "../words/tables.ts";
import { call } from "./call.ts";
import { type Failure, type FailureKind, failure } from "./failure.ts";
import { isPaired } from "./guards.ts";
import { parseQuestion, type Question } from "./questions.ts";
import { type Answer, connectService, type Service } from "./service.ts";

type Connection = Me["connections"][number];

const lookupTimeout = 5_000;
const pairTimeout = 20_000;
/** How long an overlay, whose page may be busy, is answered by what became of a save that was heard. */
const savedWithin = 3_000;

export type Answers = {
	/** Answers every message. */
	answer(message: unknown, sender: Sender): Promise<unknown>;
	/** A page in this tab saved something: tells the service and the tab's overlay. */
	hearSave(saved: { address: URL; tab: number }): Promise<void>;
	open(settings: Settings, whose: "own" | "all"): Promise<OpenTickets[]>;
	acknowledgeAll(
		settings: Settings,
		taken: { taken: TakenAlert[]; nextPromise: string },
	): Promise<{ done: number; failure: Failure | null }>;
	pair(link: string): Promise<Answer<Me>>;
};

type Ports = {
	/** Called when overlays must begin anew: another language, another service. */
	changed(): Promise<void>;
	/** Puts the overlay's second script into a tab. */
	bringPanels(tab: number): Promise<void>;
};

export function answers({ changed, bringPanels }: Ports): Answers {
	let service: { key: string; service: Service } | null = null;
	/** Saves that were heard and told of, until the overlay tells of them too. */
	const heard = new Map<string, { at: Instant; nudged: Promise<boolean> }>();

	const serviceOf = (address: string, token: string): Service => {
		const key = `${address} ${token}`;
		if (service?.key !== key) {
			service = { key, service: connectService({ address, token }, { call, now, spread: Math.random }) };
		}
		return service.service;
	};

	const configured = (settings: Settings): Service | null =>
		settings.address === null || settings.token === null ? null : serviceOf(settings.address, settings.token);

	const answerOverlay = async (
		question: Question,
		{ origin, tab }: Extract<Sender, { kind: "overlay" }>,
	): Promise<unknown> => {
		// A script that was put into a page outlives the permission that let it in.
		const [settings, isAllowed] = await Promise.all([readSettings(), hasOrigin(origin)]);
		const found = isAllowed ? connectionAt(settings, origin) : null;
		if (question.kind === "hello") return hello(settings, found);
		if (question.kind === "panels") return bringPanels(tab).then(() => null);
		if (question.kind === "open-options") return openOptions().then(() => null);
		if (question.kind === "dismiss") {
			const { notice } = question.body;
			await changeSettings(({ dismissed }) => ({ dismissed: [...dismissed.filter((id) => id !== notice), notice] }));
			return null;
		}
		const stipt = configured(settings);
		if (stipt === null) return refused("not-set-up");
		if (found === null) return refused("not-connected");
		return answerFor(question, stipt, found);
	};

	const answerFor = async (question: Question, stipt: Service, { id, kind, origin }: Connection): Promise<unknown> => {
		switch (question.kind) {
			case "ticket":
				return stipt.ticket({ connection: id, ticket: question.body.ticket }, question.body.insist);
			case "tickets":
				return stipt.tickets(id, question.body.ids);
			case "numbers":
				return lookUp(kind, origin, question.body.numbers);
			case "preview":
				return stipt.preview({ connection: id, ticket: question.body.ticket });
			case "choose":
				return stipt.choose({ connection: id, ticket: question.body.ticket }, question.body.choice);
			case "undo":
				return stipt.undo({ connection: id, ticket: question.body.ticket });
			case "acknowledge": {
				const { ticket, alert, nextPromise } = question.body;
				return stipt.acknowledge({ connection: id, ticket }, alert, { nextPromise });
			}
			case "link": {
				const { ticket, page, event } = question.body;
				return stipt.link({ connection: id, ticket }, { connection: page, event });
			}
			case "notices":
				return stipt.notices(id);
			case "detail":
				return stipt.detail({ connection: id, ticket: question.body.ticket });
			case "proof":
				return stipt.proof({ connection: id, ticket: question.body.ticket }, question.body);
			case "act":
				return stipt.act({ connection: id, ticket: question.body.ticket }, question.body.action);
			case "nudge":
				return nudge(stipt, id, question.body.ticket);
			default:
				return undefined;
		}
	};

	const nudge = (stipt: Service, connection: string, ticket: string): Promise<boolean> => {
		const key = `${connection} ${ticket}`;
		const save = heard.get(key);
		heard.delete(key);
		return save !== undefined && now() - save.at < savedWithin ? save.nudged : stipt.nudge({ connection, ticket });
	};

	const hearSave = async ({ address, tab }: { address: URL; tab: number }): Promise<void> => {
		const [settings, isAllowed] = await Promise.all([readSettings(), hasOrigin(address.origin)]);
		const found = isAllowed ? connectionAt(settings, address.origin) : null;
		const stipt = configured(settings);
		if (found === null || stipt === null) return;
		const ticket = hostFor(found.kind)?.saves.ticketOf(address, null) ?? null;
		if (ticket !== null) {
			for (const [key, { at }] of heard) if (now() - at >= savedWithin) heard.delete(key);
			const nudged = stipt.nudge({ connection: found.id, ticket });
			heard.set(`${found.id} ${ticket}`, { at: now(), nudged });
		}
		await askTab(tab, { saved: address.href } satisfies Telling);
	};

	const answerOwnPage = async (question: Question): Promise<unknown> => {
		switch (question.kind) {
			case "setup":
				return setup(await readSettings());
			case "connect":
				return connect(question.body);
			case "pair":
				return pair(question.body.link);
			case "refresh":
				if (await refreshMe()) await changed();
				return null;
			case "disconnect":
				await changeSettings(() => ({ token: null, me: null }));
				await changed();
				return null;
			case "alerting":
				await changeSettings(() => ({ alerting: question.body.alerting }));
				await changed();
				return null;
			case "language":
				await changeSettings(() => ({ language: question.body.language }));
				await changed();
				return null;
			case "open":
				return openTickets(await readSettings(), question.body.whose);
			case "acknowledge-all":
				return acknowledgeAll(await readSettings(), question.body);
			case "reports":
				return reports(await readSettings());
			default:
				return undefined;
		}
	};

	const connect = async (given: { address: string; token: string }): Promise<Answer<Me>> => {
		const address = parseAddress(given.address);
		const token = given.token.trim() || (await readSettings()).token;
		if (address === null) return refused("rejected");
		if (token === null) return refused("token-refused");
		// A new client: the person is waiting, so earlier failures do not count.
		service = null;
		const answer = await serviceOf(address, token).me();
		if (answer.ok) {
			await changeSettings(() => ({ address, token, me: answer.loaded.value }));
			await changed();
		}
		return answer;
	};

	const pair = async (text: string): Promise<Answer<Me>> => {
		const link = parsePairingLink(text);
		if (link === null) return refused("bad-pairing-link");
		const { address, secret } = link;
		const outcome = await call({
			method: "POST",
			url: `${address}/api/v1/pair`,
			body: { secret },
			timeout: pairTimeout,
		});
		if (!outcome.ok) return refused(outcome.failure.kind === "token-refused" ? "pairing-used" : outcome.failure.kind);
		return isPaired(outcome.body) ? connect({ address, token: outcome.body.token }) : refused("unexpected");
	};

	const openTickets = async (settings: Settings, whose: "own" | "all"): Promise<OpenTickets[]> => {
		const stipt = configured(settings);
		if (stipt === null) return [];
		return Promise.all(
			(settings.me?.connections ?? []).map(async ({ id, name, origin, user }) => ({
				connection: { id, name, origin, ...(user === undefined ? {} : { user }) },
				answer: await stipt.open(id, whose),
			})),
		);
	};

	const acknowledgeAll = async (
		settings: Settings,
		{ taken, nextPromise }: { taken: TakenAlert[]; nextPromise: string },
	): Promise<{ done: number; failure: Failure | null }> => {
		const stipt = configured(settings);
		if (stipt === null) return { done: 0, failure: failure("not-set-up") };
		let done = 0;
		for (const { connection, ticket, alert } of taken) {
			const answer = await stipt.acknowledge({ connection, ticket }, alert, { nextPromise });
			if (!answer.ok) return { done, failure: answer.failure };
			done += 1;
		}
		return { done, failure: null };
	};

	return {
		answer: async (message, sender) => {
			const question = parseQuestion(message, sender.kind);
			if (question === null) return undefined;
			return sender.kind === "overlay" ? answerOverlay(question, sender) : answerOwnPage(question);
		},
		hearSave,
		open: openTickets,
		acknowledgeAll,
		pair,
	};
}

/**
 * Asks the service again who the person is and which helpdesks there are; answers whether that has changed.
 * Keeps what is known when the service does not answer.
 */
export async function refreshMe(): Promise<boolean> {
	const { address, token, me } = await readSettings();
	if (address === null || token === null) return false;
	const answer = await connectService({ address, token }, { call, now, spread: Math.random }).me();
	if (!answer.ok || JSON.stringify(answer.loaded.value) === JSON.stringify(me)) return false;
	const found = answer.loaded.value;
	// Who disconnected, or connected as somebody else, meanwhile stays so.
	await changeSettings((before) => (before.address === address && before.token === token ? { me: found } : {}));
	return true;
}

function connectionAt({ me }: Settings, origin: string): Connection | null {
	return me?.connections.find((one) => one.origin === origin) ?? null;
}

/** Origins of the connected helpdesks that the person allowed. */
export async function allowedOrigins({ me }: Settings): Promise<string[]> {
	const origins = [...new Set((me?.connections ?? []).map(({ origin }) => origin))];
	const allowed = await Promise.all(origins.map(hasOrigin));
	return origins.filter((_, n) => allowed[n]);
}

function hello(settings: Settings, found: Connection | null): Hello {
	const { language, locale } = languageOf(settings.language, browserLanguages());
	return {
		language,
		locale,
		words: tables[language],
		connection: found === null ? null : { id: found.id, kind: found.kind, name: found.name, language: found.language },
		dismissed: settings.dismissed,
		version: version(),
	};
}

async function setup(settings: Settings): Promise<Setup> {
	const { address, token, language, me, alerting, preset } = settings;
	const allowed = await allowedOrigins(settings);
	return { address, hasToken: token !== null, language, me, allowed, alerting, preset };
}

/** What the overlays in the open tabs of the allowed helpdesks see now. */
export async function reports(settings: Settings): Promise<Report[]> {
	const tabs = await tabsAt(await allowedOrigins(settings));
	const told = await Promise.all(tabs.map((tab) => askTab(tab, "report" satisfies Telling)));
	return told.filter((report): report is Report => typeof report === "object" && report !== null);
}

async function lookUp(kind: string, origin: string, numbers: string[]): Promise<Record<string, string>> {
	const lookup = hostFor(kind)?.lookup ?? null;
	if (lookup === null) return {};
	const outcome = await call({
		method: "POST",
		url: `${origin}${lookup.path}`,
		body: lookup.body(numbers),
		asAgent: true,
		timeout: lookupTimeout,
	});
	return outcome.ok ? lookup.read(outcome.body) : {};
}

function refused(kind: FailureKind): Answer<never> {
	return { ok: false, failure: failure(kind), last: null };
}
