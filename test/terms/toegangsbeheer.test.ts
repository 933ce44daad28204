import { evaluate } from "@stipt/shared/sla/evaluate";
import type { FactBody } from "@stipt/shared/sla/fact";
import { handOverRefusal } from "@stipt/shared/sla/refusals";
import { announcementsOf, dependencyText } from "@stipt/shared/status/announcement";
import { availabilityRecord } from "@stipt/shared/status/availability-record";
import type { Outage, Work } from "@stipt/shared/status/outage";
import { printPercentage, printSpan } from "@stipt/shared/status/percentage";
import type { Words } from "@stipt/shared/wire/language";
import { expect, test } from "vitest";
import { at, availabilityOf, calendarOf, down, found, ledger, measured, readyMade, serviceOf } from "./terms.ts";

const hour = 3_600_000;
const minute = 60_000;
const { policy } = readyMade("toegangsbeheer");
const office = calendarOf(policy, "kantooruren");

/** The figure of one service on one side, in a month. */
function figure(service: string, side: "in" | "out" | "all", month: string, outages: Outage[] = [], work: Work[] = []) {
	const { figures } = availabilityRecord(availabilityOf(policy, service), office, measured(month, outages, work));
	return found(
		figures.find((one) => one.side === side),
		`figure ${side} of ${service}`,
	);
}

/** Lost office hours of Tuesday 3 March, so many milliseconds of them. */
const lost = (ms: number): Outage => {
	const start = at("Tue 2026-03-03 10:00");
	return { start, end: start + ms, cause: "own" };
};

test("ACM-06: March 2026 has 743 hours, of which the clock took one", () => {
	expect(figure("toegang", "all", "2026-03").agreed.measuredMs).toBe(743 * hour);
});

test("ACM-07: 490 of them lie outside office hours", () => {
	expect(figure("sleutels", "out", "2026-03").agreed.measuredMs).toBe(490 * hour);
});

test("ACM-08: an outage over closing time is split between office hours and the others", () => {
	const outages = [down("Tue 2026-03-03 18:30", "Tue 2026-03-03 20:00")];
	expect(figure("sleutels", "in", "2026-03", outages).agreed.downMs).toBe(30 * minute);
	expect(figure("sleutels", "out", "2026-03", outages).agreed.downMs).toBe(60 * minute);
});

test("ACM-09: planned work leaves what was lost and what was measured; the half hour before it does not", () => {
	const start = at("Wed 2026-03-04 18:00");
	const work = [{ announcedAt: start - 48 * hour, start, end: at("Wed 2026-03-04 22:00") }];
	const outages = [down("Wed 2026-03-04 17:30", "Wed 2026-03-04 19:30")];
	expect(figure("sleutels", "in", "2026-03", outages, work).agreed).toEqual({
		measuredMs: 252 * hour,
		downMs: 30 * minute,
	});
});

test("ACM-13: October 2026 has 745 hours", () => {
	expect(figure("toegang", "all", "2026-10").agreed.measuredMs).toBe(745 * hour);
});

test("ACM-14: 99.3 % of March's office hours allows one hour, forty-six minutes and 15.6 seconds", () => {
	const after = (ms: number) => {
		const { agreed, verdict } = figure("sleutels", "in", "2026-03", [lost(ms)]);
		return [printPercentage(agreed), verdict];
	};
	expect(after(105 * minute)).toEqual(["99.308", "met"]);
	expect(after(110 * minute)).toEqual(["99.275", "missed"]);
	expect(printSpan(figure("sleutels", "in", "2026-03").allowance)).toBe("1:46:15.6");
	expect(printSpan(figure("sleutels", "in", "2026-03", [lost(105 * minute)]).left)).toBe("1:15.6");
});

test("ACM-15: 99.7 % around the clock allows a little more in October than in March", () => {
	expect(printSpan(figure("toegang", "all", "2026-03").allowance)).toBe("2:13:44.4");
	expect(printSpan(figure("toegang", "all", "2026-10").allowance)).toBe("2:14:06");
});

test("ACM-16: 95 % outside office hours allows a day and half an hour", () => {
	expect(printSpan(figure("sleutels", "out", "2026-03").allowance)).toBe("24:30:00");
});

test("ACM-17: four tenths of a second too much is a miss, and is not rounded away in print", () => {
	const { agreed, verdict, left } = figure("sleutels", "in", "2026-03", [lost(6_376_000)]);
	expect([verdict, left]).toEqual(["missed", -400]);
	expect(printPercentage(agreed, 2)).toBe("99.29");
});

test("ACM-18: work that is announced after it began is unplanned", () => {
	const start = at("Wed 2026-03-04 14:00");
	const end = at("Wed 2026-03-04 15:00");
	const outages: Outage[] = [{ start, end, cause: "own" }];
	const lostWhen = (announcedAt: number) =>
		figure("sleutels", "in", "2026-03", outages, [{ announcedAt, start, end }]).agreed;
	expect(lostWhen(start + minute)).toEqual({ measuredMs: 253 * hour, downMs: hour });
	expect(lostWhen(start - minute)).toEqual({ measuredMs: 252 * hour, downMs: 0 });
});

test("ACM-19: what a federal service caused shows as a dependency with a way round it, in both figures", () => {
	const outages = [down("Mon 2026-03-02 10:00", "Mon 2026-03-02 11:00", "third-party")];
	const { agreed, counted } = figure("sleutels", "in", "2026-03", outages);
	expect([agreed.downMs, counted.everything.downMs, counted.withoutThirdParty.downMs]).toEqual([hour, hour, 0]);
	const fallback: Words = {
		nl: "Meld u aan met uw eID.",
		fr: "Connectez-vous avec votre eID.",
		de: "Melden Sie sich mit Ihrer eID an.",
		en: "Sign in with your eID.",
	};
	const { name } = serviceOf(policy, "toegang");
	expect(dependencyText(name, fallback).nl).toBe(
		"Toegang: storing bij een externe dienst waarvan we afhangen. Meld u aan met uw eID.",
	);
	expect(dependencyText(name, fallback).fr).toMatch(/service externe.*eID\.$/);
});

test("ACM-20: the second line passes on in writing, with a time; the customer's clock runs on", () => {
	const text = "Certificate chain is broken since the renewal.";
	const service = serviceOf(policy, "toegang");
	expect(handOverRefusal(service, { to: "third", text: "" })).toBe("no-text");
	expect(handOverRefusal(service, { to: "third", text })).toBeNull();
	const passed = (local: string, from: string, to: string): [string, FactBody] => [
		local,
		{ kind: "handed-over", from, to, text, by: { kind: "agent" } },
	];
	const facts = ledger(
		["Mon 2026-03-02 10:00", { kind: "opened", channel: "phone", by: { kind: "customer" } }],
		passed("Mon 2026-03-02 10:30", "first", "second"),
		passed("Mon 2026-03-02 12:00", "second", "third"),
	);
	const { lines, clocks } = evaluate(facts, policy, at("Mon 2026-03-02 15:00"));
	expect(lines.map(({ line, receivedAt, used }) => [line, receivedAt, used])).toEqual([
		["first", at("Mon 2026-03-02 10:00"), 30 * minute],
		["second", at("Mon 2026-03-02 10:30"), 90 * minute],
		["third", at("Mon 2026-03-02 12:00"), 180 * minute],
	]);
	expect(clocks.find(({ goal }) => goal === "resolution")).toMatchObject({ state: "running", elapsed: 5 * hour });
});

test("ACM-21: planned work is offered as a banner and a newsletter item, the unexpected as a banner", () => {
	const interruption = {
		component: serviceOf(policy, "toegang").name,
		start: at("Wed 2026-03-04 18:00"),
		end: at("Wed 2026-03-04 22:00"),
	};
	const offered = (kind: "planned" | "unexpected") =>
		announcementsOf({ ...interruption, kind }, office.zone).map(({ place, text }) => [place, text.en]);
	expect(offered("planned")).toEqual([
		["banner", "Access: planned maintenance, Wed, 4 Mar 2026, 18:00 to Wed, 4 Mar 2026, 22:00."],
		["newsletter", expect.stringMatching(/^From Wed, 4 Mar 2026, 18:00 to .* we will be working on Access\./)],
	]);
	expect(offered("unexpected")).toEqual([["banner", expect.stringMatching(/^Access: disruption since /)]]);
});
