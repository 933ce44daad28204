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
	time: TimeOfDay;
};

/** 0 yes, 1 no. Wrong use is thrown as `UsageError` and exits with 2. */
export type ExitCode = 0 | 1;

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
