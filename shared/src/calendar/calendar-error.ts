/**
 * Why a calendar cannot be read or a question about it cannot be answered. The first eight are faults of a
 * definition, the next four of a question, and the last two say that the answer lies beyond the horizon.
 */
export type CalendarErrorCode =
	| "INVALID_ZONE"
	| "INVALID_RANGE"
	| "OVERLAPPING_RANGES"
	| "INVALID_DATE"
	| "UNKNOWN_HOLIDAY_SET"
	| "ALWAYS_WITH_WEEKLY"
	| "ROTA_WITH_WEEKLY"
	| "INVALID_ROTA"
	| "INVALID_INSTANT"
	| "INVALID_DURATION"
	| "INVALID_DAY_COUNT"
	| "INVALID_VECTOR"
	| "NO_OPEN_TIME"
	| "HORIZON_EXCEEDED";

/** Every failure of the calendar engine: what was expected, what was found, and where. */
export class CalendarError extends Error {
	override readonly name = "CalendarError";
	readonly code: CalendarErrorCode;
	readonly expected: string;
	readonly found: string;
	/** Path of the fault in what was given, such as `weekly.mon[0]` or `duration`. */
	readonly path: string;

	/** `found` is the value that stood there; `words` say it where there is no one value to show. */
	constructor(
		code: CalendarErrorCode,
		fault: { path: string; expected: string } & ({ found: unknown } | { words: string }),
	) {
		const found = "words" in fault ? fault.words : describe(fault.found);
		super(`Expected ${fault.expected}, found ${found} at ${fault.path}`);
		this.code = code;
		this.expected = fault.expected;
		this.found = found;
		this.path = fault.path;
	}
}

const LONGEST = 80;

function describe(value: unknown): string {
	if (value === undefined) return "nothing";
	if (typeof value === "number" || typeof value === "bigint") return String(value);
	const text = asJson(value) ?? typeof value;
	return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function asJson(value: unknown): string | undefined {
	try {
		return JSON.stringify(value);
	} catch {
		return undefined;
	}
}
