import { afterEach, describe, expect, test } from "vitest";
import { agent, closeAll, customer, startDesk as start, story } from "./starting.ts";
import { createLife } from "./zammad/life.ts";

let now = Date.parse("2027-03-01T09:00:00.000Z");
const startDesk = () => start({ now: () => now });
afterEach(closeAll);

describe("life at the desk", () => {
	test("starts with open tickets in all three groups, and makes the same ones for the same seed", async () => {
		const titles = async () => {
			const desk = await startDesk();
			createLife(desk, { seed: "practice" }).begin(now);
			return desk.state.tickets.map(({ title, group_id, state_id }) => `${group_id} ${state_id} ${title}`);
		};
		const first = await titles();
		expect(first.filter((line) => !line.includes(" 4 ")).length).toBeGreaterThanOrEqual(8);
		expect(new Set(first.map((line) => line[0]))).toEqual(new Set(["1", "2", "3"]));
		expect(await titles()).toEqual(first);
	});

	test("brings an emergency within a minute that nobody answers for ten, and leaves the reader's tickets alone", async () => {
		const start = now;
		const desk = await startDesk();
		const life = createLife(desk, { seed: "practice" });
		life.begin(now);
		const own = desk.act.open(agent, { ...story, customer, article: { ...story.article, sender: "Customer" } });
		const emergency = () =>
			desk.state.tickets.find(({ custom }) => custom.impact === "high" && custom.urgency === "high");
		for (; now < start + 60_000; now += 2_000) life.tick(now);
		expect(emergency()).toMatchObject({ group_id: 2, priority_id: 3, first_response_at: null });
		for (; now < start + 600_000; now += 2_000) life.tick(now);
		expect(emergency()?.first_response_at).toBeNull();
		for (; now < start + 1_500_000; now += 2_000) life.tick(now);
		expect(emergency()?.close_at).not.toBeNull();
		expect(own).toMatchObject({ owner_id: 1, first_response_at: null, state_id: 1 });
		now = start;
	});

	test("never has more tickets open than allowed", async () => {
		const start = now;
		const desk = await startDesk();
		const life = createLife(desk, { seed: "practice", mostOpen: 4 });
		let most = 0;
		for (; now < start + 7_200_000; now += 10_000) {
			life.tick(now);
			most = Math.max(most, desk.state.tickets.filter(({ state_id }) => [1, 2, 3].includes(state_id)).length);
		}
		now = start;
		// The emergency comes on top.
		expect(most).toBeLessThanOrEqual(5);
		expect(desk.state.tickets.length).toBeGreaterThan(12);
	});
});
