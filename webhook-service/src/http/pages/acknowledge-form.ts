import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Language } from "@stipt/shared/wire/language";
import { type Html, html } from "../../words/html.ts";
import { localInput, localTime, zoneName } from "../../words/local-time.ts";
import { say } from "../../words/messages.ts";
import { openDuration } from "../../words/open-duration.ts";
import { type AcknowledgementEntry, type AcknowledgementProblem, promiseChoices } from "./read-acknowledgement.ts";

export type AcknowledgeForm = {
	/** Where the form is posted. */
	action: string;
	/** Hidden fields that come back with it: the signature of the link and what it covers. */
	hidden: Record<string, string>;
	/** When the service's hours start again; `null` when they never do. */
	startOfHours: Instant | null;
	/** What was entered before, when it came back with problems. */
	entered?: AcknowledgementEntry;
	problems?: AcknowledgementProblem[];
};

/** The form that takes an alert on: who, and when there will be news. */
export function acknowledgeForm(
	{ action, hidden, startOfHours, entered, problems = [] }: AcknowledgeForm,
	{ language, now, zone }: { language: Language; now: Instant; zone: string },
): Html {
	const chosen = entered?.promise ?? "1h";
	const brief = (instant: Instant) => localTime(language, instant, { zone, shape: "brief" });
	const textOf = ({ problem }: AcknowledgementProblem) =>
		problem === "own"
			? say(language, "ack.problem.own", { example: localInput(now + promiseChoices["2h"], zone).replace("T", " ") })
			: say(language, `ack.problem.${problem}`);
	const problemOf = (field: AcknowledgementProblem["field"]) => {
		const found = problems.find((problem) => problem.field === field);
		return found === undefined ? null : html`<p class="problem" id="${field}-problem">${textOf(found)}</p>`;
	};
	const wrong = (field: AcknowledgementProblem["field"], ...also: string[]) => {
		const isWrong = problems.some((problem) => problem.field === field);
		const described = [...also, ...(isWrong ? [`${field}-problem`] : [])].join(" ");
		return html`${isWrong ? html` aria-invalid="true"` : null}${described === "" ? null : html` aria-describedby="${described}"`}`;
	};
	const choice = (value: string, label: string, { hint, isWide = false }: { hint?: string; isWide?: boolean } = {}) =>
		html`<label class="choice${isWide ? " wide" : ""}"><input type="radio" name="promise" value="${value}" id="promise-${value}"${value === chosen ? html` checked` : null}><span>${label}${hint === undefined ? null : html`<small>${hint}</small>`}</span></label>\n`;
	return html`<form method="post" action="${action}" novalidate>
<h2>${say(language, "ack.form")}</h2>
${
	problems.length === 0
		? null
		: html`<div class="notice bad" role="alert"><h2>${say(language, "ack.problems")}</h2><ul>
${problems.map((problem) => html`<li><a href="#${problem.field === "promise" ? "promise-30m" : problem.field}">${textOf(problem)}</a></li>\n`)}</ul></div>`
}
<p>${say(language, "ack.form-lead")}</p>
${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">\n`)}<fieldset${problems.some(({ field }) => field === "promise") ? html` aria-describedby="promise-problem"` : null}>
<legend>${say(language, "ack.promise")}</legend>
${problemOf("promise")}<div class="choices">
${Object.entries(promiseChoices).map(([value, amount]) =>
	choice(value, say(language, "ack.in", { duration: openDuration(language, amount) }), { hint: brief(now + amount) }),
)}${startOfHours === null ? null : choice("morning", say(language, "ack.morning"), { hint: brief(startOfHours), isWide: true })}${choice("own", say(language, "ack.own"), { isWide: true })}</div>
<div class="own"><label class="label" for="own">${say(language, "ack.own-time", { zone: zoneName(language, zone) })}</label>
${problemOf("own")}<input type="datetime-local" id="own" name="own" value="${entered?.own ?? ""}" min="${localInput(now, zone)}"${wrong("own")}></div>
</fieldset>
<fieldset>
<label class="label" for="name">${say(language, "ack.name")}</label>
<p class="muted" id="name-hint">${say(language, "ack.name-hint")}</p>
${problemOf("name")}<input type="text" id="name" name="name" value="${entered?.name ?? ""}" autocomplete="name" maxlength="80" required${wrong("name", "name-hint")}>
</fieldset>
<button type="submit">${say(language, "ack.submit")}</button>
</form>`;
}
