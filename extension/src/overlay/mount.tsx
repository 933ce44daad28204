import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { type Box, type Look, ourMark, type Place } from "../hosts/host.ts";
import { Boundary } from "./boundary.tsx";
import type { Panels } from "./meeting.ts";
import { lookSheet, sheet } from "./sheet.ts";
import type { Shown } from "./shown.ts";

/** One element of ours in the host's page, with a closed shadow root of its own. */
export type Mount = {
	element: HTMLElement;
	render(content: ReactNode): void;
	/** Has the second script draw here, instead of `render`. */
	renderBy(panels: Panels, shown: Shown): void;
	/** Puts it where it belongs, when it is not there already. */
	placeIn(place: Extract<Place, { kind: "inside" }>): void;
	/** Lays it over the page. */
	placeOver(box: Partial<Record<"left" | "top" | "bottom" | "maxWidth" | "maxHeight", number>>): void;
	show(isShown: boolean): void;
	/** Keeps this height, also with nothing in it, so that the page does not move when there is. CSS pixels. */
	keepRoom(height: number): void;
	/** Takes the light or the dark look, by the background that lies under it. */
	dress(): void;
	remove(): void;
};

/** Keys, clicks and typing inside are nobody else's: hosts listen on the document and would act on them. */
const shielded = [
	"keydown",
	"keyup",
	"keypress",
	"click",
	"dblclick",
	"mousedown",
	"mouseup",
	"pointerdown",
	"pointerup",
	"input",
	"beforeinput",
	"copy",
	"cut",
	"paste",
];

/** Makes a mount named `name`. `fault` hears what goes wrong in drawing it; the host's page never does. */
export function mount(
	name: string,
	{ layer, look, fault }: { layer: number; look: Look; fault(cause: unknown): void },
): Mount {
	const element = document.createElement("div");
	element.setAttribute(ourMark, name);
	for (const type of shielded) element.addEventListener(type, (event) => event.stopPropagation());
	const shadow = element.attachShadow({ mode: "closed" });
	shadow.adoptedStyleSheets = [sheet(), lookSheet(look)];
	const frame = document.createElement("div");
	frame.className = `stipt stipt-${name}`;
	shadow.append(frame);
	const root = createRoot(frame);
	const laid = new Map<string, string>();
	/** Writing the same again would have the page laid out again. */
	const lay = (name: string, value: string): void => {
		if (laid.get(name) === value) return;
		laid.set(name, value);
		element.style.setProperty(`--stipt-${name}`, value);
	};
	let clear = () => root.unmount();
	let drawnBy: Panels | null = null;

	return {
		element,
		render: (content) => root.render(<Boundary fault={fault}>{content}</Boundary>),
		renderBy: (panels, shown) => {
			if (drawnBy === null) {
				drawnBy = panels;
				clear = () => panels.clear(frame);
				shadow.adoptedStyleSheets = [sheet(), lookSheet(look), panels.sheet];
			}
			panels.draw(frame, shown, fault);
		},
		placeIn: ({ parent, before, margin }) => {
			lay("position", "static");
			lay("margin", margin);
			if (element.parentElement === parent && nextOf(element) === before) return;
			parent.insertBefore(element, before);
		},
		placeOver: (box) => {
			lay("position", "fixed");
			lay("layer", String(layer));
			for (const side of ["left", "top", "bottom"] as const) lay(side, pixels(box[side]) ?? "auto");
			lay("max-width", pixels(box.maxWidth) ?? "none");
			lay("max-height", pixels(box.maxHeight) ?? "none");
			if (element.parentElement === null) document.documentElement.append(element);
		},
		show: (isShown) => lay("display", isShown ? "block" : "none"),
		keepRoom: (height) => lay("room", `${height}px`),
		dress: () => {
			const { parentElement } = element;
			const under =
				parentElement === null || parentElement === document.documentElement ? document.body : parentElement;
			const shade = shadeUnder([under]).get(under) ?? "light";
			if (frame.dataset["shade"] !== shade) frame.dataset["shade"] = shade;
		},
		remove: () => {
			clear();
			element.remove();
		},
	};
}

function pixels(length: number | undefined): string | undefined {
	return length === undefined ? undefined : `${Math.round(length)}px`;
}

export function boxOf(element: Element): Box {
	const { left, top, width, height } = element.getBoundingClientRect();
	return { left, top, width, height };
}

/** Other elements of ours in between do not count. */
function nextOf(element: Element): Node | null {
	let next: Node | null = element.nextSibling;
	while (next?.nodeType === 1 && (next as Element).hasAttribute(ourMark)) next = next.nextSibling;
	return next;
}

/** Whether the page is dark there: as the host says, else by the first background that is painted below. */
export function shadeUnder<Place extends Element>(places: readonly Place[]): Map<Place, "light" | "dark"> {
	const said = document.documentElement.dataset["theme"];
	const seen = new Map<Element, "light" | "dark">();
	const shadeOf = (element: Element): "light" | "dark" => {
		const known = seen.get(element);
		if (known !== undefined) return known;
		const [red = 0, green = 0, blue = 0, alpha = 1] = (
			getComputedStyle(element).backgroundColor.match(/[\d.]+/g) ?? []
		).map(Number);
		const isPainted = alpha > 0.5;
		const own = (red * 299 + green * 587 + blue * 114) / 1000 < 110 ? "dark" : "light";
		const parent = element.parentElement;
		const shade = isPainted ? own : parent === null ? "light" : shadeOf(parent);
		seen.set(element, shade);
		return shade;
	};
	return new Map(places.map((place) => [place, said === "dark" || said === "light" ? said : shadeOf(place)]));
}
