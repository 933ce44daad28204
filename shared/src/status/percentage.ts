import type { Duration } from "../calendar/calendar.ts";
import type { Availability } from "./availability.ts";

/** A percentage as the share that may be lost, in whole numbers: 99.3 % is 7 of 1000. */
export type AllowedLoss = { parts: number; of: number };

const PERCENTAGE = /^(\d{1,3})(?:\.(\d{1,6}))?$/;

/** Reads a percentage such as `99.95`. Throws `RangeError` unless it lies from 0 to 100 with at most six decimals. */
export function readPercentage(text: string): AllowedLoss {
	const [, whole, decimals = ""] = PERCENTAGE.exec(text) ?? [];
	const of = 100 * 10 ** decimals.length;
	const parts = of - Number(`${whole}${decimals}`);
	if (whole !== undefined && parts >= 0) return { parts, of };
	throw new RangeError(
		`Expected a percentage from 0 to 100 with at most six decimals, such as 99.95, found ${JSON.stringify(text)}`,
	);
}

/**
 * How long it may be down while it is measured, in whole milliseconds. What is down for no longer than this has
 * reached the percentage exactly: no fraction is rounded on the way.
 */
export function allowanceOf(percentage: string, measuredMs: Duration): Duration {
	const { parts, of } = readPercentage(percentage);
	return Number((BigInt(measuredMs) * BigInt(parts)) / BigInt(of));
}

/**
 * The percentage that was up, with so many decimals, rounded down: 99.29996 % is never printed as 99.30. `null` when
 * nothing was measured: no data is not 100 %.
 */
export function printPercentage({ measuredMs, downMs }: Availability, decimals = 3): string | null {
	if (measuredMs <= 0) return null;
	const digits = (BigInt(measuredMs - downMs) * 100n * 10n ** BigInt(decimals)) / BigInt(measuredMs);
	const text = String(digits).padStart(decimals + 1, "0");
	return decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}

/** A length of time to the tenth or thousandth of a second where it has such: `44:34.8`, `1:46:15.6`, `-0:03`. */
export function printSpan(span: Duration): string {
	const left = Math.abs(span);
	const [hours, minutes] = [Math.floor(left / 3_600_000), Math.floor(left / 60_000) % 60];
	const seconds = String(Math.floor(left / 1000) % 60).padStart(2, "0");
	const fraction =
		left % 1000 === 0
			? ""
			: `.${String(left % 1000)
					.padStart(3, "0")
					.replace(/0+$/, "")}`;
	const front = hours === 0 ? `${minutes}` : `${hours}:${String(minutes).padStart(2, "0")}`;
	return `${span < 0 ? "-" : ""}${front}:${seconds}${fraction}`;
}
