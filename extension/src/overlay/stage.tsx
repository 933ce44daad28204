import type { ReactNode } from "react";
import type { Host, Page, Slot, SlotShape } from "../hosts/host.ts";
import { Banner } from "./banner.tsx";
import { Bar } from "./bar.tsx";
import type { Meeting } from "./meeting.ts";
import { boxOf, type Mount, mount } from "./mount.tsx";
import { Picker } from "./picker.tsx";
import type { Shown } from "./shown.ts";

/** The least width of the room around it in which a shape is drawn; with less, the next smaller one is. */
const roomFor: Readonly<Partial<Record<SlotShape, number>>> = { bar: 520, chip: 640 };
/** The height that a shape keeps in a page from the moment that its place is there. */
const roomOf: Readonly<Partial<Record<SlotShape, number>>> = { bar: 48, chip: 32, brief: 32, picker: 66 };
const edge = 8;

/** All mounts of the overlay on the page. Each slot has one, which moves along with the place that it belongs to. */
export type Stage = {
	/** Puts the slots' mounts in their places and takes away those without one. */
	place(slots: readonly Slot[]): void;
	draw(shown: Shown): void;
	/** Whether the page took out something that was placed in it. */
	isAdrift(): boolean;
	/** Follows what lies under the mounts that are over the page. */
	follow(): void;
	/** The panel stands beside this element of ours, which gets the focus back. */
	openBeside(opener: Element | null): void;
	remove(): void;
};

/** `near` is called when somebody comes near what opens a panel. */
export function stage(
	host: Host,
	{ meeting, fault, near }: { meeting: Meeting; fault(cause: unknown): void; near(): void },
): Stage {
	const mounts = new Map<string, Mount>();
	let slots: readonly Slot[] = [];
	let shapes = new Map<string, SlotShape>();
	let opener: Element | null = null;
	// What is inside the panel changes its size without a draw. In a frame of its own: a loop of observers would be the page's fault.
	const grown = new ResizeObserver(() => requestAnimationFrame(() => standBeside()));

	const pageNow = (): Page => ({ url: new URL(location.href), document });

	const mountOf = (name: string): Mount => {
		const known = mounts.get(name);
		if (known !== undefined) return known;
		const layer = host.layer(pageNow())[name === "panel" ? "panel" : "chip"];
		const made = mount(name, { layer, look: host.look, fault });
		if (name === "panel") grown.observe(made.element);
		for (const type of ["pointerenter", "focusin"]) made.element.addEventListener(type, near);
		mounts.set(name, made);
		return made;
	};

	const drop = (name: string): void => {
		const gone = mounts.get(name);
		if (gone !== undefined) grown.unobserve(gone.element);
		gone?.remove();
		mounts.delete(name);
	};

	const lay = ({ name, shape, place }: Slot): void => {
		if (place?.kind !== "over") return;
		const one = mountOf(name);
		const box = place.box();
		shapes.set(name, shapeIn(shape, box?.width ?? 0));
		// No room where it belongs.
		if (box === null) one.placeOver(host.corner(pageNow()));
		else one.placeOver({ left: box.left, top: box.top + (box.height - heightOf(one)) / 2, maxWidth: box.width });
	};

	const standBeside = (): void => {
		const panel = mounts.get("panel");
		if (panel === undefined || opener === null) return;
		const from = boxOf(opener);
		const { clientWidth, clientHeight } = document.documentElement;
		const inner = panel.element.getBoundingClientRect();
		// Where its opener has scrolled out of the window, it stays inside.
		const under = Math.max(edge, from.top + from.height + 6);
		const over = Math.max(edge, clientHeight - from.top + 6);
		const below = clientHeight - under - edge;
		const above = clientHeight - over - edge;
		const left = Math.max(edge, Math.min(from.left, clientWidth - inner.width - edge));
		const fitsBelow = inner.height <= below || below >= above;
		panel.placeOver(fitsBelow ? { left, top: under, maxHeight: below } : { left, bottom: over, maxHeight: above });
	};

	return {
		place: (next) => {
			slots = next.filter(({ place }) => place !== null);
			shapes = new Map(
				slots.map(({ name, shape, place }) => [
					name,
					place?.kind === "inside" ? shapeIn(shape, boxOf(place.parent).width) : shape,
				]),
			);
			for (const name of mounts.keys()) {
				if (name !== "panel" && name !== "corner" && !shapes.has(name)) drop(name);
			}
			for (const slot of slots) {
				if (slot.place?.kind === "inside") {
					const one = mountOf(slot.name);
					one.placeIn(slot.place);
					one.keepRoom(roomOf[shapes.get(slot.name) ?? slot.shape] ?? 0);
				}
				lay(slot);
			}
		},
		draw: (shown) => {
			const hasBanner = shapes.has("banner");
			const corner = !hasBanner && shown.notices.length > 0;
			if (corner) mountOf("corner").placeOver(host.corner(pageNow()));
			else drop("corner");
			if (shown.panel !== null) {
				const panel = mountOf("panel");
				if (panel.element.parentElement === null) panel.placeOver({ left: 0, top: 0 });
			}
			for (const [name, one] of mounts) {
				one.dress();
				if (name !== "panel") one.render(contentOf(name, shapes.get(name), shown));
				else if (meeting.panels !== null) one.renderBy(meeting.panels, shown);
				// Nothing to show takes no room.
				one.show(!isEmpty(name, shapes.get(name), shown));
			}
		},
		isAdrift: () => slots.some(({ name }) => mounts.get(name)?.element.isConnected !== true),
		follow: () => {
			for (const slot of slots) lay(slot);
			standBeside();
		},
		openBeside: (element) => {
			opener = element;
		},
		remove: () => {
			for (const name of [...mounts.keys()]) drop(name);
		},
	};
}

function contentOf(name: string, shape: SlotShape | undefined, shown: Shown): ReactNode {
	if (name === "corner" || shape === "banner") return <Banner shown={shown} />;
	if (shape === "picker") return <Picker shown={shown} />;
	return shape === undefined ? null : <Bar shown={shown} shape={shape} announces={name !== "sticky"} />;
}

function isEmpty(name: string, shape: SlotShape | undefined, { panel, notices, view, trouble }: Shown): boolean {
	if (name === "panel") return panel === null;
	if (name === "corner" || shape === "banner") return notices.length === 0;
	// What is being asked for keeps its room.
	return view === null && shape === "picker" && trouble !== null;
}

function shapeIn(shape: SlotShape, room: number): SlotShape {
	if (room >= (roomFor[shape] ?? 0)) return shape;
	return shape === "bar" ? "chip" : "brief";
}

function heightOf(one: Mount): number {
	return one.element.getBoundingClientRect().height;
}
