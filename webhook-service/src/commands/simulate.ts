import type { PolicyTimeline } from "@stipt/shared/policy/policy";
import type { Ledger } from "@stipt/shared/simulation/ledger";
import { readLedgerLine, UnreadableLedger } from "@stipt/shared/simulation/read-ledger-line";
import { simulation } from "@stipt/shared/simulation/simulate";
import { ServiceError } from "../errors.ts";
import { keptLedgers } from "../pipeline/policy-ledgers.ts";
import type { Ports } from "../pipeline/ports.ts";
import type { Wiring } from "../wiring.ts";
import { type Command, type Terminal, UsageError } from "./command.ts";
import { typed } from "./options.ts";
import { policyNamed } from "./policy-file.ts";
import { simulationText } from "./simulate-text.ts";

const tzData = process.versions.tz ?? "unknown";

export const simulate: Command = {
	name: "simulate",
	usage: "--policy FILE|VERSION [--from DAY] [--to DAY] [--connection ID | --tickets FILE] [--json]",
	summary: "replays past tickets under a draft: what would be met, missed and alerted, beside what is in force",
	options: {
		"--policy FILE": "the draft, or the name or version of a published policy",
		"--from DAY": "what began before does not count: 2026-01-01, or an instant with an offset",
		"--to DAY": "as of when (default: now)",
		"--connection ID": "only tickets of this helpdesk",
		"--tickets FILE": 'tickets as lines of JSON, {"ticket":"1","facts":[…]}; - reads them from standard input',
		"--against FILE": "what to compare with (default: what is in force; with --tickets: nothing)",
		"--proofs": "prints the sum behind each of the largest changes",
		"--holidays FOLDER": "holiday sets beside the ready-made ones",
	},
	async run(args, terminal) {
		const { words, text, need, has } = typed(args, {
			texts: ["policy", "from", "to", "connection", "tickets", "against", "holidays"],
			flags: ["json", "proofs"],
		});
		if (words.length > 0) throw new UsageError(`Expected options only, found "${words.join(" ")}".`);
		const wanted = need("policy");
		const from = instantOf(text("from"), "from");
		const to = instantOf(text("to"), "to") ?? terminal.time();
		let wiring: Wiring | null = null;
		const service = async () => {
			wiring ??= await terminal.service();
			return wiring.ports;
		};
		const close = async () => wiring?.close();
		try {
			const quiet = { ...terminal, out: () => {}, err: () => {} };
			const policyOf = async (word: string) => {
				const draft = await policyNamed(word, text("holidays"), quiet, service);
				if (draft === null)
					throw new ServiceError("unreadable", `Expected a policy without faults, see: stipt policy check ${word}`);
				return draft.policy;
			};
			const draft = await policyOf(wanted);
			const against = text("against");
			const inForce: PolicyTimeline | undefined =
				against === undefined ? undefined : [{ policy: await policyOf(against) }];
			const run = simulation(draft, { from, to, tzData });
			const file = text("tickets");
			const ledgers = file === undefined ? stored(text("connection"), await service()) : fileLedgers(file, terminal);
			for await (const ledger of ledgers) run.add(inForce === undefined ? ledger : { ...ledger, inForce });
			const report = run.report();
			if (has("json")) terminal.out(JSON.stringify(report));
			else for (const line of simulationText(report, { proofs: has("proofs") })) terminal.out(line);
			return 0;
		} finally {
			await close();
		}
	},
};

async function* stored(connection: string | undefined, ports: Ports): AsyncGenerator<Ledger> {
	const helpdesks =
		connection === undefined ? await ports.connections.all("helpdesk") : [await ports.connections.get(connection)];
	for (const { id } of helpdesks) yield* keptLedgers(id, ports);
}

async function* fileLedgers(file: string, { readLines }: Terminal): AsyncGenerator<Ledger> {
	let number = 0;
	for await (const line of readLines(file)) {
		number += 1;
		if (line.trim() === "") continue;
		try {
			yield readLedgerLine(line, number);
		} catch (error) {
			if (!(error instanceof UnreadableLedger)) throw error;
			throw new ServiceError("unreadable", `${file}, ${error.message}`);
		}
	}
}

/** A day begins at midnight UTC. */
function instantOf(text: string | undefined, option: string): number | null {
	if (text === undefined) return null;
	const isKnown = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2}))?$/.test(text);
	const instant = Date.parse(text);
	if (isKnown && !Number.isNaN(instant)) return instant;
	throw new UsageError(`Expected --${option} as 2026-01-01 or 2026-01-01T09:00:00+01:00, found "${text}".`);
}
