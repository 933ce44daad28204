import type { Duration, Instant } from "../calendar/calendar.ts";

/** A value that holds from an instant until the next change. */
export type Change<T> = { at: Instant; value: T };

type Settling<T> = {
	/** How long a change that was made at an instant may be taken back. */
	grace: (at: Instant) => Duration;
	same: (a: T, b: T) => boolean;
};

/**
 * The changes that count, of changes in order. A change that is taken back within `grace` is left out with what took
 * it back, whatever lay in between; of changes at one instant the last counts; what changes nothing is left out.
 */
export function withoutFlaps<T>(changes: readonly Change<T>[], { grace, same }: Settling<T>): Change<T>[] {
	const kept: Change<T>[] = [];
	for (const change of changes) {
		const back = valueTakenBack(kept, change, { grace, same });
		if (back !== null) kept.length = back + 1;
		else if (kept[kept.length - 1]?.at === change.at) kept[kept.length - 1] = change;
		else kept.push(change);
	}
	return kept;
}

/** Index of the value to which a change returns in time, `null` when it is news. */
function valueTakenBack<T>(kept: readonly Change<T>[], change: Change<T>, { grace, same }: Settling<T>): number | null {
	for (let index = kept.length - 1; index >= 0; index--) {
		const departure = kept[index + 1];
		if (departure && change.at - departure.at > grace(departure.at)) return null;
		const earlier = kept[index];
		if (earlier && same(earlier.value, change.value)) return index;
	}
	return null;
}

/** The value that holds at an instant: that of the last change at or before it. */
export function valueAt<T>(changes: readonly Change<T>[], at: Instant): T | undefined {
	let value: T | undefined;
	for (const change of changes) {
		if (change.at > at) break;
		value = change.value;
	}
	return value;
}
