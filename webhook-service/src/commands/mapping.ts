import type { Vocabulary } from "../adapters/helpdesks/helpdesk.ts";
import { ServiceError } from "../errors.ts";
import type { Ports } from "../pipeline/ports.ts";
import type { StoredConnection } from "../store/store.ts";
import { type Command, UsageError } from "./command.ts";
import { checkMapping, faultText, fitted, readMapping, writeMapping } from "./mapping-document.ts";
import { typed } from "./options.ts";

export const mapping: Command = {
	name: "mapping",
	usage: "CONNECTION [--show | --edit FILE | --propose] [--json]",
	summary: "shows or changes what a helpdesk's states, priorities and groups stand for",
	options: {
		"--show": "as one YAML block to edit (default)",
		"--edit FILE": "takes the block from a file (- is standard input), when it has no faults",
		"--propose": "shows what would be proposed today, and changes nothing",
		"--json": "the mapping and what is missing in it, as JSON",
	},
	async run(args, { out, err, service, readFile }) {
		const { words, text, has } = typed(args, { texts: ["edit"], flags: ["show", "propose", "json"] });
		const [id, ...rest] = words;
		if (id === undefined || rest.length > 0) throw new UsageError("Expected the id of one connection.");
		const file = text("edit");
		const { ports, close } = await service();
		try {
			const { connection, bound } = await ports.connections.helpdesk(id);
			const policy = await ports.policies.inForce(connection.policy ?? "standard");
			const known = await vocabularyOf(bound, ports, err);
			if (file === undefined) {
				const kept = connection.mapping ?? { states: {}, priorities: {} };
				const shown = has("propose") ? fitted(await bound.proposeMapping(ports.time()), policy) : kept;
				const notes = checkMapping(shown, known, policy);
				if (has("json")) out(JSON.stringify({ mapping: shown, notes }));
				else out(writeMapping({ id, name: connection.name, mapping: shown }, known, policy));
				for (const note of has("json") ? [] : notes) err(`note: ${note}`);
				return 0;
			}
			const checked = readMapping(await readFile(file), known, policy);
			if (checked.mapping === null) {
				err(faultText(checked, file));
				return 1;
			}
			await save({ ...connection, mapping: checked.mapping }, ports);
			for (const note of checked.notes) err(`note: ${note}`);
			out(has("json") ? JSON.stringify(checked) : `${id} takes its words from ${file} now.`);
			return 0;
		} finally {
			await close();
		}
	},
};

async function save(connection: StoredConnection, { store, time }: Ports): Promise<void> {
	await store.saveConnection(connection);
	await store.audit({ at: time(), by: "command line", what: `changed the mapping of ${connection.id}` });
}

/** What the helpdesk has now; without an answer, the block is shown and checked against the policy alone. */
async function vocabularyOf(
	bound: Awaited<ReturnType<Ports["connections"]["helpdesk"]>>["bound"],
	{ time }: Ports,
	err: (line: string) => void,
): Promise<Vocabulary | null> {
	try {
		return await bound.vocabulary(time());
	} catch (error) {
		if (!(error instanceof ServiceError)) throw error;
		err(`note: the helpdesk could not be asked which labels it has (${error.message})`);
		return null;
	}
}
