import { ServiceError } from "../errors.ts";
import { readDraft } from "../pipeline/policy-draft.ts";
import { promotedText, silentOn, startShadow, stopShadow, wouldHaveAlerted } from "../pipeline/policy-shadow.ts";
import type { Ports } from "../pipeline/ports.ts";
import { localTime } from "../words/local-time.ts";
import { type Command, type Terminal, UsageError } from "./command.ts";
import { typed } from "./options.ts";
import { comeOut, publishWhenAgreed, scopeOf, zoneOf } from "./policy.ts";
import { columns, count } from "./policy-words.ts";

export const policyShadowStart: Command = {
	name: "policy shadow start",
	usage: "CONNECTION NAME",
	summary: "runs a published policy with mode: measured in silence beside the promised one of a helpdesk",
	async run(args, terminal) {
		const [connection, name] = named(typed(args, {}).words, ["a connection", "the name of a published policy"]);
		return withPorts(terminal, async (ports) => {
			await startShadow(connection, name, "command line", ports);
			terminal.out(
				`${name} runs in silence on ${connection}: stipt policy shadow ${name} says what it would have alerted`,
			);
			return 0;
		});
	},
};

export const policyShadowStop: Command = {
	name: "policy shadow stop",
	usage: "CONNECTION",
	summary: "ends what runs in silence on a helpdesk",
	async run(args, terminal) {
		const [connection] = named(typed(args, {}).words, ["a connection"]);
		return withPorts(terminal, async (ports) => {
			const ended = await stopShadow(connection, "command line", ports);
			terminal.out(ended === null ? `nothing runs in silence on ${connection}` : `${ended} ended on ${connection}`);
			return 0;
		});
	},
};

export const policyShadow: Command = {
	name: "policy shadow",
	usage: "NAME [--json]",
	summary: "lists what a policy that runs in silence would have alerted: when, ticket, goal, step, roles",
	async run(args, terminal) {
		const { words, has } = typed(args, { flags: ["json"] });
		const [name] = named(words, ["the name of a published policy"]);
		return withPorts(terminal, async (ports) => {
			const places = await silentOn(name, ports);
			const policy = await ports.policies.inForce(name);
			const found = await wouldHaveAlerted(name, ports);
			if (has("json")) {
				terminal.out(JSON.stringify({ name, version: policy.version, places, wouldHaveAlerted: found }));
				return 0;
			}
			if (places.length === 0) {
				terminal.out(`${name} runs in silence nowhere: stipt policy shadow start CONNECTION ${name}`);
				return 1;
			}
			const zone = zoneOf({ policy });
			for (const { connection, since } of places) {
				const from = localTime("en", since, { zone });
				terminal.out(`${name} ${policy.version} in silence on ${connection} since ${from}`);
			}
			terminal.out(`would have alerted ${count(found.length, "time")}`);
			const rows = found.map(({ at, connection, ticket, step }) => [
				...[
					localTime("en", at, { zone }),
					`${connection} ${ticket}`,
					`${step.goal} ${step.step}`,
					step.roles.join(", "),
				],
			]);
			for (const line of columns(rows)) terminal.out(line);
			return 0;
		});
	},
};

export const policyPromote: Command = {
	name: "policy promote",
	usage: "NAME [--as NAME] [--apply SCOPE] [--why TEXT] [--by NAME] [--yes]",
	summary: "publishes what runs in silence as the next version of the promised policy, and ends the silence",
	options: {
		"--as NAME": "the promised policy, when the shadow runs beside several",
		"--apply SCOPE": "for whom: new-tickets (default), from-now or recompute-open",
		"--why TEXT": "kept with the publication",
		"--by NAME": "kept with the publication (default: command line)",
		"--yes": "does not ask",
	},
	async run(args, terminal) {
		const { words, text, has } = typed(args, { texts: ["as", "apply", "why", "by"], flags: ["yes"] });
		const [name] = named(words, ["the name of a policy that runs in silence"]);
		const scope = scopeOf(text("apply"));
		return withPorts(terminal, async (ports) => {
			const stored = await ports.store.readPolicy({ name });
			if (stored === null)
				throw new ServiceError("unknown", `Expected a published policy, found none named "${name}".`);
			const places = await silentOn(name, ports);
			const promised = promisedName(name, text("as"), places);
			const draft = readDraft(promotedText(stored, promised), stored.holidays, ports.time());
			if (!comeOut(draft)) throw new ServiceError("unreadable", `Expected every example of ${name} to come out.`);
			const by = text("by") ?? "command line";
			const why = text("why") ?? `promoted ${name} ${stored.version}`;
			const code = await publishWhenAgreed(draft, { scope, by, why, agreed: has("yes") }, terminal, ports);
			if (code === 0) for (const { connection } of places) await stopShadow(connection, by, ports);
			return code;
		});
	},
};

function promisedName(name: string, as: string | undefined, places: { promised: string | null }[]): string {
	const names = [...new Set(places.map(({ promised }) => promised ?? name))];
	const [only, ...others] = as === undefined ? names : [as];
	if (only !== undefined && others.length === 0) return only;
	const found = names.length === 0 ? "none: it runs in silence nowhere" : names.join(", ");
	throw new UsageError(`Expected one promised policy that ${name} is to become, found ${found}. Say --as NAME.`);
}

function named<const Words extends string[]>(words: string[], wanted: Words): { [Key in keyof Words]: string } {
	if (words.length !== wanted.length) throw new UsageError(`Expected ${wanted.join(" and ")}.`);
	return words as { [Key in keyof Words]: string };
}

async function withPorts(terminal: Terminal, run: (ports: Ports) => Promise<0 | 1>): Promise<0 | 1> {
	const { ports, close } = await terminal.service();
	try {
		return await run(ports);
	} finally {
		await close();
	}
}
