import { readFile } from "node:fs/promises";
import type { Terminal } from "../../webhook-service/src/commands/command.ts";
import type { Wiring } from "../../webhook-service/src/wiring.ts";

export type Typed = { code: number; out: string; err: string };

/** A terminal that keeps what is written, answers what it is told (nobody sits there by default), and has files. */
export function createTerminal(wiring: Wiring) {
	const files = new Map<string, string>();
	const asked: string[] = [];
	let answer: boolean | null = null;
	return {
		files,
		/** The questions so far. */
		asked,
		answering(next: boolean | null) {
			answer = next;
		},
		/** Runs a command as `stipt` does. Throws what it throws. */
		async run(
			command: { run(args: string[], terminal: Terminal): Promise<number> } | undefined,
			...args: string[]
		): Promise<Typed> {
			if (command === undefined) throw new Error("Expected a command, found none.");
			const out: string[] = [];
			const err: string[] = [];
			const code = await command.run(args, {
				out: (line) => out.push(line),
				err: (line) => err.push(line),
				service: async () => ({ ...wiring, close: async () => {} }),
				readFile: async (path) => files.get(path) ?? readFile(path, "utf8"),
				async *readLines(path) {
					yield* (files.get(path) ?? "").split("\n");
				},
				async confirm(question) {
					asked.push(question);
					return answer;
				},
				async writeFile(path, text) {
					files.set(path, text);
				},
				time: wiring.ports.time,
			});
			return { code, out: out.join("\n"), err: err.join("\n") };
		},
	};
}
