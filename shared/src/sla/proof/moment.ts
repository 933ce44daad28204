import type { Instant } from "../../calendar/calendar.ts";
import { wallClock } from "../../calendar/zone.ts";
import type { Moment } from "./proof.ts";

/** Writes instants for one zone. */
export function momentsOf(zone: string): (instant: Instant) => Moment {
	return (instant) => {
		const wall = wallClock(zone, instant);
		return {
			at: new Date(instant).toISOString(),
			local: `${new Date(wall).toISOString().slice(0, -1)}${sign(wall - instant)}`,
		};
	};
}

function sign(offset: number): string {
	const seconds = Math.round(Math.abs(offset) / 1000);
	const two = (count: number) => String(count).padStart(2, "0");
	const tail = seconds % 60 === 0 ? "" : `:${two(seconds % 60)}`;
	return `${offset < 0 ? "-" : "+"}${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}${tail}`;
}
