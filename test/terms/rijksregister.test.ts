import { stateText } from "@stipt/shared/status/service-state";
import { expect, test } from "vitest";

test("RR-12: where only a Dutch message was typed, French and German show the standard text of the state", () => {
	const text = stateText(3, { nl: "Vermoedelijk tot 11:00." });
	expect(text).toMatchObject({
		nl: "De dienst is buiten werking. Vermoedelijk tot 11:00.",
		fr: "Le service est hors service.",
		de: "Der Dienst ist außer Betrieb.",
	});
});
