import { ConfigError } from "../config.ts";
import { ServiceError } from "../errors.ts";
import type { Ports } from "../pipeline/ports.ts";
import { type Command, type ExitCode, UsageError } from "./command.ts";
import { lookAtConnection } from "./doctor-connection.ts";
import { lookAtParts } from "./doctor-parts.ts";
import { ago, type Finding, findingLines, graded, type Severity, worst } from "./finding-lines.ts";
import { typed } from "./options.ts";

const recentMs = 24 * 3600 * 1000;
const codes: Record<Severity, ExitCode> = { fine: 0, warning: 1, broken: 2 };

export const doctor: Command = {
	name: "doctor",
	usage: "[CONNECTION] [--check] [--offline] [--json]",
	summary: "looks whether every part is alive; exits 0 fine, 1 warnings, 2 broken",
	options: {
		"--check": "also change a ticket of our own at each helpdesk, and wait for its delivery",
		"--offline": "ask no helpdesk: only what is known here",
		"--json": "a list of what was looked for, found, and to do, each with its severity",
	},
	async run(args, { out, service }) {
		const { words, has } = typed(args, { flags: ["json", "check", "offline"] });
		if (words.length > 1) throw new UsageError("Expected at most one connection.");
		const findings = await everything(service, words[0], { ask: !has("offline"), check: has("check") });
		if (has("json")) out(JSON.stringify(findings));
		else for (const line of findings.flatMap(findingLines)) out(line);
		return codes[worst(findings)];
	},
};

async function everything(
	service: () => Promise<{ ports: Ports; close(): Promise<void> }>,
	only: string | undefined,
	depth: { ask: boolean; check: boolean },
): Promise<Finding[]> {
	const opened = await open(service);
	if (opened instanceof ConfigError) {
		return opened.problems.map(({ name, expected, found }) =>
			graded({ what: name, found, todo: `Set it to ${expected}.`, ok: false }),
		);
	}
	if (opened instanceof ServiceError) {
		return [graded({ what: "redis", found: opened.message, todo: "Start Redis, or check REDIS_URL.", ok: false })];
	}
	const { ports, close } = opened;
	try {
		const parts = await lookAtParts(ports);
		if (parts.some(({ what, severity }) => what === "redis" && severity === "broken")) return parts;
		const known = await ports.store.connections();
		if (only !== undefined && known.every(({ id }) => id !== only)) {
			const todo = `Connected are: ${known.map(({ id }) => id).join(", ") || "none"}.`;
			return [...parts, graded({ what: `connection ${only}`, found: "there is none of that id", todo, ok: false })];
		}
		const wanted = known.filter(({ id }) => only === undefined || id === only);
		const looked = await Promise.all(wanted.map((connection) => lookAtConnection(connection, depth, ports)));
		return [...parts, ...looked.flat(), ...(await recentTroubles(only, ports))];
	} finally {
		await close();
	}
}

async function open<Wired>(service: () => Promise<Wired>): Promise<Wired | ConfigError | ServiceError> {
	try {
		return await service();
	} catch (error) {
		if (error instanceof ConfigError || error instanceof ServiceError) return error;
		throw error;
	}
}

async function recentTroubles(only: string | undefined, { store, time }: Ports): Promise<Finding[]> {
	const now = time();
	const recent = (await store.troubles(only === undefined ? 10 : 100)).filter(
		({ at, connection }) => now - at < recentMs && (only === undefined || connection === only),
	);
	return recent.slice(0, 10).map(({ at, where, what, connection, ticket }) => {
		const ref = [connection, ticket].filter((part) => part !== undefined).join(" ");
		return graded({
			what: `trouble ${ago(now - at)}, ${where}${ref === "" ? "" : ` (${ref})`}`,
			found: what,
			todo: null,
			ok: true,
		});
	});
}
