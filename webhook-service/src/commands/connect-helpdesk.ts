import { readFile } from "node:fs/promises";
import type { Policy } from "@stipt/shared/policy/policy";
import type { HelpdeskRow } from "../adapters/bind.ts";
import type { Hook, Mapping, PlanStep, Vocabulary } from "../adapters/helpdesks/helpdesk.ts";
import { ServiceError } from "../errors.ts";
import type { Ports } from "../pipeline/ports.ts";
import { jobId } from "../queues.ts";
import type { StoredConnection } from "../store/store.ts";
import { type Terminal, UsageError } from "./command.ts";
import { checkDelivery } from "./connect-check.ts";
import { fieldsOf, hookFingerprint, hookOf, planLines } from "./connect-plan.ts";
import { type Finding, findingLines, graded } from "./finding-lines.ts";
import { checkMapping, faultText, fitted, inUrgency, readMapping } from "./mapping-document.ts";
import { measuredCall } from "./measured-call.ts";
import { lookAtOwnService, type OwnService } from "./own-address.ts";
import { publishReadyMade } from "./policy.ts";
import { readReadyMade } from "./policy-file.ts";

export type Wishes = {
	json: boolean;
	yes: boolean;
	dryRun: boolean;
	fields: boolean;
	webhook: boolean;
	check: boolean;
	mappingFile: string | null;
};

type Connecting = { connection: StoredConnection; forInstalling: Record<string, string | undefined>; wishes: Wishes };

/** What goes to people line by line, or at the end as one JSON document. */
type Report = {
	id: string;
	connected: boolean;
	findings: Finding[];
	plan: PlanStep[];
	notes: string[];
	done: string[];
};

/**
 * Connects one helpdesk: looks, shows the plan, installs, and sees a delivery arrive. Nothing is touched, there or here,
 * before the plan is agreed. Every part can be done again and changes only what differs.
 */
export async function connectHelpdesk(
	{ connection, forInstalling, wishes }: Connecting,
	terminal: Terminal,
	ports: Ports,
): Promise<0 | 1> {
	const { out, err } = terminal;
	const say = (line: string) => {
		if (!wishes.json) out(line);
	};
	const report: Report = { id: connection.id, connected: false, findings: [], plan: [], notes: [], done: [] };
	const end = (code: 0 | 1): 0 | 1 => {
		if (wishes.json) out(JSON.stringify(report));
		return code;
	};
	const row = ports.adapters.helpdesks[connection.adapter];
	if (row === undefined) throw new UsageError(`Expected a helpdesk, found ${connection.adapter}.`);

	say(`Looking at ${connection.url}`);
	const { findings, own } = await look(connection, forInstalling, row, ports);
	report.findings.push(...findings);
	for (const line of findings.flatMap(findingLines)) say(line);
	if (findings.some(({ severity }) => severity === "broken")) {
		err(`${connection.id} is not connected: mend what is marked BAD and try again. Nothing was touched.`);
		return end(1);
	}

	const settings =
		(await row.bind(connection, ports.callFor(connection)).discover(ports.time())) ?? connection.settings;
	const found = { ...connection, settings };
	const policy = await policyOf(found.policy ?? "standard", ports);
	const words = await vocabularyOf({ ...found, settings: { ...settings, ...forInstalling } }, row, ports);
	const mapping = await mappingOf(found, wishes.mappingFile, { words, policy, row }, terminal, ports);
	if (mapping === null) {
		err(`${connection.id} is not connected: mend the mapping and try again. Nothing was touched.`);
		return end(1);
	}
	const mapped: StoredConnection = { ...found, mapping };
	report.notes.push(...checkMapping(mapping, words, policy));
	say(
		`\nWords, as ${wishes.mappingFile !== null ? "given" : connection.mapping !== null ? "kept" : "proposed"} (stipt mapping ${connection.id} shows and edits them)`,
	);
	for (const line of mappingLines(mapping, words)) say(line);
	for (const note of report.notes) say(`warn   ${note}`);

	const hook: Hook = { ...hookOf(mapped, row, ports), ...(wishes.fields ? { fields: fieldsOf(policy) } : {}) };
	const installing = { ...mapped, settings: { ...settings, ...forInstalling } };
	const bound = row.bind(installing, ports.callFor(connection));
	report.plan = wishes.webhook ? await planOf(bound, hook, ports) : [];
	say(
		wishes.webhook
			? `\nPlan for ${connection.url}`
			: `\nNothing is installed there: changes are found by asking once a minute`,
	);
	for (const line of planLines(report.plan, hook)) say(line);
	if (wishes.check && wishes.webhook && bound.installer !== null)
		say("then   change a ticket of our own, which nobody is notified of, and wait for its delivery");
	if (wishes.dryRun) {
		say("\nThis was a dry run: nothing was touched.");
		return end(0);
	}
	if (!(await agreed(report.plan, wishes, terminal))) {
		err(`${connection.id} is not connected. Nothing was touched.`);
		return end(1);
	}

	say("");
	report.done.push(
		...(await publishReadyMade(found.policy ?? "standard", ports, { readFile: (path) => readFile(path, "utf8") })),
	);
	await ports.store.saveConnection(mapped);
	const seen = Object.fromEntries(findings.map(({ what, found: value }) => [what, value]));
	const kept = (hookNow: string | null) => ({ at: ports.time(), seen, hook: hookNow });
	if (wishes.webhook) {
		const { done, settings: installed } = await bound.install(hook, ports.time()).catch((error: unknown) => {
			if (!(error instanceof ServiceError)) throw error;
			const half = `${connection.id} is kept, and changes are found by asking once a minute, but installing broke off`;
			throw new ServiceError(error.kind, `${half}: ${error.message} Connect again to finish it.`, { cause: error });
		});
		report.done.push(...done);
		await ports.store.saveConnection({ ...mapped, settings: installed, connected: kept(hookFingerprint(hook)) });
	} else {
		await ports.store.saveConnection({ ...mapped, connected: kept(null) });
	}
	await ports.store.audit({
		at: ports.time(),
		by: "command line",
		what: `connected ${connection.adapter} ${connection.id}`,
	});
	report.connected = true;
	for (const line of report.done) say(line);
	const stored = (await ports.store.readConnection(connection.id)) ?? mapped;
	if (wishes.webhook && wishes.check) {
		const ringing = { ...stored, settings: { ...stored.settings, ...forInstalling } };
		const checked = await checkDelivery(ringing, { hook, own }, ports);
		report.findings.push(...checked);
		for (const line of checked.flatMap(findingLines)) say(line);
	}
	await ports.queues.add("round", { round: "reconcile" }, { id: jobId("reconcile", connection.id, ports.time()) });
	say(`${connection.id} is connected.`);
	return end(0);
}

async function look(
	connection: StoredConnection,
	forInstalling: Record<string, string | undefined>,
	row: HelpdeskRow,
	ports: Ports,
): Promise<{ findings: Finding[]; own: OwnService }> {
	const measured = measuredCall(ports.callFor(connection), ports.time);
	const looking = { ...connection, settings: { ...connection.settings, ...forInstalling } };
	const findings = (await row.bind(looking, measured.call).probe(ports.time())).map(graded);
	const own = await lookAtOwnService(ports, connection.url);
	const isReached = findings.every(({ severity }) => severity !== "broken");
	return { findings: [...findings, ...(isReached ? [measured.finding(), own.finding] : [])], own };
}

/** The policy as published, or the ready-made one that will be. Throws `unknown` when there is neither. */
async function policyOf(name: string, ports: Ports): Promise<Policy> {
	try {
		return await ports.policies.inForce(name);
	} catch (error) {
		if (!(error instanceof ServiceError) || error.kind !== "unknown") throw error;
		const lines: string[] = [];
		const draft = await readReadyMade(name, { time: ports.time, readFile: (path) => readFile(path, "utf8"), lines });
		if (draft !== null) return draft.policy;
		throw new ServiceError(
			"unknown",
			[`${error.message} Publish it first: stipt policy publish FILE`, ...lines].join("\n"),
		);
	}
}

async function planOf(bound: ReturnType<HelpdeskRow["bind"]>, hook: Hook, { time }: Ports): Promise<PlanStep[]> {
	try {
		return (await bound.installer?.plan(hook, time())) ?? [];
	} catch (error) {
		if (!(error instanceof ServiceError) || error.kind !== "denied") throw error;
		const otherwise = "Or connect with --without-webhook: changes are then found by asking once a minute.";
		throw new ServiceError("denied", `${error.message}\n${otherwise}`, { cause: error });
	}
}

async function vocabularyOf(connection: StoredConnection, row: HelpdeskRow, ports: Ports): Promise<Vocabulary | null> {
	return row.bind(connection, ports.callFor(connection)).vocabulary(ports.time());
}

/** The words from a file, as they were kept, or as proposed. `null`: the file has faults, which were said. */
async function mappingOf(
	connection: StoredConnection,
	file: string | null,
	{ words, policy, row }: { words: Vocabulary | null; policy: Policy; row: HelpdeskRow },
	{ err, readFile: read }: Pick<Terminal, "err" | "readFile">,
	ports: Ports,
): Promise<Mapping | null> {
	if (file === null) {
		if (connection.mapping !== null) return connection.mapping;
		return fitted(await row.bind(connection, ports.callFor(connection)).proposeMapping(ports.time()), policy);
	}
	const checked = readMapping(await read(file), words, policy);
	if (checked.mapping === null) err(faultText(checked, file));
	return checked.mapping;
}

function mappingLines({ states, priorities, groups = {} }: Mapping, words: Vocabulary | null): string[] {
	const list = (pairs: [string, string][]) => pairs.map(([label, value]) => `${label} → ${value}`).join(", ");
	const lines: [string, [string, string][]][] = [
		["states", Object.entries(states)],
		["priorities", inUrgency(priorities, words).map(([label, ids]) => [shownAs(label, words), ids.join("/")])],
		[
			"groups",
			Object.entries(groups).map(([label, { service, line }]) => [label, line ? `${service}/${line}` : service]),
		],
	];
	return lines.filter(([, pairs]) => pairs.length > 0).map(([title, pairs]) => `       ${title}: ${list(pairs)}`);
}

function shownAs(label: string, words: Vocabulary | null): string {
	const shown = words?.priorities.find((each) => each.label === label)?.shown ?? label;
	return shown === label ? label : `${label} (${shown})`;
}

/** Asks the person at the terminal. What costs the helpdesk's users something is never done unasked. */
async function agreed(
	plan: PlanStep[],
	{ yes }: Wishes,
	{ confirm, err }: Pick<Terminal, "confirm" | "err">,
): Promise<boolean> {
	const open = plan.filter(({ found }) => found !== "right");
	if (yes || open.length === 0) return true;
	const answer = await confirm("Do this?");
	if (answer !== null) return answer;
	const costly = open.filter(({ cost }) => cost !== null);
	if (costly.length === 0) return true;
	err(`Expected --yes for what costs the helpdesk's users something: ${costly.map(({ what }) => what).join(", ")}.`);
	return false;
}
