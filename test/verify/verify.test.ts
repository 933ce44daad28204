import { compileCalendar } from "@stipt/shared/calendar/compile-calendar";
import type { Policy, PolicyTimeline } from "@stipt/shared/policy/policy";
import type { Proof } from "@stipt/shared/sla/proof/proof";
import { proofsOf } from "@stipt/shared/sla/proof/proofs-of";
import { anyInstant, anyLedger, anyPolicy } from "@stipt/shared/sla/testing/any-ledger";
import { at, opened, prioritised, state } from "@stipt/shared/sla/testing/ledger";
import { businessHours, policyWith, service, workingDays } from "@stipt/shared/sla/testing/policy";
import { verify } from "@stipt/shared/verify/verify";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const numRuns = Number(process.env.FUZZ_RUNS ?? 1000);
const tzData = "2026a";

/** One policy, or two of which the second came into force at some instant, in either way. */
const anyPolicies: fc.Arbitrary<Policy | PolicyTimeline> = fc.oneof(
	{ weight: 2, arbitrary: anyPolicy },
	{
		weight: 1,
		arbitrary: fc
			.record({
				first: anyPolicy,
				second: anyPolicy,
				from: anyInstant,
				applies: fc.constantFrom("from-now" as const, "recompute" as const),
			})
			.map(
				({ first, second, from, applies }): PolicyTimeline => [{ policy: first }, { policy: second, from, applies }],
			),
	},
);
const anyProofs = fc
	.tuple(anyLedger, anyPolicies, anyInstant)
	.map(([facts, policy, now]) => proofsOf(facts, policy, now, { tzData }));

/** Weeks with split shifts, nights and round the clock, in zones with all sorts of clock changes. */
const anyCalendar = fc
	.record({
		zone: fc.constantFrom(
			...["Europe/Brussels", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca", "Antarctica/Troll"],
			...["Pacific/Auckland", "Africa/Cairo", "Asia/Kolkata", "UTC"],
		),
		hours: fc.constantFrom(
			["09:00-17:00"],
			["08:30-12:00", "13:00-16:45"],
			["22:00-06:00"],
			["00:00-24:00"],
			["01:30-02:45"],
		),
		holiday: fc.integer({ min: 0, max: 40 }),
		shift: fc.boolean(),
	})
	.map(({ zone, hours, holiday, shift }) => {
		const date = new Date(Date.UTC(2026, 2, 20 + holiday)).toISOString().slice(0, 10);
		const weekly = Object.fromEntries(["mon", "tue", "wed", "thu", "fri", "sun"].map((day) => [day, hours]));
		const exceptions = [{ date, closed: true as const, name: "Inventory" }];
		return compileCalendar({ zone, weekly, exceptions, ...(shift ? { holidayScope: "shift" } : {}) }, {});
	});

/** A ticket around the clock changes of spring, paused once. */
const anyProofInZones = fc
	.record({
		calendar: anyCalendar,
		start: fc.integer({ min: 0, max: 30 * 24 * 60 }),
		pause: fc.integer({ min: 1, max: 5 * 24 * 60 }),
		target: fc.oneof(
			fc.integer({ min: 1, max: 90 }).map((h) => ({ hours: h })),
			fc.integer({ min: 1, max: 9 }).map((d) => ({ days: d })),
		),
		rule: fc.record({
			from: fc.constantFrom("open" as const, "arrival" as const),
			count: fc.constantFrom("after" as const, "same" as const),
			end: fc.constantFrom("close" as const, "midnight" as const, "sameTime" as const),
		}),
		later: fc.integer({ min: 0, max: 20 * 24 * 60 }),
	})
	.map(({ calendar, start, pause, target, rule, later }) => {
		const at = Date.UTC(2026, 2, 20) + start * 60_000;
		const resolution = "hours" in target ? businessHours(target.hours) : workingDays(target.days);
		const policy = policyWith({
			calendars: { ...policyWith().calendars, flemish: calendar },
			services: [service({ targets: { P2: { resolution } }, ladder: null })],
			workingDays: rule,
		});
		const facts = [
			opened(at),
			prioritised(at, "P2"),
			state(at + pause * 60_000, "waiting"),
			state(at + 2 * pause * 60_000 + 12_345, "open"),
		];
		return proofsOf(facts, policy, at + later * 60_000, { tzData });
	});

describe("verify", { timeout: 300_000 }, () => {
	test("accepts every proof that the engine gives, of every ledger under every policy and its versions", () => {
		fc.assert(
			fc.property(anyProofs, (proofs) => expectToHold(proofs)),
			{ seed: 11, numRuns },
		);
	});

	test("accepts every proof around clock changes, in zones far apart, by hours and by working days", () => {
		fc.assert(
			fc.property(anyProofInZones, (proofs) => expectToHold(proofs)),
			{ seed: 13, numRuns },
		);
	});

	test("rejects every proof with one number, one instant, one date or one time of day changed", () => {
		fc.assert(
			fc.property(fc.oneof(anyProofs, anyProofInZones), fc.nat(), fc.nat(), (proofs, pick, place) => {
				const proof = proofs[pick % Math.max(1, proofs.length)];
				if (proof === undefined) return;
				const all = alterations(proof);
				// A ninth of the places each time: over the runs that is all of them, many times.
				for (const { path, changed } of all.filter((_, index) => index % 9 === place % 9)) {
					expect(verify(changed()).holds, path).toBe(false);
				}
			}),
			{ seed: 12, numRuns },
		);
	});

	test("says in a sentence what does not add up", () => {
		const facts = [opened("2026-06-02 09:00"), prioritised("2026-06-02 09:00", "P2")];
		const proof = proofsOf(facts, policyWith(), at("2026-06-02 12:00"), { tzData })[0];
		expect(verify({ ...proof, elapsed: 0 }).faults).toEqual([
			"The open time used is 10800000 ms, not 0 ms: 10800000 ms too few.",
		]);
		const wrong = { at: "2026-06-02T15:00:01.000Z", local: "2026-06-02T17:00:01.000+02:00" };
		expect(verify({ ...proof, deadline: wrong, countedTo: wrong }).faults.join(" ")).toContain(
			"The deadline is 2026-06-02T17:00:01.000+02:00, reckoned again it is 2026-06-02T17:00:00.000+02:00.",
		);
		expect(verify({ ...proof, zone: "Mars/Olympus" }).faults[0]).toContain("expected a time zone that is known here");
	});

	test("takes anything, and what is no proof does not hold", () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				expect(verify(value).holds).toBe(false);
			}),
			{ seed: 14, numRuns: 300 },
		);
	});
});

function expectToHold(proofs: readonly Proof[]): void {
	for (const proof of proofs) {
		expect({ ...verify(JSON.parse(JSON.stringify(proof))), proof }).toMatchObject({ holds: true, faults: [] });
	}
}

type Alteration = { path: string; changed(): unknown };

/** The proof over and over, each time with another one of its figures changed a little. */
function alterations(proof: Proof): Alteration[] {
	const whole = JSON.stringify(proof);
	const found: Alteration[] = [];
	const walk = (value: unknown, path: (string | number)[]): void => {
		if (typeof value === "number" || (typeof value === "string" && isFigure(value))) {
			for (const other of others(value)) {
				found.push({
					path: `${path.join(".")} as ${JSON.stringify(other)}`,
					changed: () => replaced(whole, path, other),
				});
			}
		} else if (typeof value === "object" && value !== null) {
			for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
		}
	};
	walk(proof, []);
	return found;
}

function replaced(whole: string, path: readonly (string | number)[], value: unknown): unknown {
	const changed = JSON.parse(whole);
	const parent = path.slice(0, -1).reduce((inner, key) => inner[key], changed);
	parent[path.at(-1) ?? ""] = value;
	return changed;
}

const isFigure = (value: string) => /^\d{4}-\d{2}-\d{2}/.test(value) || /^\d{2}:\d{2}-\d{2}:\d{2}$/.test(value);

/** The same figure a little more and a little less: the last digit of a text, one more or a minute more of a number. */
function others(value: unknown): unknown[] {
	if (typeof value === "number") return [value + 1, value - 1, value + 60_000, -value - 1];
	const written = String(value);
	const instant = Date.parse(written);
	if (/Z$/.test(written)) return [1, -1, 60_000, -86_400_000].map((ms) => new Date(instant + ms).toISOString());
	return [...written.matchAll(/\d/g)].map(
		({ index, 0: digit }) => `${written.slice(0, index)}${(Number(digit) + 1) % 10}${written.slice(index + 1)}`,
	);
}
