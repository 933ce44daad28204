import type { Check } from "../lib/messages.ts";

/** A page of a host, as far as it has been drawn. */
export type Page = { url: URL; document: Document };

/** Where something of ours belongs on a page. */
export type Place =
	/** Between the host's own nodes. `before` may be `null`: at the end. `margin` is what keeps the host's rhythm. */
	| { kind: "inside"; parent: Element; before: Node | null; margin: string }
	/** Over the page, in the free box that `box` finds; called again whenever the page may have moved. */
	| { kind: "over"; box(): Box | null };

/** In CSS pixels of the viewport. */
export type Box = { left: number; top: number; width: number; height: number };

/** What is shown in a place: the goals in a row, the most urgent one alone, its time alone, the matrix's button, or notices. */
export type SlotShape = "bar" | "chip" | "brief" | "picker" | "banner";

export type SlotName = "timer" | "sticky" | "matrix" | "banner" | "bar" | "badges";

/** A slot without a place is left out, and named in the popup. */
export type Slot = { name: SlotName; shape: SlotShape; place: Place | null };

/** One ticket in a list. Hosts that do not tell its id tell its number, which the lookup translates. */
export type Row = {
	ticket: string | null;
	number: string | null;
	/** Where its timer goes: before `before`; where that would wrap a text, at the end of the line. */
	cell: Element;
	before: Node | null;
	atEnd?: boolean;
	/** `false`: it may be of something else than a ticket, which only the look-up can tell. */
	isSure?: boolean;
};

/** How to ask the host itself, as the signed-in agent, which tickets have these numbers. */
export type Lookup = {
	path: string;
	body(numbers: readonly string[]): unknown;
	/** Number → ticket id; what the host does not know is absent. */
	read(answer: unknown): Record<string, string>;
};

/** The host's own look, as values of the overlay's custom properties. */
export type Look = Readonly<Record<"light" | "dark", Readonly<Record<Token, string>>>>;

export type Token =
	| "font"
	| "size"
	| "text"
	| "strong"
	| "muted"
	| "panel"
	| "raised"
	| "line"
	| "accent"
	| "on-accent"
	| "radius"
	| "control"
	| "label-size"
	| "label-case"
	| "label-spacing"
	| "label"
	| "shadow";

/** The requests with which an application's pages save. Only their addresses are looked at, never what they hold. */
export type Saves = {
	/** Paths of them, where `*` stands for anything. */
	paths: readonly string[];
	/** The ticket that one at this address saves, as far as the address names it, or else the page that sent it. */
	ticketOf(address: URL, page: Page | null): string | null;
};

/**
 * Everything that we know about a web application under the overlay. Reads only, lazily, and holds no state:
 * page in, facts out. What it cannot find is `null` or absent, never an exception.
 */
export type Host = {
	/** Its row in the table and the folder of its fixture. */
	id: string;
	/** The kind of connection that it serves, as the service names it. */
	kind: string;
	name: string;
	/** Every selector by name. How often each matches on a page is written beside the page's fixture. */
	selectors: Readonly<Record<string, string>>;
	/** Whether this of the application's interfaces has the address. */
	serves(url: URL): boolean;
	/** What a page of its kind must have, and how often that was found. */
	structure(page: Page): Check[];
	/** Whether a signed-in agent's page of this application is drawn here. */
	recognises(page: Page): boolean;
	/** The element whose subtree changes as the application redraws itself. */
	root(page: Page): Element | null;
	/** The ticket that the page shows: by its address first, by what is drawn second. */
	ticketAt(page: Page): string | null;
	/** The ticket number as drawn, to check that address and page agree; `null` when none is drawn. */
	numberAt(page: Page): string | null;
	/** Places for the ticket, or for a page without one. Empty while it is not drawn yet. */
	slots(page: Page, ticket: string | null): Slot[];
	/** The lower corner of the window for what has no place: distances from its left and bottom edge, in CSS pixels. */
	corner(page: Page): { left: number; bottom: number };
	/** Tickets in the list on screen, in order. */
	rows(page: Page): Row[];
	/** Changes when the page has learned something new about its ticket. */
	freshness(page: Page): string;
	/** Where its pages send what people save. */
	saves: Saves;
	/** Whether saving the page would write over a priority that is chosen here. */
	hasUnsavedPriority(page: Page): boolean;
	/** Whether the page shows by itself what is written through the service. */
	showsWrites: boolean;
	lookup: Lookup | null;
	/** Where our parts and our panel go: above the page, below what it opens itself. */
	layer(page: Page): { chip: number; panel: number };
	look: Look;
};

/** The first element that matches, or `null`. */
export function find(within: ParentNode, selector: string): Element | null {
	return within.querySelector(selector);
}

/** A place right after a node; what we put there ourselves before is skipped. */
export function after(node: Element | null, margin: string): Place | null {
	const parent = node?.parentElement ?? null;
	if (node === null || parent === null) return null;
	return { kind: "inside", parent, before: notOurs(node.nextSibling), margin };
}

/** A place right before a node. */
export function before(node: Element | null, margin: string): Place | null {
	const parent = node?.parentElement ?? null;
	return node === null || parent === null ? null : { kind: "inside", parent, before: node, margin };
}

/** A place as the first child of a node. */
export function firstIn(parent: Element | null, margin: string): Place | null {
	return parent === null ? null : { kind: "inside", parent, before: notOurs(parent.firstChild), margin };
}

/** Marks every element of ours in a host's page. */
export const ourMark = "data-stipt";

export function isOurs(node: Node | null): boolean {
	return node !== null && node.nodeType === 1 && (node as Element).hasAttribute(ourMark);
}

/** That node, or the next one that is the host's own. */
export function notOurs(node: Node | null): Node | null {
	let next = node;
	while (isOurs(next)) next = next?.nextSibling ?? null;
	return next;
}
