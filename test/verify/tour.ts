import { parsePolicy } from "@stipt/shared/policy/parse-policy";
import { evaluate } from "@stipt/shared/sla/evaluate";
import type { Fact, FactBody } from "@stipt/shared/sla/fact";
import { formatProof } from "@stipt/shared/sla/proof/format-proof";
import { proofsOf } from "@stipt/shared/sla/proof/proofs-of";
import { verify } from "@stipt/shared/verify/verify";

const text = `
name: desk
title: Service desk
mode: promised
language: en
calendars:
  office:
    zone: Europe/Brussels
    weekly: { mon: ["09:00-17:00"], tue: ["09:00-17:00"], wed: ["09:00-17:00"], thu: ["09:00-17:00"], fri: ["09:00-17:00"] }
    holidays: ["@house"]
holidaySets:
  house: { rules: [{ range: [12-24, 12-25], name: Christmas }] }
priorities: [{ id: P1, name: Critical }, { id: P2, name: Normal }]
matrix:
  impacts: [{ id: high, name: Everyone }, { id: low, name: One person }]
  urgencies: [{ id: high, name: Stands still }, { id: low, name: Can wait }]
  cells: { high: { high: P1, low: P2 }, low: { high: P2, low: P2 } }
services:
  desk:
    name: Service desk
    calendar: office
    targets: { P1: { resolution: 40h }, P2: { resolution: 80h } }
pauses:
  - { states: [waiting], goals: [resolution], owner: customer, reason: On hold }
`;

/** What happened to a ticket, as a helpdesk told it; the order does not matter. */
const facts: Fact[] = [
	fact("2026-12-17T15:00:00+01:00", { kind: "opened", channel: "portal", by: { kind: "customer" } }),
	fact("2026-12-17T16:30:00+01:00", { kind: "priority-changed", label: "high", priorities: ["P1"], by: agent() }),
	fact("2026-12-18T16:00:00+01:00", { kind: "state-changed", state: "waiting", label: "on hold", by: agent() }),
	fact("2026-12-21T10:30:00+01:00", { kind: "state-changed", state: "open", label: "open", by: agent() }),
];

export function tour(): { deadline: string; proof: string; faults: string[] } {
	const policy = parsePolicy(text, { version: "1", holidaySets: [] });
	const now = Date.parse("2026-12-22T12:00:00+01:00");
	const { clocks } = evaluate(facts, policy, now);
	const resolution = clocks.find(({ goal }) => goal === "resolution");
	const [proof] = proofsOf(facts, policy, now, { tzData: "2026a" });
	if (resolution?.deadline == null || proof === undefined) throw new Error("Expected a clock with a deadline.");
	return {
		deadline: new Date(resolution.deadline).toISOString(),
		proof: formatProof(proof, "en"),
		faults: verify(proof).faults,
	};
}

function agent() {
	return { kind: "agent" } as const;
}

/** A fact that was learned as soon as it happened. */
function fact(when: string, body: FactBody): Fact {
	const at = Date.parse(when);
	return { ...body, id: `${when} ${body.kind}`, at, seenAt: at };
}
