import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseHolidaySets } from "@stipt/shared/policy/holiday-sets";
import { checkPolicy } from "@stipt/shared/policy/parse-policy";
import type { Policy } from "@stipt/shared/policy/policy";
import { formatProblems, InvalidPolicy } from "@stipt/shared/policy/policy-problem";
import { ServiceError } from "../errors.ts";
import { sha256 } from "../verify.ts";
import type { Wiring } from "../wiring.ts";
import { type Command, type Terminal, UsageError } from "./command.ts";
import { typed } from "./options.ts";

/** Where the ready-made policies lie beside the built service. */
const readyMade = join(dirname(fileURLToPath(import.meta.url)), "policies");

export const policyCheck: Command = {
	name: "policy check",
	usage: "FILE… [--holidays FOLDER]",
	summary: "lists every fault of a policy file with line, path, expected and found",
	options: { "--holidays FOLDER": "holiday sets beside the ready-made ones" },
	async run(args, terminal) {
		const { words, text } = typed(args, { texts: ["holidays"] });
		if (words.length === 0) throw new UsageError("Expected at least one file.");
		let isRight = true;
		for (const file of words) isRight = (await checked(file, text("holidays"), terminal)) !== null && isRight;
		return isRight ? 0 : 1;
	},
};

export const policyPublish: Command = {
	name: "policy publish",
	usage: "FILE [--holidays FOLDER] [--why TEXT] [--by NAME]",
	summary: "makes a checked policy the one that new tickets get; running deadlines stay as they are",
	options: {
		"--holidays FOLDER": "holiday sets beside the ready-made ones",
		"--why TEXT": "kept with the version",
		"--by NAME": "kept with the version (default: command line)",
	},
	async run(args, terminal) {
		const { words, text } = typed(args, { texts: ["holidays", "why", "by"] });
		const [file, ...rest] = words;
		if (file === undefined || rest.length > 0) throw new UsageError("Expected one file.");
		const found = await checked(file, text("holidays"), terminal);
		if (found === null) return 1;
		const { ports, close } = await terminal.service();
		try {
			await publish(found, { by: text("by") ?? "command line", why: text("why") ?? "" }, ports);
			const { name, version } = found.policy;
			terminal.out(`published ${name}, version ${version}: new tickets run on it, running deadlines stay as they are`);
			return 0;
		} finally {
			await close();
		}
	},
};

async function checked(
	file: string,
	folder: string | undefined,
	{ out, err, readFile, time }: Pick<Terminal, "out" | "err" | "readFile" | "time">,
): Promise<Checked | null> {
	const holidays = await holidayFiles(
		[join(readyMade, "holidays"), ...(folder === undefined ? [] : [folder])],
		readFile,
	);
	const source = await readFile(file);
	const version = sha256(JSON.stringify([source, holidays.map(({ text }) => text)])).slice(0, 12);
	try {
		const year = new Date(time()).getUTCFullYear();
		const { policy, notes } = checkPolicy(source, { version, holidaySets: parseHolidaySets(holidays), year });
		for (const note of notes) err(`${file}:${note.line}:${note.column}  note: ${note.text}`);
		out(`${file}: ${policy.name}, version ${version}, no faults`);
		return { policy, source, holidays };
	} catch (error) {
		if (!(error instanceof InvalidPolicy)) throw error;
		err(formatProblems(error.problems, file));
		return null;
	}
}

/** Publishes a ready-made policy when none of that name is published yet. Answers what it did, a line each. */
export async function publishReadyMade(
	name: string,
	ports: Wiring["ports"],
	files: Pick<Terminal, "readFile">,
): Promise<string[]> {
	if ((await ports.store.readPolicy({ name })) !== null) return [];
	const file = join(readyMade, `${name}.yaml`);
	const lines: string[] = [];
	const terminal = { ...files, time: ports.time, out: () => {}, err: (line: string) => lines.push(line) };
	const found = existsSync(file) ? await checked(file, undefined, terminal) : null;
	if (found === null) {
		const why = [`Expected a published policy, found none named "${name}".`, ...lines].join("\n");
		throw new ServiceError("unknown", `${why} Publish it first: stipt policy publish FILE`);
	}
	await publish(found, { by: "command line", why: "ready-made" }, ports);
	return [`published the ready-made policy ${name}, version ${found.policy.version}`];
}

type Checked = { policy: Policy; source: string; holidays: { file: string; text: string }[] };

async function publish(
	{ policy, source, holidays }: Checked,
	{ by, why }: { by: string; why: string },
	ports: Wiring["ports"],
) {
	const at = ports.time();
	const { name, version } = policy;
	await ports.store.savePolicy({ name, version, text: source, holidays, publishedAt: at, by, why });
	await ports.store.audit({ at, by, what: `published policy ${name}, version ${version}`, detail: why });
}

async function holidayFiles(folders: string[], readFile: Terminal["readFile"]) {
	const files: { file: string; text: string }[] = [];
	for (const folder of folders) {
		const names = (await readdir(folder)).filter((name) => name.endsWith(".yaml")).sort();
		for (const name of names) files.push({ file: name, text: await readFile(join(folder, name)) });
	}
	return files;
}
