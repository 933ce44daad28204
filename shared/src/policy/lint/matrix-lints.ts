import { type Finding, type Lint, type LintGiven, rankOf } from "./lint.ts";

/** Cells out of order, caps and restrictions that change nothing, questions that do not reach every cell. */
export const matrixLints: Lint = (given) => [
	...cellsOutOfOrder(given),
	...idleCaps(given),
	...idleRestrictions(given),
	...unansweredChoices(given),
];

function cellsOutOfOrder({ policy }: LintGiven): Finding[] {
	const { impacts, urgencies, cells } = policy.matrix;
	return impacts.flatMap(({ id: impact }, row) =>
		urgencies.flatMap(({ id: urgency }, column): Finding[] => {
			const own = cells[impact]?.[urgency];
			const below = impacts[row + 1]?.id ?? "";
			const beside = urgencies[column + 1]?.id ?? "";
			const lesser = [
				{ words: `impact ${below}`, priority: cells[below]?.[urgency] },
				{ words: `urgency ${beside}`, priority: cells[impact]?.[beside] },
			].find(
				({ priority }) => own !== undefined && priority !== undefined && rankOf(policy, priority) < rankOf(policy, own),
			);
			if (lesser === undefined) return [];
			const text = `${own} here, but the lower ${lesser.words} has the higher ${lesser.priority}. Swap them, or check the order of impacts and urgencies.`;
			return [{ path: ["matrix", "cells", impact, urgency], code: "cell-out-of-order", text }];
		}),
	);
}

function idleCaps({ policy }: LintGiven): Finding[] {
	const { cells, caps } = policy.matrix;
	const ranks = Object.values(cells).flatMap((row) => Object.values(row).map((priority) => rankOf(policy, priority)));
	const highest = Math.min(...ranks);
	return caps.flatMap(({ atMost }, index): Finding[] => {
		if (rankOf(policy, atMost) > highest) return [];
		const text = `No cell is above ${atMost}, so this cap lowers nothing. Name a lower priority, or leave it out.`;
		return [{ path: ["matrix", "caps", index], code: "cap-without-effect", text }];
	});
}

function idleRestrictions({ policy }: LintGiven): Finding[] {
	const { restricted } = policy.deciding;
	return restricted.flatMap(({ priorities, otherwise }, index): Finding[] => {
		const path = ["deciding", "restricted", index];
		const code = "restriction-without-effect";
		const earlier = restricted.slice(0, index).flatMap((rule) => rule.priorities);
		if (priorities.every((priority) => earlier.includes(priority))) {
			return [{ path, code, text: "Earlier restrictions hold all these priorities. Put the roles in one of them." }];
		}
		const kept = priorities.find((priority) => rankOf(policy, otherwise) <= rankOf(policy, priority));
		if (kept === undefined) return [];
		const text = `Who may not declare ${kept} gets ${otherwise}, which is no lower. Name a lower priority in otherwise.`;
		return [{ path, code, text }];
	});
}

/** Impacts and urgencies that no answer of the guided questions leads to. */
function unansweredChoices({ policy }: LintGiven): Finding[] {
	const { impacts, urgencies, questions } = policy.matrix;
	if (questions.length === 0) return [];
	return (
		[
			["impact", impacts],
			["urgency", urgencies],
		] as const
	).flatMap(([sets, choices]): Finding[] => {
		const reached = questions.flatMap((question) =>
			question.sets === sets ? question.answers.map(({ to }) => to) : [],
		);
		const missing = choices.map(({ id }) => id).filter((id) => !reached.includes(id));
		if (missing.length === 0) return [];
		const text = `No answer leads to ${sets} ${missing.join(", ")}, so some cells cannot be reached by answering. Add an answer.`;
		return [{ path: ["matrix", "questions"], code: "question-without-answer", text }];
	});
}
