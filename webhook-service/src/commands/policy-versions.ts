import { lasting, type Publication } from "@stipt/shared/simulation/publication";
import { ServiceError } from "../errors.ts";
import type { Ports } from "../pipeline/ports.ts";
import { type Command, type Terminal, UsageError } from "./command.ts";
import { typed } from "./options.ts";
import { draftOf, policyNamed } from "./policy-file.ts";
import { columns } from "./policy-words.ts";

const iso = (instant: number) => new Date(instant).toISOString().replace(/\.000Z$/, "Z");

export const policyList: Command = {
	name: "policy list",
	usage: "[--json]",
	summary: "lists the published policies, the version in force, and which connections use them",
	async run(args, terminal) {
		const { has } = typed(args, { flags: ["json"] });
		return withService(terminal, async ({ store, connections, time }) => {
			const names = [...new Set((await store.policies()).map(({ name }) => name))].sort();
			const helpdesks = await connections.all("helpdesk");
			const shadows = await store.shadows();
			const found = await Promise.all(
				names.map(async (name) => {
					const publications = lasting(await store.publications(name));
					const inForce = publications.findLast(({ from }) => from <= time()) ?? null;
					const { version } = inForce ?? publications[0] ?? { version: "" };
					const stored = await store.readPolicy({ version });
					const mode = stored === null ? null : draftOf(stored, time()).policy.mode;
					return {
						...{ name, version, mode, inForceFrom: inForce?.from ?? null, by: inForce?.by ?? null },
						planned: publications.filter(({ from }) => from > time()),
						promisedOn: helpdesks.filter(({ policy }) => policy === name).map(({ id }) => id),
						shadowOn: Object.entries(shadows).flatMap(([id, { policy }]) => (policy === name ? [id] : [])),
					};
				}),
			);
			if (has("json")) terminal.out(JSON.stringify(found));
			else {
				const rows = found.map(({ name, version, mode, inForceFrom, planned, promisedOn, shadowOn }) => {
					const uses = [...promisedOn, ...shadowOn.map((id) => `${id} (shadow)`)].join(", ");
					const since = inForceFrom === null ? "not in force yet" : iso(inForceFrom);
					const next = planned.map(({ version: coming, from }) => `${coming} from ${iso(from)}`).join(", ");
					return [name, version, mode ?? "", since, uses || "unused", next];
				});
				for (const line of columns([["name", "version", "mode", "in force since", "used by", "planned"], ...rows])) {
					terminal.out(line);
				}
			}
		});
	},
};

export const policyHistory: Command = {
	name: "policy history",
	usage: "NAME [--json]",
	summary: "lists every publication of a policy: when, for whom, by whom and why",
	async run(args, terminal) {
		const { words, has } = typed(args, { flags: ["json"] });
		const name = one(words, "the name of a policy");
		return withService(terminal, async ({ store }) => {
			const publications = await store.publications(name);
			if (publications.length === 0) throw unknown(name);
			const kept = lasting(publications);
			const entries = publications.map((each) => ({ ...each, withdrawn: !kept.includes(each) }));
			if (has("json")) terminal.out(JSON.stringify(entries));
			else for (const entry of entries) for (const line of told(entry)) terminal.out(line);
		});
	},
};

export const policyShow: Command = {
	name: "policy show",
	usage: "NAME|VERSION [--json]",
	summary: "prints the document of a published version as it was published",
	async run(args, terminal) {
		const { words, has } = typed(args, { flags: ["json"] });
		const word = one(words, "the name or version of a policy");
		return withService(terminal, async (ports) => {
			const draft = await policyNamed(word, undefined, terminal, async () => ports);
			if (draft === null) throw unknown(word);
			const { name, version, text, holidays } = draft.stored;
			const publications = (await ports.store.publications(name)).filter((each) => each.version === version);
			if (has("json")) terminal.out(JSON.stringify({ name, version, text, holidays, publications }));
			else terminal.out(text.replace(/\n$/, ""));
		});
	},
};

function told({ version, at, from, scope, by, why, withdrawn }: Publication & { withdrawn: boolean }): string[] {
	const when = from === at ? iso(at) : `${iso(at)}, in force from ${iso(from)}`;
	return [
		`${version}  ${when}  ${scope}  by ${by}${withdrawn ? "  (withdrawn before it came into force)" : ""}`,
		...(why === "" ? [] : [`  ${why}`]),
	];
}

function one(words: string[], what: string): string {
	const [word, ...rest] = words;
	if (word === undefined || rest.length > 0) throw new UsageError(`Expected ${what}.`);
	return word;
}

function unknown(name: string): ServiceError {
	return new ServiceError("unknown", `Expected a published policy, found none named "${name}".`);
}

async function withService(terminal: Terminal, run: (ports: Ports) => Promise<void>): Promise<0> {
	const { ports, close } = await terminal.service();
	try {
		await run(ports);
		return 0;
	} finally {
		await close();
	}
}
