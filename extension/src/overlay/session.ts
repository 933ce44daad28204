import type { Duration, Instant } from "@stipt/shared/calendar/calendar";
import type { PriorityChoice, TicketView } from "@stipt/shared/wire/api";
import { type Host, isOurs, type Page, type Row, type Slot } from "../hosts/host.ts";
import { isAlive } from "../lib/browser.ts";
import { every, now, settled } from "../lib/clock.ts";
import { ask, type Hello, type Report } from "../lib/messages.ts";
import { type Failure, failure } from "../service/failure.ts";
import { speech as speechOf } from "../words/speech.ts";
import { badges as badgesFor } from "./badges.ts";
import { sortNotices } from "./banner.tsx";
import { knowledge } from "./knowledge.ts";
import type { Meeting } from "./meeting.ts";
import type { Acts, PanelName, Shown } from "./shown.ts";
import { stage as stageFor } from "./stage.tsx";
import { type Loaded, readTicket, serviceTime } from "./ticking.ts";
import { watchPage, whenAddressChanges } from "./watch.ts";

/** Rows this far outside the window have their timers ready. */
const margin = 600;
/** A page that has not drawn a place after this long does not have it. */
const patience: Duration = 2_000;
/** How often in a second a page that redraws itself is looked at before it is painted; then it is waited for. */
const mostHasty = 20;
/** What a page draws so soon after its own save is that save; and a busy page may have drawn it this long before it is told. */
const drawnWithin: Duration = 1_500;
const drawnBefore: Duration = 300;
/** How long a choice can be taken back. */
const undoFor: Duration = 10_000;

export type Session = {
	report(): Report;
	/** The page's own save at this address was answered. */
	hear(address: URL): void;
	stop(): void;
};

/** Runs the overlay on a host's pages until it is stopped: sees what is shown, asks, places and draws. */
export function session(
	hello: Hello,
	host: Host,
	{ faults, meeting }: { faults: { all(): string[]; add(cause: unknown): void }; meeting: Meeting },
): Session {
	const speech = speechOf(hello.words, hello);
	const badges = badgesFor(host.look);
	const stage = stageFor(host, { meeting, fault: faults.add, near: fetchPanels });
	const dismissed = [...hello.dismissed];
	const known = knowledge({ changed: () => guarded(refresh), fault: faults.add });

	let ticket: string | null = null;
	let ticketSince: Instant = now();
	let freshness = "";
	/** When the page's own save was last answered. */
	let heardAt: Instant = 0;
	/** When the page last drew something new of its ticket that was not heard before. */
	let drawnAt: Instant = 0;
	let slots: Slot[] = [];
	let listed: string[] = [];
	let rowCount = 0;
	let isShowing = false;
	let panel: PanelName | null = null;
	let opener: Element | null = null;
	let saving = false;
	let saved: { priority: string; canUndo: boolean; until: Instant } | null = null;
	let writeTrouble: Failure | null = null;
	let fetching = false;
	let hasty = 0;
	let isAhead = false;

	const here = (): Page => ({ url: new URL(location.href), document });

	/** Whatever goes wrong stays here. */
	function guarded(act: () => void): void {
		try {
			if (isAlive()) act();
			else sayGoodbye();
		} catch (cause) {
			faults.add(cause);
		}
	}

	/** Brings the second script, which draws the panels, into this page. */
	function fetchPanels(): void {
		if (meeting.panels !== null || fetching || !isAlive()) return;
		fetching = true;
		ask("panels", null)
			.catch(faults.add)
			.finally(() => {
				fetching = false;
				guarded(draw);
			});
	}

	function look(): void {
		const page = here();
		watch.look();
		if (!host.recognises(page)) {
			turnTo(null);
			slots = [];
			listed = [];
			badges.keepRoom([]);
			stage.remove();
			return;
		}
		turnTo(host.ticketAt(page));
		const next = host.slots(page, ticket);
		// The address is ahead of the page: what stands in the old one keeps its room, empty, until that is gone.
		const isLeaving = next.length === 0 && (ticket !== null || slots.length > 0);
		isAhead = isLeaving && !stage.isAdrift() && now() - ticketSince < patience;
		if (!isAhead) slots = next;
		listen(page);
		stage.place(slots);
		lookAtRows(page);
		known.keepUp(ticket, listed);
		if (ticket !== null && panel === "timer") known.keepDetail(ticket);
		draw();
	}

	/** The service is told of what the page saves before the page has drawn it. */
	function hear(address: URL): void {
		if (ticket === null || address.origin !== location.origin) return;
		if (host.saves.ticketOf(address, here()) !== ticket) return;
		heardAt = now();
		if (heardAt - drawnAt > drawnBefore) known.seenToChange(ticket);
	}

	/** The page's own push, or a save that was not heard, has come to it: the service is told at once. */
	function listen(page: Page): void {
		const fresh = ticket === null ? "" : host.freshness(page);
		const isNew = freshness !== "" && fresh !== "" && fresh !== freshness;
		if (ticket !== null && isNew && now() - heardAt > drawnWithin) {
			drawnAt = now();
			known.seenToChange(ticket);
		}
		if (fresh !== "") freshness = fresh;
	}

	/**
	 * Before the page is painted: places that were redrawn get theirs again, and new ones their room. A page may show
	 * another ticket before its address says so: then nothing is shown.
	 */
	function doubt(): void {
		const page = here();
		const isSame = host.ticketAt(page) === ticket;
		if (isSame) listen(page);
		if (hasty < mostHasty && (!isSame || isAdrift(page))) {
			hasty += 1;
			look();
		} else if (isShowing && viewOn(page) === null) draw();
	}

	function isAdrift(page: Page): boolean {
		if (stage.isAdrift() || badges.isAdrift() || host.rows(page).length !== rowCount) return true;
		return ticket !== null && (isAhead || slots.length === 0) && host.slots(page, ticket).length > 0;
	}

	function turnTo(next: string | null): void {
		if (next === ticket) return;
		ticket = next;
		ticketSince = now();
		freshness = "";
		saved = null;
		close();
		if (ticket !== null) void known.load(ticket);
		// The names of impact and urgency, and a matrix that opens at once.
		if (ticket !== null && known.preview(ticket) === null) void known.loadPreview(ticket);
	}

	function lookAtRows(page: Page): void {
		const rows = host.rows(page);
		rowCount = rows.length;
		const idOf = ({ ticket: id, number }: Row) => id ?? (number === null ? null : known.idOf(number));
		// What may be of something else keeps no room until it is known to be a ticket.
		badges.keepRoom(rows.filter((row) => row.isSure !== false || idOf(row) !== null));
		const near = rows.filter(({ cell }) => {
			const { top, bottom, width } = cell.getBoundingClientRect();
			return width > 0 && bottom > -margin && top < innerHeight + margin;
		});
		const numbers = near.flatMap(({ ticket: id, number }) => (id === null && number !== null ? [number] : []));
		if (numbers.length > 0) known.findNumbers(numbers);
		const identified = near.flatMap((row) => {
			const id = idOf(row);
			return id === null ? [] : [{ id, cell: row.cell }];
		});
		listed = [...new Set(identified.map(({ id }) => id))];
		badges.show(
			new Map(
				identified.flatMap(({ id, cell }) => {
					const view = known.view(id);
					return view === null ? [] : [[cell, view] as const];
				}),
			),
		);
		badges.beat(speech, now());
	}

	function refresh(): void {
		lookAtRows(here());
		draw();
	}

	function draw(): void {
		const shown = shownOn(here());
		isShowing = shown.view !== null;
		stage.draw(shown);
		stage.follow();
	}

	function shownOn(page: Page): Shown {
		const view = viewOn(page);
		const at = view === null ? now() : serviceTime(view, now());
		if (saved !== null && now() > saved.until) saved = null;
		return {
			speech,
			at,
			view,
			readings: view === null ? [] : readTicket(view.value, at),
			trouble: ticket === null || isAhead ? null : known.trouble(ticket),
			preview: ticket === null ? null : known.preview(ticket),
			previewTrouble: ticket === null ? null : known.previewTrouble(ticket),
			detail: ticket === null ? null : known.detail(ticket),
			detailTrouble: ticket === null ? null : known.detailTrouble(ticket),
			customerLanguage: hello.connection?.language ?? hello.language,
			saving,
			saved,
			writeTrouble,
			notices: sortNotices(known.notices(), { ticket, service: view?.value.service ?? null, dismissed }),
			panel: view === null ? null : panel,
			unsavedPriority: panel === "matrix" && host.hasUnsavedPriority(page),
			showsWrites: host.showsWrites,
			acts,
		};
	}

	/** The view of the ticket on screen. While address and page disagree there is none: never another ticket's timer. */
	function viewOn(page: Page): Loaded<TicketView> | null {
		const view = ticket === null ? null : known.view(ticket);
		if (isAhead || view === null || ticket !== host.ticketAt(page)) return null;
		const drawn = host.numberAt(page);
		return drawn === null || drawn.endsWith(view.value.number) ? view : null;
	}

	function close(): void {
		if (panel === null) return;
		const back = opener;
		panel = null;
		opener = null;
		writeTrouble = null;
		stage.openBeside(null);
		if (back instanceof HTMLElement && back.isConnected) back.focus();
	}

	/** Sends a write and shows what comes of it. Answers why it was not saved, or `null`. */
	async function write(
		send: () => ReturnType<typeof known.write>,
		sets?: "chosen" | "undone",
	): Promise<Failure | null> {
		if (!isAlive()) {
			guarded(draw);
			return failure("outdated");
		}
		if (saving) return failure("busy");
		saving = true;
		writeTrouble = null;
		guarded(draw);
		const about = ticket;
		const trouble = await send();
		saving = false;
		writeTrouble = trouble;
		if (trouble === null && about !== null) {
			// Whoever may not declare what they chose gets what the policy says instead.
			const priority = known.view(about)?.value.priority;
			if (sets !== undefined && priority !== undefined && about === ticket) {
				saved = { priority, canUndo: sets === "chosen", until: now() + undoFor };
				close();
			}
			known.expectChange(about);
		}
		guarded(draw);
		return trouble;
	}

	const acts: Acts = {
		toggle: (name, element) =>
			guarded(() => {
				if (panel === name && opener === element) {
					close();
				} else {
					panel = name;
					opener = element;
					writeTrouble = null;
					stage.openBeside(element);
					fetchPanels();
					if (ticket !== null) void (name === "matrix" ? known.loadPreview(ticket) : known.load(ticket, true));
					if (ticket !== null && name === "timer") void known.loadDetail(ticket);
				}
				draw();
			}),
		close: () =>
			guarded(() => {
				close();
				draw();
			}),
		choose: (choice: PriorityChoice) => {
			const about = ticket;
			if (about === null) return;
			void write(() => known.write(about, ask("choose", { ticket: about, choice })), "chosen");
		},
		undo: () => {
			const about = ticket;
			if (about === null) return;
			saved = null;
			void write(() => known.write(about, ask("undo", { ticket: about })), "undone");
		},
		acknowledge: (alert, moment) => {
			const about = ticket;
			if (about === null) return;
			const nextPromise = new Date(moment).toISOString();
			void write(() => known.write(about, ask("acknowledge", { ticket: about, alert, nextPromise })));
		},
		dismiss: (notice) =>
			guarded(() => {
				dismissed.push(notice);
				ask("dismiss", { notice }).catch(faults.add);
				draw();
			}),
		link: ({ page, event }) => {
			const about = ticket;
			if (about === null) return;
			const linking = () => known.write(about, ask("link", { ticket: about, page, event }));
			void write(linking).then(known.loadNotices);
		},
		act: async (action) => {
			const about = ticket;
			if (about === null) return failure("unknown");
			const trouble = await write(() => known.write(about, ask("act", { ticket: about, action })));
			// Shown beside the form that asked, and nowhere else.
			writeTrouble = null;
			guarded(draw);
			return trouble;
		},
		proof: async (wish) =>
			ticket === null ? { ok: false, failure: failure("unknown"), last: null } : known.proof(ticket, wish),
		retry: () =>
			guarded(() => {
				if (ticket === null) return;
				void known.load(ticket, true);
				if (panel === "matrix") void known.loadPreview(ticket);
			}),
		openOptions: () => {
			ask("open-options", null).catch(faults.add);
		},
	};

	const rowsMoved = settled(150, () => guarded(look));
	let frame = 0;
	const watch = watchPage(host, {
		redrawn: () => guarded(doubt),
		changed: () => guarded(look),
		moved: () => {
			cancelAnimationFrame(frame);
			frame = requestAnimationFrame(() => guarded(stage.follow));
			rowsMoved();
		},
	});
	const stopBeat = every(1000, () => {
		hasty = 0;
		guarded(look);
	});
	const outside = (event: Event) => {
		if (panel === null || (event.target instanceof Node && isOurs(event.target))) return;
		guarded(() => {
			close();
			draw();
		});
	};
	document.addEventListener("pointerdown", outside, true);
	guarded(look);

	let isOver = false;

	function halt(): void {
		isOver = true;
		stopBeat();
		watch.stop();
		known.stop();
		cancelAnimationFrame(frame);
		document.removeEventListener("pointerdown", outside, true);
		badges.keepRoom([]);
	}

	function stop(): void {
		halt();
		stage.remove();
	}

	/** The extension was replaced under this page: one line where the timer was, until its successor or the person moves on. */
	function sayGoodbye(): void {
		if (isOver) return;
		const wasShowing = isShowing;
		halt();
		const timer = slots.find(({ name, place }) => place !== null && (name === "timer" || name === "bar"));
		// Taken out by a successor, which has its own there.
		if (!wasShowing || timer === undefined || stage.isAdrift()) {
			stage.remove();
			return;
		}
		stage.place([timer]);
		const told = { ...shownOn(here()), view: null, trouble: failure("outdated"), notices: [], saved: null };
		stage.draw({ ...told, panel: null });
		whenAddressChanges(stage.remove);
	}

	return {
		stop,
		hear: (address) => guarded(() => hear(address)),
		report: () => {
			const isSettled = now() - ticketSince > patience;
			return {
				host: host.name,
				ticket,
				rows: rowCount,
				found: slots.flatMap(({ name, place }) => (place === null ? [] : [name])),
				missing: isSettled ? slots.flatMap(({ name, place }) => (place === null ? [name] : [])) : [],
				faults: faults.all(),
				number: ticket === null ? null : (known.view(ticket)?.value.number ?? null),
				isVisible: document.visibilityState === "visible",
				checks: isSettled ? host.structure(here()) : [],
				receivedAt: (ticket === null ? null : known.view(ticket)?.receivedAt) ?? newest(listed.map(known.view)),
			};
		},
	};
}

function newest(views: (Loaded<unknown> | null)[]): Instant | null {
	return views.reduce<Instant | null>(
		(latest, view) => (view === null ? latest : Math.max(latest ?? 0, view.receivedAt)),
		null,
	);
}
