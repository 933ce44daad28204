import { toMoment, UnreadableTime } from "./duration-text.ts";
import { oneForm } from "./one-form.ts";
import { placesAt } from "./places.ts";
import type { LadderStep } from "./policy.ts";
import type { PolicyProblem } from "./policy-problem.ts";
import { memberOf } from "./yaml-place.ts";
import type { YamlSource } from "./yaml-source.ts";

/** What each part of a policy says well by itself and cannot mean together. */
export function contradictions(source: YamlSource): PolicyProblem[] {
	return [
		...defaultService(source),
		...idleSteps(source),
		...movesNowhere(source),
		...stepsOutOfOrder(source),
		...unknownPlaceholders(source),
		...exceptionForms(source),
		...targetsBefore(source),
		...availabilityForms(source),
	];
}

function defaultService(source: YamlSource): PolicyProblem[] {
	const services = placesAt(source, "services.*").filter(({ value }) => typeof value === "object" && value !== null);
	const [first, ...others] = services.filter(({ value }) => {
		const groups = memberOf(value, "groups");
		return groups === undefined || groups === null || (Array.isArray(groups) && groups.length === 0);
	});
	if (services.length > 0 && first === undefined) {
		const expected = "one service without groups, for the tickets of every other group";
		return [source.problem(["services"], { code: "missing", expected, found: "groups on every service" })];
	}
	return others.map(({ path }) =>
		source.problem(path, {
			code: "contradiction",
			expected: `groups, since ${first?.path.at(-1)} is already the service without any`,
			found: "no groups",
		}),
	);
}

function idleSteps(source: YamlSource): PolicyProblem[] {
	return placesAt(source, "ladders.*.steps.*").flatMap(({ path, value }) => {
		if (typeof value !== "object" || value === null) return [];
		const roles = memberOf(value, "notify");
		const isIdle = roles === undefined || (Array.isArray(roles) && roles.length === 0);
		if (!isIdle || memberOf(value, "note") === true) return [];
		const expected = "a role in notify, or note: true";
		return [source.problem(path, { code: "missing", expected, found: "a step that tells nobody" })];
	});
}

function movesNowhere(source: YamlSource): PolicyProblem[] {
	return placesAt(source, "ladders.*.steps.*.moveTo").flatMap(({ path, value }) => {
		if (typeof value !== "object" || value === null) return [];
		const isSaid = (key: string) => memberOf(value, key) !== undefined;
		if (isSaid("owner") && !isSaid("line") && !isSaid("group")) return [];
		return oneForm(source, path, { value, forms: ["line", "group"], what: ", or an owner alone" });
	});
}

function stepsOutOfOrder(source: YamlSource): PolicyProblem[] {
	return placesAt(source, "ladders.*.steps").flatMap(({ path: ladder }) => {
		let last: { at: LadderStep["at"]; text: string } | undefined;
		return placesAt(source, "*.at", ladder).flatMap(({ path, value }) => {
			const at = typeof value === "string" ? readMoment(value) : undefined;
			if (at === undefined) return [];
			const before = last;
			last = { at, text: String(value) };
			if (before === undefined || !isBefore(at, before.at)) return [];
			return [source.problem(path, { code: "contradiction", expected: `a moment not before ${before.text}` })];
		});
	});
}

/** Certainly earlier, whatever the target: a percentage and a time before the deadline cannot be compared. */
function isBefore(at: LadderStep["at"], other: LadderStep["at"]): boolean {
	if (at.kind === "percent") {
		if (other.kind === "percent") return at.percent < other.percent;
		return other.offset > 0 || (other.offset === 0 && at.percent < 100);
	}
	return other.kind === "deadline" ? at.offset < other.offset : other.percent === 100 && at.offset < 0;
}

function readMoment(text: string): LadderStep["at"] | undefined {
	try {
		return toMoment(text);
	} catch (error) {
		if (error instanceof UnreadableTime) return undefined;
		throw error;
	}
}

function unknownPlaceholders(source: YamlSource): PolicyProblem[] {
	const texts = ["pages.*.title", "pages.*.title.*", "pages.*.texts.*", "pages.*.texts.*.*"];
	return texts.flatMap((pattern) =>
		placesAt(source, pattern).flatMap(({ path, value }) => {
			const unknown = typeof value === "string" ? value.match(/\{[^{}]*\}/g) : null;
			return (unknown ?? [])
				.filter((placeholder) => placeholder !== "{component}" && placeholder !== "{service}")
				.map((found) => source.problem(path, { code: "unknown-name", expected: "{component} or {service}", found }));
		}),
	);
}

function exceptionForms(source: YamlSource): PolicyProblem[] {
	return placesAt(source, "calendars.*.exceptions.*").flatMap(({ path, value }) => {
		const moments = oneForm(source, path, { value, forms: ["date", "from"] });
		if (moments.length > 0) return moments;
		if (memberOf(value, "from") === undefined) {
			if (memberOf(value, "to") !== undefined) {
				const expected = "date alone, or from and to";
				return [
					source.problem([...path, "to"], { code: "contradiction", expected, found: "to beside date", atKey: true }),
				];
			}
			return oneForm(source, path, { value, forms: ["hours", "add", "remove", "closed"], what: " for the date" });
		}
		const missing = ["to", "closed"].filter((key) => memberOf(value, key) === undefined);
		const excess = ["hours", "add", "remove"].filter((key) => memberOf(value, key) !== undefined);
		return [
			...missing.map((key) =>
				source.problem([...path, key], { code: "missing", expected: `the key ${key} beside from` }),
			),
			...excess.map((key) =>
				source.problem([...path, key], {
					code: "contradiction",
					expected: "only closed: true for more than one date",
					found: key,
					atKey: true,
				}),
			),
		];
	});
}

function targetsBefore(source: YamlSource): PolicyProblem[] {
	return placesAt(source, "services.*.targets.*.*").flatMap(({ path, value }) => {
		if (memberOf(value, "before") === undefined || memberOf(value, "effectiveFrom") !== undefined) return [];
		const expected = "effectiveFrom beside before, the date on which the new target begins";
		return [source.problem([...path, "before"], { code: "missing", expected, found: "none", atKey: true })];
	});
}

function availabilityForms(source: YamlSource): PolicyProblem[] {
	return placesAt(source, "services.*.availability").flatMap(({ path: list }) => {
		let last: string | undefined;
		return placesAt(source, "*", list).flatMap(({ path, value }, index) => {
			const figures = ["always", "inHours", "outside"].filter((key) => memberOf(value, key) !== undefined);
			const forms =
				figures.length > 0 && !(figures.includes("always") && figures.length > 1)
					? []
					: oneForm(source, path, { value, forms: ["always", "inHours"] });
			const from = memberOf(value, "effectiveFrom");
			const before = last;
			if (typeof from === "string") last = from;
			if (index === 0) return forms;
			if (from === undefined) {
				const expected = "effectiveFrom on every figure after the first";
				return [...forms, source.problem([...path, "effectiveFrom"], { code: "missing", expected })];
			}
			if (typeof from !== "string" || before === undefined || from > before) return forms;
			const expected = `a date after ${before}, since figures stand in the order of their dates`;
			return [...forms, source.problem([...path, "effectiveFrom"], { code: "contradiction", expected })];
		});
	});
}
