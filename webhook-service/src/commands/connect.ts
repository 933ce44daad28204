import type { InstallFinding } from "../adapters/helpdesks/helpdesk.ts";
import type { Ports } from "../pipeline/ports.ts";
import type { StoredConnection } from "../store/store.ts";
import { newSecret } from "../verify.ts";
import { type Command, type Terminal, UsageError } from "./command.ts";
import { connectHelpdesk } from "./connect-helpdesk.ts";
import { type ConnectionKind, connectionKinds } from "./connection-kinds.ts";
import { findingLines, graded } from "./finding-lines.ts";
import { typed } from "./options.ts";

const leastSecret = 20;

const common = {
	"--id ID": "its id in addresses and commands (default: the kind)",
	"--name NAME": "as people see it",
	"--allow-private": "its address may be loopback or private",
	"--json": "findings, plan and what was done as JSON",
};
const helpdeskOptions = {
	"--policy NAME": "policy of its tickets (default: standard)",
	"--mapping FILE": "its words instead of the proposal; see stipt mapping",
	"--fields": "make fields for impact and urgency there too",
	"--without-webhook": "install nothing there; changes are found by asking once a minute",
	"--without-check": "do not change a ticket of our own to see its delivery arrive",
	"--dry-run": "look, show the plan, and touch nothing",
	"--yes": "do not ask; needed by scripts for what costs the helpdesk's users something",
	...common,
};

/** `connect zammad`, `connect odoo`, … */
export const connectCommands: Command[] = Object.entries(connectionKinds).map(([word, kind]) => ({
	name: `connect ${word}`,
	usage: kind.needs.map((name) => `--${name} …`).join(" "),
	summary: kind.summary,
	options: {
		...kind.options,
		...installOptions(kind),
		...(kind.kind === "helpdesk" ? helpdeskOptions : common),
	},
	run: (args, terminal) => connect(word, kind, args, terminal),
}));

function installOptions({ forInstall = {} }: ConnectionKind): Record<string, string> {
	const meaning = "of a user with more rights, to install with; not kept";
	return Object.fromEntries(Object.keys(forInstall).map((name) => [`--${name} …`, meaning]));
}

async function connect(word: string, kind: ConnectionKind, args: string[], terminal: Terminal): Promise<0 | 1> {
	const { adapter, needs, settings, forInstall = {}, options: own = {} } = kind;
	const ownNames = Object.keys(own).map((option) => option.replace(/^--| .*$/g, ""));
	const options = typed(args, {
		texts: [...needs, ...ownNames, ...Object.keys(forInstall), "id", "name", "policy", "mapping"],
		flags: ["allow-private", "without-webhook", "without-check", "fields", "dry-run", "yes", "json"],
	});
	const id = options.text("id") ?? word;
	if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(id))
		throw new UsageError(`Expected --id of small letters, digits and dashes, found "${id}".`);
	const url = needs.includes("url") ? addressOf(options.need("url")) : "";
	const given = settings(options.need, options.text);
	const chosen = kind.hookSecret === undefined ? null : [secretOf(options.need(kind.hookSecret))];
	const { ports, close } = await terminal.service();
	try {
		const known = await ports.store.readConnection(id);
		if (known !== null && (known.kind !== kind.kind || known.adapter !== adapter))
			throw new UsageError(
				`Expected --id of a new connection or of one of ${adapter}, found "${id}" of ${known.adapter}.`,
			);
		const connection: StoredConnection = {
			...{ id, kind: kind.kind, adapter, url, name: options.text("name") ?? known?.name ?? id },
			settings: given,
			hookSecrets: chosen ?? known?.hookSecrets ?? [newSecret()],
			allowPrivate: options.has("allow-private"),
			mapping: known?.mapping ?? null,
			policy: kind.kind === "helpdesk" ? (options.text("policy") ?? known?.policy ?? "standard") : null,
			createdAt: known?.createdAt ?? ports.time(),
			...(known?.connected === undefined ? {} : { connected: known.connected }),
		};
		const once = Object.entries(forInstall).map(([option, setting]) => [setting, options.text(option)] as const);
		const forInstalling = Object.fromEntries(once.filter(([, value]) => value !== undefined));
		if (kind.kind === "helpdesk") {
			const mapping = options.text("mapping");
			const wishes = {
				json: options.has("json"),
				yes: options.has("yes"),
				dryRun: options.has("dry-run"),
				fields: options.has("fields"),
				webhook: !options.has("without-webhook"),
				check: !options.has("without-check"),
				mappingFile: mapping ?? null,
			};
			return await connectHelpdesk({ connection, forInstalling, wishes }, terminal, ports);
		}
		return await connectOther(connection, options.has("json"), terminal, ports);
	} finally {
		await close();
	}
}

async function connectOther(
	connection: StoredConnection,
	json: boolean,
	terminal: Terminal,
	ports: Ports,
): Promise<0 | 1> {
	const { id, adapter } = connection;
	const findings = (await look(connection, ports)).map(graded);
	if (!json) for (const finding of findings) for (const line of findingLines(finding)) terminal.out(line);
	const connected = findings.every(({ ok }) => ok);
	if (connected) {
		await ports.store.saveConnection(connection);
		await ports.store.audit({ at: ports.time(), by: "command line", what: `connected ${adapter} ${id}` });
	}
	if (json) terminal.out(JSON.stringify({ id, connected, findings, done: [] }));
	else if (connected) terminal.out(`${id} is connected.`);
	if (!connected) terminal.err(`${id} is not connected: mend what is marked BAD and try again.`);
	return connected ? 0 : 1;
}

async function look(connection: StoredConnection, ports: Ports): Promise<InstallFinding[]> {
	if (connection.kind === "status-page") {
		const row = ports.adapters.statusPages[connection.adapter];
		return row?.bind(connection, ports.callFor(connection)).probe(ports.time()) ?? [];
	}
	const parsed = ports.adapters.channels[connection.adapter]?.settings.safeParse(connection.settings);
	if (parsed === undefined || parsed.success) return [];
	return parsed.error.issues.map((issue) => ({
		what: issue.path.join("."),
		found: issue.message,
		todo: "Correct it.",
		ok: false,
	}));
}

function secretOf(text: string): string {
	if (text.length >= leastSecret) return text;
	throw new UsageError(`Expected --secret of at least ${leastSecret} characters, found ${text.length}.`);
}

function addressOf(text: string): string {
	if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) {
		const { username, password } = new URL(text);
		if (username === "" && password === "") return text.replace(/[?#].*$/, "").replace(/\/+$/, "");
		throw new UsageError("Expected --url without a name and password in it.");
	}
	throw new UsageError(`Expected --url with an http or https address, found "${text}".`);
}
