import { expect, test } from "vitest";
import { planningOf } from "./agreement.ts";

test("a window stands once every partner agrees, and says until then for whom it waits", () => {
	const answers = [
		{ partner: "North", agrees: true },
		{ partner: "South", agrees: null },
		{ partner: "East", agrees: false },
	];
	expect(planningOf({ agreement: true }, answers)).toEqual({
		state: "proposed",
		waitingFor: ["South"],
		refusedBy: ["East"],
	});
	expect(planningOf({ agreement: true }, answers.slice(0, 1))).toEqual({ state: "agreed" });
	expect(planningOf({ agreement: true }, [])).toEqual({ state: "agreed" });
	expect(planningOf({ agreement: false }, answers)).toEqual({ state: "agreed" });
});
