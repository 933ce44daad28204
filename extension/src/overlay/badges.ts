import type { Instant } from "@stipt/shared/calendar/calendar";
import type { TicketView } from "@stipt/shared/wire/api";
import { type Look, ourMark } from "../hosts/host.ts";
import type { Speech } from "../words/speech.ts";
import { icons, toneIcons } from "./icons.tsx";
import { shadeUnder } from "./mount.tsx";
import { spokenText } from "./reading-text.ts";
import { lookSheet, sheet } from "./sheet.ts";
import { type Loaded, mostUrgent, readTicket, serviceTime, type Tone } from "./ticking.ts";

/** Where a list's timer belongs: before `before` in `cell`, or at the end of its line. */
export type BadgePlace = { cell: Element; before: Node | null; atEnd?: boolean };

/**
 * A list's timers. There may be hundreds, so each is a few plain nodes that change only when their text does. All are of
 * one width, which is kept from the moment that a row is there: nothing in the list moves when its timers come.
 */
export type Badges = {
	/** Keeps the room of a timer in these places, and takes it away from all others. */
	keepRoom(places: readonly BadgePlace[]): void;
	/** Shows the timers of these cells; the others keep their room alone. */
	show(views: ReadonlyMap<Element, Loaded<TicketView>>): void;
	/** Whether the page took out one of them. */
	isAdrift(): boolean;
	/** Rewrites the texts for a new moment. */
	beat(speech: Speech, now: Instant): void;
};

type Badge = {
	element: HTMLElement;
	shadow: ShadowRoot;
	drawn: { frame: HTMLElement; path: SVGPathElement; text: Text } | null;
	/** `null`: its ticket is not known, or too far away to be asked for. */
	view: Loaded<TicketView> | null;
	shade: "light" | "dark";
	/** Its column is so narrow that words beside the host's own would leave nothing of those. */
	isNarrow: boolean;
	/** What its face and its words were written from. */
	face: string;
	said: string;
};

/** A timer that has not been confirmed for so long says that it is not sure. */
const longestUnasked = 90_000;
/** A page that is busy all the time gets the words all the same. */
const longestSilent = 500;
/** Narrower, in pixels, and there is room for the icon alone; whoever points at it, or listens, has the words. */
const narrowCell = 120;
const svg = "http://www.w3.org/2000/svg";

export function badges(look: Look): Badges {
	const made = new Map<Element, Badge>();
	let soon = 0;
	/** The width of the window when the cells were measured. */
	let measuredAt = 0;

	const make = (): Badge => {
		const element = document.createElement("span");
		element.setAttribute(ourMark, "room");
		const shadow = element.attachShadow({ mode: "closed" });
		shadow.adoptedStyleSheets = [sheet(), lookSheet(look)];
		return { element, shadow, drawn: null, view: null, shade: "light", isNarrow: false, face: "", said: "" };
	};

	const fit = (badge: Badge | undefined, isNarrow: boolean): void => {
		if (badge === undefined || badge.isNarrow === isNarrow) return;
		badge.isNarrow = isNarrow;
		badge.face = "";
		if (isNarrow) badge.element.style.setProperty("--stipt-width", "22px");
		else badge.element.style.removeProperty("--stipt-width");
	};

	const draw = (badge: Badge): NonNullable<Badge["drawn"]> => {
		const frame = document.createElement("span");
		const icon = document.createElementNS(svg, "svg");
		icon.setAttribute("class", "icon");
		icon.setAttribute("viewBox", "0 0 16 16");
		icon.setAttribute("aria-hidden", "true");
		const path = document.createElementNS(svg, "path");
		const text = document.createTextNode("");
		icon.append(path);
		frame.append(icon, text);
		frame.setAttribute("role", "img");
		badge.shadow.append(frame);
		badge.drawn = { frame, path, text };
		return badge.drawn;
	};

	/** What is seen. Sentences are costly to make, so they follow once this is painted. */
	const writeFace = (badge: Badge, view: Loaded<TicketView>, speech: Speech, now: Instant): void => {
		const { value, receivedAt } = view;
		const readings = readTicket(value, serviceTime(view, now));
		const urgent = mostUrgent(readings);
		const tone: Tone = urgent?.tone ?? readings[0]?.tone ?? "none";
		const isUnsure = value.confidence.level !== "fresh" || now - receivedAt > longestUnasked;
		const short = urgent?.remaining == null ? "" : `${urgent.late ? "−" : ""}${speech.briefDuration(urgent.remaining)}`;
		const face = `${badge.shade} ${tone} ${isUnsure} ${short}`;
		if (face === badge.face) return;
		badge.face = face;
		const { frame, path, text } = badge.drawn ?? draw(badge);
		frame.className = `stipt badge tone-${tone} ${isUnsure ? "doubtful" : ""} ${badge.isNarrow ? "narrow" : ""}`;
		frame.dataset["shade"] = badge.shade;
		path.setAttribute("d", icons[toneIcons[tone]]);
		text.data = isUnsure && short !== "" ? `${short}?` : short;
		badge.element.setAttribute(ourMark, "badge");
	};

	/** What is heard, and shown to whoever points at it. It says no seconds. */
	const writeWords = (badge: Badge, view: Loaded<TicketView>, speech: Speech, now: Instant): void => {
		const { value } = view;
		const at = serviceTime(view, now);
		const said = `${value.priority} ${value.revision} ${badge.face.replace(/\d+s/, "")} ${Math.floor(at / 60_000)}`;
		if (said === badge.said || badge.drawn === null) return;
		badge.said = said;
		const spoken =
			readTicket(value, at)
				.map((reading) => spokenText(speech, reading, at))
				.join(". ") || speech.say("noClock");
		badge.drawn.frame.setAttribute("aria-label", `${value.priority}. ${spoken}`);
		badge.element.title = `${value.priority} · ${spoken}`;
	};

	const writeAllWords = (speech: Speech, now: Instant): void => {
		for (const badge of made.values()) if (badge.view !== null) writeWords(badge, badge.view, speech, now);
	};

	/** A list that was taken out of the page may come back: it must not bring an old timer along. */
	const empty = (badge: Badge): void => {
		if (badge.view === null) return;
		Object.assign(badge, { view: null, face: "", said: "", drawn: null });
		badge.shadow.replaceChildren();
		badge.element.removeAttribute("title");
		badge.element.setAttribute(ourMark, "room");
	};

	return {
		keepRoom: (places) => {
			const cells = new Set(places.map(({ cell }) => cell));
			for (const [cell, badge] of made) {
				if (cells.has(cell)) continue;
				badge.element.remove();
				made.delete(cell);
			}
			const fresh = places.filter(({ cell }) => made.get(cell)?.element.parentElement !== cell);
			// What is read of the page is read before anything is written: each turn has the page reckon anew.
			const shades = shadeUnder(fresh.map(({ cell }) => cell));
			const narrow = narrowCells(innerWidth === measuredAt ? fresh : places);
			measuredAt = innerWidth;
			for (const { cell, before, atEnd = false } of fresh) {
				const badge = made.get(cell) ?? make();
				badge.shade = shades.get(cell) ?? "light";
				if (atEnd) {
					badge.element.style.setProperty("--stipt-float", "inline-end");
					badge.element.style.setProperty("--stipt-margin", "0");
				}
				made.set(cell, badge);
				cell.insertBefore(badge.element, before);
			}
			for (const [cell, isNarrow] of narrow) fit(made.get(cell), isNarrow);
		},
		show: (views) => {
			for (const [cell, badge] of made) {
				const view = views.get(cell) ?? null;
				if (view === null) empty(badge);
				else badge.view = view;
			}
		},
		isAdrift: () => [...made.values()].some(({ element }) => !element.isConnected),
		beat: (speech, now) => {
			const [first] = made;
			// A page turns dark as a whole.
			if (first !== undefined && shadeUnder([first[0]]).get(first[0]) !== first[1].shade) {
				const shades = shadeUnder([...made.keys()]);
				for (const [cell, badge] of made) badge.shade = shades.get(cell) ?? "light";
			}
			for (const badge of made.values()) if (badge.view !== null) writeFace(badge, badge.view, speech, now);
			cancelIdleCallback(soon);
			soon = requestIdleCallback(() => writeAllWords(speech, now), { timeout: longestSilent });
		},
	};
}

/** Which of these cells have room for the icon alone. One without a box of its own has the room of its line. */
function narrowCells(places: readonly BadgePlace[]): [cell: Element, isNarrow: boolean][] {
	return places.map(({ cell, atEnd }) => {
		const { clientWidth } = cell;
		return [cell, atEnd !== true && clientWidth > 0 && clientWidth < narrowCell];
	});
}
