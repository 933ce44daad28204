import { nearMiss } from "./near-miss.ts";
import { namesAt, type Place, placesAt } from "./places.ts";
import type { PolicyProblem } from "./policy-problem.ts";
import { memberOf } from "./yaml-place.ts";
import type { YamlSource } from "./yaml-source.ts";

/** Where each kind of name is declared. */
const declared = {
	calendar: "calendars.~",
	ladder: "ladders.~",
	role: "roles.~",
	service: "services.~",
	component: "components.*",
	priority: "priorities.*.id",
	impact: "matrix.impacts.*.id",
	urgency: "matrix.urgencies.*.id",
	line: "services.*.lines.*.id",
} as const;

type Kind = keyof typeof declared;

/** Where each kind of name is used. */
const used: readonly [pattern: string, kind: Kind][] = [
	["matrix.cells.~", "impact"],
	["matrix.cells.*.~", "urgency"],
	["matrix.cells.*.*", "priority"],
	["matrix.caps.*.atMost", "priority"],
	["services.*.calendar", "calendar"],
	["services.*.ladder", "ladder"],
	["services.*.components.*", "component"],
	["services.*.targets.~", "priority"],
	["services.*.targets.*.*.calendar", "calendar"],
	["services.*.targets.*.*.before.calendar", "calendar"],
	["services.*.targets.*.*.before.before.calendar", "calendar"],
	["services.*.escalation.*", "role"],
	["services.*.phone.priorities.*", "priority"],
	["services.*.phone.roles.*", "role"],
	["services.*.availability.*.calendar", "calendar"],
	["deciding.restricted.*.priorities.*", "priority"],
	["deciding.restricted.*.roles.*", "role"],
	["deciding.restricted.*.otherwise", "priority"],
	["deciding.withoutConsensus", "role"],
	["pauses.*.longest.notify.*", "role"],
	["manualPauses.longest.notify.*", "role"],
	["ladders.*.steps.*.notify.*", "role"],
	["ladders.*.steps.*.moveTo.line", "line"],
	["pages.*.services.*", "service"],
	["pages.*.priorities.*", "priority"],
	["examples.*.given.*.priority", "priority"],
	["examples.*.given.*.priority.to", "priority"],
	["examples.*.given.*.classified.impact", "impact"],
	["examples.*.given.*.classified.urgency", "urgency"],
	["examples.*.given.*.classified.priority", "priority"],
	["examples.*.given.*.classified.role", "role"],
	["examples.*.given.*.assessed.impact", "impact"],
	["examples.*.given.*.assessed.urgency", "urgency"],
	["examples.*.given.*.escalation.role", "role"],
	["examples.*.given.*.handed-over.from", "line"],
	["examples.*.given.*.handed-over.to", "line"],
	["examples.*.expect.*.priority", "priority"],
	["examples.*.expect.*.impact", "impact"],
	["examples.*.expect.*.urgency", "urgency"],
	["examples.*.expect.*.service", "service"],
	["examples.*.expect.*.calendars.*", "calendar"],
	["examples.*.expect.*.told.*", "role"],
	["examples.*.expect.*.lines.*.line", "line"],
	["examples.*.expect.*.hours.calendar", "calendar"],
];

/** Names that may be said only once, and among what. */
const unique: readonly [pattern: string, what: string, among?: string][] = [
	["components.*", "component"],
	["priorities.*.id", "priority"],
	["matrix.impacts.*.id", "impact"],
	["matrix.urgencies.*.id", "urgency"],
	["matrix.caps.*.groups.*", "group in the caps"],
	["services.*.groups.*", "group in the services"],
	["steps.*.id", "step of a ladder", "ladders.*"],
	["lines.*.id", "line of a service", "services.*"],
	["lines.*.groups.*", "group in the lines of a service", "services.*"],
];

/** Names that nothing declares, names declared twice, and cells of the matrix that are missing. */
export function referenceFaults(source: YamlSource): PolicyProblem[] {
	return [...unknownNames(source), ...unknownAnswers(source), ...repeatedNames(source), ...missingCells(source)];
}

/** The fault of a name that is not among the known ones. */
export function unknownName(
	source: YamlSource,
	place: Place & { value: string },
	names: { kind: string; known: string[] },
) {
	const { kind, known } = names;
	const expected = known.length === 0 ? `no ${kind}, since none is declared` : `a known ${kind}: ${known.join(", ")}`;
	return source.problem(place.path, {
		code: "unknown-name",
		expected,
		found: JSON.stringify(place.value),
		suggestion: nearMiss(place.value, known),
		atKey: place.atKey,
	});
}

function unknownNames(source: YamlSource): PolicyProblem[] {
	return used.flatMap(([pattern, kind]) => {
		const known = namesAt(source, declared[kind]);
		return placesAt(source, pattern).flatMap(({ value, ...place }) =>
			typeof value !== "string" || value === "" || known.includes(value)
				? []
				: [unknownName(source, { ...place, value }, { kind, known: [...new Set(known)] })],
		);
	});
}

/** Answers of guided questions name an impact or an urgency, as their question says. */
function unknownAnswers(source: YamlSource): PolicyProblem[] {
	return placesAt(source, "matrix.questions.*").flatMap(({ path, value }) => {
		const kind = memberOf(value, "sets");
		if (kind !== "impact" && kind !== "urgency") return [];
		const known = namesAt(source, declared[kind]);
		return placesAt(source, "answers.*.to", path).flatMap(({ value: to, ...place }) =>
			typeof to !== "string" || to === "" || known.includes(to)
				? []
				: [unknownName(source, { ...place, value: to }, { kind, known })],
		);
	});
}

function repeatedNames(source: YamlSource): PolicyProblem[] {
	return unique.flatMap(([pattern, what, among]) => {
		const scopes = among === undefined ? [[]] : placesAt(source, among).map(({ path }) => path);
		return scopes.flatMap((scope) => {
			const seen = new Set<unknown>();
			return placesAt(source, pattern, scope).flatMap(({ path, value }) => {
				if (typeof value !== "string") return [];
				if (!seen.has(value)) {
					seen.add(value);
					return [];
				}
				const found = `${JSON.stringify(value)} again`;
				return [source.problem(path, { code: "repeated", expected: `each ${what} once`, found })];
			});
		});
	});
}

function missingCells(source: YamlSource): PolicyProblem[] {
	const cells = ["matrix", "cells"];
	const urgencies = [...new Set(namesAt(source, declared.urgency))];
	const impacts = [...new Set(namesAt(source, declared.impact))];
	if (!isMap(source.valueAt(cells))) return [];
	return impacts.flatMap((impact) => {
		const row = source.valueAt([...cells, impact]);
		if (row !== undefined && row !== null && !isMap(row)) return [];
		return urgencies.flatMap((urgency) => {
			const path = [...cells, impact, urgency];
			if (source.valueAt(path) !== undefined) return [];
			const expected = `a priority for impact ${impact} and urgency ${urgency}`;
			return [source.problem(path, { code: "missing-cell", expected })];
		});
	});
}

function isMap(value: unknown): boolean {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
