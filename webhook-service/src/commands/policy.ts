import { formatDiff, policyDiff } from "@stipt/shared/policy/diff/policy-diff";
import { type Scope, scopes } from "@stipt/shared/simulation/publication";
import { ServiceError } from "../errors.ts";
import type { Draft } from "../pipeline/policy-draft.ts";
import { type PolicyPreview, previewPolicy } from "../pipeline/policy-preview.ts";
import type { Ports } from "../pipeline/ports.ts";
import { publishPolicy } from "../pipeline/publish-policy.ts";
import { localTime } from "../words/local-time.ts";
import { type Command, type Terminal, UsageError } from "./command.ts";
import { typed } from "./options.ts";
import { policyNamed, readPolicyFile, readReadyMade } from "./policy-file.ts";
import { previewText } from "./policy-preview-text.ts";

const holidayOption = { "--holidays FOLDER": "holiday sets beside the ready-made ones" };
const applyOption = { "--apply SCOPE": "for whom: new-tickets (default), from-now or recompute-open" };

export const policyCheck: Command = {
	name: "policy check",
	usage: "FILE… [--holidays FOLDER]",
	summary: "lists every fault of a policy file with line, path, expected and found, and runs its examples",
	options: holidayOption,
	async run(args, terminal) {
		const { words, text } = typed(args, { texts: ["holidays"] });
		if (words.length === 0) throw new UsageError("Expected at least one file.");
		let areRight = true;
		for (const file of words) {
			const draft = await readPolicyFile(file, text("holidays"), terminal);
			areRight = draft !== null && comeOut(draft) && areRight;
		}
		return areRight ? 0 : 1;
	},
};

export const policyPreview: Command = {
	name: "policy preview",
	usage: "FILE|VERSION [--apply SCOPE] [--json]",
	summary: "says which deadlines of open tickets a publication would move, and who would be alerted",
	options: { ...applyOption, ...holidayOption },
	async run(args, terminal) {
		const { words, text, has } = typed(args, { texts: ["apply", "holidays"], flags: ["json"] });
		const scope = scopeOf(text("apply"));
		const { ports, close } = await terminal.service();
		try {
			const quiet = has("json") ? { ...terminal, out: () => {} } : terminal;
			const draft = await policyNamed(oneWord(words), text("holidays"), quiet, async () => ports);
			if (draft === null) return 1;
			const preview = await previewPolicy(draft.policy, ports);
			if (has("json")) terminal.out(JSON.stringify({ ...preview, scope }));
			else for (const line of previewText(preview, scope, zoneOf(draft))) terminal.out(line);
			return comeOut(draft) ? 0 : 1;
		} finally {
			await close();
		}
	},
};

export const policyPublish: Command = {
	name: "policy publish",
	usage: "FILE|VERSION [--apply SCOPE] [--why TEXT] [--by NAME] [--yes]",
	summary: "puts a checked policy, or an older version of it, in force; shows first what that moves",
	options: {
		...applyOption,
		"--why TEXT": "kept with the publication",
		"--by NAME": "kept with the publication (default: command line)",
		"--yes": "does not ask",
		...holidayOption,
	},
	async run(args, terminal) {
		const { words, text, has } = typed(args, { texts: ["holidays", "apply", "why", "by"], flags: ["yes"] });
		const word = oneWord(words);
		const scope = scopeOf(text("apply"));
		const { ports, close } = await terminal.service();
		try {
			const draft = await policyNamed(word, text("holidays"), terminal, async () => ports);
			if (draft === null || !comeOut(draft)) return 1;
			const by = text("by") ?? "command line";
			return await publishWhenAgreed(draft, { scope, by, why: text("why") ?? "", agreed: has("yes") }, terminal, ports);
		} finally {
			await close();
		}
	},
};

/** Shows what a publication would move, and publishes when that is agreed. */
export async function publishWhenAgreed(
	draft: Draft,
	{ scope, by, why, agreed }: { scope: Scope; by: string; why: string; agreed: boolean },
	terminal: Pick<Terminal, "out" | "err" | "confirm">,
	ports: Ports,
): Promise<0 | 1> {
	const zone = zoneOf(draft);
	await sayDifference(draft, terminal, ports);
	const preview = await previewPolicy(draft.policy, ports);
	for (const line of previewText(preview, scope, zone)) terminal.out(line);
	if (!agreed && !(await agree(preview, scope, terminal))) return 1;
	const { from } = await publishPolicy(draft, { scope, by, why, after: preview.publications }, ports);
	const { name, version } = draft.policy;
	const when = from > ports.time() ? `comes into force ${localTime("en", from, { zone })}` : "is in force";
	terminal.out(`published ${name}, version ${version}: it ${when}, ${forWhom[scope]}`);
	return 0;
}

/** What is promised otherwise than now. */
async function sayDifference(
	{ policy }: Draft,
	{ out }: Pick<Terminal, "out">,
	{ store, policies }: Ports,
): Promise<void> {
	if ((await store.publications(policy.name)).length === 0) return;
	const changes = policyDiff(await policies.inForce(policy.name), policy);
	out(changes.length === 0 ? "promises the same as now" : formatDiff(changes));
}

const forWhom: Record<Scope, string> = {
	"new-tickets": "for new tickets; running deadlines stay as they are",
	"from-now": "for new tickets, and for open ones from then on",
	"recompute-open": "for new tickets and for open ones, counted from their start",
};

async function agree(
	{ effects }: PolicyPreview,
	scope: Scope,
	{ err, confirm }: Pick<Terminal, "err" | "confirm">,
): Promise<boolean> {
	const { missed, alerts } = effects[scope];
	const answer = await confirm("Publish it?");
	if (answer === null) {
		if (missed === 0 && alerts.tickets === 0) return true;
		err("Not published: deadlines would be missed or people alerted at once. Add --yes to publish it all the same.");
		return false;
	}
	if (!answer) err("Not published.");
	return answer;
}

/** Publishes a ready-made policy when none of that name is published yet. Answers what it did, a line each. */
export async function publishReadyMade(
	name: string,
	ports: Ports,
	{ readFile }: Pick<Terminal, "readFile">,
): Promise<string[]> {
	if ((await ports.store.publications(name)).length > 0) return [];
	const lines: string[] = [];
	const draft = await readReadyMade(name, { readFile, time: ports.time, lines });
	if (draft === null) {
		const why = [`Expected a published policy, found none named "${name}".`, ...lines].join("\n");
		throw new ServiceError("unknown", `${why} Publish it first: stipt policy publish FILE`);
	}
	await publishPolicy(draft, { scope: "new-tickets", by: "command line", why: "ready-made" }, ports);
	return [`published the ready-made policy ${name}, version ${draft.policy.version}`];
}

export function scopeOf(text: string | undefined): Scope {
	const scope = scopes.find((known) => known === (text ?? "new-tickets"));
	if (scope === undefined) throw new UsageError(`Expected --apply ${scopes.join(", ")}, found "${text}".`);
	return scope;
}

/** The zone in which a policy's times are told: that of its first calendar. */
export function zoneOf({ policy }: Pick<Draft, "policy">): string {
	return Object.values(policy.calendars)[0]?.zone ?? "UTC";
}

export function comeOut({ examples }: Draft): boolean {
	return examples.every(({ differences }) => differences.length === 0);
}

function oneWord(words: string[]): string {
	const [word, ...rest] = words;
	if (word === undefined || rest.length > 0) throw new UsageError("Expected one file or version.");
	return word;
}
