import { ServiceError } from "../errors.ts";
import { type ImportOptions, importTickets } from "../pipeline/import.ts";
import type { Ports } from "../pipeline/ports.ts";
import { type Command, type Terminal, UsageError } from "./command.ts";
import { typed } from "./options.ts";

/** Kind to a helpdesk that people work in meanwhile. */
const usualRate = 5;
const dayMs = 24 * 3600 * 1000;

export const walkOptions = {
	"--since DATE": "how far back finished tickets are read: 2026-01-01, or 90d (default: to the beginning)",
	"--rate N": `requests a second at the helpdesk (default: ${usualRate})`,
	"--fresh": "begins again where an earlier run was interrupted",
	"--json": "each step of the progress as a line of JSON",
};

/** Reads the options that every long walk over tickets has. Throws `UsageError`. */
export function walkOptionsOf(options: ReturnType<typeof typed>, terminal: Terminal, startedAt: number): ImportOptions {
	const rate = Number(options.text("rate") ?? usualRate);
	if (!(rate > 0 && rate <= 10_000)) throw new UsageError("Expected --rate with requests a second, such as 5 or 0.5.");
	const say = options.has("json") ? (line: object) => terminal.out(JSON.stringify(line)) : null;
	let first: number | null = null;
	return {
		rate,
		since: sinceOf(options.text("since"), terminal),
		fresh: options.has("fresh"),
		progress({ read, failed, part, left, requests }) {
			const seconds = (terminal.time() - startedAt) / 1000;
			first ??= read;
			const perSecond = seconds > 0 ? Math.max(0, read - first) / seconds : 0;
			const secondsLeft = left === null || perSecond === 0 ? null : Math.round(left / perSecond);
			const found = { read, failed, part, left, requests, perSecond: Math.round(perSecond * 10) / 10, secondsLeft };
			if (say !== null) say(found);
			else terminal.err(lineOf(found));
		},
	};
}

export const importCommand: Command = {
	name: "import",
	usage: "CONNECTION [--since DATE] [--rate N]",
	summary: "reads a helpdesk's tickets into the ledger: open ones first, then history; goes on where it stopped",
	options: walkOptions,
	async run(args, terminal) {
		const options = typed(args, { texts: ["since", "rate"], flags: ["fresh", "json"] });
		const [connection, ...rest] = options.words;
		if (connection === undefined || rest.length > 0) throw new UsageError("Expected the id of one connection.");
		const { ports, close } = await terminal.service();
		try {
			await helpdeskOnly(connection, ports);
			const done = await importTickets(connection, walkOptionsOf(options, terminal, terminal.time()), ports);
			await ports.store.audit({
				at: ports.time(),
				by: "command line",
				what: `imported ${done.read} tickets of ${connection}`,
			});
			if (!options.has("json"))
				terminal.out(`${done.read} tickets of ${connection} are in the ledger, ${done.failed} could not be read.`);
			return done.failed === 0 ? 0 : 1;
		} finally {
			await close();
		}
	},
};

/** Throws `unknown` for what is no helpdesk. */
export async function helpdeskOnly(id: string, { connections }: Ports): Promise<void> {
	const { kind } = await connections.get(id);
	if (kind !== "helpdesk")
		throw new ServiceError("unknown", `Expected a helpdesk, found connection "${id}" (${kind}).`);
}

function sinceOf(text: string | undefined, { time }: Terminal): number | null {
	if (text === undefined) return null;
	const days = /^(\d{1,5})d$/.exec(text)?.[1];
	if (days !== undefined) return time() - Number(days) * dayMs;
	const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
	if (Number.isFinite(at)) return at;
	throw new UsageError(`Expected --since such as 2026-01-01 or 90d, found "${text}".`);
}

function lineOf(found: {
	read: number;
	failed: number;
	part: string;
	left: number | null;
	perSecond: number;
	secondsLeft: number | null;
}): string {
	const { read, failed, part, left, perSecond, secondsLeft } = found;
	const parts = [
		`${read} tickets`,
		...(failed > 0 ? [`${failed} not readable`] : []),
		`${perSecond} a second`,
		...(part === "done" || left === null ? [] : [`at most ${left} more`]),
		...(part === "done" || secondsLeft === null ? [] : [`about ${Math.ceil(secondsLeft / 60)} min left`]),
	];
	return `${part === "open" ? "open tickets" : part === "history" ? "history" : "done"}: ${parts.join(", ")}`;
}
