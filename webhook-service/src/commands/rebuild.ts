import { rebuildAll, rebuildTicket, unrecoverable } from "../pipeline/rebuild.ts";
import { type Command, UsageError } from "./command.ts";
import { helpdeskOnly, walkOptions, walkOptionsOf } from "./import.ts";
import { typed } from "./options.ts";

export const rebuild: Command = {
	name: "rebuild",
	usage: "[CONNECTION] [--ticket N] [--rate N]",
	summary: "builds ledgers, clocks and alarms anew from the helpdesks and from our own notes there",
	options: {
		"--ticket N": "this ticket alone, by the helpdesk's own id",
		"--told-until T": "when alerts last went out, e.g. 2026-03-02T10:00Z: later steps are sent now (default: now)",
		...walkOptions,
	},
	async run(args, terminal) {
		const options = typed(args, { texts: ["ticket", "told-until", "since", "rate"], flags: ["fresh", "json"] });
		const [only, ...rest] = options.words;
		if (rest.length > 0) throw new UsageError("Expected at most one connection.");
		const ticket = options.text("ticket");
		if (ticket !== undefined && only === undefined) throw new UsageError("Expected a connection with --ticket.");
		const isJson = options.has("json");
		const toldUntil = instantOf(options.text("told-until"));
		const { ports, close } = await terminal.service();
		try {
			if (only !== undefined) await helpdeskOnly(only, ports);
			if (only !== undefined && ticket !== undefined) {
				const found = await rebuildTicket({ connection: only, ticket }, ports, toldUntil);
				if (isJson) terminal.out(JSON.stringify({ connection: only, ticket, ...found }));
				else terminal.out(`Ticket ${ticket} of ${only} is rebuilt: ${got(found)}.`);
				return 0;
			}
			const all = only === undefined ? (await ports.connections.all("helpdesk")).map(({ id }) => id) : [only];
			if (all.length === 0) {
				terminal.err("No helpdesk is connected: connect it again, under the id that it had, then rebuild.");
				return 1;
			}
			let isWhole = true;
			for (const id of all) {
				const walked = walkOptionsOf(options, terminal, terminal.time());
				const { progress, rebuilt } = await rebuildAll(
					id,
					{ ...walked, ...(toldUntil === undefined ? {} : { toldUntil }) },
					ports,
				);
				await ports.store.audit({
					at: ports.time(),
					by: "command line",
					what: `rebuilt ${rebuilt.tickets} tickets of ${id}`,
				});
				isWhole &&= progress.failed === 0;
				if (isJson)
					terminal.out(JSON.stringify({ connection: id, ...rebuilt, failed: progress.failed, unrecoverable }));
				else
					terminal.out(
						`${rebuilt.tickets} tickets of ${id} are rebuilt, ${progress.failed} could not be read: ${got(rebuilt)}.`,
					);
			}
			if (!isJson) {
				terminal.out("What no helpdesk gives back, if it was lost:");
				for (const line of unrecoverable) terminal.out(`  - ${line}`);
			}
			return isWhole ? 0 : 1;
		} finally {
			await close();
		}
	},
};

function got({ own, alerts, presumed }: { own: number; alerts: number; presumed: number }): string {
	return `${own} things done through Stipt, ${alerts} alerts that were sent, ${presumed} steps without a note taken for sent`;
}

function instantOf(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const at = Date.parse(text);
	if (Number.isFinite(at)) return at;
	throw new UsageError(`Expected --told-until with an instant such as 2026-03-02T10:00Z, found "${text}".`);
}
