import type { Matrix } from "../policy/policy.ts";

/** What the answers so far have chosen; `null`: no answer has. */
export type GuidedChoice = { impact: string | null; urgency: string | null };

/**
 * Where the answers to a matrix's questions lead: `answers[i]` is the position of the answer to question `i`, `null` for
 * one that was passed over. Several answers to the same side leave the last one's. Throws `RangeError` for an answer
 * that a question does not have.
 */
export function guidedChoice(
	{ questions }: Pick<Matrix, "questions">,
	answers: readonly (number | null)[],
): GuidedChoice {
	const choice: GuidedChoice = { impact: null, urgency: null };
	for (const [index, position] of answers.entries()) {
		if (position === null) continue;
		const question = questions[index];
		const answer = question?.answers[position];
		if (question === undefined || answer === undefined) {
			const known = question === undefined ? `${questions.length} questions` : `${question.answers.length} answers`;
			throw new RangeError(`Expected one of ${known}, found answer ${position} to question ${index}`);
		}
		choice[question.sets] = answer.to;
	}
	return choice;
}
