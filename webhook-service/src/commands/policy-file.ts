import { existsSync } from "node:fs";
import { join } from "node:path";
import { formatProblems, InvalidPolicy } from "@stipt/shared/policy/policy-problem";
import { formatExamples } from "@stipt/shared/policy/run-examples";
import { ServiceError } from "../errors.ts";
import { type Draft, readDraft } from "../pipeline/policy-draft.ts";
import { holidayDocuments, readyMadeFolder } from "../pipeline/policy-ready-made.ts";
import type { Ports } from "../pipeline/ports.ts";
import type { StoredPolicy } from "../store/store.ts";
import type { Terminal } from "./command.ts";

type Reading = Pick<Terminal, "out" | "err" | "readFile" | "time">;

/** Says about a file all that is to say; `null` when it has faults. An example that fails is no fault of the reading. */
export async function readPolicyFile(
	file: string,
	folder: string | undefined,
	terminal: Reading,
): Promise<Draft | null> {
	const { out, err, readFile, time } = terminal;
	try {
		const draft = readDraft(await readFile(file), await holidayDocuments(folder), time());
		for (const note of draft.notes) err(`${file}:${note.line}:${note.column}  note: ${note.text}`);
		out(`${file}: ${draft.policy.name}, version ${draft.policy.version}, no faults`);
		const areRight = draft.examples.every(({ differences }) => differences.length === 0);
		(areRight ? out : err)(formatExamples(draft.examples, file));
		return draft;
	} catch (error) {
		if (!(error instanceof InvalidPolicy)) throw error;
		err(formatProblems(error.problems, file));
		return null;
	}
}

/** The document of a ready-made policy; `null` when there is none of that name. What it says goes to `lines`. */
export async function readReadyMade(
	name: string,
	{ time, readFile, lines }: Pick<Terminal, "time" | "readFile"> & { lines: string[] },
): Promise<Draft | null> {
	const file = join(readyMadeFolder, `${name}.yaml`);
	const terminal = { readFile, time, out: () => {}, err: (line: string) => lines.push(line) };
	return existsSync(file) ? readPolicyFile(file, undefined, terminal) : null;
}

/**
 * What a word on the command line stands for: a file, the version of a published policy by its hash (or enough of it),
 * or the name of one: then its last version. `null` when it is a file with faults. Throws `unknown`.
 */
export async function policyNamed(
	word: string,
	folder: string | undefined,
	terminal: Terminal,
	service: () => Promise<Ports>,
): Promise<Draft | null> {
	if (word === "-" || /[./]/.test(word) || existsSync(word)) return readPolicyFile(word, folder, terminal);
	const { store } = await service();
	const stored = (await store.readPolicy({ name: word })) ?? (await versionLike(word, store));
	if (stored === null) {
		throw new ServiceError(
			"unknown",
			`Expected a file, or the name or version of a published policy, found "${word}".`,
		);
	}
	return draftOf(stored, terminal.time());
}

/** A published version as a draft again. */
export function draftOf(stored: StoredPolicy, now: number): Draft {
	const draft = readDraft(stored.text, stored.holidays, now);
	const { version } = stored;
	return { ...draft, policy: { ...draft.policy, version }, stored };
}

async function versionLike(word: string, store: Ports["store"]): Promise<StoredPolicy | null> {
	if (!/^[0-9a-f]{4,12}$/.test(word)) return null;
	const like = (await store.policies()).filter(({ version }) => version.startsWith(word));
	if (like.length > 1) {
		const found = like.map(({ name, version }) => `${name} ${version}`).join(", ");
		throw new ServiceError("unknown", `Expected enough of a version to know which, found ${found}.`);
	}
	return like[0] ?? null;
}
