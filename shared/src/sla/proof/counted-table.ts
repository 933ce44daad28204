import type { Language } from "../../wire/language.ts";
import { hasOwnHours } from "./own-hours.ts";
import type { CountedLine, Proof, ProofPause, SpecialDay } from "./proof.ts";
import { offsetOf, type ProofSpeech, timeOf } from "./proof-speech.ts";

const dayMs = 86_400_000;

type Row = { at: string; when: string; what: string; amount: string };

/** The lines of a count as a table, with what is not counted where it falls: days with other hours, and pauses. */
export function countedTable(proof: Proof, speech: ProofSpeech, language: Language): string[] {
	const { counted, countedFrom, countedTo, calendars, pauses } = proof;
	const [first, last] = [countedFrom.local.slice(0, 10), countedTo.local.slice(0, 10)];
	const rows: Row[] = [
		...counted.map((line) => countedRow(line, speech)),
		...daysAlike(
			calendars
				.flatMap((calendar) => calendar.special.filter((day) => hasOwnHours(day, calendar)))
				.filter(({ date }) => date >= first && date <= last),
		).map((days) => specialRow(days, speech, language)),
		...pauses
			.filter(({ from }) => from.at < countedTo.at || from.at === proof.asOf.at)
			.map((pause) => pauseRow(pause, speech, language)),
	].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
	if (rows.length === 0) return [speech.say("nothing")];
	const width = (column: "when" | "amount") => Math.max(...rows.map((row) => row[column].length));
	const [when, amount] = [width("when"), width("amount")];
	return rows.map((row) => `${row.when.padEnd(when)}  ${row.amount.padStart(amount)}  ${row.what}`);
}

function countedRow(line: CountedLine, speech: ProofSpeech): Row {
	const { say, date, duration, days } = speech;
	const [from, to] = [line.from.local, line.to.local];
	const amount = duration(line.ms);
	if (line.kind === "days") {
		const when = say("until", { from: date(from.slice(0, 10)), to: date(to.slice(0, 10)) });
		return { at: from, when, what: say("of", { days: days(line.days), duration: duration(line.each) }), amount };
	}
	const isOneDay = from.slice(0, 10) === to.slice(0, 10);
	const isOneOffset = offsetOf(from) === offsetOf(to);
	const end = isOneDay ? timeOf(to) : `${date(to.slice(0, 10))} ${timeOf(to)}`;
	const offset = isOneOffset ? offsetOf(from) : `${offsetOf(from)} / ${offsetOf(to)}`;
	return { at: from, when: date(from.slice(0, 10)), what: `${timeOf(from)}-${end} (${offset})`, amount };
}

/** Days that follow one another with the same hours under the same name. */
function daysAlike(days: readonly SpecialDay[]): [SpecialDay, ...SpecialDay[]][] {
	const groups: [SpecialDay, ...SpecialDay[]][] = [];
	for (const day of days) {
		const group = groups.at(-1);
		const last = group?.at(-1);
		const isNext = last !== undefined && Date.parse(day.date) - Date.parse(last.date) === dayMs;
		const what = ({ hours, name, because }: SpecialDay) => JSON.stringify([hours, name, because]);
		if (group && isNext && what(day) === what(group[0])) group.push(day);
		else groups.push([day]);
	}
	return groups;
}

function specialRow(days: [SpecialDay, ...SpecialDay[]], { say, date }: ProofSpeech, language: Language): Row {
	const [day] = days;
	const hours = day.hours.length === 0 ? say("closed") : day.hours.join(", ");
	const name = day.name?.[language] ?? say(day.because);
	const [from, to] = [date(day.date), date((days.at(-1) ?? day).date)];
	const when = days.length === 1 ? from : say("until", { from, to });
	return { at: `${day.date}T00:00:00.000`, when, what: say("pair", { name: hours, value: name }), amount: "" };
}

function pauseRow(pause: ProofPause, { say, date, duration }: ProofSpeech, language: Language): Row {
	const { from, until, by, owner } = pause;
	const [start, end] = [from.local, until?.local ?? null];
	const isOneDay = end !== null && start.slice(0, 10) === end.slice(0, 10);
	const reason = pause.reason?.[language] ?? say(by === "solved" ? "pause.solved" : "pause.hand");
	const who = owner === null ? "" : ` (${say(`owner.${owner}`)})`;
	const times =
		end === null
			? say("pause.from", { from: timeOf(start) })
			: isOneDay
				? `${timeOf(start)}-${timeOf(end)}`
				: say("until", { from: timeOf(start), to: `${date(end.slice(0, 10))}, ${timeOf(end)}` });
	const what = `${times} ${say("pause.line", { reason })}${who}`;
	return { at: start, when: date(start.slice(0, 10)), what, amount: `[${duration(pause.ms)}]` };
}
