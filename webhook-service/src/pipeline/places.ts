import type { Instant } from "@stipt/shared/calendar/calendar";

/** Fewer than the jobs that a worker does at once. */
const most = 10;
/** Where nothing is known of a helpdesk yet: after a long outage it must not be met by a crowd. */
const first = 4;
/** A stay of this length says that the helpdesk has enough to do; one that is shorter than the other, that it has room. */
const slowMs = 4000;
const quickMs = 1500;

/**
 * Places per connection: as many readings at once as its helpdesk answers well. A helpdesk that is asked too much at
 * once answers nothing in time, and goes on working for those who have left. So it begins with a few; a slow stay halves the places, down to
 * one, and each quick one brings a part of a place back.
 */
export type Places = {
	/** Answers how to leave, or `null` when all places are taken. */
	enter(connection: string, now: Instant): ((now: Instant) => void) | null;
};

type Room = { inside: number; places: number; cutAt: Instant };

export function createPlaces(): Places {
	const rooms = new Map<string, Room>();
	return {
		enter(connection, enteredAt) {
			const room = rooms.get(connection) ?? { inside: 0, places: first, cutAt: Number.NEGATIVE_INFINITY };
			rooms.set(connection, room);
			if (room.inside >= Math.floor(room.places)) return null;
			room.inside += 1;
			return (leftAt) => {
				room.inside -= 1;
				const stay = leftAt - enteredAt;
				// Those who came in before the last cut tell of the same crowd.
				if (stay >= slowMs && enteredAt >= room.cutAt) {
					room.places = Math.max(1, room.places / 2);
					room.cutAt = leftAt;
				} else if (stay <= quickMs) {
					room.places = Math.min(most, room.places + 1 / room.places);
				}
			};
		},
	};
}
