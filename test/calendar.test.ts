import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { CalendarDefinition, HolidaySets } from "@stipt/shared/calendar/calendar";
import { CalendarError } from "@stipt/shared/calendar/calendar-error";
import { compileCalendar } from "@stipt/shared/calendar/compile-calendar";
import { evaluateVectors } from "@stipt/shared/calendar/evaluate-vectors";
import { due, elapsed, type Pause } from "@stipt/shared/calendar/pauses";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clockChanges, dateText, definitions, isOpenFor, MINUTE_MS, ownerOf, wallMinutes } from "./calendar-oracle.ts";

const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const root = join(import.meta.dirname, "..");
/** `FUZZ=100` looks a hundred times further, elsewhere each time. */
const fuzz = Number(process.env.FUZZ ?? 0);
const effort = (numRuns: number) => (fuzz > 0 ? { numRuns: numRuns * fuzz } : { numRuns, seed: 20_260_302 });
const patience = 20_000 + fuzz * 60_000;

type Vector = { id: string; op: string; calendar: string | null; args: unknown; expected: unknown; why?: string };
type VectorFile = { holidaySets: HolidaySets; calendars: Record<string, unknown>; vectors: Vector[] };

const files = ["typed", "random"].map((name): [string, VectorFile] => [
	name,
	JSON.parse(readFileSync(join(root, `test/fixtures/business-time/${name}.json`), "utf8")),
]);
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

describe.each(files)("the %s cases", (_, file) => {
	const answers = new Map(evaluateVectors(file).map(({ id, result }) => [id, result]));

	test("are answered in order, each once", () => {
		expect([...answers.keys()]).toEqual(file.vectors.map(({ id }) => id));
	});

	test.each([...new Set(file.vectors.map(({ op }) => op))])("come out as written: %s", (op) => {
		const wrong = file.vectors
			.filter((vector) => vector.op === op && !isSame(answers.get(vector.id), vector.expected))
			.map(({ id, expected, why }) => ({ id, why, expected, found: answers.get(id) }));
		expect(wrong).toEqual([]);
	});
});

test.each(["UTC", "America/New_York", "Pacific/Auckland"])(
	"a process that lives in %s gives the same answers",
	async (TZ) => {
		const script = `
			const { readFileSync } = await import("node:fs");
			const { evaluateVectors } = await import("@stipt/shared/calendar/evaluate-vectors");
			const answers = ${JSON.stringify(files.map(([name]) => name))}.map((name) =>
				evaluateVectors(JSON.parse(readFileSync("test/fixtures/business-time/" + name + ".json", "utf8"))));
			console.log(JSON.stringify({ hour: new Date(0).getHours(), answers }));`;
		const { stdout } = await promisify(execFile)(
			process.execPath,
			["--import", "tsx", "--input-type=module", "--eval", script],
			{ cwd: root, env: { ...process.env, TZ }, maxBuffer: 2 ** 26 },
		);
		const { hour, answers } = JSON.parse(stdout);
		expect(hour).toBe({ UTC: 0, "America/New_York": 19, "Pacific/Auckland": 12 }[TZ]);
		expect(answers).toEqual(files.map(([, file]) => evaluateVectors(file)));
	},
);

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
				effort(200),
			);
		},
		patience,
	);

	test(
		"a date is a working day when it owns an open minute, and closes after its last one",
		() => {
			fc.assert(
				fc.property(cases, ({ zone, from, definition }) => {
					const calendar = compileCalendar(definition, {});
					const walls = wallMinutes(zone, from, MINUTES);
					const middle = walls[MINUTES / 2]?.day ?? 0;
					for (const date of [middle - 1, middle]) {
						const owned = walls.flatMap((wall, minute) => (isOpenFor(definition, date, wall) ? [minute] : []));
						expect(calendar.isWorkingDay(dateText(date))).toBe(owned.length > 0);
						const first = owned[0];
						if (first === undefined || ownerOf(definition, walls[first] ?? { day: 0, minute: 0 }) !== date) continue;
						const close = from + ((owned.at(-1) ?? 0) + 1) * MINUTE_MS;
						expect(calendar.addWorkingDays(from + first * MINUTE_MS, 0)).toBe(close);
					}
				}),
				effort(100),
			);
		},
		patience,
	);
});

describe("whatever the calendar,", () => {
	const instants = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
	const durations = fc.integer({ min: 1, max: 40 * HOUR_MS });
	const calendars = fc
		.constantFrom(...zones)
		.chain((zone) => definitions(zone, Date.UTC(2026, 5, 15) / DAY_MS))
		.map((definition) =>
			compileCalendar({ ...definition, weekly: { ...definition.weekly, wed: ["20:00-03:00"] } }, {}),
		);

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
				effort(300),
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
				effort(300),
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
				effort(300),
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
				effort(20),
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
				effort(300),
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
				effort(300),
			);
		},
		patience,
	);
});

describe("a calendar that never, or hardly ever, opens", () => {
	const t = Date.UTC(2026, 2, 2);
	const shut: [string, CalendarDefinition][] = [
		["without hours", { zone: "Europe/Brussels" }],
		["with empty days", { zone: "Europe/Brussels", weekly: { mon: [], tue: [] } }],
		[
			"closed for good",
			{ zone: "Europe/Brussels", always: true, exceptions: [{ from: "0001-01-01", to: "9999-12-31", closed: true }] },
		],
		[
			"removed to the last minute",
			{
				zone: "Europe/Brussels",
				weekly: {},
				exceptions: [
					{ date: "2026-03-03", hours: ["22:00-06:00"] },
					{ date: "2026-03-03", remove: ["22:00-06:00"] },
				],
			},
		],
	];

	test.each(shut)("%s: says so instead of looking on", (_, definition) => {
		const calendar = compileCalendar(definition, {});
		expect(codeOf(() => calendar.add(t, 1))).toBe("NO_OPEN_TIME");
		expect(codeOf(() => calendar.subtract(t, 1))).toBe("NO_OPEN_TIME");
		expect(codeOf(() => calendar.nextOpen(t))).toBe("NO_OPEN_TIME");
		expect(codeOf(() => calendar.addWorkingDays(t, 1))).toBe("NO_OPEN_TIME");
		expect(codeOf(() => due(calendar, t, 1, []))).toBe("NO_OPEN_TIME");
		expect(calendar.nextClose(t)).toBeNull();
		expect(calendar.between(t, t + 365 * DAY_MS)).toBe(0);
		expect(calendar.workingDaysBetween(t, t + 365 * DAY_MS)).toBe(0);
		expect(calendar.stretches(t, t + 365 * DAY_MS)).toEqual([]);
		expect([calendar.isOpen(t), calendar.isWorkingDay("2026-03-03"), calendar.add(t, 0)]).toEqual([false, false, t]);
	});

	test("open once: says that there is too little, and nothing once it is over", () => {
		const calendar = compileCalendar({ zone: "UTC", exceptions: [{ date: "2026-03-03", add: ["22:00-06:00"] }] }, {});
		expect(calendar.add(t, 8 * HOUR_MS)).toBe(Date.UTC(2026, 2, 4, 6));
		expect(codeOf(() => calendar.add(t, 8 * HOUR_MS + 1))).toBe("HORIZON_EXCEEDED");
		expect(codeOf(() => calendar.addWorkingDays(t, 2))).toBe("HORIZON_EXCEEDED");
		expect(codeOf(() => calendar.nextOpen(Date.UTC(2026, 2, 4, 6)))).toBe("NO_OPEN_TIME");
		expect(codeOf(() => due(calendar, t, 8 * HOUR_MS, [[t, Date.UTC(2026, 2, 4)]]))).toBe("HORIZON_EXCEEDED");
		expect(codeOf(() => due(calendar, t, HOUR_MS, [[t, Date.UTC(2026, 2, 5)]]))).toBe("NO_OPEN_TIME");
	});

	test("open only beyond the horizon: the horizon decides", () => {
		const calendar = compileCalendar({ zone: "UTC", exceptions: [{ date: "2026-06-01", add: ["09:00-17:00"] }] }, {});
		expect(codeOf(() => calendar.add(t, 1, 90))).toBe("NO_OPEN_TIME");
		expect(calendar.add(t, 1, 92)).toBe(Date.UTC(2026, 5, 1, 9) + 1);
	});
});

test("an instant is judged by the version in force at it", () => {
	const version = (from: string | null, zone: string, hours: string) => ({
		from,
		calendar: { zone, weekly: { mon: [hours], tue: [hours], wed: [hours] } },
	});
	const calendar = compileCalendar(
		{
			versions: [
				version(null, "UTC", "09:00-17:00"),
				version("2026-03-02T12:00:00Z", "UTC", "10:00-20:00"),
				version("2026-03-03T00:00:00Z", "Asia/Kolkata", "10:00-20:00"),
			],
		},
		{},
	);
	expect(calendar.zone).toBe("Asia/Kolkata");
	expect(calendar.stretches(Date.UTC(2026, 2, 2), Date.UTC(2026, 2, 4))).toEqual([
		{ start: Date.UTC(2026, 2, 2, 9), end: Date.UTC(2026, 2, 2, 20) },
		{ start: Date.UTC(2026, 2, 3, 4, 30), end: Date.UTC(2026, 2, 3, 14, 30) },
	]);
	expect(calendar.addWorkingDays(Date.UTC(2026, 2, 2, 11), 1)).toBe(Date.UTC(2026, 2, 3, 14, 30));
});

describe("a fault has a code, and says what was expected, what was found, and where:", () => {
	const zone = "Europe/Brussels";
	const office = compileCalendar({ zone, weekly: { mon: ["09:00-17:00"] } }, {});
	const compile = (definition: unknown) => compileCalendar(definition as CalendarDefinition, {});
	const t = Date.UTC(2026, 2, 2);

	test.each<[string, () => unknown, string]>([
		[
			"INVALID_ZONE",
			() => compile({ zone: "Europe/Brussel" }),
			'an IANA zone such as Europe/Brussels, found "Europe/Brussel" at zone',
		],
		["INVALID_ZONE", () => compile(null), "an IANA zone such as Europe/Brussels, found nothing at zone"],
		["INVALID_ZONE", () => compile({ versions: [] }), "a list of one or more versions, found [] at versions"],
		[
			"INVALID_RANGE",
			() => compile({ zone, weekly: { fri: ["08:00-12:00", "24:00-08:00"] } }),
			'found "24:00-08:00" at weekly.fri[1]',
		],
		[
			"INVALID_RANGE",
			() => compile({ zone, weekly: { monday: [] } }),
			'one of mon, tue, wed, thu, fri, sat, sun, found "monday" at weekly.monday',
		],
		[
			"INVALID_RANGE",
			() => compile({ zone, exceptions: [{ date: "2026-03-02" }] }),
			"one of closed: true, hours, add, remove",
		],
		[
			"OVERLAPPING_RANGES",
			() => compile({ zone, exceptions: [{ date: "2026-03-02", add: ["09:00-12:00", "11:00-13:00"] }] }),
			"at exceptions[0].add",
		],
		[
			"INVALID_DATE",
			() => compile({ zone, holidays: ["2026-01-01", "2026-02-29"] }),
			'an existing date YYYY-MM-DD, found "2026-02-29" at holidays[1]',
		],
		[
			"INVALID_DATE",
			() => compile({ zone, exceptions: [{ from: "2026-12-31", to: "2026-12-24", closed: true }] }),
			"found 2026-12-31 to 2026-12-24 at exceptions[0]",
		],
		["INVALID_DATE", () => office.isWorkingDay("2026-2-1"), 'found "2026-2-1" at date'],
		[
			"UNKNOWN_HOLIDAY_SET",
			() => compile({ zone, holidays: ["@nope"] }),
			'a holiday set (known: none), found "nope" at holidays[0]',
		],
		[
			"ALWAYS_WITH_WEEKLY",
			() => compile({ zone, always: true, weekly: { mon: ["09:00-17:00"] } }),
			"no weekly hours beside always: true",
		],
		[
			"INVALID_INSTANT",
			() => office.add(1.5, 1),
			"whole milliseconds since 1970-01-01T00:00:00Z, in the years 1 to 9999, found 1.5 at t",
		],
		["INVALID_INSTANT", () => office.between(t, Number.NaN), "found NaN at b"],
		["INVALID_INSTANT", () => office.isOpen(8.64e15), "found 8640000000000000 at t"],
		[
			"INVALID_INSTANT",
			() => compile({ versions: [{ from: "2026-03-02", calendar: { zone } }] }),
			'found "2026-03-02" at versions[0].from',
		],
		[
			"INVALID_INSTANT",
			() =>
				compile({
					versions: [
						{ from: "2026-03-02T00:00:00Z", calendar: { zone } },
						{ from: null, calendar: { zone } },
					],
				}),
			"after that of the version before, found null at versions[1].from",
		],
		["INVALID_DURATION", () => office.add(t, 1.5), "whole milliseconds, found 1.5 at duration"],
		["INVALID_DURATION", () => office.subtract(t, Infinity), "whole milliseconds, found Infinity at duration"],
		["INVALID_DURATION", () => due(office, t, -1, []), "0 or more, found -1 at duration"],
		["INVALID_DAY_COUNT", () => office.addWorkingDays(t, -1), "a whole number of days, 0 or more, found -1 at days"],
		["INVALID_DAY_COUNT", () => office.add(t, 1, 0.5), "found 0.5 at horizonDays"],
		["NO_OPEN_TIME", () => office.add(t + DAY_MS, 1, 3), "open time within 3 days, found none at calendar"],
		[
			"HORIZON_EXCEEDED",
			() => office.add(t, 20 * HOUR_MS, 9),
			"72000000 ms of open time within 9 days, found 57600000 ms at horizonDays",
		],
		["HORIZON_EXCEEDED", () => office.between(Date.UTC(1000, 0, 1), t), "at most 410 years"],
	])("%s (%#)", (code, ask, message) => {
		const fault = faultOf(ask);
		expect(fault.code).toBe(code);
		expect(fault.message).toContain(message);
		expect(fault.message).toBe(`Expected ${fault.expected}, found ${fault.found} at ${fault.path}`);
	});

	test(
		"no matter what stands in a definition",
		() => {
			const holidaySets = fc.dictionary(fc.constantFrom("a", "b"), fc.oneof(fc.anything(), fc.array(rule())));
			const definition = fc.record(
				{
					zone: fc.constant(zone),
					always: fc.anything(),
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
				effort(1000),
			);
		},
		patience,
	);
});

describe("a file of cases", () => {
	const calendars = { office: { zone: "UTC", weekly: { mon: ["09:00-17:00"] } }, broken: { zone: "Nowhere" } };
	const answerTo = (vector: unknown) => evaluateVectors({ calendars, vectors: [vector] })[0];

	test.each<[string, unknown, string]>([
		["an unknown operation", { id: 1, calendar: "office", op: "multiply", args: {} }, "INVALID_VECTOR"],
		[
			"an operation by the name of an object's own property",
			{ id: 1, calendar: "office", op: "toString", args: {} },
			"INVALID_VECTOR",
		],
		["no arguments", { id: 1, calendar: "office", op: "isOpen" }, "INVALID_VECTOR"],
		[
			"an unknown calendar",
			{ id: 1, calendar: "home", op: "isOpen", args: { t: "2026-03-02T10:00:00Z" } },
			"INVALID_VECTOR",
		],
		[
			"a calendar with a fault",
			{ id: 1, calendar: "broken", op: "isOpen", args: { t: "2026-03-02T10:00:00Z" } },
			"INVALID_ZONE",
		],
		[
			"an instant without an offset",
			{ id: 1, calendar: "office", op: "isOpen", args: { t: "2026-03-02T10:00:00" } },
			"INVALID_INSTANT",
		],
		[
			"a duration in words",
			{ id: 1, calendar: "office", op: "add", args: { t: "2026-03-02T10:00:00Z", ms: "8h" } },
			"INVALID_DURATION",
		],
		[
			"pauses that are no list",
			{
				id: 1,
				calendar: "office",
				op: "elapsed",
				args: { start: "2026-03-02T10:00:00Z", end: "2026-03-02T11:00:00Z", pauses: {} },
			},
			"INVALID_VECTOR",
		],
		[
			"a side that does not exist",
			{
				id: 1,
				calendar: "office",
				op: "availability",
				args: { from: "2026-03-02T10:00:00Z", to: "2026-03-02T11:00:00Z", side: "up" },
			},
			"INVALID_VECTOR",
		],
	])("answers %s with a code", (_, vector, error) => {
		expect(answerTo(vector)).toEqual({ id: 1, result: { error } });
	});

	test.each([[null], [7], ["case"], [[]], [{}]])("answers %j, which is no case, and goes on", (vector) => {
		const last = { id: "b", calendar: "office", op: "isOpen", args: { t: "2026-03-02T10:00:00Z" } };
		expect(evaluateVectors({ calendars, vectors: [vector, last] })).toEqual([
			{ id: null, result: { error: "INVALID_VECTOR" } },
			{ id: "b", result: true },
		]);
	});

	test.each([[null], [[]], [{}], [{ vectors: {} }]])("is refused when it has no list of cases: %j", (file) => {
		expect(codeOf(() => evaluateVectors(file))).toBe("INVALID_VECTOR");
	});
});

function isSame(found: unknown, expected: unknown): boolean {
	const isInstant = typeof expected === "string" && typeof found === "string" && expected.includes("T");
	return isInstant ? Date.parse(found) === Date.parse(expected) : JSON.stringify(found) === JSON.stringify(expected);
}

function rule(): fc.Arbitrary<unknown> {
	return fc.oneof(
		fc.record({ include: fc.constantFrom("a", "b", "c") }),
		fc.record({ fixed: fc.oneof(fc.anything(), fc.constantFrom("02-29", "01-01")), years: fc.anything() }),
		fc.record({ range: fc.anything() }),
		fc.anything(),
	);
}

function faultOf(ask: () => unknown): CalendarError {
	try {
		ask();
	} catch (error) {
		if (error instanceof CalendarError) return error;
		throw error;
	}
	throw new Error("Expected a CalendarError, found an answer");
}

function codeOf(ask: () => unknown): string {
	return faultOf(ask).code;
}
