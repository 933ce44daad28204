import { readFile } from "node:fs/promises";
import type { InstallFinding } from "../adapters/helpdesks/helpdesk.ts";
import type { Ports } from "../pipeline/ports.ts";
import { jobId } from "../queues.ts";
import type { StoredConnection } from "../store/store.ts";
import { newSecret } from "../verify.ts";
import { type Command, type Terminal, UsageError } from "./command.ts";
import { type ConnectionKind, connectionKinds } from "./connection-kinds.ts";
import { typed } from "./options.ts";
import { publishReadyMade } from "./policy.ts";

const common = {
	"--id ID": "its id in addresses and commands (default: the kind)",
	"--name NAME": "as people see it",
	"--allow-private": "its address may be loopback or private",
	"--json": "findings as JSON",
};
const helpdeskOptions = {
	"--policy NAME": "policy of its tickets (default: standard)",
	"--without-webhook": "install nothing there; changes are found by asking once a minute",
	...common,
};

/** `connect zammad`, `connect odoo`, … */
export const connectCommands: Command[] = Object.entries(connectionKinds).map(([word, kind]) => ({
	name: `connect ${word}`,
	usage: kind.needs.map((name) => `--${name} …`).join(" "),
	summary: kind.summary,
	options: { ...installOptions(kind), ...(kind.kind === "helpdesk" ? helpdeskOptions : common) },
	run: (args, terminal) => connect(word, kind, args, terminal),
}));

function installOptions({ forInstall = {} }: ConnectionKind): Record<string, string> {
	const meaning = "of a user with more rights, to install with; not kept";
	return Object.fromEntries(Object.keys(forInstall).map((name) => [`--${name} …`, meaning]));
}

async function connect(
	word: string,
	{ kind, adapter, needs, settings, forInstall = {} }: ConnectionKind,
	args: string[],
	terminal: Terminal,
) {
	const options = typed(args, {
		texts: [...needs, ...Object.keys(forInstall), "id", "name", "policy"],
		flags: ["allow-private", "without-webhook", "json"],
	});
	const id = options.text("id") ?? word;
	if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(id))
		throw new UsageError(`Expected --id of small letters, digits and dashes, found "${id}".`);
	const url = needs.includes("url") ? addressOf(options.need("url")) : "";
	const { ports, close } = await terminal.service();
	try {
		const known = await ports.store.readConnection(id);
		const connection: StoredConnection = {
			...{ id, kind, adapter, url, name: options.text("name") ?? known?.name ?? id },
			settings: settings(options.need),
			hookSecrets: known?.hookSecrets ?? [newSecret()],
			allowPrivate: options.has("allow-private"),
			mapping: known?.mapping ?? null,
			policy: kind === "helpdesk" ? (options.text("policy") ?? known?.policy ?? "standard") : null,
			createdAt: known?.createdAt ?? ports.time(),
		};
		const once = Object.entries(forInstall).map(([option, setting]) => [setting, options.text(option)] as const);
		const given = Object.fromEntries(once.filter(([, value]) => value !== undefined));
		const installing = { ...connection, settings: { ...connection.settings, ...given } };
		const findings = await look(installing, ports);
		for (const finding of findings) if (!options.has("json")) say(finding, terminal);
		if (findings.some(({ ok }) => !ok)) {
			if (options.has("json")) terminal.out(JSON.stringify({ id, connected: false, findings }));
			terminal.err(`${id} is not connected: mend what is marked BAD and try again.`);
			return 1;
		}
		const done = await complete(connection, options.has("without-webhook") ? null : installing, ports);
		await ports.store.audit({ at: ports.time(), by: "command line", what: `connected ${adapter} ${id}` });
		if (options.has("json")) terminal.out(JSON.stringify({ id, connected: true, findings, done }));
		else for (const line of [...done, `${id} is connected.`]) terminal.out(line);
		return 0;
	} finally {
		await close();
	}
}

async function look(connection: StoredConnection, ports: Ports): Promise<InstallFinding[]> {
	const call = ports.callFor(connection);
	if (connection.kind === "helpdesk")
		return ports.adapters.helpdesks[connection.adapter]?.bind(connection, call).probe(ports.time()) ?? [];
	if (connection.kind === "status-page")
		return ports.adapters.statusPages[connection.adapter]?.bind(connection, call).probe(ports.time()) ?? [];
	const parsed = ports.adapters.channels[connection.adapter]?.settings.safeParse(connection.settings);
	if (parsed === undefined || parsed.success) return [];
	return parsed.error.issues.map((issue) => ({
		what: issue.path.join("."),
		found: issue.message,
		todo: "correct it",
		ok: false,
	}));
}

async function complete(
	connection: StoredConnection,
	installing: StoredConnection | null,
	ports: Ports,
): Promise<string[]> {
	if (connection.kind !== "helpdesk") {
		await ports.store.saveConnection(connection);
		return [];
	}
	const done = await completeHelpdesk(connection, installing, ports);
	await ports.queues.add("round", { round: "reconcile" }, { id: jobId("reconcile", connection.id, ports.time()) });
	return done;
}

async function completeHelpdesk(
	connection: StoredConnection,
	installing: StoredConnection | null,
	ports: Ports,
): Promise<string[]> {
	const published = await publishReadyMade(connection.policy ?? "standard", ports, {
		readFile: (path) => readFile(path, "utf8"),
	});
	const row = ports.adapters.helpdesks[connection.adapter];
	if (row === undefined) throw new UsageError(`Expected a helpdesk, found ${connection.adapter}.`);
	const call = ports.callFor(connection);
	const mapping = connection.mapping ?? (await row.bind(connection, call).proposeMapping(ports.time()));
	const mapped = { ...connection, mapping };
	await ports.store.saveConnection(mapped);
	if (installing === null)
		return [...published, "nothing was installed there: changes are found by asking once a minute"];
	const [secret = ""] = connection.hookSecrets;
	const hook = `${ports.publicUrl}/hooks/${connection.id}${row.scheme.kind === "address" ? `/${secret}` : ""}`;
	const { done, settings } = await row
		.bind({ ...installing, mapping }, call)
		.install({ url: hook, secret, mark: `stipt-${connection.id}` }, ports.time());
	await ports.store.saveConnection({ ...mapped, settings });
	return [...published, ...done];
}

function addressOf(text: string): string {
	if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text.replace(/\/+$/, "");
	throw new UsageError(`Expected --url with an http or https address, found "${text}".`);
}

function say({ what, found, todo, ok }: InstallFinding, { out }: Terminal): void {
	out(`${ok ? "ok  " : "BAD "} ${what}: ${found}${todo === null ? "" : `. ${todo}`}`);
}

export const disconnect: Command = {
	name: "disconnect",
	usage: "CONNECTION",
	summary: "forgets a connection; what was installed at a helpdesk is left there, and named",
	async run(args, { out, service }) {
		const [id, ...rest] = typed(args, {}).words;
		if (id === undefined || rest.length > 0) throw new UsageError("Expected the id of one connection.");
		const { ports, close } = await service();
		try {
			const connection = await ports.connections.get(id);
			await ports.store.removeConnection(id);
			await ports.store.audit({
				at: ports.time(),
				by: "command line",
				what: `disconnected ${connection.adapter} ${id}`,
			});
			out(`${id} is forgotten.`);
			if (connection.kind === "helpdesk") {
				out(
					`Left at ${connection.url}: everything whose name holds "stipt-${id}". Remove the triggers or rules first, then the webhook.`,
				);
			}
			return 0;
		} finally {
			await close();
		}
	},
};
