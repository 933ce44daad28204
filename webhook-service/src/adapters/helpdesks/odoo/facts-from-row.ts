import type { Instant } from "@stipt/shared/calendar/calendar";
import { inOrder } from "@stipt/shared/sla/evaluation";
import type { Fact } from "@stipt/shared/sla/fact";
import { isTracked } from "./facts-from-tracking.ts";
import { odooDigits } from "./instants.ts";
import type { FactOf, OdooReading, UnseenFact } from "./reading.ts";

/** Facts that were concluded from a row: their ids say what (`p` priority, `q` matrix fields, …), of which write, to what. */
export function isDerived(fact: Fact): boolean {
	return /^[gopqs]-\d{14}-/.test(fact.id);
}

/** What the row says and the facts so far do not. `so far` has the facts of creation, tracking and earlier readings. */
export function derivedFacts(reading: OdooReading, soFar: UnseenFact[]): UnseenFact[] {
	const { ticket, mapping } = reading;
	const written = ticket.write_date;
	const by = reading.people.ofUser(ticket.write_uid?.id ?? null);
	const idOf = (letter: string, value: string) => `${letter}-${odooDigits(written)}-${value}`;
	const facts: UnseenFact[] = [];

	const priority = latest(soFar, "priority-changed");
	const label = ticket.priority ?? "";
	if (priority !== undefined && priority.label !== label && isNews(written, priority)) {
		const priorities = mapping.priorities[label] ?? [];
		facts.push({ id: idOf("p", label), at: after(priority, written), kind: "priority-changed", label, priorities, by });
	}

	const group = latest(soFar, "group-changed");
	const team = ticket.team_id?.name ?? "";
	if ((group?.label ?? "") !== team && isNews(written, group)) {
		const id = idOf("g", String(ticket.team_id?.id ?? 0));
		facts.push({ id, at: after(group, written), kind: "group-changed", label: team, by });
	}

	const assessed = latest(soFar, "assessed");
	const [impact, urgency] = [ticket.x_impact ?? null, ticket.x_urgency ?? null];
	const isOther = (assessed?.impact ?? null) !== impact || (assessed?.urgency ?? null) !== urgency;
	if (isOther && isNews(written, assessed)) {
		const id = idOf("q", `${impact ?? ""}-${urgency ?? ""}`);
		facts.push({ id, at: after(assessed, written), kind: "assessed", impact, urgency, by });
	}

	const state = latest(soFar, "state-changed");
	const current = stateOf(reading);
	if (state !== undefined && state.label !== current.label && isNewer(written, state)) {
		const { last_stage_update: staged } = ticket;
		const at = ticket.active && staged !== null && staged > state.at ? staged : after(state, written);
		facts.push({
			id: idOf("s", current.key),
			at,
			kind: "state-changed",
			state: current.state,
			label: current.label,
			by,
		});
	}

	const owner = latest(soFar, "owner-changed");
	const user = ticket.user_id === null ? null : String(ticket.user_id.id);
	if (owner !== undefined && owner.owner !== user && isNewer(written, owner)) {
		facts.push({ id: idOf("o", user ?? "nobody"), at: after(owner, written), kind: "owner-changed", owner: user, by });
	}
	return facts;
}

/** An archived ticket is out of everybody's sight: that is Odoo's way to throw one away. */
function stateOf({ ticket, stage }: OdooReading) {
	if (!ticket.active) return { key: "archived", label: "archived", state: "deleted" as const };
	if (ticket.ended != null) return { key: "ended", label: ticket.ended, state: stage(ticket.ended).state };
	const { name, state } = stage(ticket.stage_id?.name ?? "");
	return { key: String(ticket.stage_id?.id ?? 0), label: name, state };
}

/** The row was read before the messages: one that is no newer than the last tracked change knows nothing more. */
function isNewer(written: Instant, last: UnseenFact): boolean {
	return written > last.at;
}

/** The same for what is tracked in some Odoos only: where it is not, two changes in one second are told apart by the row. */
function isNews(written: Instant, last: UnseenFact | undefined): boolean {
	return last === undefined || !isTracked(last) || isNewer(written, last);
}

/** A change happened with the last write that we see, and in any case after the one before it. */
function after(last: UnseenFact | undefined, written: Instant): Instant {
	return last === undefined ? written : Math.max(written, last.at + 1);
}

function latest<Kind extends Fact["kind"]>(facts: UnseenFact[], kind: Kind): FactOf<Kind> | undefined {
	return inOrder(facts.map((fact) => ({ ...fact, seenAt: 0 })))
		.filter((fact): fact is FactOf<Kind> & { seenAt: Instant } => fact.kind === kind)
		.at(-1);
}
