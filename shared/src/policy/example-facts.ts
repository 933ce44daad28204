import type { Instant } from "../calendar/calendar.ts";
import { priorityFor } from "../priority/matrix.ts";
import { alertKey } from "../sla/alert-id.ts";
import type { Actor, Fact, FactBody, Goal } from "../sla/fact.ts";
import type { Example } from "./example.ts";
import type { GivenDocument } from "./example-schema.ts";
import { readLocalTime } from "./local-time.ts";
import type { Policy } from "./policy.ts";

/** The ledger that an example tells: a fact per happening, in the order of time and, within an instant, of writing. */
export function factsOf({ given, zone }: Pick<Example, "given" | "zone">, policy: Policy): Fact[] {
	const read = (local: string) => readLocalTime(local, zone);
	const entries = given.map((entry) => ({ entry, at: read(entry.at) })).sort((a, b) => a.at - b.at);
	let group: string | null = null;
	const facts: Fact[] = [];
	for (const { entry, at } of entries) {
		const seenAt = entry.seen === undefined ? at : read(entry.seen);
		for (const key of Object.keys(entry)) {
			const body = bodyOf(key, entry, { policy, group, read });
			if (body === null) continue;
			if (body.kind === "group-changed") group = body.label;
			facts.push({ ...body, id: String(facts.length).padStart(6, "0"), at, seenAt });
		}
	}
	return facts;
}

type Setting = { policy: Policy; group: string | null; read(local: string): Instant };

/** What one key of an entry says happened; `null` for keys that only say when. */
function bodyOf(key: string, entry: GivenDocument, { policy, group, read }: Setting): FactBody | null {
	const given = <Key extends keyof GivenDocument>(name: Key) => (key === name ? entry[name] : undefined);
	const opened = given("opened");
	if (opened !== undefined) {
		const { channel, by = "customer" } = typeof opened === "string" ? { channel: opened } : opened;
		return { kind: "opened", channel, by: actor(by) };
	}
	const label = given("group");
	if (label !== undefined) return { kind: "group-changed", label, by: actor("agent") };
	const priority = given("priority");
	if (priority !== undefined) {
		const { to, by = "agent" } = typeof priority === "string" ? { to: priority } : priority;
		return { kind: "priority-changed", label: to, priorities: [to], by: actor(by) };
	}
	const classified = given("classified");
	if (classified !== undefined) return classifiedBody(classified, policy, group);
	const assessed = given("assessed");
	if (assessed !== undefined) {
		const { impact, urgency, by = "agent" } = assessed;
		return { kind: "assessed", impact, urgency, by: actor(by) };
	}
	const state = given("state");
	if (state !== undefined) {
		const { to, label: own = to, by = "agent" } = typeof state === "string" ? { to: state } : state;
		return { kind: "state-changed", state: to, label: own, by: actor(by) };
	}
	const owner = given("owner");
	if (owner !== undefined) return { kind: "owner-changed", owner, by: actor("agent") };
	const replied = given("replied");
	if (replied !== undefined) {
		const message = typeof replied === "string" ? { by: replied } : replied;
		const { by, channel = "portal", internal = false, automatic = false } = message;
		return { kind: "replied", by: actor(by), channel, public: !internal, automatic };
	}
	const channel = given("channel");
	if (channel !== undefined) return { kind: "channel-changed", channel, by: actor("agent") };
	const paused = given("paused");
	if (paused !== undefined) {
		const { because = "by-hand", reason, owner: onWhom = "customer", until } = paused;
		const ends = until === undefined || until === null ? null : read(until);
		return { kind: "paused", because, reason, owner: onWhom, until: ends, by: actor("agent") };
	}
	const resumed = given("resumed");
	if (resumed !== undefined) return { kind: "resumed", by: actor(resumed) };
	const agreed = given("agreed");
	if (agreed !== undefined) {
		const { goal, deadline, reason } = agreed;
		return {
			kind: "deadline-agreed",
			goal,
			deadline: deadline === null ? null : read(deadline),
			reason,
			by: actor("agent"),
		};
	}
	const handed = given("handed-over");
	if (handed !== undefined) {
		const { from = null, to, text, by = "agent" } = handed;
		return { kind: "handed-over", from, to, text, by: actor(by) };
	}
	const phoned = given("phoned");
	if (phoned !== undefined) return { kind: "phoned", by: actor(phoned) };
	const escalation = given("escalation");
	if (escalation !== undefined) {
		const { level, reason, by = "customer" } = escalation;
		const role = escalation.role ?? serviceFor(policy, group)?.escalation[level - 1] ?? "";
		return { kind: "escalation-asked", level, role, reason, by: actor(by) };
	}
	const alerted = given("alerted");
	if (alerted !== undefined) {
		const name = alertNamed(alerted);
		const steps = policy.ladders.flatMap((ladder) => (ladder.goals.includes(name.goal) ? ladder.steps : []));
		const roles = steps.find(({ id }) => id === name.step)?.notify ?? [];
		return { kind: "alerted", alert: alertKey({ ...ticket, ...name }), ...name, outcome: "sent", roles };
	}
	const acknowledged = given("acknowledged");
	if (acknowledged !== undefined) {
		const alert = alertKey({ ...ticket, ...alertNamed(acknowledged) });
		return { kind: "acknowledged", alert, by: "agent", nextPromise: read(acknowledged.promise) };
	}
	const merged = given("merged");
	if (merged !== undefined) return { kind: "merged", into: merged, by: actor("agent") };
	const deleted = given("deleted");
	return deleted === undefined ? null : { kind: "deleted", by: actor(deleted) };
}

function classifiedBody(
	{ impact, urgency, priority, justification, role, consensus, by = "agent" }: NonNullable<GivenDocument["classified"]>,
	policy: Policy,
	group: string | null,
): FactBody {
	const answer = priorityFor(policy, { impact, urgency, group, justification: justification ?? null });
	return {
		kind: "classified",
		impact,
		urgency,
		priority: priority ?? answer.priority,
		...(justification === undefined ? {} : { justification }),
		...(role === undefined ? {} : { role }),
		...(consensus === undefined ? {} : { consensus }),
		by: actor(by),
	};
}

const ticket = { connection: "example", ticket: "example" };

/** `first-response/warning`, of the first cycle and time unless it says otherwise. */
function alertNamed({ step, cycle, occurrence }: NonNullable<GivenDocument["alerted"]>) {
	const [goal = "", name = ""] = step.split("/");
	return { goal: goal as Goal, cycle: cycle ?? 1, step: name, occurrence: occurrence ?? 0 };
}

function actor(kind: "customer" | "agent" | "system"): Actor {
	return { kind, id: kind };
}

function serviceFor({ services }: Policy, group: string | null) {
	const named = group === null ? undefined : services.find(({ groups }) => groups.includes(group));
	return named ?? services.find(({ groups }) => groups.length === 0);
}
