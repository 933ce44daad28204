import { expect, test } from "vitest";
import type { GuidedQuestion } from "../policy/policy.ts";
import { words } from "../sla/testing/policy.ts";
import { guidedChoice } from "./guided.ts";

const question = (sets: "impact" | "urgency", ...to: string[]): GuidedQuestion => ({
	sets,
	ask: words("?"),
	answers: to.map((each) => ({ to: each, say: words(each) })),
});
const questions = [
	question("impact", "high", "low"),
	question("urgency", "high", "low"),
	question("impact", "high", "low"),
];

test("answers lead to a cell, the last one on each side counts, and what is passed over chooses nothing", () => {
	expect(guidedChoice({ questions }, [])).toEqual({ impact: null, urgency: null });
	expect(guidedChoice({ questions }, [1, 0])).toEqual({ impact: "low", urgency: "high" });
	expect(guidedChoice({ questions }, [1, null, 0])).toEqual({ impact: "high", urgency: null });
});

test("an answer that a question does not have is refused, naming how many there are", () => {
	expect(() => guidedChoice({ questions }, [2])).toThrow("Expected one of 2 answers, found answer 2 to question 0");
	expect(() => guidedChoice({ questions }, [0, 0, 0, 0])).toThrow("Expected one of 3 questions");
});
