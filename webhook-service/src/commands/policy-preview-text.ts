import type { BlastRadius, Effect, MovedDeadline } from "@stipt/shared/simulation/blast-radius";
import { type Scope, scopes } from "@stipt/shared/simulation/publication";
import { localTime } from "../words/local-time.ts";
import { columns, count, span } from "./policy-words.ts";

/** What a publication would do, for a terminal of 80 columns: the three ways side by side, then the chosen one. */
export function previewText({ policy, at, tickets, effects }: BlastRadius, scope: Scope, zone: string): string[] {
	const time = (instant: number) => localTime("en", instant, { zone });
	const chosen = effects[scope];
	const title = `${policy.name} ${policy.version} (${policy.mode}), in force from ${time(at)}: ${count(tickets, "open ticket")}`;
	if (tickets === 0) return [title];
	const row = (name: string, of: (effect: Effect) => number) => [
		name,
		...scopes.map((each) => String(of(effects[each]))),
	];
	const rows = [
		["", ...scopes.map((each) => (each === scope ? `[${each}]` : each))],
		row("tickets touched", (effect) => effect.tickets),
		row("deadlines that move", ({ deadlines }) => deadlines.moved),
		row("  earlier", ({ deadlines }) => deadlines.earlier.count),
		row("  later", ({ deadlines }) => deadlines.later.count),
		row("  new", ({ deadlines }) => deadlines.gained),
		row("  gone", ({ deadlines }) => deadlines.lost),
		row("missed at once", (effect) => effect.missed),
		row("not missed any more", (effect) => effect.notMissed),
		row("tickets that alert at once", ({ alerts }) => alerts.tickets),
	];
	return [
		title,
		...columns(rows),
		...shiftLines(chosen),
		...chosen.alerts.roles.map(({ role, count: times, steps }) => {
			const named = Object.entries(steps).map(([step, many]) => `${many} × ${step}`);
			return `  ${role} hears ${count(times, "alert")}: ${named.join(", ")}`;
		}),
		...(chosen.largest.length === 0
			? []
			: ["the largest moves:", ...columns(chosen.largest.map((move) => moved(move, time)))]),
	];
}

function shiftLines({ deadlines: { earlier, later } }: Effect): string[] {
	const told = { earlier, later };
	return Object.entries(told).flatMap(([way, { count: many, median, p90, most }]) =>
		many === 0
			? []
			: [`  ${way} by ${span(median)} in the middle, 9 of 10 by at most ${span(p90)}, at most ${span(most)}`],
	);
}

function moved(
	{ connection, ticket, goal, before, after }: MovedDeadline,
	time: (instant: number) => string,
): string[] {
	const at = (instant: number | null) => (instant === null ? "none" : time(instant));
	return [`  ${connection} ${ticket}`, goal, at(before), "→", at(after)];
}
