import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Report } from "../lib/messages.ts";

type Where = { version: string; userAgent: string; language: string; now: Instant };

/** A report as text, in English, for those who maintain the overlay. It holds no address, no title, no token and no name. */
export function diagnosisText(report: Report, { version, userAgent, language, now }: Where): string {
	const { host, ticket, rows, found, missing, faults, receivedAt, checks } = report;
	const list = (words: readonly string[]) => (words.length === 0 ? "-" : words.join(", "));
	return [
		`Stipt ${version}, ${language}`,
		userAgent,
		`host: ${host}`,
		`ticket on the page: ${ticket === null ? "no" : "yes"}; rows in a list: ${rows}`,
		`places found: ${list(found)}`,
		`places missing: ${list(missing)}`,
		`age of the data: ${receivedAt === null ? "none yet" : `${Math.round((now - receivedAt) / 1000)} s`}`,
		...checks.map(
			({ name, expected, found: count, isRight }) =>
				`${isRight ? "ok " : "NOT"} ${name}: expected ${expected}, found ${count}`,
		),
		...faults.map((fault) => `fault: ${withoutAddresses(fault)}`),
	].join("\n");
}

function withoutAddresses(text: string): string {
	return text.replace(/\b[a-z][a-z-]*:\/\/\S+/gi, "(address)");
}
