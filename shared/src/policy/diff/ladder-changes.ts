import type { Ladder, LadderStep, MoveTo, Policy, Role } from "../policy.ts";
import { byName, changed, otherChanges, type PolicyChange, pairs, reordered, same } from "./change.ts";
import { sayDuration, sayGoals, sayMoment, sayRoles, sayWords } from "./say.ts";

/** Who hears what when, and how they are reached. */
export function ladderChanges(before: Policy, after: Policy): PolicyChange[] {
	const ladders = (policy: Policy) => byName(policy.ladders, ({ id }) => id);
	return [
		...pairs(ladders(before), ladders(after)).flatMap(([id, old, now]) => {
			const [was, is] = [old ?? empty(id), now ?? empty(id)];
			const steps = (ladder: Ladder) => byName(ladder.steps, (step) => step.id);
			return [
				...changed("ladder", `Ladder ${id}, climbed by`, [old?.goals, now?.goals], sayGoals),
				...pairs(steps(was), steps(is)).flatMap(([step, one, other]) =>
					stepChange(`Ladder ${id}, step ${step}`, one, other, before, after),
				),
				...reordered("ladder", `Ladder ${id}, order of the steps`, Object.keys(steps(was)), Object.keys(steps(is))),
				...otherChanges("ladder", `Ladder ${id}`, [was, is], ["id", "goals", "steps"]),
			];
		}),
		...reordered(
			"other",
			"Order of the ladders",
			before.ladders.map(({ id }) => id),
			after.ladders.map(({ id }) => id),
		),
		...roleChanges(before, after),
	];
}

function stepChange(
	what: string,
	old: LadderStep | undefined,
	now: LadderStep | undefined,
	before: Policy,
	after: Policy,
): PolicyChange[] {
	if (same(old, now)) return [];
	const said = (step: LadderStep | undefined, policy: Policy) => (step === undefined ? null : sayStep(step, policy));
	return [{ kind: "ladder", what, before: said(old, before), after: said(now, after), from: null }];
}

function sayStep({ at, notify, note, repeat, moveTo }: LadderStep, policy: Policy): string {
	const again = repeat === undefined ? "" : `, again every ${sayDuration(repeat.every)} up to ${repeat.times} times`;
	return `${sayRoles(notify, policy)} ${sayMoment(at)}${note ? ", with a note" : ""}${again}${moveTo === undefined ? "" : sayMove(moveTo)}`;
}

function sayMove({ line, group, owner }: MoveTo): string {
	const where = line !== undefined ? `line ${line}` : group !== undefined ? `group ${group}` : null;
	const to = where === null ? "" : `, moves to ${where}`;
	return owner === undefined ? to : `${to}, owner ${owner ?? "nobody"}`;
}

/** Addresses are counted and never shown. */
function roleChanges(before: Policy, after: Policy): PolicyChange[] {
	const roles = (policy: Policy) => byName(policy.roles, ({ id }) => id);
	return [
		...pairs(roles(before), roles(after)).flatMap(([id, old, now]) => {
			const what = `Role ${(now ?? old)?.name.en ?? id}`;
			if (old === undefined || now === undefined) return changed("role", what, [old, now], sayRole);
			return [
				...changed("role", `${what}, name`, [old.name, now.name], sayWords),
				...changed("role", `${what}, language`, [old.language, now.language], String),
				...addressChange(`${what}, e-mail addresses`, old.email, now.email),
				...addressChange(`${what}, webhooks`, old.webhooks, now.webhooks),
				...otherChanges("role", what, [old, now], ["id", "name", "language", "email", "webhooks"]),
			];
		}),
		...reordered(
			"other",
			"Order of the roles",
			before.roles.map(({ id }) => id),
			after.roles.map(({ id }) => id),
		),
	];
}

function addressChange(what: string, old: readonly string[], now: readonly string[]): PolicyChange[] {
	if (same(old, now)) return [];
	const gone = old.filter((each) => !now.includes(each)).length;
	const fresh = now.filter((each) => !old.includes(each)).length;
	const moves = [...(fresh > 0 ? [`${fresh} new`] : []), ...(gone > 0 ? [`${gone} gone`] : [])].join(", ");
	return [
		{
			kind: "role",
			what,
			before: String(old.length),
			after: `${now.length} (${moves || "in another order"})`,
			from: null,
		},
	];
}

function sayRole({ language, email, webhooks }: Role): string {
	return `${email.length} e-mail addresses, ${webhooks.length} webhooks, language ${language}`;
}

function empty(id: string): Ladder {
	return { id, goals: [], steps: [] };
}
