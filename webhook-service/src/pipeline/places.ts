import type { Instant } from "@stipt/shared/calendar/calendar";
import { chance } from "../verify.ts";

/** Fewer than the jobs that a worker does at once. */
const most = 10;
/** Where nothing is known of a helpdesk yet: after a long outage it must not be met by a crowd. */
const first = 4;
/** A stay of this length says that the helpdesk has enough to do; one that is shorter than the other, that it has room. */
const slowMs = 4000;
const quickMs = 1500;
/** How soon and how late whoever found no place comes again: a helpdesk may be quick again by then. */
const soonestMs = 250;
const latestMs = { delivery: 3000, poll: 20_000 };
/** How much a new stay counts in the usual one. */
const weight = 0.2;

/**
 * Places per connection: as many readings at once as its helpdesk answers well. A helpdesk that is asked too much at
 * once answers nothing in time, and goes on working for those who have left. So it begins with a few; a slow stay
 * halves the places, down to one, and each quick one brings a part of a place back.
 */
export type Places = {
	/** Answers how to leave, or `null` when all places are taken. */
	enter(connection: string, now: Instant): ((now: Instant) => void) | null;
	/**
	 * When one who found no place shall come again: one after the other, twice as many as could be served, so that a
	 * crowd does not spend the machine on asking. What was delivered does not wait behind what a poll found.
	 */
	turn(connection: string, now: Instant, cause: Cause): Instant;
};

/** Who waits: somebody for what was delivered, or nobody yet. */
export type Cause = "delivery" | "poll";
type Room = { inside: number; places: number; cutAt: Instant; usualStay: number; lastTurn: Record<Cause, Instant> };

export function createPlaces(): Places {
	const rooms = new Map<string, Room>();
	const roomOf = (connection: string): Room => {
		const never = Number.NEGATIVE_INFINITY;
		const empty = { inside: 0, places: first, cutAt: never, usualStay: quickMs };
		const room = rooms.get(connection) ?? { ...empty, lastTurn: { delivery: never, poll: never } };
		rooms.set(connection, room);
		return room;
	};
	return {
		enter(connection, enteredAt) {
			const room = roomOf(connection);
			if (room.inside >= Math.floor(room.places)) return null;
			room.inside += 1;
			return (leftAt) => {
				room.inside -= 1;
				const stay = leftAt - enteredAt;
				room.usualStay += weight * (stay - room.usualStay);
				// Those who came in before the last cut tell of the same crowd.
				if (stay >= slowMs && enteredAt >= room.cutAt) {
					room.places = Math.max(1, room.places / 2);
					room.cutAt = leftAt;
				} else if (stay <= quickMs) {
					room.places = Math.min(most, room.places + 1 / room.places);
				}
			};
		},
		turn(connection, now, cause) {
			const room = roomOf(connection);
			const next = Math.max(now + soonestMs, room.lastTurn[cause] + room.usualStay / room.places / 2);
			const latest = latestMs[cause];
			if (next > now + latest) return now + latest * (1 + chance()) * 0.5;
			room.lastTurn[cause] = next;
			return next;
		},
	};
}
