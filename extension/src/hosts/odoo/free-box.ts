import { type Box, find } from "../host.ts";

/** The least room in which a bar can be read; below it the bar goes to the corner of the window. */
const leastWidth = 260;
const gap = 12;

/** The free part of the status bar, between its buttons and the stages; under the control panel once it scrolls away. */
export function freeBox(
	bar: Element,
	form: Element,
	selectors: Readonly<Record<"controlPanel" | "statusButtons" | "stages", string>>,
): Box | null {
	const frame = bar.getBoundingClientRect();
	if (frame.width === 0) return null;
	const buttons = find(form, selectors.statusButtons);
	const last = buttons?.lastElementChild?.getBoundingClientRect();
	const stages = find(form, selectors.stages)?.getBoundingClientRect();
	const left = last && last.width > 0 ? last.right + gap : frame.left;
	const right = stages && stages.width > 0 ? stages.left - gap : frame.right;
	const ceiling = (find(form, selectors.controlPanel)?.getBoundingClientRect().bottom ?? 0) + 4;
	if (right - left < leastWidth) return null;
	return { left, top: Math.max(frame.top, ceiling), width: right - left, height: frame.height };
}
