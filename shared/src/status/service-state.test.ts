import { expect, test } from "vitest";
import { languages } from "../wire/language.ts";
import { componentStatusOf, type ServiceState, stateText } from "./service-state.ts";

const states: ServiceState[] = [1, 2, 3];

test("each state has its own text in each language, and its own look on a page", () => {
	const texts = states.flatMap((state) => languages.map((language) => stateText(state)[language]));
	expect(new Set(texts).size).toBe(states.length * languages.length);
	expect(states.map((state) => componentStatusOf[state])).toEqual(["operational", "degraded", "major_outage"]);
});

test("a message stands behind the standard text in the languages in which it was written, and in no other", () => {
	const said = stateText(3, { nl: " Tot 11:00. ", de: " " });
	expect(said).toEqual({ ...stateText(3), nl: "De dienst is buiten werking. Tot 11:00." });
});
