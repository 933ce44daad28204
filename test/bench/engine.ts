import type { HolidaySets } from "@stipt/shared/calendar/calendar";
import { compileCalendar } from "@stipt/shared/calendar/compile-calendar";
import { holidaysOf } from "@stipt/shared/calendar/holidays";
import dayjs from "dayjs";
import dayjsBusinessTime from "dayjs-business-time";
import { DateTime } from "luxon";
import { alternate, type BenchResult, type Spread, type Subject } from "./measuring/alternate.ts";

/** A way to reckon: plain functions of epoch milliseconds, so that each pays for its own conversions. */
type Engine = { name: string; add(start: number, ms: number): number; between(start: number, end: number): number };

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;
const STARTS = 512;
const zone = "Europe/Brussels";
const workdays = ["mon", "tue", "wed", "thu", "fri"] as const;
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

/** Office hours with holidays: this engine against a library and a hand-written walk over days. */
export function bench(): BenchResult[] {
	const engines = [stipt(), dayjsLibrary(), luxonWalk()];
	const starts = Array.from({ length: STARTS }, (_, index) => startOf(index));
	const questions: { case: string; ask(engine: Engine, start: number): number }[] = [
		{ case: "add 8 h", ask: (engine, start) => engine.add(start, 8 * HOUR_MS) },
		{ case: "add 400 h", ask: (engine, start) => engine.add(start, 400 * HOUR_MS) },
		{ case: "between, a year", ask: (engine, start) => engine.between(start, start + YEAR_MS) },
	];
	return questions.map(({ case: name, ask }) => {
		agree(name, engines, starts, ask);
		const measured = alternate(
			engines.map((engine): Subject => ({ name: engine.name, run: runner(engine, starts, ask) })),
			{ rounds: 7, roundMs: 200 },
		);
		return compare(name, engines[0]?.name ?? "", measured);
	});
}

function stipt(): Engine {
	const weekly = Object.fromEntries(workdays.map((day) => [day, ["09:00-17:00"]]));
	const calendar = compileCalendar({ zone, weekly, holidays: ["@office"] }, holidaySets);
	return { name: "stipt", add: (start, ms) => calendar.add(start, ms), between: (a, b) => calendar.between(a, b) };
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

function compare(name: string, ours: string, measured: Map<string, Spread>): BenchResult {
	const value = measured.get(ours);
	const [best] = [...measured].filter(([engine]) => engine !== ours).sort(([, a], [, b]) => b.median - a.median);
	if (!value || !best) throw new Error(`Expected measurements of ${name}, found none`);
	const [baselineName, baseline] = best;
	return {
		case: name,
		value: Math.round(value.median),
		unit: "operations/s",
		baseline: Math.round(baseline.median * 100) / 100,
		baselineName,
		ratio: Math.round((value.median / baseline.median) * 10) / 10,
		spread: { value, baseline },
	};
}
