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

type Reader = { language: Language; now: Instant; zone: string };
type Field = AcknowledgementProblem["field"];

/** The form that takes an alert on: who, and when there will be news. It works without script. */
export function acknowledgeForm(form: AcknowledgeForm, reader: Reader): Html {
	const { language } = reader;
	return html`<form method="post" action="${form.action}" novalidate>
<h2>${say(language, "ack.form")}</h2>
${problemSummary(form, reader)}<p>${say(language, "ack.form-lead")}</p>
${Object.entries(form.hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">\n`)}${promiseField(form, reader)}
${nameField(form, reader)}
<button type="submit">${say(language, "ack.submit")}</button>
</form>`;
}

function promiseField(form: AcknowledgeForm, reader: Reader): Html {
	const { language, now, zone } = reader;
	const moment = (instant: Instant) => localTime(language, instant, { zone, shape: "brief" });
	const near = Object.entries(promiseChoices).map(([value, amount]) => ({
		...{
			value,
			label: say(language, "ack.in", { duration: openDuration(language, amount) }),
			hint: moment(now + amount),
		},
		isWide: false,
	}));
	const far = [
		...(form.startOfHours === null
			? []
			: [{ value: "morning", label: say(language, "ack.morning"), hint: moment(form.startOfHours), isWide: true }]),
		{ value: "own", label: say(language, "ack.own"), hint: null, isWide: true },
	];
	const chosen = form.entered?.promise ?? "1h";
	return html`<fieldset${described([isWrong("promise", form) && "promise-problem"])}>
<legend>${say(language, "ack.promise")}</legend>
${problemOf("promise", form, reader)}<div class="choices">
${[...near, ...far].map((choice) => radio({ ...choice, isChosen: choice.value === chosen }))}</div>
<div class="own"><label class="label" for="own">${say(language, "ack.own-time", { zone: zoneName(language, zone) })}</label>
${problemOf("own", form, reader)}<input type="datetime-local" id="own" name="own" value="${form.entered?.own ?? ""}" min="${localInput(now, zone)}"${invalid("own", form)}></div>
</fieldset>`;
}

function radio(choice: {
	value: string;
	label: string;
	hint: string | null;
	isWide: boolean;
	isChosen: boolean;
}): Html {
	const { value, label, hint, isWide, isChosen } = choice;
	return html`<label class="choice${isWide ? " wide" : ""}">
<input type="radio" name="promise" value="${value}" id="promise-${value}"${isChosen ? html` checked` : null}>
<span>${label}${hint === null ? null : html`<small>${hint}</small>`}</span></label>
`;
}

function nameField(form: AcknowledgeForm, reader: Reader): Html {
	const { language } = reader;
	return html`<div class="field">
<label class="label" for="name">${say(language, "ack.name")}</label>
<p class="muted" id="name-hint">${say(language, "ack.name-hint")}</p>
${problemOf("name", form, reader)}<input type="text" id="name" name="name" value="${form.entered?.name ?? ""}" autocomplete="name" maxlength="80" required${invalid("name", form, "name-hint")}>
</div>`;
}

/** All problems at the top, each a link to its field. */
function problemSummary({ problems = [] }: AcknowledgeForm, reader: Reader): Html | null {
	if (problems.length === 0) return null;
	const target = (field: Field) => (field === "promise" ? "promise-30m" : field);
	return html`<div class="notice bad" role="alert"><h2>${say(reader.language, "ack.problems")}</h2><ul>
${problems.map((problem) => html`<li><a href="#${target(problem.field)}">${sentence(problem, reader)}</a></li>\n`)}</ul></div>
`;
}

function problemOf(field: Field, { problems = [] }: AcknowledgeForm, reader: Reader): Html | null {
	const found = problems.find((problem) => problem.field === field);
	return found === undefined ? null : html`<p class="problem" id="${field}-problem">${sentence(found, reader)}</p>\n`;
}

function sentence({ problem }: AcknowledgementProblem, { language, now, zone }: Reader): string {
	if (problem !== "own") return say(language, `ack.problem.${problem}`);
	const example = localTime(language, now + promiseChoices["2h"], { zone, shape: "brief" });
	return say(language, "ack.problem.own", { example });
}

function isWrong(field: Field, { problems = [] }: AcknowledgeForm): boolean {
	return problems.some((problem) => problem.field === field);
}

/** Attributes that tie a field to its problem and its hint. */
function invalid(field: Field, form: AcknowledgeForm, hint?: string): Html {
	const wrong = isWrong(field, form);
	return html`${wrong ? html` aria-invalid="true"` : null}${described([hint, wrong && `${field}-problem`])}`;
}

function described(ids: (string | false | undefined)[]): Html | null {
	const given = ids.filter((id) => typeof id === "string").join(" ");
	return given === "" ? null : html` aria-describedby="${given}"`;
}
