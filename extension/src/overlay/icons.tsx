import type { Tone } from "./ticking.ts";

/** Paths on a 16 × 16 grid, drawn with a line of the text's colour. */
export const icons = {
	clock: "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 4.5V8l2.5 1.75",
	hourglass: "M4 2h8M4 14h8M5 2v2.5L8 8l3-3.5V2M5 14v-2.5L8 8l3 3.5V14",
	alert: "M8 2 14.5 13.5h-13ZM8 6.5v3M8 11.4v.2",
	pause: "M5.5 3.5v9M10.5 3.5v9",
	moon: "M13 9.8A5.5 5.5 0 0 1 6.2 3a5.5 5.5 0 1 0 6.8 6.8Z",
	check: "m3 8.5 3.5 3.5L13 4.5",
	dash: "M3.5 8h9",
	bell: "M8 2a4 4 0 0 0-4 4c0 4-1.5 5-1.5 5h11S12 10 12 6a4 4 0 0 0-4-4ZM6.7 13.5a1.5 1.5 0 0 0 2.6 0",
	question: "M5.8 6a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.5M8 11.8v.2M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z",
	down: "m4 6.5 4 4 4-4",
	right: "m6.5 4 4 4-4 4",
	cross: "m4 4 8 8M12 4l-8 8",
	wrench:
		"M10.5 2.2a3.5 3.5 0 0 0-3.3 4.7L2 12.1 3.9 14l5.2-5.2a3.5 3.5 0 0 0 4.6-4.4L11.5 6.6 9.4 4.5l2.2-2.2a3.5 3.5 0 0 0-1.1-.1Z",
	lock: "M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
	phone:
		"M4 2.5h2l1 3-1.3 1.2a8 8 0 0 0 3.6 3.6L10.5 9l3 1v2a1.5 1.5 0 0 1-1.6 1.5A10.5 10.5 0 0 1 2.5 4.1 1.5 1.5 0 0 1 4 2.5Z",
	lines: "M3 4.5h10M3 8h10M3 11.5h6",
} as const;

export type IconName = keyof typeof icons;

export const toneIcons: Readonly<Record<Tone, IconName>> = {
	calm: "clock",
	soon: "hourglass",
	late: "alert",
	paused: "pause",
	closed: "moon",
	met: "check",
	none: "dash",
};

/** An icon that says nothing by itself: the words beside it do. */
export function Icon({ name }: { name: IconName }) {
	return (
		<svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
			<path d={icons[name]} />
		</svg>
	);
}
