import { handOverRefusal } from "@stipt/shared/sla/refusals";
import { stateText } from "@stipt/shared/status/service-state";
import { expect, test } from "vitest";
import { readyMade, serviceOf } from "./terms.ts";

test("RR-12: where only a Dutch message was typed, French and German show the standard text of the state", () => {
	const text = stateText(3, { nl: "Vermoedelijk tot 11:00." });
	expect(text).toMatchObject({
		nl: "De dienst is buiten werking. Vermoedelijk tot 11:00.",
		fr: "Le service est hors service.",
		de: "Der Dienst ist außer Betrieb.",
	});
});

test("RR-09: a request is handed to a department that designated a second line, and to no other", () => {
	const service = serviceOf(readyMade("rijksregister").policy, "register");
	const refusal = (to: string) => handOverRefusal(service, { to, text: "Asks for an extract of 1974." });
	expect(refusal("population")).toBeNull();
	expect(refusal("elections")).toBe("not-designated");
	expect(refusal("archives")).toBe("unknown-line");
});
