import type { Duration, Instant } from "@stipt/shared/calendar/calendar";
import type { Notice, Preview, TicketView } from "@stipt/shared/wire/api";
import type { TicketDetail } from "@stipt/shared/wire/ticket-action";
import { now } from "../lib/clock.ts";
import { ask, type ProofWish, type QuestionKind, type Questions } from "../lib/messages.ts";
import { type Failure, failure } from "../service/failure.ts";
import type { Answer } from "../service/service.ts";
import type { Loaded } from "./ticking.ts";

/** How often the ticket on screen, the tickets of a list and the status pages are asked for. */
const ticketEvery: Duration = 10_000;
const listEvery: Duration = 30_000;
const noticesEvery: Duration = 30_000;
const detailEvery: Duration = 10_000;
/** After a write of ours: a helpdesk takes from half a second to some seconds to tell the service. */
const burst: readonly Duration[] = [600, 2_500, 6_000];
/** After a nudge: the service reads the ticket at once. */
const quickBurst: readonly Duration[] = [150, 400, 900, 2_000, 6_000];
/** The service lets go of a nudge that follows another sooner than this. */
const nudgeEvery: Duration = 1_050;
/** How long a ticket that the service does not know is not announced again. */
const announceEvery: Duration = 10_000;
/** Of what is large, and asked anew whenever a ticket is opened, only the last few are kept. */
const mostLists = 300;
const mostOpened = 12;
const mostAsked = 1_000;

/** What the service told about tickets and status pages, and when. Nothing here knows the page. */
export type Knowledge = {
	view(ticket: string): Loaded<TicketView> | null;
	/** Why the view of this ticket is not fresher. */
	trouble(ticket: string): Failure | null;
	preview(ticket: string): Loaded<Preview> | null;
	previewTrouble(ticket: string): Failure | null;
	notices(): Notice[];
	loadNotices(): Promise<void>;
	/** Asks for what is due by now. */
	keepUp(ticket: string | null, listed: readonly string[]): void;
	/** `insist`: a person waits for it. */
	load(ticket: string, insist?: boolean): Promise<void>;
	/** Asks several times: something was written, and the service may not have read it back yet. */
	expectChange(ticket: string): void;
	/** The page has learned something new about it: has the service read it at once, and asks until it has. */
	seenToChange(ticket: string): void;
	detail(ticket: string): TicketDetail | null;
	detailTrouble(ticket: string): Failure | null;
	loadDetail(ticket: string): Promise<void>;
	/** Asks for the detail when that is due by now. */
	keepDetail(ticket: string): void;
	proof(ticket: string, wish: ProofWish): Promise<Answer<string>>;
	loadPreview(ticket: string): Promise<void>;
	/** Takes the outcome of a write as the newest that is known. */
	write(ticket: string, answer: Promise<Answer<TicketView>>): Promise<Failure | null>;
	/** Ticket ids of numbers, as far as the host has told; asks for those that are new. */
	idOf(number: string): string | null;
	findNumbers(numbers: readonly string[]): void;
	stop(): void;
};

export function knowledge({ changed, fault }: { changed(): void; fault(cause: unknown): void }): Knowledge {
	const views = new Map<string, Loaded<TicketView>>();
	const troubles = new Map<string, Failure>();
	const previews = new Map<string, Loaded<Preview>>();
	const previewTroubles = new Map<string, Failure>();
	const details = new Map<string, TicketDetail>();
	const detailTroubles = new Map<string, Failure>();
	const nudged = new Map<string, Instant>();
	const ids = new Map<string, string | null>();
	const asked = new Map<string, Instant>();
	const timers = new Set<ReturnType<typeof setTimeout>>();
	let notices: Notice[] = [];
	let isStopped = false;

	/** An answer, or why there is none; never an exception. */
	const answer = async <K extends QuestionKind>(
		kind: K,
		body: Questions[K]["with"],
	): Promise<Questions[K]["answer"] | null> => {
		try {
			return isStopped ? null : await ask(kind, body);
		} catch {
			// The background was put to sleep while it was answering. It wakes up for the next question.
		}
		try {
			return isStopped ? null : await ask(kind, body);
		} catch (cause) {
			fault(cause);
			return null;
		}
	};

	const keep = (view: Loaded<TicketView>): void => {
		const { ticket, asOf } = view.value;
		const known = views.get(ticket);
		// Answers may overtake one another.
		if (known !== undefined && known.value.asOf > asOf) return;
		setLast(views, mostLists, ticket, view);
	};

	/** It was merged, deleted or moved out of what this person may see: its timer says nothing any more. */
	const forget = (ticket: string): void => {
		for (const kept of [views, previews, details]) kept.delete(ticket);
	};

	const isDue = (key: string, period: Duration): boolean => {
		const last = asked.get(key);
		if (last !== undefined && now() - last < period) return false;
		setLast(asked, mostAsked, key, now());
		return true;
	};

	const load = async (ticket: string, insist = false): Promise<void> => {
		setLast(asked, mostAsked, `ticket ${ticket}`, now());
		const found = (await answer("ticket", { ticket, insist })) ?? nothing;
		if (found.ok) {
			keep(found.loaded);
			troubles.delete(ticket);
		} else {
			if (found.failure.kind === "unknown") forget(ticket);
			else if (found.last !== null) keep(found.last);
			setLast(troubles, mostLists, ticket, found.failure);
			if (found.failure.kind === "unknown" && isDue(`announce ${ticket}`, announceEvery)) seenToChange(ticket);
		}
		changed();
	};

	const loadList = async (listed: readonly string[]): Promise<void> => {
		for (const ticket of listed) setLast(asked, mostAsked, `row ${ticket}`, now());
		const ids = listed.slice(0, 200);
		const found = await answer("tickets", { ids });
		const told = found?.ok ? found.loaded.value.tickets : (found?.last?.value.tickets ?? []);
		for (const view of told) keep(view);
		if (found?.ok) {
			const there = new Set(told.map(({ value }) => value.ticket));
			for (const ticket of ids) if (!there.has(ticket)) forget(ticket);
		}
		changed();
	};

	const loadNotices = async (): Promise<void> => {
		const found = await answer("notices", null);
		// What was said before still stands while nobody answers.
		if (found?.ok) notices = found.loaded.value.notices;
		else if (found?.last) notices = found.last.value.notices;
		changed();
	};

	const loadPreview = async (ticket: string): Promise<void> => {
		const found = (await answer("preview", { ticket })) ?? nothing;
		if (found.ok) {
			setLast(previews, mostOpened, ticket, found.loaded);
			previewTroubles.delete(ticket);
		} else {
			setLast(previewTroubles, mostOpened, ticket, found.failure);
		}
		changed();
	};

	const later = (delay: Duration, act: () => void): void => {
		const timer = setTimeout(() => {
			timers.delete(timer);
			act();
		}, delay);
		timers.add(timer);
	};

	/** Several at once are one; one that comes too soon waits. */
	const seenToChange = (ticket: string): void => {
		const wait = Math.max(0, (nudged.get(ticket) ?? 0) + nudgeEvery - now());
		if (wait > nudgeEvery) return;
		setLast(nudged, mostOpened, ticket, now() + wait);
		const known = views.get(ticket)?.value.revision;
		const nudge = () => {
			void answer("nudge", { ticket }).then((isHeard) => {
				// Answered when the service has read the ticket.
				if (isHeard === true) void load(ticket);
				// Let go, as one was heard a moment ago: that one may have been before this change.
				if (isHeard === false) later(nudgeEvery, () => void answer("nudge", { ticket }).then(() => load(ticket)));
			});
			for (const delay of quickBurst) {
				// The last one comes in any case: a change may come in parts.
				later(delay, () => {
					if (delay === quickBurst.at(-1) || views.get(ticket)?.value.revision === known) void load(ticket);
				});
			}
		};
		if (wait === 0) nudge();
		else later(wait, nudge);
	};

	const loadDetail = async (ticket: string): Promise<void> => {
		setLast(asked, mostAsked, `detail ${ticket}`, now());
		const found = (await answer("detail", { ticket })) ?? nothing;
		if (found.ok) {
			setLast(details, mostOpened, ticket, found.loaded.value);
			detailTroubles.delete(ticket);
		} else {
			setLast(detailTroubles, mostOpened, ticket, found.failure);
		}
		changed();
	};

	return {
		view: (ticket) => views.get(ticket) ?? null,
		trouble: (ticket) => troubles.get(ticket) ?? null,
		preview: (ticket) => previews.get(ticket) ?? null,
		previewTrouble: (ticket) => previewTroubles.get(ticket) ?? null,
		notices: () => notices,
		loadNotices,
		keepUp: (ticket, listed) => {
			if (document.visibilityState !== "visible") return;
			if (ticket !== null && isDue(`ticket ${ticket}`, ticketEvery)) void load(ticket);
			const due = listed.filter((id) => now() - (asked.get(`row ${id}`) ?? 0) >= listEvery);
			if (due.length > 0) void loadList(due);
			if (isDue("notices", noticesEvery)) void loadNotices();
		},
		load,
		expectChange: (ticket) => {
			for (const delay of burst) later(delay, () => void load(ticket));
		},
		seenToChange,
		detail: (ticket) => details.get(ticket) ?? null,
		detailTrouble: (ticket) => detailTroubles.get(ticket) ?? null,
		loadDetail,
		keepDetail: (ticket) => {
			if (isDue(`detail ${ticket}`, detailEvery)) void loadDetail(ticket);
		},
		proof: async (ticket, wish) => (await answer("proof", { ticket, ...wish })) ?? nothing,
		loadPreview,
		write: async (ticket, writing) => {
			const found = await writing.catch((cause) => {
				fault(cause);
				return nothing;
			});
			if (!found.ok) {
				// It may have been done all the same: what is true now, the service says.
				if (found.failure.kind === "unreachable") void load(ticket, true);
				return found.failure;
			}
			keep(found.loaded);
			troubles.delete(ticket);
			previews.delete(ticket);
			void loadPreview(ticket);
			if (details.has(ticket)) void loadDetail(ticket);
			return null;
		},
		idOf: (number) => ids.get(number) ?? null,
		findNumbers: (numbers) => {
			const fresh = numbers.filter((number) => !ids.has(number) && isDue(`number ${number}`, listEvery)).slice(0, 200);
			if (fresh.length === 0) return;
			void answer("numbers", { numbers: fresh }).then((found) => {
				for (const [number, id] of Object.entries(found ?? {})) setLast(ids, mostAsked, number, id);
				changed();
			});
		},
		stop: () => {
			isStopped = true;
			for (const timer of timers) clearTimeout(timer);
		},
	};
}

/** Sets an entry as the newest; the oldest go when there are more than `most`. */
function setLast<Value>(kept: Map<string, Value>, most: number, key: string, value: Value): void {
	kept.delete(key);
	kept.set(key, value);
	const oldest = kept.size > most ? kept.keys().next().value : undefined;
	if (oldest !== undefined) kept.delete(oldest);
}

/** The background itself gave no answer. */
const nothing = { ok: false, failure: failure("unreachable"), last: null } as const;
