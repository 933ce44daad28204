import type { Instant } from "@stipt/shared/calendar/calendar";
import type { TicketView } from "@stipt/shared/wire/api";
import { type Look, ourMark } from "../hosts/host.ts";
import type { Speech } from "../words/speech.ts";
import { icons, toneIcons } from "./icons.tsx";
import { isDark } from "./mount.tsx";
import { spokenText } from "./reading-text.ts";
import { sheet } from "./sheet.ts";
import { type Loaded, mostUrgent, readTicket, serviceTime, type Tone } from "./ticking.ts";

/** A list's timers. There may be hundreds, so each is a few plain nodes that change only when their text does. */
export type Badges = {
	/** Shows the ticket's timer before `before` in `cell`; a row that was redrawn gets its own again. */
	show(at: { cell: Element; before: Node | null }, view: Loaded<TicketView>): void;
	/** Takes away the timers of all other cells. */
	keepOnly(cells: ReadonlySet<Element>): void;
	/** Whether the page took out one of them. */
	isAdrift(): boolean;
	/** Rewrites the texts for a new moment. */
	beat(speech: Speech, now: Instant): void;
};

type Badge = {
	element: HTMLElement;
	frame: HTMLElement;
	path: SVGPathElement;
	text: Text;
	view: Loaded<TicketView>;
	said: string;
};

/** A timer that has not been confirmed for so long says that it is not sure. */
const longestUnasked = 90_000;
const svg = "http://www.w3.org/2000/svg";

export function badges(look: Look): Badges {
	const made = new Map<Element, Badge>();

	const make = (view: Loaded<TicketView>): Badge => {
		const element = document.createElement("span");
		element.setAttribute(ourMark, "badge");
		const shadow = element.attachShadow({ mode: "closed" });
		shadow.adoptedStyleSheets = [sheet()];
		const frame = document.createElement("span");
		const icon = document.createElementNS(svg, "svg");
		icon.setAttribute("class", "icon");
		icon.setAttribute("viewBox", "0 0 16 16");
		icon.setAttribute("aria-hidden", "true");
		const path = document.createElementNS(svg, "path");
		const text = document.createTextNode("");
		icon.append(path);
		frame.append(icon, text);
		shadow.append(frame);
		frame.setAttribute("role", "img");
		return { element, frame, path, text, view, said: "" };
	};

	const write = (badge: Badge, speech: Speech, now: Instant): void => {
		const { value } = badge.view;
		const at = serviceTime(badge.view, now);
		const readings = readTicket(value, at);
		const urgent = mostUrgent(readings);
		const tone: Tone = urgent?.tone ?? readings[0]?.tone ?? "none";
		const isUnsure = value.confidence.level !== "fresh" || now - badge.view.receivedAt > longestUnasked;
		const short = urgent?.remaining == null ? "" : `${urgent.late ? "−" : ""}${speech.briefDuration(urgent.remaining)}`;
		// Sentences are costly to make, and say no seconds.
		const said = `${tone} ${isUnsure} ${short} ${value.asOf} ${Math.floor(at / 60_000)}`;
		if (said === badge.said) return;
		badge.said = said;
		const spoken = readings.map((reading) => spokenText(speech, reading, at)).join(". ") || speech.say("noClock");
		badge.frame.className = `stipt badge tone-${tone} ${isUnsure ? "doubtful" : ""}`;
		badge.path.setAttribute("d", icons[toneIcons[tone]]);
		badge.text.data = isUnsure && short !== "" ? `${short}?` : short;
		badge.frame.setAttribute("aria-label", `${value.priority}. ${spoken}`);
		badge.element.title = `${value.priority} · ${spoken}`;
	};

	return {
		show: ({ cell, before }, view) => {
			const known = made.get(cell);
			const badge = known ?? make(view);
			badge.view = view;
			made.set(cell, badge);
			if (badge.element.parentElement === cell) return;
			cell.insertBefore(badge.element, before);
			const shade = isDark(cell) ? "dark" : "light";
			badge.frame.dataset["shade"] = shade;
			for (const [token, value] of Object.entries(look[shade])) badge.frame.style.setProperty(`--${token}`, value);
		},
		keepOnly: (cells) => {
			for (const [cell, badge] of made) {
				if (cells.has(cell)) continue;
				// A list that was taken out of the page may come back: it must not bring an old timer along.
				badge.element.remove();
				made.delete(cell);
			}
		},
		isAdrift: () => [...made.values()].some(({ element }) => !element.isConnected),
		beat: (speech, now) => {
			for (const badge of made.values()) write(badge, speech, now);
		},
	};
}
