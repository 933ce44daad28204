import type { TimeOfDay } from "../clock.ts";
import type { Wiring } from "../wiring.ts";

/** What a command may use of the outside: where it writes, and the service behind it when it asks. */
export type Terminal = {
	/** Standard output: the answer and nothing else. */
	out(line: string): void;
	/** Standard error: what went wrong, what is going on. */
	err(line: string): void;
	/** Connects to the store. Throws `ConfigError`. */
	service(): Promise<Wiring>;
	readFile(path: string): Promise<string>;
	/** The lines of a file one after another, however large it is. */
	readLines(path: string): AsyncIterable<string>;
	/** Asks the person at the terminal yes or no; `null` when nobody is there. */
	confirm(question: string): Promise<boolean | null>;
	writeFile(path: string, text: string): Promise<void>;
	time: TimeOfDay;
};

/** 0 yes, 1 no. Wrong use is thrown as `UsageError` and exits with 2, which `doctor` says of what is broken. */
export type ExitCode = 0 | 1 | 2;

export type Command = {
	/** The words that call it: `policy check`. */
	name: string;
	/** After the name: `FILE [--json]`. */
	usage: string;
	/** One line. */
	summary: string;
	/** What the options mean, a line each. */
	options?: Record<string, string>;
	run(args: string[], terminal: Terminal): Promise<ExitCode>;
};

/** A command was called in a way that it does not have. */
export class UsageError extends Error {
	override readonly name = "UsageError";
}
