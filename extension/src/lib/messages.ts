import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Goal } from "@stipt/shared/sla/fact";
import type { Me, NoticeList, Preview, PriorityChoice, TicketList, TicketView } from "@stipt/shared/wire/api";
import type { Language } from "@stipt/shared/wire/language";
import type { TicketAction, TicketDetail } from "@stipt/shared/wire/ticket-action";
import type { SlotName } from "../hosts/host.ts";
import type { Loaded } from "../overlay/ticking.ts";
import type { Failure } from "../service/failure.ts";
import type { Answer } from "../service/service.ts";
import type { WordTable } from "../words/en.ts";
import type { LanguageChoice } from "../words/tables.ts";
import { askBackground } from "./browser.ts";
import type { Alerting, Preset } from "./settings.ts";

/** What an overlay needs to begin. `connection` is `null` where it has nothing to do. */
export type Hello = {
	language: Language;
	locale: string;
	words: WordTable;
	/** `language`: the one that its customers are written to. */
	connection: { id: string; kind: string; name: string; language: Language } | null;
	dismissed: string[];
	version: string;
};

/** What the options page shows; the token itself never leaves the background. */
export type Setup = {
	address: string | null;
	hasToken: boolean;
	language: LanguageChoice;
	me: Me | null;
	/** Origins of the helpdesks that the person allowed. */
	allowed: string[];
	alerting: Alerting;
	preset: Preset[];
};

export type OpenTickets = {
	connection: { id: string; name: string; origin: string; user?: string };
	answer: Answer<TicketList>;
};

/** What an overlay asks. Whose tickets it may ask for follows from the page it runs on, never from the message. */
export type OverlayQuestions = {
	hello: { with: null; answer: Hello };
	/** `insist`: a person is waiting, so neither an answer of a moment ago nor an earlier failure counts. */
	ticket: { with: { ticket: string; insist: boolean }; answer: Answer<TicketView> };
	tickets: { with: { ids: string[] }; answer: Answer<{ tickets: Loaded<TicketView>[] }> };
	/** Number → ticket id, asked from the host itself. */
	numbers: { with: { numbers: string[] }; answer: Record<string, string> };
	preview: { with: { ticket: string }; answer: Answer<Preview> };
	choose: { with: { ticket: string; choice: PriorityChoice }; answer: Answer<TicketView> };
	undo: { with: { ticket: string }; answer: Answer<TicketView> };
	acknowledge: { with: { ticket: string; alert: string; nextPromise: string }; answer: Answer<TicketView> };
	link: { with: { ticket: string; page: string; event: string }; answer: Answer<TicketView> };
	detail: { with: { ticket: string }; answer: Answer<TicketDetail> };
	proof: { with: { ticket: string } & ProofWish; answer: Answer<string> };
	act: { with: { ticket: string; action: TicketAction }; answer: Answer<TicketView> };
	/** The page has learned something new about it: a hint that it be read. `false`: one was heard a moment ago. */
	nudge: { with: { ticket: string }; answer: boolean };
	/** Puts the second script into the page that asks. */
	panels: { with: null; answer: null };
	notices: { with: null; answer: Answer<NoticeList> };
	dismiss: { with: { notice: string }; answer: null };
	"open-options": { with: null; answer: null };
};

/** The proof of a goal's clocks: as text that a customer can read, or as JSON that others can verify. */
export type ProofWish = { goal: Goal; language: Language; format: "text" | "json" };

/** What the popup and the options page ask. */
export type OwnPageQuestions = {
	setup: { with: null; answer: Setup };
	/** An empty token keeps the stored one. */
	connect: { with: { address: string; token: string }; answer: Answer<Me> };
	/** Asks the service anew which helpdesks there are. */
	refresh: { with: null; answer: null };
	/** Exchanges a pairing link for a token, and connects with it. */
	pair: { with: { link: string }; answer: Answer<Me> };
	disconnect: { with: null; answer: null };
	language: { with: { language: LanguageChoice }; answer: null };
	alerting: { with: { alerting: Alerting }; answer: null };
	/** Open tickets of the person, or of everybody. */
	open: { with: { whose: "own" | "all" }; answer: OpenTickets[] };
	/** Takes several alerts at once, each with the same promise. */
	"acknowledge-all": {
		with: { taken: TakenAlert[]; nextPromise: string };
		answer: { done: number; failure: Failure | null };
	};
	/** What the overlays in the open tabs see. */
	reports: { with: null; answer: Report[] };
};

export type TakenAlert = { connection: string; ticket: string; alert: string };

export type Questions = OverlayQuestions & OwnPageQuestions;
export type QuestionKind = keyof Questions;

/** What the overlay in a tab tells the popup. */
export type Report = {
	host: string;
	ticket: string | null;
	/** The ticket's number, as far as the service told it. */
	number: string | null;
	rows: number;
	found: SlotName[];
	missing: SlotName[];
	/** Our own faults, the newest last. */
	faults: string[];
	/** When the data on screen was received; `null`: none yet. */
	receivedAt: Instant | null;
	/** A person can see this tab. */
	isVisible: boolean;
	/** What the host's page must have, and how often it was found. */
	checks: Check[];
};

/** One thing that a page of a host must have. */
export type Check = { name: string; expected: string; found: number; isRight: boolean };

/** Asks the background. */
export async function ask<K extends QuestionKind>(
	kind: K,
	body: Questions[K]["with"],
): Promise<Questions[K]["answer"]> {
	const answer = await askBackground({ kind, body });
	if (answer === undefined) throw new Error(`Expected an answer to "${kind}", found none.`);
	return answer as Questions[K]["answer"];
}

/** What the background and the popup tell an overlay. */
export type Telling = "report" | "changed" | Saved;

/** The page's own request to save something was answered well. */
export type Saved = { saved: string };

export function isSaved(telling: unknown): telling is Saved {
	return typeof telling === "object" && telling !== null && typeof (telling as Saved).saved === "string";
}
