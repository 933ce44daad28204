import type { Shown } from "./shown.ts";

/** Draws panels. Comes with the second script, which has its own copy of the drawing library. */
export type Panels = {
	sheet: CSSStyleSheet;
	/** Draws into `frame`, or draws it anew. `fault` hears what goes wrong in that. */
	draw(frame: Element, shown: Shown, fault: (cause: unknown) => void): void;
	/** Takes away what was drawn in `frame`. */
	clear(frame: Element): void;
};

/** Where the overlay's two scripts meet: in the extension's own world on a page, which no script of the page can reach. */
export type Meeting = { panels: Panels | null };

const place = Symbol.for("stipt.overlay");
const here = globalThis as { [place]?: Meeting };

/** Begins the meeting on this page; `null` when it had begun already. */
export function beginMeeting(): Meeting | null {
	if (here[place] !== undefined) return null;
	here[place] = { panels: null };
	return here[place];
}

/** The meeting on this page; `null` when there is none. */
export function findMeeting(): Meeting | null {
	return here[place] ?? null;
}
