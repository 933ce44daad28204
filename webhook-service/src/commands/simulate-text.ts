import { attained } from "@stipt/shared/simulation/count-attainment";
import type { Outcome, SimulationReport } from "@stipt/shared/simulation/report";
import { formatProof } from "@stipt/shared/sla/proof/format-proof";
import { localTime } from "../words/local-time.ts";
import { columns, count, span } from "./policy-words.ts";

const barWidth = 24;

/** A simulation for a terminal of 80 columns. `proofs`: with the sum behind each of the largest changes. */
export function simulationText(report: SimulationReport, { proofs }: { proofs: boolean }): string[] {
	const { policy, zone, tickets, compared, from, to, alerts } = report;
	const date = (at: number) => localTime("en", at, { zone, shape: "brief" });
	const period = from === null ? `until ${date(to)}` : `${date(from)} to ${date(to)}`;
	const isCompared = compared > 0;
	return [
		`${policy.name} ${policy.version} over ${count(tickets, "ticket")}, ${period} (${zone})`,
		...(isCompared ? [`beside what is in force: ${count(compared, "ticket")}`] : ["nothing to compare with"]),
		...section("Met", attainmentRows(report, isCompared)),
		...(isCompared ? section("What comes out otherwise", changeLines(report)) : []),
		...section(alertTitle(alerts, isCompared), roleRows(report, isCompared)),
		...section("By hour of the day", hourRows(report)),
		...(isCompared
			? section(
					proofs ? "The largest changes" : "The largest changes (--proofs prints the sums)",
					largestLines(report, proofs),
				)
			: []),
	];
}

function section(title: string, lines: string[]): string[] {
	return ["", title, ...(lines.length === 0 ? ["  none"] : lines.map((line) => (line === "" ? line : `  ${line}`)))];
}

function attainmentRows({ attainment }: SimulationReport, isCompared: boolean): string[] {
	const head = ["service", "", "goal", "clocks", ...(isCompared ? ["in force"] : []), "draft", "missed", "open"];
	const rows = attainment.map(({ service, priority, goal, draft, inForce }) => [
		...[service, priority, goal, String(Object.values(draft).reduce((sum, each) => sum + each, 0))],
		...(inForce === undefined ? [] : [percent(inForce)]),
		...[percent(draft), String(draft.missed), String(draft.running)],
	]);
	return columns([head, ...rows]);
}

function percent(outcome: Outcome): string {
	const tenths = attained(outcome);
	if (tenths === null) return "-";
	return `${Math.floor(tenths / 10)}.${tenths % 10} %`;
}

function changeLines({ flips, deadlines }: SimulationReport): string[] {
	const { earlier, later, gained, lost, moved, clocks } = deadlines;
	const shift = (way: string, { count: many, median, p90, most }: typeof earlier) =>
		many === 0
			? []
			: [`${many} ${way}: ${span(median)} in the middle, ${span(p90)} for 9 of 10, ${span(most)} at most`];
	return [
		`met → missed ${flips.toMissed}, missed → met ${flips.toMet}`,
		`deadlines that move: ${moved} of ${clocks} clocks`,
		...shift("earlier", earlier),
		...shift("later", later),
		...(gained + lost === 0 ? [] : [`${gained} new, ${lost} gone`]),
		...flips.examples
			.slice(0, 5)
			.map(({ connection, ticket, goal, to }) => `${connection} ${ticket} ${goal}: now ${to}`),
	];
}

function alertTitle({ draft, inForce, recorded }: SimulationReport["alerts"], isCompared: boolean): string {
	const beside = isCompared ? `, in force ${inForce}, really sent ${recorded}` : "";
	return `Alerts ${draft}${beside}; per role and week`;
}

/** A line per role: in all, in the middle week and in the busiest one. */
function roleRows({ alerts }: SimulationReport, isCompared: boolean): string[] {
	const allWeeks = [...new Set(alerts.weeks.map(({ week }) => week))].length;
	const roles = [...new Set(alerts.weeks.map(({ role }) => role))];
	const rows = roles.map((role) => {
		const weeks = alerts.weeks.filter((each) => each.role === role);
		const sum = (side: "draft" | "inForce") => weeks.reduce((total, week) => total + week[side], 0);
		const busiest = weeks.reduce((most, week) => (week.draft > most.draft ? week : most));
		const aWeek = (side: "draft" | "inForce") =>
			`${Math.floor(sum(side) / allWeeks)}.${Math.floor((sum(side) * 10) / allWeeks) % 10}`;
		return [
			role,
			...(isCompared ? [String(sum("inForce")), aWeek("inForce")] : []),
			...[String(sum("draft")), aWeek("draft"), String(busiest.draft), busiest.week],
		];
	});
	if (rows.length === 0) return [];
	const head = ["role", ...(isCompared ? ["in force", "a week"] : []), "draft", "a week", "most", "in week"];
	return columns([head, ...rows]);
}

function hourRows({ load }: SimulationReport): string[] {
	const busy = load.filter(({ opened, draftAlerts, inForceAlerts }) => opened + draftAlerts + inForceAlerts > 0);
	const most = Math.max(1, ...busy.map(({ opened }) => opened));
	const rows = busy.map(({ hour, opened, draftAlerts, inForceAlerts }) => [
		...[`${String(hour).padStart(2, "0")}:00`, String(opened), String(inForceAlerts), String(draftAlerts)],
		"█".repeat(Math.round((opened * barWidth) / most)),
	]);
	return columns([["", "opened", "alerts in force", "draft", ""], ...rows]);
}

function largestLines({ largest, zone }: SimulationReport, proofs: boolean): string[] {
	const time = (at: number) => localTime("en", at, { zone, shape: "brief" });
	return largest.flatMap(({ connection, ticket, goal, before, after, proofs: sums }) => {
		const way = after < before ? "earlier" : "later";
		const told = [
			`${connection} ${ticket} ${goal}: ${span(Math.abs(after - before))} ${way}`,
			`  ${time(before)} → ${time(after)}`,
		];
		if (!proofs) return told;
		const text = (title: string, proof: typeof sums.before) =>
			proof === null
				? []
				: [
						"",
						`  ${title}`,
						...formatProof(proof, "en")
							.split("\n")
							.map((line) => `  ${line}`),
					];
		return [...told, ...text("in force:", sums.before), ...text("draft:", sums.after), ""];
	});
}
