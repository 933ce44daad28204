import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { CalendarDefinition, HolidaySets } from "@stipt/shared/calendar/calendar";
import { CalendarError } from "@stipt/shared/calendar/calendar-error";
import { compileCalendar } from "@stipt/shared/calendar/compile-calendar";
import { evaluateVectors } from "@stipt/shared/calendar/evaluate-vectors";
import { due } from "@stipt/shared/calendar/pauses";
import { describe, expect, test } from "vitest";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const root = join(import.meta.dirname, "..");
type Vector = { id: string; op: string; calendar: string | null; args: unknown; expected: unknown; why?: string };
type VectorFile = { holidaySets: HolidaySets; calendars: Record<string, unknown>; vectors: Vector[] };

const files = ["typed", "random"].map((name): [string, VectorFile] => [
	name,
	JSON.parse(readFileSync(join(root, `test/fixtures/business-time/${name}.json`), "utf8")),
]);
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
