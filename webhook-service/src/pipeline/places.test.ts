import { expect, test } from "vitest";
import { createPlaces, type Places } from "./places.ts";

/** How many can be inside at once. */
function room(places: Places, now: number): number {
	const leave: ((now: number) => void)[] = [];
	for (let next = places.enter("desk", now); next !== null; next = places.enter("desk", now)) leave.push(next);
	for (const each of leave) each(now + 2000);
	return leave.length;
}

/** Places of a helpdesk that has answered quickly for a while. */
function warmed(): Places {
	const places = createPlaces();
	for (let turn = 0; turn < 60; turn += 1) places.enter("desk", turn)?.(turn + 100);
	return places;
}

test("a connection of which nothing is known begins with four places", () => {
	expect(room(createPlaces(), 0)).toBe(4);
});

test("a connection that answers quickly has ten places, and no other connection's", () => {
	const places = warmed();
	for (let count = 0; count < 10; count += 1) expect(places.enter("desk", 0)).not.toBeNull();
	expect(places.enter("desk", 0)).toBeNull();
	expect(places.enter("other", 0)).not.toBeNull();
});

test("one crowd that was answered slowly halves the places once, however many were in it", () => {
	const places = warmed();
	const crowd = Array.from({ length: 10 }, () => places.enter("desk", 1000));
	for (const leave of crowd) leave?.(15_000);
	expect(room(places, 20_000)).toBe(5);
});

test("a helpdesk that stays slow is asked one thing at a time, never none", () => {
	const places = createPlaces();
	for (let turn = 0; turn < 10; turn += 1) places.enter("desk", turn * 20_000)?.(turn * 20_000 + 15_000);
	expect(room(places, 300_000)).toBe(1);
});

test("quick answers bring the places back, one by one", () => {
	const places = createPlaces();
	for (let turn = 0; turn < 10; turn += 1) places.enter("desk", turn * 20_000)?.(turn * 20_000 + 15_000);
	places.enter("desk", 300_000)?.(300_100);
	expect(room(places, 310_000)).toBe(2);
	for (let turn = 0; turn < 60; turn += 1) places.enter("desk", 400_000 + turn)?.(400_000 + turn + 100);
	expect(room(places, 500_000)).toBe(10);
});

test("a crowd comes again one after the other, twice as often as it can be served, and what was delivered first", () => {
	const places = warmed();
	const turns = Array.from({ length: 3000 }, () => places.turn("desk", 1000, "poll"));
	const [one = 0, two = 0] = turns;
	expect(one).toBe(1250);
	expect((two - one) * 2 * 10).toBeCloseTo(100, 0);
	expect(Math.max(...turns)).toBeLessThanOrEqual(21_000);
	expect(places.turn("desk", 1000, "delivery")).toBe(1250);
	expect(places.turn("other", 1000, "poll")).toBe(1250);
});

test("a crowd at a slow helpdesk asks no more often than its latest turn allows, and soon finds it quick again", () => {
	const places = createPlaces();
	for (let turn = 0; turn < 10; turn += 1) places.enter("desk", turn * 20_000)?.(turn * 20_000 + 15_000);
	const turns = Array.from({ length: 3000 }, () => places.turn("desk", 300_000, "poll"));
	expect(Math.max(...turns)).toBeLessThanOrEqual(320_000);
	expect(turns.filter((at) => at < 301_000).length).toBeLessThan(3);
});
