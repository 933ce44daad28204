import { nearMiss } from "@stipt/shared/policy/near-miss";
import type { Policy } from "@stipt/shared/policy/policy";
import { formatProblems, type PolicyProblem } from "@stipt/shared/policy/policy-problem";
import type { PriorityId, TicketState } from "@stipt/shared/sla/fact";
import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { Mapping, Vocabulary } from "../adapters/helpdesks/helpdesk.ts";

const states: readonly TicketState[] = ["new", "open", "waiting", "solved", "closed", "merged", "deleted"];
const sections = ["states", "priorities", "groups"] as const;

export type MappingCheck = {
	/** `null` when a fault stands in the way. */
	mapping: Mapping | null;
	/** What must be mended. */
	faults: PolicyProblem[];
	/** What a person should know. */
	notes: string[];
};

/** A mapping as the one block that people edit, each line with what it means under the policy. */
export function writeMapping(
	{ id, name, mapping }: { id: string; name: string; mapping: Mapping },
	words: Vocabulary | null,
	policy: Policy,
): string {
	const state = ([label, value]: [string, TicketState]) => {
		const known = words?.states.find((each) => each.label === label);
		const notes = [known?.because, pauseOf(value, label, policy)].filter((note) => note !== undefined);
		return row(label, value, notes.join("; "));
	};
	const priority = ([label, value]: [string, PriorityId[]]) => {
		const shown = words?.priorities.find((each) => each.label === label)?.shown ?? label;
		return row(label, `[${value.join(", ")}]`, shown === label ? "" : shown);
	};
	const groups = groupsOf(mapping, words, policy);
	return [
		`# How the words of ${name} stand for those of policy ${policy.name}.`,
		`# Edit, then: stipt mapping ${id} --edit FILE`,
		"",
		`# Each state of a ticket: ${states.join(", ")}. What pauses which clocks is said by the policy.`,
		"states:",
		...Object.entries(mapping.states).map(state),
		"",
		"# What a priority of the helpdesk can stand for, the usual one first; the matrix writes the label that fits best.",
		"priorities:",
		...inUrgency(mapping.priorities, words).map(priority),
		"",
		`# Group or team: service, or service/line. Services of the policy: ${policy.services.map(({ id: service }) => service).join(", ")}.`,
		groups.length === 0 ? "groups: {}" : "groups:",
		...groups.map(([label, value, note]) => row(label, value, note)),
		"",
	].join("\n");
}

/** Reads the block, and holds it against what the helpdesk has (`null`: it cannot be asked) and the policy. */
export function readMapping(text: string, words: Vocabulary | null, policy: Policy): MappingCheck {
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
	const faults: PolicyProblem[] = [];
	const at = (offset: number) => {
		const { line, col } = lines.linePos(offset);
		return { line, column: col };
	};
	for (const error of document.errors) {
		faults.push({ ...at(error.pos[0]), path: "", code: "syntax", expected: "YAML", found: error.message });
	}
	const fault = (node: unknown, path: string, expected: string, found: string, among: readonly string[] = []) => {
		const range = (node as Node | null)?.range;
		const suggestion = nearMiss(found, among);
		const where = at(range?.[0] ?? 0);
		const code = among.length > 0 ? "unknown-name" : "wrong-value";
		faults.push({
			...where,
			path,
			code,
			expected,
			found: `"${found}"`,
			...(suggestion === undefined ? {} : { suggestion }),
		});
	};
	const found: Record<(typeof sections)[number], [string, unknown, unknown][]> = {
		states: [],
		priorities: [],
		groups: [],
	};
	const top = document.contents;
	if (!isMap(top)) fault(top, "", `the keys ${sections.join(", ")}`, top === null ? "nothing" : "another form");
	else {
		for (const pair of top.items) {
			const key = textOf(pair.key);
			const section = sections.find((known) => known === key);
			if (section === undefined) fault(pair.key, key, `one of ${sections.join(", ")}`, key, sections);
			else found[section] = rowsOf(pair.value);
		}
	}
	const labels = {
		states: words?.states.map(({ label }) => label),
		priorities: words?.priorities.map(({ label }) => label),
		groups: words?.groups,
	};
	for (const section of sections) {
		for (const [label, node] of found[section]) {
			const known = labels[section];
			if (known === undefined || known.includes(label)) continue;
			fault(node, `${section}.${label}`, `a label that the helpdesk has (${known.join(", ")})`, label, known);
		}
	}
	const groups: NonNullable<Mapping["groups"]> = {};
	const mapping: Mapping = { states: {}, priorities: {}, groups };
	for (const [label, node, value] of found.states) {
		const state = states.find((known) => known === textOf(value));
		if (state === undefined)
			fault(value ?? node, `states.${label}`, `one of ${states.join(", ")}`, textOf(value), states);
		else mapping.states[label] = state;
	}
	const ids = policy.priorities.map(({ id }) => id);
	for (const [label, node, value] of found.priorities) {
		const items = isSeq(value) ? value.items : [value];
		const wanted = items.map(textOf).filter((text) => text !== "");
		const unknown = items.find((item) => !ids.includes(textOf(item)));
		if (wanted.length === 0) fault(node, `priorities.${label}`, `priorities of the policy (${ids.join(", ")})`, "none");
		else if (unknown !== undefined)
			fault(unknown, `priorities.${label}`, `a priority of the policy (${ids.join(", ")})`, textOf(unknown), ids);
		else mapping.priorities[label] = wanted;
	}
	for (const [label, node, value] of found.groups) {
		const [service = "", line] = textOf(value).split("/");
		const services = policy.services.map(({ id }) => id);
		const known = policy.services.find(({ id }) => id === service);
		const lineIds = known?.lines.map(({ id }) => id) ?? [];
		if (known === undefined)
			fault(value ?? node, `groups.${label}`, `a service of the policy (${services.join(", ")})`, service, services);
		else if (line !== undefined && !lineIds.includes(line))
			fault(value, `groups.${label}`, `a line of ${service} (${lineIds.join(", ") || "it has none"})`, line, lineIds);
		else groups[label] = { service, ...(line === undefined ? {} : { line }) };
	}
	return { mapping: faults.length === 0 ? mapping : null, faults, notes: checkMapping(mapping, words, policy) };
}

/** What is missing in a mapping, in sentences: nothing that stops it. */
export function checkMapping(mapping: Mapping, words: Vocabulary | null, policy: Policy): string[] {
	const notes: string[] = [];
	for (const { label, state, because } of words?.states ?? []) {
		if (mapping.states[label] !== undefined) continue;
		notes.push(`state "${label}" is not mapped: it counts as ${state} (${because})`);
	}
	for (const { label } of words?.priorities ?? []) {
		if (mapping.priorities[label] !== undefined) continue;
		notes.push(`priority "${label}" stands for nothing: tickets that have it get no priority, and so no targets`);
	}
	const reachable = new Set(Object.values(mapping.priorities).flat());
	for (const { id } of policy.priorities) {
		if (!reachable.has(id)) notes.push(`${id} of the policy has no counterpart: it cannot be written to the helpdesk`);
	}
	const waits = Object.values(mapping.states).some((state) => state === "waiting");
	const pauses = policy.pauses.flatMap(({ states: paused }) => paused);
	if (pauses.includes("waiting") && !waits && Object.keys(mapping.states).length > 0) {
		notes.push("no state is mapped to waiting: clocks never pause for the customer");
	}
	for (const paused of pauses) {
		if (typeof paused === "string" || words === null) continue;
		if (words.states.some(({ label }) => label === paused.label)) continue;
		notes.push(`the policy pauses in the state "${paused.label}", which the helpdesk does not have`);
	}
	return notes;
}

/** A proposal with the priorities of a policy alone: a label that stands for none of them gets the lowest. */
export function fitted(mapping: Mapping, { priorities }: Policy): Mapping {
	const ids = priorities.map(({ id }) => id);
	const lowest = ids.slice(-1);
	const fit = (wanted: PriorityId[]) => {
		const known = wanted.filter((id) => ids.includes(id));
		return known.length > 0 ? known : lowest;
	};
	const entries = Object.entries(mapping.priorities).map(([label, wanted]) => [label, fit(wanted)] as const);
	return { ...mapping, priorities: Object.fromEntries(entries) };
}

/** Priorities from the most to the least urgent, as the helpdesk has them: keys like `3` would come in order of size. */
export function inUrgency(
	priorities: Mapping["priorities"],
	words: Pick<Vocabulary, "priorities"> | null,
): [string, PriorityId[]][] {
	const rank = (label: string) => {
		const at = words?.priorities.findIndex((each) => each.label === label) ?? -1;
		return at < 0 ? Number.POSITIVE_INFINITY : at;
	};
	const known = (a: [string, unknown], b: [string, unknown]) =>
		rank(a[0]) === rank(b[0]) ? 0 : rank(a[0]) < rank(b[0]) ? -1 : 1;
	return Object.entries(priorities).sort(known);
}

/** Faults as lines, `file:line:column  path  expected …, found …`. */
export function faultText({ faults }: MappingCheck, file: string): string {
	return formatProblems(faults, file);
}

/** Which service and line each group stands for: as mapped, else as the policy names it. */
function groupsOf(mapping: Mapping, words: Vocabulary | null, policy: Policy): [string, string, string][] {
	const labels = [...new Set([...(words?.groups ?? []), ...Object.keys(mapping.groups ?? {})])];
	const fallback = policy.services.find(({ groups }) => groups.length === 0) ?? policy.services[0];
	return labels.flatMap((label): [string, string, string][] => {
		const mapped = mapping.groups?.[label];
		if (mapped !== undefined)
			return [[label, mapped.line === undefined ? mapped.service : `${mapped.service}/${mapped.line}`, ""]];
		const named = policy.services.find(({ groups }) => groups.includes(label));
		const service = named ?? fallback;
		if (service === undefined) return [];
		const line = service.lines.find(({ groups }) => groups.includes(label));
		const value = line === undefined ? service.id : `${service.id}/${line.id}`;
		return [
			[
				label,
				value,
				named === undefined ? "the policy's service for groups that it does not name" : "named in the policy",
			],
		];
	});
}

function pauseOf(state: TicketState, label: string, policy: Policy): string | undefined {
	const rules = policy.pauses.filter(({ states: paused }) =>
		paused.some((each) => each === state || (typeof each === "object" && each.label === label)),
	);
	const goals = [...new Set(rules.flatMap((rule) => rule.goals))];
	return goals.length === 0 ? undefined : `pauses ${goals.join(", ")}`;
}

function row(label: string, value: string, note: string): string {
	const key =
		/^[A-Za-z][\w .-]*$/.test(label) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(label)
			? label
			: JSON.stringify(label);
	return `  ${key}: ${value}${note === "" ? "" : ` # ${note}`}`;
}

function rowsOf(node: unknown): [string, unknown, unknown][] {
	if (!isMap(node)) return [];
	return node.items.filter(isPair).map((pair) => [textOf(pair.key), pair.key, pair.value]);
}

function textOf(node: unknown): string {
	if (isScalar(node)) return node.value === null || node.value === undefined ? "" : String(node.value);
	return typeof node === "string" ? node : "";
}
