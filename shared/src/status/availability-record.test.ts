import fc from "fast-check";
import { expect, test } from "vitest";
import { compileCalendar } from "../calendar/compile-calendar.ts";
import type { AvailabilityTarget } from "../policy/policy.ts";
import { type AvailabilityPeriod, availabilityRecord, availabilityRecords } from "./availability-record.ts";

const minute = 60_000;
const hour = 60 * minute;
const office = compileCalendar({ zone: "UTC", weekly: { mon: ["09:00-17:00"], tue: ["09:00-17:00"] } }, {});
const monday = Date.UTC(2026, 2, 2);
const after = (hours: number) => monday + hours * hour;

const promised: AvailabilityTarget = {
	calendar: "office",
	inHours: "90",
	outside: "95",
	always: null,
	planned: "exclude",
	thirdParty: "count",
	promise: "aim",
	effectiveFrom: null,
};

const twoDays: AvailabilityPeriod = { from: after(0), to: after(48), now: after(60), outages: [], work: [] };

test("each side has its own figure, in exact time", () => {
	const outages = [{ start: after(16), end: after(18), cause: "own" as const }];
	const { figures, isProvisional } = availabilityRecord(promised, office, { ...twoDays, outages });
	expect(isProvisional).toBe(false);
	expect(figures).toMatchObject([
		{ side: "in", percentage: "90", agreed: { measuredMs: 16 * hour, downMs: hour }, allowance: 1.6 * hour },
		{ side: "out", percentage: "95", agreed: { measuredMs: 32 * hour, downMs: hour }, allowance: 1.6 * hour },
	]);
	expect(figures.map(({ left, verdict }) => [left, verdict])).toEqual([
		[0.6 * hour, "met"],
		[0.6 * hour, "met"],
	]);
});

test("one figure around the clock counts every hour", () => {
	const always = { ...promised, inHours: null, outside: null, always: "99" };
	const outages = [{ start: after(16), end: after(18), cause: "own" as const }];
	expect(availabilityRecord(always, office, { ...twoDays, outages }).figures).toMatchObject([
		{ side: "all", agreed: { measuredMs: 48 * hour, downMs: 2 * hour }, allowance: 0.48 * hour, verdict: "missed" },
	]);
});

test("the agreement says whether planned work and third parties count; every other count stands beside it", () => {
	const period = {
		...twoDays,
		outages: [
			{ start: after(9), end: after(11), cause: "own" as const },
			{ start: after(14), end: after(15), cause: "third-party" as const },
		],
		work: [{ announcedAt: after(-24), start: after(10), end: after(12) }],
	};
	const counts = (change: Partial<AvailabilityTarget>) =>
		availabilityRecord({ ...promised, ...change }, office, period).figures[0]?.agreed;
	const everything = { measuredMs: 16 * hour, downMs: 3 * hour };
	const withoutPlanned = { measuredMs: 14 * hour, downMs: 2 * hour };
	const withoutThirdParty = { measuredMs: 16 * hour, downMs: 2 * hour };
	const withoutEither = { measuredMs: 14 * hour, downMs: hour };
	expect(counts({})).toEqual(withoutPlanned);
	expect(counts({ planned: "count" })).toEqual(everything);
	expect(counts({ planned: "count", thirdParty: "exclude" })).toEqual(withoutThirdParty);
	expect(counts({ thirdParty: "exclude" })).toEqual(withoutEither);
	expect(availabilityRecord(promised, office, period).figures[0]?.counted).toEqual({
		everything,
		withoutPlanned,
		withoutThirdParty,
		withoutEither,
	});
});

test("what overruns its planned end, and work announced at its start or later, is unplanned", () => {
	const outages = [{ start: after(10), end: after(13), cause: "own" as const }];
	const lost = (announcedAt: number) =>
		availabilityRecord(promised, office, {
			...twoDays,
			outages,
			work: [{ announcedAt, start: after(10), end: after(12) }],
		}).figures[0]?.agreed;
	expect(lost(after(10) - 1)).toEqual({ measuredMs: 14 * hour, downMs: hour });
	expect(lost(after(10))).toEqual({ measuredMs: 16 * hour, downMs: 3 * hour });
});

test("a running period is measured until now, against the allowance of the whole", () => {
	const outages = [{ start: after(16), end: null, cause: "own" as const }];
	const record = availabilityRecord(promised, office, { ...twoDays, now: after(16.5), outages });
	expect(record.isProvisional).toBe(true);
	expect(record.figures[0]).toMatchObject({
		agreed: { measuredMs: 7.5 * hour, downMs: 0.5 * hour },
		allowance: 1.6 * hour,
		left: 66 * minute,
		verdict: "open",
	});
	const later = availabilityRecord(promised, office, { ...twoDays, now: after(34.5), outages });
	expect(later.figures[0]).toMatchObject({ left: -54 * minute, verdict: "missed" });
});

test("a period that has not begun measures nothing and promises its allowance", () => {
	const { figures } = availabilityRecord(promised, office, { ...twoDays, now: after(-5) });
	expect(figures[0]).toMatchObject({ agreed: { measuredMs: 0, downMs: 0 }, left: 1.6 * hour, verdict: "open" });
});

test("a side that has no time in a period is not measured, rather than kept", () => {
	const weekend = { ...twoDays, from: after(-48), to: after(0) };
	expect(availabilityRecord(promised, office, weekend).figures[0]?.verdict).toBe("not-measured");
});

test("a target that changes within a period judges the rest of it", () => {
	const first = { ...promised, outside: null };
	const second = { ...first, inHours: "99", effectiveFrom: after(24) };
	const outages = [{ start: after(33), end: after(34), cause: "own" as const }];
	const records = availabilityRecords([first, second], { office }, { ...twoDays, outages });
	expect(records.map(({ from, to, figures }) => [from, to, figures[0]?.percentage, figures[0]?.verdict])).toEqual([
		[after(0), after(24), "90", "met"],
		[after(24), after(48), "99", "missed"],
	]);
	expect(availabilityRecords([second], { office }, twoDays).map(({ from }) => from)).toEqual([after(24)]);
	expect(availabilityRecords([first], {}, twoDays)).toEqual([]);
});

test("leaving something out never loses more, and the agreed count is the one that the agreement names", () => {
	const instant = fc.integer({ min: -10, max: 60 }).map((hours) => after(hours) + 1);
	const span = fc.tuple(instant, instant).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
	const outage = fc.record({ span, cause: fc.constantFrom("own" as const, "third-party" as const) });
	const work = fc.record({ span, announcedAt: instant });
	const way = fc.constantFrom("count" as const, "exclude" as const);
	fc.assert(
		fc.property(
			fc.array(outage),
			fc.array(work),
			fc.record({ planned: way, thirdParty: fc.constantFrom("count" as const, "exclude" as const) }),
			(outages, works, ways) => {
				const record = availabilityRecord({ ...promised, ...ways }, office, {
					...twoDays,
					outages: outages.map(({ span: times, cause }) => ({ ...times, cause })),
					work: works.map(({ span: times, announcedAt }) => ({ ...times, announcedAt })),
				});
				for (const { agreed, counted, allowance, left, verdict } of record.figures) {
					const { everything, withoutPlanned, withoutThirdParty, withoutEither } = counted;
					const planned = ways.planned === "exclude";
					const named =
						ways.thirdParty === "exclude" ? [withoutThirdParty, withoutEither] : [everything, withoutPlanned];
					expect(agreed).toEqual(named[planned ? 1 : 0]);
					for (const less of [withoutPlanned, withoutThirdParty]) {
						expect(less.downMs).toBeLessThanOrEqual(everything.downMs);
						expect(withoutEither.downMs).toBeLessThanOrEqual(less.downMs);
					}
					expect(left).toBe(allowance - agreed.downMs);
					if (agreed.measuredMs > 0) expect(verdict).toBe(left < 0 ? "missed" : "met");
				}
			},
		),
		{ seed: 1, numRuns: 300 },
	);
});
