import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual, promisify } from "node:util";
import type { Calendar, HolidaySets } from "@stipt/shared/calendar/calendar";
import { compileCalendar } from "@stipt/shared/calendar/compile-calendar";
import { holidaysOf } from "@stipt/shared/calendar/holidays";
import dayjs from "dayjs";
import dayjsBusinessTime from "dayjs-business-time";
import { DateTime } from "luxon";
import { caseFile } from "../fuzz/calendar-cases.ts";
import { alternate, type BenchResult, type Spread, type Subject, spreadOf } from "./measuring/alternate.ts";

/** A way to reckon: plain functions of epoch milliseconds, so that each pays for its own conversions. */
type Engine = {
	name: string;
	add(start: number, ms: number): number;
	subtract(start: number, ms: number): number;
	between(start: number, end: number): number;
};

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;
const STARTS = 512;
const zone = "Europe/Brussels";
const officeWeek = Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, ["09:00-17:00"]]));
const holidaySets: HolidaySets = {
	office: [
		{ fixed: "01-01" },
		{ easter: 1 },
		{ fixed: "05-01" },
		{ easter: 39 },
		{ easter: 50 },
		{ fixed: "07-11" },
		{ fixed: "07-21" },
		{ fixed: "08-15" },
		{ range: ["11-01", "11-02"] },
		{ fixed: "11-11" },
		{ fixed: "11-15" },
		{ range: ["12-25", "12-31"] },
	],
};
const holidays = [2024, 2025, 2026, 2027, 2028, 2029, 2030].flatMap((year) =>
	holidaysOf(holidaySets, "office", year).map(({ date }) => date),
);

const engines = { ours: stipt(), bare: prefixSums(), library: dayjsLibrary(), walk: luxonWalk() };
const starts = Array.from({ length: STARTS }, (_, index) => startOf(index));
const pace = { rounds: 7, roundMs: 200 };

/**
 * Office hours with holidays: this engine against the barest loop that could do the same, a library and a walk over days;
 * then how its time grows with the target, what a calendar costs before its first answer, and a file of cases.
 */
export async function bench(): Promise<BenchResult[]> {
	return [...operations(), ...growth(), ...firstAnswers(), ...(await caseFiles())];
}

/** At least 0.7 of the bare loop; at least 1,000 times the best library where a target is long. */
function operations(): BenchResult[] {
	const questions: { case: string; ask(engine: Engine, start: number): number }[] = [
		{ case: "add 8 h", ask: (engine, start) => engine.add(start, 8 * HOUR_MS) },
		{ case: "add 400 h", ask: (engine, start) => engine.add(start, 400 * HOUR_MS) },
		{ case: "subtract 400 h", ask: (engine, start) => engine.subtract(start, 400 * HOUR_MS) },
		{ case: "between, a year", ask: (engine, start) => engine.between(start, start + YEAR_MS) },
	];
	return questions.flatMap(({ case: name, ask }) => {
		const { ours, bare, library, walk } = engines;
		const able = name.startsWith("subtract") ? [ours, bare] : [ours, bare, library, walk];
		agree(name, able, starts, ask);
		const subjects = able.map((engine): Subject => ({ name: engine.name, run: runner(engine, starts, ask) }));
		const measured = alternate(subjects, pace);
		return able.slice(1).map((other) => compare(`${name}, against ${other.name}`, ours.name, other.name, measured));
	});
}

/** The same time for 2,000 hours as for 8: at most 1.3 times. */
function growth(): BenchResult[] {
	const subjects = [8, 80, 400, 2000].map((hours): Subject => {
		return {
			name: `${hours} h`,
			run: runner(engines.ours, starts, (engine, start) => engine.add(start, hours * HOUR_MS)),
		};
	});
	const measured = alternate(subjects, pace);
	return [80, 400, 2000].map((hours) => compare(`add ${hours} h, against 8 h`, `${hours} h`, "8 h", measured));
}

/** At most 10 ms for a year of a zone that nobody has asked for yet, 1 ms for one that is known. */
function firstAnswers(): BenchResult[] {
	const zones = Intl.supportedValuesOf("timeZone");
	const firstIn = (name: string, year: number) => {
		const start = performance.now();
		calendarIn(name).add(Date.UTC(year, 5, 1), 8 * HOUR_MS);
		return performance.now() - start;
	};
	// Each zone once cold, then once more as another calendar of the zone.
	const cold = zones.map((name) => firstIn(name, 2026));
	const warm = zones.map((name) => firstIn(name, 2026));
	return [
		limited("first answer of a calendar, zone not known yet", cold, 10),
		limited("first answer of a calendar, zone known", warm, 1),
	];
}

/** `stipt calendar eval` on 2,500 cases, start-up included: at most 5 s. */
async function caseFiles(): Promise<BenchResult[]> {
	await promisify(execFile)(process.execPath, ["webhook-service/scripts/build.mjs"]);
	const folder = mkdtempSync(join(tmpdir(), "stipt-bench-"));
	const file = join(folder, "cases.json");
	const cases = caseFile(7, 2500);
	writeFileSync(file, JSON.stringify(cases));
	const spent: number[] = [];
	for (let round = 0; round < 5; round++) {
		const start = performance.now();
		const run = await promisify(execFile)(process.execPath, ["webhook-service/dist/cli.js", "calendar", "eval", file], {
			maxBuffer: 2 ** 26,
		});
		spent.push(performance.now() - start);
		const answers: { result: unknown }[] = JSON.parse(run.stdout);
		const wrong = cases.vectors.filter(({ expected }, index) => !isDeepStrictEqual(answers[index]?.result, expected));
		if (wrong.length > 0) throw new Error(`Expected 2,500 right answers, found ${wrong.length} wrong ones.`);
	}
	rmSync(folder, { recursive: true });
	return [limited("stipt calendar eval, 2,500 cases with start-up", spent, 5000)];
}

function calendarIn(name: string): Calendar {
	return compileCalendar({ zone: name, weekly: officeWeek, holidays: ["@office"] }, holidaySets);
}

function stipt(): Engine {
	const calendar = calendarIn(zone);
	return {
		name: "stipt",
		add: (start, ms) => calendar.add(start, ms),
		subtract: (start, ms) => calendar.subtract(start, ms),
		between: (a, b) => calendar.between(a, b),
	};
}

/** The least that can answer: stretches of known years, their sums, and a halving search. No check, no limit, no growth. */
function prefixSums(): Engine {
	const open = calendarIn(zone).stretches(Date.UTC(2025, 0, 1), Date.UTC(2030, 0, 1));
	const begins = Float64Array.from(open, ({ start }) => start);
	const ends = Float64Array.from(open, ({ end }) => end);
	const before = new Float64Array(open.length + 1);
	for (let index = 0; index < open.length; index++) {
		before[index + 1] = (before[index] as number) + (ends[index] as number) - (begins[index] as number);
	}
	const firstAfter = (keys: Float64Array, key: number): number => {
		let low = 0;
		let high = keys.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((keys[middle] as number) > key) high = middle;
			else low = middle + 1;
		}
		return low;
	};
	const passed = (t: number): number => {
		const index = firstAfter(ends, t);
		return (before[index] as number) + Math.max(0, t - (begins[index] as number));
	};
	return {
		name: "bare prefix sums",
		add(start, ms) {
			const sum = passed(start) + ms;
			const index = firstAfter(before, sum - 1) - 1;
			return (begins[index] as number) + sum - (before[index] as number);
		},
		subtract(start, ms) {
			const sum = passed(start) - ms;
			const index = firstAfter(before, sum) - 1;
			return (begins[index] as number) + sum - (before[index] as number);
		},
		between: (a, b) => passed(b) - passed(a),
	};
}

function dayjsLibrary(): Engine {
	dayjs.extend(dayjsBusinessTime);
	dayjs.setHolidays(holidays);
	return {
		name: "dayjs-business-time",
		add: (start, ms) =>
			dayjs(start)
				.addBusinessTime(ms / HOUR_MS, "hours")
				.valueOf(),
		subtract: () => Number.NaN,
		between: (a, b) => dayjs(a).businessTimeDiff(dayjs(b), "minutes") * 60_000,
	};
}

/** What one writes with Luxon at hand: day by day, the part of nine to five that counts. */
function luxonWalk(): Engine {
	const closed = new Set(holidays);
	const hoursOf = (day: DateTime): [open: number, close: number] | null =>
		day.weekday > 5 || closed.has(day.toFormat("yyyy-MM-dd"))
			? null
			: [day.set({ hour: 9 }).toMillis(), day.set({ hour: 17 }).toMillis()];
	return {
		name: "luxon day walk",
		add(start, ms) {
			let left = ms;
			for (let day = DateTime.fromMillis(start, { zone }).startOf("day"); ; day = day.plus({ days: 1 })) {
				const hours = hoursOf(day);
				if (!hours) continue;
				const from = Math.max(start, hours[0]);
				const open = hours[1] - from;
				if (open <= 0) continue;
				if (open >= left) return from + left;
				left -= open;
			}
		},
		subtract: () => Number.NaN,
		between(a, b) {
			let open = 0;
			for (let day = DateTime.fromMillis(a, { zone }).startOf("day"); day.toMillis() < b; day = day.plus({ days: 1 })) {
				const hours = hoursOf(day);
				if (hours) open += Math.max(0, Math.min(b, hours[1]) - Math.max(a, hours[0]));
			}
			return open;
		},
	};
}

/** Instants spread over 2026, on whole minutes, the same in every run. */
function startOf(index: number): number {
	const minutes = (index * 2_654_435_761) % (365 * 24 * 60);
	return Date.UTC(2026, 0, 1) + minutes * 60_000;
}

function runner(engine: Engine, starts: readonly number[], ask: (engine: Engine, start: number) => number) {
	let next = 0;
	return (times: number): number => {
		let sum = 0;
		for (let done = 0; done < times; done++) {
			sum += ask(engine, starts[next] ?? 0);
			next = next + 1 === starts.length ? 0 : next + 1;
		}
		return sum;
	};
}

/** A figure means nothing unless all of them give the same answers. */
function agree(
	name: string,
	engines: readonly Engine[],
	starts: readonly number[],
	ask: (engine: Engine, start: number) => number,
) {
	for (const start of starts) {
		const answers = new Set(engines.map((engine) => ask(engine, start)));
		if (answers.size === 1) continue;
		const found = engines.map((engine) => `${engine.name} ${ask(engine, start)}`).join(", ");
		throw new Error(`Expected one answer to ${name} from ${new Date(start).toISOString()}, found ${found}`);
	}
}

function compare(name: string, ours: string, other: string, measured: Map<string, Spread>): BenchResult {
	const [value, baseline] = [measured.get(ours), measured.get(other)];
	if (!value || !baseline) throw new Error(`Expected measurements of ${name}, found none`);
	return {
		case: name,
		value: Math.round(value.median),
		unit: "operations/s",
		baseline: Math.round(baseline.median * 100) / 100,
		baselineName: other,
		ratio: Math.round((value.median / baseline.median) * 100) / 100,
		spread: { value, baseline },
	};
}

/** A time beside the most that it may be: the ratio is below 1 when it keeps to that. */
function limited(name: string, milliseconds: readonly number[], most: number): BenchResult {
	const value = spreadOf(milliseconds);
	return {
		case: name,
		value: Math.round(value.median * 1000) / 1000,
		unit: "ms",
		baseline: most,
		baselineName: "the most that it may take",
		ratio: Math.round((value.median / most) * 1000) / 1000,
		spread: { value, baseline: { min: most, median: most, max: most, rounds: 1 } },
	};
}
