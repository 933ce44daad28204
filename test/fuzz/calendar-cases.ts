import type { CalendarDefinition, HolidaySets } from "@stipt/shared/calendar/calendar";
import fc from "fast-check";
import { beyond, bruteForce, type DayQuestion, type Spans } from "./brute-force.ts";
import { clockChanges, dateText, definitions, MINUTE_MS } from "./calendar-oracle.ts";

/** A file of cases as `stipt calendar eval` takes it, with the answers. */
export type CaseFile = {
	holidaySets: HolidaySets;
	calendars: Record<string, CalendarDefinition>;
	vectors: { id: string; calendar: string; op: string; args: Record<string, unknown>; expected: unknown }[];
};

const DAY_MS = 1440 * MINUTE_MS;
const WALKED_DAYS = 12;
const CASES_PER_CALENDAR = 25;

/** Zones with all kinds of clock changes: half hours, two hours, at midnight, in Ramadan, and none. */
const zones = [
	"Africa/Cairo",
	"Africa/Casablanca",
	"America/Havana",
	"America/New_York",
	"America/Nuuk",
	"America/Santiago",
	"America/St_Johns",
	"Antarctica/Troll",
	"Asia/Beirut",
	"Asia/Kathmandu",
	"Asia/Tehran",
	"Atlantic/Azores",
	"Australia/Lord_Howe",
	"Europe/Brussels",
	"Europe/Dublin",
	"Europe/London",
	"Pacific/Apia",
	"Pacific/Auckland",
	"Pacific/Chatham",
	"Pacific/Easter",
	"UTC",
];

const moments = new Map<string, number[]>();

/** The clock changes of a zone in three years, or some day in summer where there are none. */
function momentsOf(zone: string, year: number): number[] {
	const key = `${zone} ${year}`;
	let found = moments.get(key);
	if (!found) {
		found = clockChanges(zone, Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1));
		moments.set(key, found);
	}
	return found.length > 0 ? found : [Date.UTC(year, 6, 1)];
}

type Scene = { at: number; definition: CalendarDefinition; sets: HolidaySets; questions: Question[] };

const scenes: fc.Arbitrary<Scene> = fc
	.record({ zone: fc.constantFrom(...zones), year: fc.constantFrom(2011, 2024, 2025, 2026, 2027), turn: fc.nat() })
	.chain(({ zone, year, turn }) => {
		const changes = momentsOf(zone, year);
		const at = changes[turn % changes.length] ?? 0;
		return fc.record({
			at: fc.constant(at),
			definition: definitions(zone, Math.round(at / DAY_MS)),
			sets: setsAround(Math.round(at / DAY_MS)),
			questions: fc.array(questions, { minLength: CASES_PER_CALENDAR, maxLength: CASES_PER_CALENDAR }),
		});
	});

/** Holiday sets with a rule of each kind near a day; `off` includes `more`. */
function setsAround(day: number): fc.Arbitrary<HolidaySets> {
	const near = fc.integer({ min: day - 4, max: day + 4 }).map(dateText);
	return fc.tuple(near, near, near, near).map(([fixed, date, from, to]) => {
		const [first, last] = [from, to].map((text) => text.slice(5)).sort();
		return {
			off: [{ fixed: fixed.slice(5) }, { include: "more" }],
			more: { rules: [{ date }, { range: [first ?? "", last ?? ""] }], completeUntil: 2027 },
		};
	});
}

type Question = {
	op: (typeof operations)[number];
	/** Milliseconds from the scene's moment. */
	t: number;
	other: number;
	ms: number;
	spans: [number, number, boolean][];
	days: DayQuestion & { n: number };
	side: "in" | "out" | "all";
	usesSet: boolean;
};

const operations = [
	...(["add", "subtract", "between", "isOpen", "nextOpen", "nextClose", "due", "elapsed", "availability"] as const),
	...(["addWorkingDays", "workingDaysBetween", "isWorkingDay"] as const),
];

const minutes = fc.integer({ min: -2 * 1440, max: 2 * 1440 }).map((minute) => minute * MINUTE_MS);

const questions: fc.Arbitrary<Question> = fc.record({
	op: fc.constantFrom(...operations),
	t: fc.oneof(minutes, fc.integer({ min: -2 * DAY_MS, max: 2 * DAY_MS })),
	other: minutes,
	ms: fc.oneof(
		fc.integer({ min: 1, max: 600 }).map((minute) => minute * MINUTE_MS),
		fc.integer({ min: 1, max: DAY_MS }),
	),
	spans: fc.array(fc.tuple(minutes, fc.integer({ min: 1, max: 1440 }), fc.boolean()), { maxLength: 3 }),
	days: fc.record({
		n: fc.integer({ min: 0, max: 3 }),
		from: fc.constantFrom<DayQuestion["from"][]>("open", "arrival"),
		count: fc.constantFrom<DayQuestion["count"][]>("after", "same"),
		end: fc.constantFrom<DayQuestion["end"][]>("close", "midnight", "sameTime"),
	}),
	side: fc.constantFrom("in", "out", "all"),
	usesSet: fc.boolean(),
});

/** As many cases as asked for, the same for the same seed. Those that lead out of the minutes walked are left out. */
export function caseFile(seed: number, count: number): CaseFile {
	const file: CaseFile = { holidaySets: {}, calendars: {}, vectors: [] };
	for (let round = 0; file.vectors.length < count; round++) {
		const wanted = Math.ceil((count - file.vectors.length) / CASES_PER_CALENDAR) + 1;
		for (const [index, scene] of fc.sample(scenes, { seed: seed + round * 1_000_003, numRuns: wanted }).entries()) {
			addScene(file, `${seed}-${round}-${index}`, scene);
		}
	}
	file.vectors.length = count;
	return file;
}

function addScene(file: CaseFile, name: string, { at, definition, sets, questions: asked }: Scene): void {
	const usesSet = asked[0]?.usesSet ?? false;
	for (const [set, body] of Object.entries(sets)) file.holidaySets[`${set}-${name}`] = renamed(body, name);
	const own = usesSet ? [...(definition.holidays ?? []), `@off-${name}`] : (definition.holidays ?? []);
	const calendar = { ...definition, holidays: own };
	file.calendars[name] = calendar;
	const start = at - (WALKED_DAYS / 2) * DAY_MS;
	const walk = bruteForce(calendar, file.holidaySets, start - (start % MINUTE_MS), WALKED_DAYS * 1440);
	for (const question of asked) {
		const { args, expected } = answer(walk, at, question);
		if (expected === beyond) continue;
		const id = `${name}-${file.vectors.length}`;
		file.vectors.push({ id, calendar: name, op: question.op, args, expected });
	}
}

/** Each calendar has sets of its own in the one list of a file. */
function renamed(set: HolidaySets[string], name: string): HolidaySets[string] {
	if (!Array.isArray(set)) return { ...set, rules: renamed(set.rules, name) as [] };
	return set.map((rule) => ("include" in rule ? { include: `${rule.include}-${name}` } : rule));
}

type Walk = ReturnType<typeof bruteForce>;
type Answer = { args: Record<string, unknown>; expected: unknown };

function answer(walk: Walk, at: number, question: Question): Answer {
	const t = at + question.t;
	const minute = t - (((t % MINUTE_MS) + MINUTE_MS) % MINUTE_MS);
	const other = at + question.other - ((at + question.other) % MINUTE_MS);
	const [from, to] = minute < other ? [minute, other] : [other, minute];
	const { n, ...days } = question.days;
	const spans: Spans = question.spans.map(([offset, length, isOpenEnded]) => {
		const begin = at + offset - ((at + offset) % MINUTE_MS);
		return [begin, isOpenEnded && question.op === "due" && length % 3 === 0 ? null : begin + length * MINUTE_MS];
	});
	const written = spans.map((span) => span.map((instant) => (instant === null ? null : iso(instant))));
	const date = dateText(walk.walls[Math.floor((t - walk.start) / MINUTE_MS)]?.day ?? 0);
	const answers: Record<Question["op"], () => Answer> = {
		add: () => ({ args: { t: iso(t), ms: question.ms }, expected: instant(walk.add(t, question.ms)) }),
		subtract: () => ({ args: { t: iso(t), ms: question.ms }, expected: instant(walk.subtract(t, question.ms)) }),
		between: () => ({ args: { a: iso(t), b: iso(other) }, expected: walk.between(t, other) }),
		isOpen: () => ({ args: { t: iso(t) }, expected: walk.isOpen(t) }),
		nextOpen: () => ({ args: { t: iso(t) }, expected: instant(walk.nextOpen(t)) }),
		nextClose: () => ({ args: { t: iso(t) }, expected: instant(walk.nextClose(t)) }),
		due: () => {
			const args = { start: iso(minute), ms: question.ms, pauses: written };
			return { args, expected: instant(walk.due(minute, question.ms, spans)) };
		},
		elapsed: () => {
			return { args: { start: iso(from), end: iso(to), pauses: written }, expected: walk.elapsed(from, to, spans) };
		},
		availability: () => {
			const [planned, down] = [spans.slice(0, 1), spans.slice(1)];
			const args = { from: iso(from), to: iso(to), side: question.side, down: written.slice(1) };
			const expected = walk.availability(from, to, question.side, down, planned);
			return { args: { ...args, planned: written.slice(0, 1) }, expected };
		},
		addWorkingDays: () => {
			return { args: { t: iso(minute), n, ...days }, expected: instant(walk.addWorkingDays(minute, n, days)) };
		},
		workingDaysBetween: () => {
			const args = { a: iso(minute), b: iso(other), from: days.from };
			return { args, expected: walk.workingDaysBetween(minute, other, days.from) };
		},
		isWorkingDay: () => ({ args: { date }, expected: walk.isWorkingDay(Date.parse(date) / DAY_MS) }),
	};
	return answers[question.op]();
}

function instant(found: number | null | typeof beyond): unknown {
	return typeof found === "number" ? iso(found) : found;
}

function iso(at: number): string {
	return new Date(at).toISOString();
}
