import type { Language } from "../../wire/language.ts";
import { countedTable } from "./counted-table.ts";
import type { Hours, Proof, ProofCalendar, WeekdayName } from "./proof.ts";
import { type ProofSpeech, proofSpeech } from "./proof-speech.ts";

type Pair = [label: string, ...values: string[]];

/** A proof as plain text, to be pasted into a mail: aligned with spaces, for any font of one width. */
export function formatProof(proof: Proof, language: Language): string {
	const speech = proofSpeech(language);
	const facts = factsOf(proof, language, speech);
	const sums = sumsOf(proof, speech);
	const width = Math.max(...[...facts, ...sums].map(([label]) => label.length)) + 2;
	const written = (pairs: readonly Pair[]) =>
		pairs.flatMap(([label, ...values]) =>
			values.map((value, index) => `${(index === 0 ? label : "").padEnd(width)}${value}`),
		);
	const title = titleOf(proof, speech);
	return [
		title,
		"=".repeat(title.length),
		...written(facts),
		"",
		speech.say("label.counted"),
		...countedTable(proof, speech, language).map((line) => `  ${line}`),
		"",
		...written(sums),
	].join("\n");
}

function titleOf(proof: Proof, { say, moment, duration }: ProofSpeech): string {
	const { goal, cycle, ticket, state, stopped, deadline, remaining } = proof;
	const name = say(`goal.${goal}`);
	const which = cycle === 1 ? name : say("title.cycle", { goal: name, cycle });
	const what = ticket === null ? which : say("title.of-ticket", { goal: which, number: ticket.number });
	const time = stopped === null ? "" : moment(stopped);
	const how =
		state === "missed"
			? say("state.missed", { duration: duration(remaining ?? 0) })
			: state === "met" || state === "cancelled"
				? say(`state.${state}`, { time })
				: deadline !== null
					? say("state.due", { time: moment(deadline) })
					: say(`state.${proof.withoutDeadline ?? "standing"}`);
	return say("pair", { name: what, value: how });
}

function factsOf(proof: Proof, language: Language, speech: ProofSpeech): Pair[] {
	const { say, moment } = speech;
	const { rule, policy, started, countedFrom, calendars, agreed } = proof;
	const named = (id: string, words: Record<Language, string> | null) =>
		words === null || words[language] === id ? id : `${id} (${words[language]})`;
	return [
		[say("label.started"), say("pair", { name: moment(started), value: say(`because.${started.because}`) })],
		...(countedFrom.at === started.at
			? []
			: ([
					[say("label.counted-from"), say("pair", { name: moment(countedFrom), value: say("because.begun-anew") })],
				] satisfies Pair[])),
		[say("label.service"), rule.serviceName?.[language] ?? rule.service],
		...(rule.line === null ? [] : ([[say("label.line"), rule.line]] satisfies Pair[])),
		[say("label.priority"), named(rule.priority, rule.priorityName)],
		[say("label.target"), targetText(proof, speech)],
		[say("label.policy"), `${policy.title}, ${say("version", { version: policy.version })}`],
		...changesOf(proof, speech),
		...(agreed === null
			? []
			: ([[say("label.agreed"), moment(agreed.deadline), `${agreed.reason} (${moment(agreed)})`]] satisfies Pair[])),
		...calendars.flatMap((calendar): Pair[] => [
			[say("label.calendar"), calendarText(calendar, speech)],
			[say("label.hours"), ...hoursOf(calendar, language, speech)],
		]),
		[say("label.zone-data"), proof.tzData],
		[say("label.as-of"), moment(proof.asOf)],
	];
}

function targetText({ rule }: Proof, { say, duration, days }: ProofSpeech): string {
	const { target, promise, without } = rule;
	if (target === null) return say(without === "channel" ? "target.no-channel" : "target.none");
	if (target.kind === "business") {
		return `${say("target.open-time", { duration: duration(target.ms) })} (${say(`promise.${promise}`)})`;
	}
	if (target.kind === "left-for-line") {
		const { line, left, resolution, used, minimum } = target;
		const sum = `${duration(resolution)} - ${duration(used)} - ${duration(minimum)} = ${left < 0 ? "-" : ""}${duration(left)}`;
		return say("pair", { name: say("target.left-for-line", { line }), value: sum });
	}
	const how = `${say(`end.${target.end}`)}; ${say(`count.${target.count}`)}`;
	return `${days(target.days)}, ${how} (${say(`promise.${promise}`)})`;
}

function changesOf(proof: Proof, { say, moment }: ProofSpeech): Pair[] {
	const lines = proof.changes.map((change) => {
		const what = say(`change.${change.what}`, { from: change.from, to: change.to });
		return say("pair", { name: moment(change), value: `${what}, ${say(`effect.${change.effect}`)}` });
	});
	return lines.length === 0 ? [] : [[say("label.change"), ...lines]];
}

function calendarText(calendar: ProofCalendar, { say, moment }: ProofSpeech): string {
	const { name, zone, version, since, provisional } = calendar;
	const parts = [`${name} (${zone})`, say("version.calendar", { version })];
	if (since !== null) parts.push(say("since", { time: moment(since) }));
	if (provisional) parts.push(say("provisional"));
	return parts.join(", ");
}

/** The week's hours, weekdays that are alike together; for each season or week of a rota once. */
function hoursOf({ weeks }: ProofCalendar, language: Language, speech: ProofSpeech): string[] {
	const { say, weekdays } = speech;
	const lines = new Map<string, Map<string, Set<WeekdayName>>>();
	for (const { layer, name, week } of weeks) {
		const heading =
			layer === "weekly" || layer === "always"
				? ""
				: `${say("pair", { name: name?.[language] ?? layer, value: "" }).trimEnd()} `;
		const byHours = lines.get(heading) ?? new Map<string, Set<WeekdayName>>();
		lines.set(heading, byHours);
		for (const [weekday, hours] of Object.entries(week) as [WeekdayName, Hours][]) {
			const text =
				layer === "always" ? say("always") : hours.hours.length === 0 ? say("closed") : hours.hours.join(", ");
			byHours.set(text, (byHours.get(text) ?? new Set()).add(weekday));
		}
	}
	const found = [...lines].map(
		([heading, byHours]) => heading + [...byHours].map(([text, names]) => `${weekdays([...names])} ${text}`).join("; "),
	);
	return found.length === 0 ? [say("closed")] : found;
}

function sumsOf(proof: Proof, { say, moment, duration }: ProofSpeech): Pair[] {
	const { remaining, deadline, ifResumedNow, stopped, breached, sum, elapsed } = proof;
	const pairs: Pair[] = [[say("label.sum"), duration(sum)]];
	if (elapsed !== sum) pairs.push([say("label.used"), duration(elapsed)]);
	if (remaining !== null) {
		pairs.push([say(remaining < 0 ? "label.late" : "label.left"), duration(remaining)]);
	}
	if (deadline !== null) pairs.push([say("label.deadline"), moment(deadline)]);
	if (ifResumedNow !== null) pairs.push([say("label.if-resumed"), say("state.due", { time: moment(ifResumedNow) })]);
	if (stopped !== null) pairs.push([say("label.stopped"), moment(stopped)]);
	if (breached !== null && breached.by !== "time") {
		pairs.push([say("label.breached"), say(`breached.${breached.by}`, { time: moment(breached) })]);
	}
	return pairs;
}
