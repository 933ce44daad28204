import type { Policy, Service } from "../policy.ts";
import { type Finding, type Lint, type LintGiven, rankOf } from "./lint.ts";

/** Lines that receive nothing, groups that are hard to tell apart, figures that cannot be meant, pages that never open. */
export const serviceLints: Lint = (given) => [
	...given.policy.services.flatMap((service) => [...lineFaults(service), ...oddAvailability(service)]),
	...groupsAlike(given),
	...idlePages(given),
];

function lineFaults({ id, lines, groups, targets }: Service): Finding[] {
	const path = ["services", id];
	const byGoal = Object.values(targets);
	const promises = (goal: "handover" | "resolution") => byGoal.some((target) => target[goal] !== undefined);
	const found: Finding[] = [];
	if (lines.length === 0 && promises("handover")) {
		const text =
			"A target for handover, but no lines: its clock never runs. Declare the lines, or leave the target out.";
		found.push({ path: [...path, "targets"], code: "handover-without-lines", text });
	}
	if (
		lines.length > 1 &&
		promises("resolution") &&
		!promises("handover") &&
		lines.every(({ minimum }) => minimum === null)
	) {
		const text = "Lines, but neither a target for handover nor a minimum: what a line keeps too long is never missed.";
		found.push({ path: [...path, "lines"], code: "lines-without-handover", text });
	}
	const isByHand = lines.length > 0 && lines.every((line) => line.groups.length === 0);
	if (isByHand) {
		const text =
			"No line has a group of the helpdesk: tickets only change lines by hand. Name the groups of those that have them.";
		found.push({ path: [...path, "lines"], code: "line-without-group", text });
	}
	for (const [index, line] of lines.entries()) {
		const at = [...path, "lines", index];
		if (line.groups.length === 0 && !isByHand) {
			const text = `Line ${line.id} has no group of the helpdesk: it only receives what is handed over by hand. Name its group if it has one.`;
			found.push({ path: at, code: "line-without-group", text });
		}
		const elsewhere = groups.length === 0 ? [] : line.groups.filter((group) => !groups.includes(group));
		if (elsewhere.length > 0) {
			const text = `Tickets of ${elsewhere.join(", ")} do not belong to this service, so the line does not receive them. Add the group to the service's groups.`;
			found.push({ path: [...at, "groups"], code: "line-group-elsewhere", text });
		}
		if (line.minimum !== null && !promises("resolution")) {
			const text =
				"A minimum of the resolution, which has no target here. Give resolution a target, or leave the minimum out.";
			found.push({ path: [...at, "minimum"], code: "minimum-without-resolution", text });
		}
	}
	return found;
}

function oddAvailability({ id, availability }: Service): Finding[] {
	return availability.flatMap(({ always, inHours, outside }, index): Finding[] => {
		const path = ["services", id, "availability", index];
		const code = "availability-odd";
		const full = [always, inHours, outside].find((figure) => figure !== null && Number(figure) === 100);
		if (full !== undefined) {
			const text = "100 per cent allows not one second of trouble. Promise a figure that can be kept, such as 99.9.";
			return [{ path, code, text }];
		}
		if (inHours === null || outside === null || Number(outside) <= Number(inHours)) return [];
		const text = `More is promised outside office hours (${outside}) than within (${inHours}). Swap the two if that is not meant.`;
		return [{ path, code, text }];
	});
}

/** Groups that differ in capitals or spaces alone; the helpdesk takes them letter for letter. */
function groupsAlike({ policy }: LintGiven): Finding[] {
	const seen = new Map<string, string>();
	return policy.services.flatMap(({ id, groups }) =>
		groups.flatMap((group, index): Finding[] => {
			const plain = group.toLowerCase().replace(/\s+/g, " ").trim();
			const other = seen.get(plain);
			seen.set(plain, group);
			if (other === undefined) return [];
			const text = `"${group}" and "${other}" differ in capitals or spaces alone. Keep the one that the helpdesk has.`;
			return [{ path: ["services", id, "groups", index], code: "groups-alike", text }];
		}),
	);
}

/** Rules of pages whose every service and priority is shown by an earlier rule, or can never occur. */
function idlePages({ policy }: LintGiven): Finding[] {
	const shown = new Set<string>();
	return policy.pages.flatMap(({ page, services, priorities }, index): Finding[] => {
		const pairs = services.flatMap((service) => priorities.map((priority) => ({ service, priority })));
		const possible = pairs.filter(({ service, priority }) => canOccur(policy, service, priority));
		const fresh = possible.filter(({ service, priority }) => !shown.has(JSON.stringify([page, service, priority])));
		for (const { service, priority } of possible) shown.add(JSON.stringify([page, service, priority]));
		if (fresh.length > 0) return [];
		const why =
			possible.length === 0 ? "Caps keep its services below these priorities" : "Earlier rules show all of it";
		const text = `${why}, so this rule never opens an incident. Leave it out, or change its services or priorities.`;
		return [{ path: ["pages", index], code: "page-without-effect", text }];
	});
}

/** Whether a ticket of a service can have a priority: not when each of its groups is kept below it, come what may. */
function canOccur(policy: Policy, service: string, priority: string): boolean {
	const groups = policy.services.find(({ id }) => id === service)?.groups ?? [];
	if (groups.length === 0) return true;
	return groups.some((group) => {
		const cap = policy.matrix.caps.find((each) => each.groups.includes(group));
		return cap === undefined || cap.unlessJustified || rankOf(policy, priority) >= rankOf(policy, cap.atMost);
	});
}
