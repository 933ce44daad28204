import { isDeepStrictEqual } from "node:util";
import { evaluateVectors } from "@stipt/shared/calendar/evaluate-vectors";
import { expect, test } from "vitest";
import { caseFile } from "./calendar-cases.ts";
import { numRuns, patience, runs } from "./runs.ts";

const AT_ONCE = 500;
const seed = "seed" in runs ? runs.seed : Date.now() % 1_000_000;

test(
	`the engine answers as walking from minute to minute does (seed ${seed})`,
	() => {
		for (let done = 0; done < numRuns; done += AT_ONCE) {
			const file = caseFile(seed + done, Math.min(AT_ONCE, numRuns - done));
			const answers = new Map(evaluateVectors(file).map(({ id, result }) => [id, result]));
			const wrong = file.vectors
				.filter(({ id, expected }) => !isDeepStrictEqual(answers.get(id), expected))
				.map((vector) => ({
					...vector,
					found: answers.get(vector.id),
					definition: file.calendars[vector.calendar],
					sets: file.calendars[vector.calendar]?.holidays,
				}));
			expect(wrong.slice(0, 3)).toEqual([]);
		}
	},
	patience,
);
