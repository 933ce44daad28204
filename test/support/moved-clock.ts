/** A clock that stands still until it is moved. */
export function movedClock(start: string) {
	let now = Date.parse(start);
	return {
		time: () => now,
		advance(ms: number) {
			now += ms;
		},
		set(instant: string) {
			now = Date.parse(instant);
		},
	};
}

export type MovedClock = ReturnType<typeof movedClock>;

export const seconds = (count: number) => count * 1000;
export const minutes = (count: number) => count * 60_000;
export const hours = (count: number) => count * 3_600_000;
