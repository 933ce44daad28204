import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Notice, Preview, PriorityChoice, TicketView } from "@stipt/shared/wire/api";
import type { Language } from "@stipt/shared/wire/language";
import type { TicketAction, TicketDetail } from "@stipt/shared/wire/ticket-action";
import type { ProofWish } from "../lib/messages.ts";
import type { Failure } from "../service/failure.ts";
import type { Answer } from "../service/service.ts";
import type { Speech } from "../words/speech.ts";
import type { Loaded, Reading } from "./ticking.ts";

export type PanelName = "timer" | "matrix";

/** Everything that the parts of the overlay show; they hold nothing else that matters. */
export type Shown = {
	speech: Speech;
	/** The service's time now. */
	at: Instant;
	/** The ticket on screen, and nothing of any other. */
	view: Loaded<TicketView> | null;
	/** Its clocks now, the most urgent first. */
	readings: Reading[];
	/** Why `view` is not fresher, or absent. */
	trouble: Failure | null;
	preview: Loaded<Preview> | null;
	previewTrouble: Failure | null;
	/** What the card opens to. */
	detail: TicketDetail | null;
	detailTrouble: Failure | null;
	/** The language that this helpdesk's customers are written to. */
	customerLanguage: Language;
	/** A write is under way. */
	saving: boolean;
	/** What the last write came to, for a few seconds; `canUndo`: it can be taken back. */
	saved: { priority: string; canUndo: boolean } | null;
	writeTrouble: Failure | null;
	notices: Notice[];
	panel: PanelName | null;
	/** Saving the host's page would write over a choice made here. */
	unsavedPriority: boolean;
	/** The host's page shows what is written here by itself. */
	showsWrites: boolean;
	acts: Acts;
};

export type Acts = {
	toggle(panel: PanelName, opener: Element): void;
	close(): void;
	choose(choice: PriorityChoice): void;
	/** Takes back the choice that was just saved. */
	undo(): void;
	acknowledge(alert: string, nextPromise: Instant): void;
	dismiss(notice: string): void;
	link(notice: Notice): void;
	/** Sends what a person does with the clocks; answers why it was not done, or `null`. */
	act(action: TicketAction): Promise<Failure | null>;
	proof(wish: ProofWish): Promise<Answer<string>>;
	retry(): void;
	openOptions(): void;
};

/** Why something went wrong, in the person's words. */
export function failureText(speech: Speech, failure: Failure): string {
	return speech.say(`failure.${failure.kind}`, { detail: failure.detail ?? "–" });
}

/** As `failureText`, with what the service said of the state that the ticket is in. */
export function actionFailureText(speech: Speech, failure: Failure): string {
	const text = failureText(speech, failure);
	return failure.kind === "conflict" && failure.detail !== null ? `${text} ${failure.detail}` : text;
}

/** How sure the view is, in words; `null` when there is nothing to say. */
export function doubtText({
	speech,
	view,
	trouble,
	at,
}: Pick<Shown, "speech" | "view" | "trouble" | "at">): string | null {
	if (view === null) return null;
	const { confidence, asOf } = view.value;
	if (trouble !== null && trouble.kind !== "unknown") {
		return speech.say("doubt.lastKnown", { time: speech.moment(Date.parse(asOf), at) });
	}
	if (confidence.level === "fresh") return null;
	return speech.say("doubt.asOf", { time: speech.moment(Date.parse(confidence.since), at) });
}
