import type { Goal } from "../../sla/fact.ts";
import type { PageRule, PauseRule, Policy } from "../policy.ts";
import { byName, changed, otherChanges, type PolicyChange, pairs, reordered } from "./change.ts";
import { channelWords, dateIn, goalWords, ownerWords, sayDate, sayDuration, sayGoals, sayLongest } from "./say.ts";

/** Mode, dates, channels, pauses, pages, and what changes do to a clock. */
export function ruleChanges(before: Policy, after: Policy): PolicyChange[] {
	const [old, now] = [before, after];
	const policy = { ...after, roles: [...after.roles, ...before.roles] };
	return [
		...changed("mode", "Mode", [old.mode, now.mode], (mode) =>
			mode === "measured" ? "measured in silence" : "promised, shown and acted upon",
		),
		...changed("mode", "In force", [inForce(old), inForce(now)], String),
		...pairs(old.channels, now.channels).flatMap(([channel, was, is]) =>
			changed("channel", channelWords[channel as keyof typeof channelWords], [was, is], (it) => it.replace("-", " ")),
		),
		...pauseChanges(before, after, policy),
		...changed("rule", "Changes that leave no trace", [old.grace, now.grace], (grace) =>
			grace === 0 ? "none" : `within ${sayDuration(grace)}`,
		),
		...onChange("A change of priority", old.onPriorityChange, now.onPriorityChange),
		...onChange("A change of service", old.onServiceChange, now.onServiceChange),
		...onChange("A change of channel", old.onChannelChange, now.onChannelChange),
		...onChange("Reopening", old.onReopen, now.onReopen),
		...changed("rule", "Picked up by", [old.pickedUpBy, now.pickedUpBy], (ways) => ways.join(", ")),
		...changed("rule", "A next update is owed from", [old.nextUpdateFrom, now.nextUpdateFrom], (from) =>
			from === "customer" ? "the customer's message" : "every message",
		),
		...changed(
			"rule",
			"Working days",
			[old.workingDays, now.workingDays],
			({ from, count, end }) => `from ${from}, count ${count}, end ${end}`,
		),
		...changed("rule", "Language of alerts", [old.language, now.language], String),
		...pageChanges(before, after),
		...changed("other", "Title", [old.title, now.title], String),
		...changed("other", "Name", [old.name, now.name], String),
		...otherChanges("other", "Policy", [old, now], told),
	];
}

/** What is told here or in the files beside this one; `calendars` are told by their definitions and their content. */
const told = [
	...[
		"name",
		"title",
		"version",
		"mode",
		"effectiveFrom",
		"language",
		"calendarDefinitions",
		"calendars",
		"priorities",
	],
	...["matrix", "services", "channels", "pauses", "grace", "onPriorityChange", "onServiceChange", "onChannelChange"],
	...[
		"pickedUpBy",
		"nextUpdateFrom",
		"manualPauses",
		"deciding",
		"workingDays",
		"onReopen",
		"ladders",
		"roles",
		"pages",
	],
];

function pauseChanges(before: Policy, after: Policy, policy: Policy): PolicyChange[] {
	const pauses = ({ pauses: list }: Policy) => byName(list, sayStates);
	const [old, now] = [before.manualPauses, after.manualPauses];
	return [
		...pairs(pauses(before), pauses(after)).flatMap(([states, was, is]) =>
			changed("pause", `Pause when ${states}`, [was, is], ({ goals, owner, reason, longest }) =>
				[
					`${sayGoals(goals)} wait for ${ownerWords[owner]}`,
					`"${reason.en}"`,
					longest === null ? "as long as it takes" : `at most ${sayLongest(longest, policy)}`,
				].join(", "),
			),
		),
		...reordered("pause", "Order of the pauses", Object.keys(pauses(before)), Object.keys(pauses(after))),
		...changed("pause", "Pauses by hand stop", [old.goals, now.goals], sayGoals),
		...changed("pause", "Pauses by hand last", [old.longest ?? "for ever", now.longest ?? "for ever"], (longest) =>
			typeof longest === "string" ? "as long as it takes" : `at most ${sayLongest(longest, policy)}`,
		),
		...otherChanges("pause", "Pauses by hand", [old, now], ["goals", "longest"]),
	];
}

function sayStates({ states }: PauseRule): string {
	return states.map((state) => (typeof state === "string" ? state : `"${state.label}"`)).join(" or ");
}

function onChange(what: string, old: Record<Goal, string>, now: Record<Goal, string>): PolicyChange[] {
	const changes = pairs(old, now).flatMap(([goal, was, is]) =>
		changed("rule", goalWords[goal as Goal], [was, is], String),
	);
	const [first] = changes;
	const isOne =
		first !== undefined && changes.every(({ before, after }) => before === first.before && after === first.after);
	if (isOne && changes.length === Object.keys(goalWords).length)
		return [{ ...first, what: `${what} makes every clock` }];
	return changes.map((change) => ({ ...change, what: `${what} makes the clock of ${change.what}` }));
}

function pageChanges(before: Policy, after: Policy): PolicyChange[] {
	const pages = (policy: Policy) =>
		byName(
			policy.pages,
			({ page, services, priorities }) => `${priorities.join(", ")} of ${services.join(", ")} on ${page}`,
		);
	return [
		...pairs(pages(before), pages(after)).flatMap(([rule, was, is]) =>
			changed("page", `Incident for ${rule}`, [was, is], sayPage),
		),
		...reordered("page", "Order of the page rules", Object.keys(pages(before)), Object.keys(pages(after))),
	];
}

function sayPage({ impact, title, texts }: PageRule): string {
	return `${impact}, "${title.en}" (${Object.values(texts)
		.map(({ en }) => en)
		.join(" / ")})`;
}

function inForce(policy: Policy): string {
	return policy.effectiveFrom === null ? "at once" : `from ${sayDate(dateIn(policy, undefined, policy.effectiveFrom))}`;
}
