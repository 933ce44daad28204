import { ServiceError } from "../errors.ts";
import type { Ports } from "../pipeline/ports.ts";
import type { StoredConnection, TicketRef } from "../store/store.ts";
import { type Command, UsageError } from "./command.ts";
import { connectionKinds } from "./connection-kinds.ts";
import { typed } from "./options.ts";

const forInstall = Object.assign(
	{},
	...Object.values(connectionKinds).map(({ forInstall: own = {} }) => own),
) as Record<string, string>;

export const disconnect: Command = {
	name: "disconnect",
	usage: "CONNECTION",
	summary: "takes away what was installed there, and forgets the connection; ledgers stay",
	options: {
		...Object.fromEntries(
			Object.keys(forInstall).map((name) => [`--${name} …`, "of a user with more rights, to take away with"]),
		),
		"--fields": "take the fields of impact and urgency away too, with what they hold",
		"--leave": "leave what is installed there; only forget",
		"--yes": "do not ask; needed by scripts for --fields",
		"--json": "as JSON",
	},
	async run(args, { out, err, service, confirm }) {
		const options = typed(args, { texts: Object.keys(forInstall), flags: ["fields", "leave", "yes", "json"] });
		const [id, ...rest] = options.words;
		if (id === undefined || rest.length > 0) throw new UsageError("Expected the id of one connection.");
		const { ports, close } = await service();
		try {
			const connection = await ports.connections.get(id, { fresh: true });
			if (!options.has("yes")) {
				const answer = await confirm(question(connection, options));
				if (answer === false || (answer === null && options.has("fields"))) {
					err(answer === null ? "Expected --yes with --fields, found none." : `${id} stays connected.`);
					return 1;
				}
			}
			const once = Object.entries(forInstall).map(([option, setting]) => [setting, options.text(option)] as const);
			const given = Object.fromEntries(once.filter(([, value]) => value !== undefined));
			const ending = { ...connection, settings: { ...connection.settings, ...given } };
			const { removed, left } = options.has("leave")
				? { removed: [], left: leftAll(connection) }
				: await takeAway(ending, options.has("fields"), ports);
			await forget(id, ports);
			await ports.store.audit({
				at: ports.time(),
				by: "command line",
				what: `disconnected ${connection.adapter} ${id}`,
			});
			if (options.has("json")) out(JSON.stringify({ id, removed, left }));
			else {
				for (const line of removed) out(`removed ${line}`);
				for (const line of left) out(`left    ${line}`);
				const ledgers =
					connection.kind === "helpdesk" ? " Its tickets' ledgers are kept until their retention ends." : "";
				out(`${id} is forgotten.${ledgers}`);
			}
			return 0;
		} finally {
			await close();
		}
	},
};

function question({ id, url, kind }: StoredConnection, { has }: { has(name: string): boolean }): string {
	if (kind !== "helpdesk" || has("leave")) return `Forget ${id}?`;
	const fields = has("fields")
		? ", the fields of impact and urgency with what they hold (Zammad migrates its database)"
		: "";
	return `Take away what "stipt-${id}" is at ${url}${fields}, and forget ${id}?`;
}

/**
 * Takes away what the helpdesk lets us, and names the rest. Throws when it could not begin: then the connection stays,
 * since what is installed would go on delivering to an address that nobody knows any more.
 */
async function takeAway(
	connection: StoredConnection,
	fields: boolean,
	ports: Ports,
): Promise<{ removed: string[]; left: string[] }> {
	const row = connection.kind === "helpdesk" ? ports.adapters.helpdesks[connection.adapter] : undefined;
	const installer = row?.bind(connection, ports.callFor(connection)).installer;
	if (installer === undefined || installer === null) return { removed: [], left: [] };
	if (connection.connected?.hook === null && !fields) return { removed: [], left: [] };
	try {
		return await installer.uninstall({ mark: `stipt-${connection.id}`, fields }, ports.time());
	} catch (error) {
		if (!(error instanceof ServiceError)) throw error;
		const otherwise = `${connection.id} stays connected. With --leave it is forgotten all the same, and left is ${leftAll(connection).join()}`;
		throw new ServiceError(error.kind, `${error.message}\n${otherwise}`, { cause: error });
	}
}

/** Forgets the connection, and wakes its tickets no more; what happened to them stays in their ledgers. */
async function forget(id: string, { store }: Ports): Promise<void> {
	const tickets: TicketRef[] = [];
	for (let from: string | null = null, first = true; first || from !== null; first = false) {
		const { refs, next } = await store.allTickets(id, from);
		tickets.push(...refs);
		from = next;
	}
	await store.removeConnection(id);
	for (const ref of tickets) {
		await store.saveWake(ref, null);
		await store.saveOpen(ref, null);
	}
}

function leftAll({ id, url, kind }: StoredConnection): string[] {
	if (kind !== "helpdesk") return [];
	return [
		`at ${url}: everything whose name holds "stipt-${id}" (in Zammad delete the two triggers first, then the webhook)`,
	];
}
