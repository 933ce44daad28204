import { evaluate } from "@stipt/shared/sla/evaluate";
import type { Actor } from "@stipt/shared/sla/fact";
import { lineGonePast } from "@stipt/shared/sla/first-line";
import { escalationRefusal } from "@stipt/shared/sla/refusals";
import { planningOf } from "@stipt/shared/status/agreement";
import { availabilityRecord, availabilityRecords } from "@stipt/shared/status/availability-record";
import type { Outage } from "@stipt/shared/status/outage";
import { allowanceOf, printPercentage, printSpan } from "@stipt/shared/status/percentage";
import { expect, test } from "vitest";
import {
	at,
	availabilityOf,
	calendarOf,
	down,
	found,
	ledger,
	measured,
	noticeOf,
	readyMade,
	serviceOf,
} from "./terms.ts";

const hour = 3_600_000;
const minute = 60_000;
const { policy } = readyMade("fod-kanselarij");
const clock = calendarOf(policy, "rond-de-klok");

function platform(month: string, outages: Outage[] = []) {
	const { figures } = availabilityRecord(availabilityOf(policy, "platform"), clock, measured(month, outages));
	return found(figures[0], "a figure");
}

test("FOD-07: over the change to summer time 01:40 to 03:24 is 44 minutes, and 99.9 % allows them", () => {
	const march = platform("2026-03", [down("Sun 2026-03-29 01:40", "Sun 2026-03-29 03:24")]);
	expect(march.agreed).toEqual({ measuredMs: 743 * hour, downMs: 44 * minute });
	expect([printSpan(march.allowance), printPercentage(march.agreed), march.verdict]).toEqual([
		"44:34.8",
		"99.901",
		"met",
	]);
});

test("FOD-08: over the change to winter time 02:50 to 02:40 is 50 minutes, and 99.9 % does not allow them", () => {
	const october = platform("2026-10", [down("Sun 2026-10-25 02:50 +02:00", "Sun 2026-10-25 02:40 +01:00")]);
	expect(october.agreed).toEqual({ measuredMs: 745 * hour, downMs: 50 * minute });
	expect([printSpan(october.allowance), printPercentage(october.agreed), october.verdict]).toEqual([
		"44:42",
		"99.888",
		"missed",
	]);
});

test("FOD-09: what each level allows in a short month, a month with a clock change and whole years", () => {
	const allowed = (percentage: string, period: string) => {
		const { from, to } = measured(period);
		return printSpan(allowanceOf(percentage, to - from));
	};
	expect(allowed("99.9", "2026-02")).toBe("40:19.2");
	expect(allowed("99.7", "2026-03")).toBe("2:13:44.4");
	expect(allowed("99.5", "2026-03")).toBe("3:42:54");
	expect(allowed("99.9", "2026")).toBe("8:45:36");
	expect(allowed("99.9", "2028")).toBe("8:47:02.4");
});

test("FOD-10: an option that raises the level from July judges June by the level of June", () => {
	const { availability } = serviceOf(policy, "toepassingen");
	// Three hours lost: within 99.5 % of a month, beyond 99.7 %.
	const judged = (month: string, start: string, end: string) =>
		availabilityRecords(availability, policy.calendars, measured(month, [down(start, end)])).map(({ figures }) =>
			figures.map(({ percentage, verdict }) => [percentage, verdict]),
		);
	expect(judged("2026-06", "Tue 2026-06-09 10:00", "Tue 2026-06-09 13:00")).toEqual([[["99.5", "met"]]]);
	expect(judged("2026-07", "Tue 2026-07-07 10:00", "Tue 2026-07-07 13:00")).toEqual([[["99.7", "missed"]]]);
});

test("FOD-11: an end user who mails the central desk belongs with the local desk, unless the first line was added", () => {
	const noon = "Mon 2026-03-02 12:00";
	const past = (group: string, kind: Actor["kind"]) => {
		const facts = ledger(
			[noon, { kind: "opened", channel: "email", by: { kind } }],
			[noon, { kind: "group-changed", label: group, by: { kind: "system" } }],
		);
		const { service, lines } = evaluate(facts, policy, at(noon));
		return lineGonePast(serviceOf(policy, service), lines, kind)?.id ?? null;
	};
	expect(past("Centrale desk", "customer")).toBe("local");
	// The local desk itself may pass a question on, and a pack with the first line added has no other.
	expect(past("Centrale desk", "agent")).toBeNull();
	expect(past("Toepassingen", "customer")).toBeNull();
});

test("FOD-13: a window to which one partner has not agreed is proposed, not scheduled", () => {
	const rule = noticeOf(policy, "platform");
	const answers = [
		{ partner: "Partner A", agrees: true },
		{ partner: "Partner B", agrees: null },
	];
	expect(planningOf(rule, answers)).toEqual({ state: "proposed", waitingFor: ["Partner B"], refusedBy: [] });
	expect(
		planningOf(
			rule,
			answers.map((answer) => ({ ...answer, agrees: true })),
		),
	).toEqual({ state: "agreed" });
});

test("FOD-14: the partner relationship manager is asked first, the management only after that is recorded", () => {
	const service = serviceOf(policy, "platform");
	expect(service.escalation).toEqual(["partner-relationship-manager", "ict-management"]);
	const reported = ledger(["Mon 2026-03-02 10:00", { kind: "opened", channel: "email", by: { kind: "customer" } }]);
	const [role = ""] = service.escalation;
	const asked = ledger(
		["Mon 2026-03-02 10:00", { kind: "opened", channel: "email", by: { kind: "customer" } }],
		["Mon 2026-03-02 14:00", { kind: "escalation-asked", level: 1, role, reason: "No answer", by: { kind: "agent" } }],
	);
	expect(escalationRefusal(service, reported, 1)).toBeNull();
	expect(escalationRefusal(service, reported, 2)).toBe("level-before-first");
	expect(escalationRefusal(service, asked, 2)).toBeNull();
});
