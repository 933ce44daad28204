import type { CalendarDefinition } from "@stipt/shared/calendar/calendar";
import { compileCalendar } from "@stipt/shared/calendar/compile-calendar";
import { evaluateVectors } from "@stipt/shared/calendar/evaluate-vectors";
import { due, elapsed, type Pause } from "@stipt/shared/calendar/pauses";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clockChanges, dateText, definitions, isOpenFor, MINUTE_MS, ownerOf, wallMinutes } from "./calendar-oracle.ts";
import { patience, runs } from "./runs.ts";

const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const zones = [
	"Europe/Brussels",
	"Europe/London",
	"America/New_York",
	"America/St_Johns",
	"America/Havana",
	"America/Nuuk",
	"America/Santiago",
	"Atlantic/Azores",
	"Africa/Cairo",
	"Africa/Casablanca",
	"Antarctica/Troll",
	"Asia/Beirut",
	"Australia/Lord_Howe",
	"Pacific/Auckland",
	"Pacific/Chatham",
	"Pacific/Easter",
];

describe("within two days of a clock change, minute by minute,", () => {
	const changes = [...zones, "Pacific/Apia"].flatMap((zone) => {
		const year = zone === "Pacific/Apia" ? 2011 : 2026;
		const found = clockChanges(zone, Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1));
		return found.map((at) => ({ zone, at }));
	});
	const MINUTES = 4 * 1440;
	const cases = fc.constantFrom(...changes).chain(({ zone, at }) =>
		fc.record({
			zone: fc.constant(zone),
			from: fc.constant(at - 2 * DAY_MS),
			definition: definitions(zone, Math.round(at / DAY_MS)),
			minutes: fc.array(fc.integer({ min: 0, max: MINUTES - 1 }), { minLength: 8, maxLength: 8 }),
		}),
	);

	test(
		"the engine is open exactly when the wall clock says so, and counts and moves accordingly",
		() => {
			fc.assert(
				fc.property(cases, ({ zone, from, definition, minutes }) => {
					const calendar = compileCalendar(definition, {});
					const at = (minute: number): number => from + minute * MINUTE_MS;
					const owners = wallMinutes(zone, from, MINUTES).map((wall) => ownerOf(definition, wall));
					const before = [0];
					for (const owner of owners) before.push((before.at(-1) ?? 0) + (owner === null ? 0 : 1));
					const total = before.at(-1) ?? 0;

					const disagree = owners.flatMap((owner, minute) => {
						const agrees =
							calendar.isOpen(at(minute)) === (owner !== null) &&
							calendar.between(from, at(minute)) === (before[minute] ?? 0) * MINUTE_MS;
						return agrees ? [] : [new Date(at(minute)).toISOString()];
					});
					expect(disagree).toEqual([]);

					const edges = owners.flatMap((owner, minute) =>
						(owner === null) === ((owners[minute - 1] ?? null) === null) ? [] : [at(minute)],
					);
					if (edges.length % 2 === 1) edges.push(at(MINUTES));
					expect(calendar.stretches(from, at(MINUTES)).flatMap(({ start, end }) => [start, end])).toEqual(edges);

					for (const [index, minute] of minutes.entries()) {
						const t = at(minute);
						const open = before[minute] ?? 0;
						const opening = owners.findIndex((owner, other) => other >= minute && owner !== null);
						if (opening >= 0) expect(calendar.nextOpen(t)).toBe(at(opening));
						const closing = owners.findIndex((owner, other) => other > opening && owner === null);
						if (opening >= 0 && closing >= 0) expect(calendar.nextClose(t)).toBe(at(closing));

						const step = 1 + ((minutes[index - 1] ?? 7) % 500);
						if (open + step <= total) expect(calendar.add(t, step * MINUTE_MS)).toBe(at(before.indexOf(open + step)));
						if (open >= step) expect(calendar.subtract(t, step * MINUTE_MS)).toBe(at(before.lastIndexOf(open - step)));
					}
				}),
				runs,
			);
		},
		patience,
	);

	test(
		"a date tells what it owns, is a working day when that is something, and closes after its last minute",
		() => {
			fc.assert(
				fc.property(cases, ({ zone, from, definition }) => {
					const calendar = compileCalendar(definition, {});
					const walls = wallMinutes(zone, from, MINUTES);
					const middle = walls[MINUTES / 2]?.day ?? 0;
					for (const date of [middle - 1, middle]) {
						const owned = walls.flatMap((wall, minute) => (isOpenFor(definition, date, wall) ? [minute] : []));
						expect(calendar.isWorkingDay(dateText(date))).toBe(owned.length > 0);
						const { ranges } = calendar.dayOf(dateText(date));
						const told = walls.flatMap((wall, minute) => {
							const now = (wall.day - date) * 1440 + wall.minute;
							return ranges.some(([start, end]) => start <= now && now < end) ? [minute] : [];
						});
						expect(told).toEqual(owned);
						const first = owned[0];
						if (first === undefined || ownerOf(definition, walls[first] ?? { day: 0, minute: 0 }) !== date) continue;
						const close = from + ((owned.at(-1) ?? 0) + 1) * MINUTE_MS;
						expect(calendar.addWorkingDays(from + first * MINUTE_MS, 0)).toBe(close);
					}
				}),
				runs,
			);
		},
		patience,
	);
});

describe("whatever the calendar,", () => {
	const instants = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
	const durations = fc.integer({ min: 1, max: 40 * HOUR_MS });
	const opened = fc
		.constantFrom(...zones)
		.chain((zone) => definitions(zone, Date.UTC(2026, 5, 15) / DAY_MS))
		.map(openOnWednesdays);
	const calendars = opened.map((definition) => compileCalendar(definition, {}));

	test(
		"moving and measuring are each other's inverse",
		() => {
			fc.assert(
				fc.property(calendars, instants, durations, durations, (calendar, t, a, b) => {
					const later = calendar.add(t, a);
					expect(calendar.between(t, later)).toBe(a);
					expect(calendar.add(later, b)).toBe(calendar.add(t, a + b));
					expect(calendar.add(t, a + b)).toBeGreaterThan(later);
					expect(calendar.add(t, -a)).toBe(calendar.subtract(t, a));
					const back = calendar.subtract(later, a);
					expect(back).toBeGreaterThanOrEqual(t);
					expect(calendar.between(t, back)).toBe(0);
					const earlier = calendar.subtract(t, a);
					expect(calendar.between(earlier, t)).toBe(a);
					expect(calendar.isOpen(later - 1)).toBe(true);
					expect(calendar.isOpen(earlier)).toBe(true);
				}),
				runs,
			);
		},
		patience,
	);

	test(
		"measures add up, are never longer than the time itself, and are all of it around the clock",
		() => {
			fc.assert(
				fc.property(calendars, fc.constantFrom(...zones), instants, instants, instants, (calendar, zone, a, b, c) => {
					expect(calendar.between(a, b) + calendar.between(b, c)).toBe(calendar.between(a, c));
					expect(calendar.between(a, b) + calendar.between(b, a)).toBe(0);
					expect(Math.abs(calendar.between(a, b))).toBeLessThanOrEqual(Math.abs(b - a));
					expect(compileCalendar({ zone, always: true }, {}).between(a, b)).toBe(b - a);
					const sum = calendar.stretches(a, b).reduce((total, { start, end }) => total + end - start, 0);
					expect(sum).toBe(Math.max(0, calendar.between(a, b)));
				}),
				runs,
			);
		},
		patience,
	);

	test(
		"a later start or a longer duration never ends earlier",
		() => {
			fc.assert(
				fc.property(calendars, instants, instants, durations, (calendar, a, b, duration) => {
					const [first, second] = a < b ? [a, b] : [b, a];
					expect(calendar.add(first, duration)).toBeLessThanOrEqual(calendar.add(second, duration));
					expect(calendar.subtract(first, duration)).toBeLessThanOrEqual(calendar.subtract(second, duration));
				}),
				runs,
			);
		},
		patience,
	);

	test(
		"the order in which years are asked for changes nothing",
		() => {
			fc.assert(
				fc.property(
					fc.constantFrom(...zones),
					fc.shuffledSubarray([1999, 2011, 2024, 2025, 2027, 2140]),
					(zone, years) => {
						const definition: CalendarDefinition = { zone, weekly: { mon: ["09:00-17:00"], sun: ["22:00-06:00"] } };
						const travelled = compileCalendar(definition, {});
						for (const year of years) {
							const t = Date.UTC(year, 11, 30);
							const fresh = compileCalendar(definition, {});
							expect(travelled.add(t, 40 * HOUR_MS)).toBe(fresh.add(t, 40 * HOUR_MS));
							expect(travelled.subtract(t, 40 * HOUR_MS)).toBe(fresh.subtract(t, 40 * HOUR_MS));
							expect(travelled.addWorkingDays(t, 3)).toBe(fresh.addWorkingDays(t, 3));
						}
					},
				),
				runs,
			);
		},
		patience,
	);

	const date = fc.integer({ min: Date.UTC(2026, 5, 8) / DAY_MS, max: Date.UTC(2026, 5, 22) / DAY_MS }).map(dateText);
	const june = fc.integer({ min: Date.UTC(2026, 5, 8), max: Date.UTC(2026, 5, 22) });

	test(
		"one more holiday, closed date or break never makes a deadline earlier",
		() => {
			const lessOpen = fc.oneof(
				date.map((day) => ({ holidays: [day], exceptions: [] })),
				date.map((day) => ({ holidays: [], exceptions: [{ date: day, closed: true as const }] })),
				date.map((day) => ({ holidays: [], exceptions: [{ date: day, remove: ["08:00-21:00"] }] })),
			);
			fc.assert(
				fc.property(opened, lessOpen, june, durations, (definition, one, start, duration) => {
					const holidays = [...(definition.holidays ?? []), ...one.holidays];
					const exceptions = [...(definition.exceptions ?? []), ...one.exceptions];
					const before = compileCalendar(definition, {});
					const after = compileCalendar({ ...definition, holidays, exceptions }, {});
					const found = before.add(start, duration);
					expect(after.add(start, duration)).toBeGreaterThanOrEqual(found);
					expect(after.between(start, found)).toBeLessThanOrEqual(duration);
				}),
				runs,
			);
		},
		patience,
	);

	test(
		"the order in which windows, holidays and additions are written makes no difference",
		() => {
			const windows = fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 2, maxLength: 8 });
			const range = (hour: number) => `${String(hour).padStart(2, "0")}:00-${String(hour + 1).padStart(2, "0")}:00`;
			const sorted = (hours: number[]) => [...hours].sort((a, b) => a - b).map(range);
			fc.assert(
				fc.property(opened, windows, fc.array(date, { maxLength: 4 }), june, (definition, hours, dates, start) => {
					const { exceptions = [], holidays = [], rota: _, always: __, ...rest } = definition;
					const additions = dates.map((day, index) => ({ date: day, add: [range(index * 3), range(index * 3 + 12)] }));
					const [one, other] = [
						compileCalendar(
							{
								...rest,
								weekly: { wed: sorted(hours), fri: sorted(hours) },
								holidays: [...holidays, ...dates],
								exceptions: [...exceptions, ...additions],
							},
							{},
						),
						compileCalendar(
							{
								...rest,
								weekly: { fri: hours.map(range), wed: hours.map(range) },
								holidays: [...dates, ...holidays].reverse(),
								exceptions: [...exceptions, ...additions.reverse()],
							},
							{},
						),
					];
					expect(other.stretches(start, start + 14 * DAY_MS)).toEqual(one.stretches(start, start + 14 * DAY_MS));
				}),
				runs,
			);
		},
		patience,
	);

	const pauses = fc.array(
		fc
			.tuple(instants, fc.integer({ min: -HOUR_MS, max: 5 * DAY_MS }))
			.map(([from, length]): Pause => [from, from + length]),
		{ maxLength: 5 },
	);

	test(
		"a due time is the earliest instant at which so much unpaused time has passed",
		() => {
			fc.assert(
				fc.property(calendars, instants, durations, pauses, (calendar, start, duration, paused) => {
					const found = due(calendar, start, duration, paused) ?? Number.NaN;
					expect(elapsed(calendar, start, found, paused)).toBe(duration);
					expect(elapsed(calendar, start, found - 1, paused)).toBe(duration - 1);
					expect(due(calendar, start, duration, [...paused].reverse().concat(paused))).toBe(found);
				}),
				runs,
			);
		},
		patience,
	);

	test(
		"one more pause never makes a due time earlier, and one without an end leaves none beyond it",
		() => {
			fc.assert(
				fc.property(calendars, instants, durations, pauses, instants, (calendar, start, duration, paused, from) => {
					const found = due(calendar, start, duration, paused) ?? Number.NaN;
					expect(due(calendar, start, duration, [...paused, [from, from + DAY_MS]])).toBeGreaterThanOrEqual(found);
					expect(due(calendar, start, duration, [...paused, [from, null]])).toBe(from < found ? null : found);
				}),
				runs,
			);
		},
		patience,
	);
});

function openOnWednesdays(definition: CalendarDefinition): CalendarDefinition {
	const wed = ["20:00-03:00"];
	const { rota, weekly, always } = definition;
	if (rota) return { ...definition, rota: { ...rota, weeks: rota.weeks.map((week) => ({ ...week, wed })) } };
	return always ? definition : { ...definition, weekly: { ...weekly, wed } };
}

test(
	"a definition has a fault with a code or none, no matter what stands in a definition",
	() => {
		const season = fc.record({
			from: fc.constantFrom("07-01", "2026-07-01", 7),
			to: fc.anything(),
			weekly: fc.anything(),
		});
		const holidaySets = fc.dictionary(fc.constantFrom("a", "b"), fc.oneof(fc.anything(), fc.array(rule())));
		const definition = fc.record(
			{
				zone: fc.constant("Europe/Brussels"),
				always: fc.anything(),
				rota: fc.oneof(fc.anything(), fc.record({ anchor: fc.constantFrom("2026-01-05", 5), weeks: fc.anything() })),
				seasons: fc.oneof(fc.anything(), fc.array(fc.oneof(fc.anything(), season))),
				holidayScope: fc.constantFrom<unknown[]>(undefined, "shift", null),
				weekly: fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom("mon", "sun"), fc.anything())),
				holidays: fc.oneof(fc.anything(), fc.array(fc.oneof(fc.anything(), fc.constantFrom("@a", "@b")))),
				exceptions: fc.oneof(fc.anything(), fc.array(fc.anything())),
				versions: fc.oneof(
					fc.anything(),
					fc.array(fc.oneof(fc.anything(), fc.record({ from: fc.constant(null), calendar: fc.anything() }))),
				),
			},
			{ requiredKeys: ["zone"] },
		);
		fc.assert(
			fc.property(fc.oneof(fc.anything(), definition), holidaySets, (def, sets) => {
				const [answer] = evaluateVectors({ holidaySets: sets, vectors: [{ id: 1, op: "validate", args: { def } }] });
				expect(answer?.result).toSatisfy(
					(result: object) => "ok" in result || ("error" in result && typeof result.error === "string"),
				);
			}),
			runs,
		);
	},
	patience,
);

function rule(): fc.Arbitrary<unknown> {
	return fc.oneof(
		fc.record({ include: fc.constantFrom("a", "b", "c") }),
		fc.record({ fixed: fc.oneof(fc.anything(), fc.constantFrom("02-29", "01-01")), years: fc.anything() }),
		fc.record({ range: fc.anything() }),
		fc.anything(),
	);
}
