import type { Choice, Policy } from "../policy.ts";
import { byName, changed, otherChanges, type PolicyChange, pairs, reordered } from "./change.ts";
import { nameOf, sayRoles } from "./say.ts";

/** Priorities, the cells that give them, caps, questions, and who decides. */
export function matrixChanges(before: Policy, after: Policy): PolicyChange[] {
	const [old, now] = [before.matrix, after.matrix];
	const impact = (id: string) => nameOf([...now.impacts, ...old.impacts].find((each) => each.id === id)?.name, id);
	const urgency = (id: string) => nameOf([...now.urgencies, ...old.urgencies].find((each) => each.id === id)?.name, id);
	const caps = (matrix: Policy["matrix"]) => byName(matrix.caps, ({ groups }) => groups.join(", "));
	return [
		...choiceChanges("Priority", before.priorities, after.priorities),
		...choiceChanges("Impact", old.impacts, now.impacts),
		...choiceChanges("Urgency", old.urgencies, now.urgencies),
		...pairs(old.cells, now.cells).flatMap(([row, was = {}, is = {}]) =>
			pairs(was, is).flatMap(([column, one, other]) =>
				changed("matrix", `${impact(row)} × ${urgency(column)}`, [one, other], String),
			),
		),
		...pairs(caps(old), caps(now)).flatMap(([groups, was, is]) =>
			changed(
				"matrix",
				`Cap for ${groups}`,
				[was, is],
				({ atMost, unlessJustified }) => `at most ${atMost}${unlessJustified ? " unless justified" : ""}`,
			),
		),
		...reordered("matrix", "Order of the caps", Object.keys(caps(old)), Object.keys(caps(now))),
		...changed("matrix", "Guided questions", [some(old.questions), some(now.questions)], (questions) =>
			questions
				.map(({ ask, answers }) => `${ask.en} (${answers.map(({ to, say }) => `${say.en}: ${to}`).join(", ")})`)
				.join("; "),
		),
		...otherChanges("matrix", "Matrix", [old, now], ["impacts", "urgencies", "cells", "caps", "questions"]),
		...decidingChanges(before, after),
	];
}

function decidingChanges(before: Policy, after: Policy): PolicyChange[] {
	const [old, now] = [before.deciding, after.deciding];
	const roles = { ...after, roles: [...after.roles, ...before.roles] };
	const rules = (policy: Policy) => byName(policy.deciding.restricted, ({ priorities }) => priorities.join(", "));
	return [
		...changed("deciding", "A customer's own choice of priority counts", [old.customer, now.customer], String),
		...pairs(rules(before), rules(after)).flatMap(([priorities, was, is]) =>
			changed(
				"deciding",
				`${priorities} may be declared by`,
				[was, is],
				(rule) => `${sayRoles(rule.roles, roles)}; others get ${rule.otherwise}`,
			),
		),
		...reordered("deciding", "Order of the restrictions", Object.keys(rules(before)), Object.keys(rules(after))),
		...changed("deciding", "Decides when people do not agree", [old.withoutConsensus, now.withoutConsensus], (role) =>
			sayRoles([role], roles),
		),
		...otherChanges("deciding", "Deciding", [old, now], ["customer", "restricted", "withoutConsensus"]),
	];
}

function choiceChanges(what: string, old: readonly Choice[], now: readonly Choice[]): PolicyChange[] {
	const ids = (choices: readonly Choice[]) => choices.map(({ id }) => id);
	const named = (choices: readonly Choice[]) => byName(choices, ({ id }) => id);
	return [
		...pairs(named(old), named(now)).flatMap(([id, was, is]) => [
			...changed("matrix", `${what} ${id}`, [was?.name, is?.name], ({ en }) => en),
			...(was && is ? changed("matrix", `${what} ${id}, hint`, [was.hint, is.hint], ({ en }) => en) : []),
		]),
		...reordered("matrix", `${what}: order from high to low`, ids(old), ids(now)),
	];
}

function some<Entry>(list: readonly Entry[]): readonly Entry[] | null {
	return list.length === 0 ? null : list;
}
