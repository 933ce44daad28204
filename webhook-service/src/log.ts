import { pino } from "pino";

/**
 * One line of JSON per event. `error`: a person must act now; `warn`: degraded, mends itself;
 * `info`: one line per delivery, decision and action. Never a secret, a token or a message's text.
 */
export type Log = {
	info(fields: Record<string, unknown>, message: string): void;
	warn(fields: Record<string, unknown>, message: string): void;
	error(fields: Record<string, unknown>, message: string): void;
};

const secretNames = ["secret", "token", "password", "apiKey", "key", "authorization", "hookSecrets", "settings"];

export type LogLevel = "silent" | "error" | "warn" | "info";

/** Writes to standard output, or to `destination`. */
export function createLog(level: LogLevel, destination?: { write(line: string): void }): Log {
	const options = {
		level,
		base: null,
		timestamp: pino.stdTimeFunctions.isoTime,
		formatters: { level: (label: string) => ({ level: label }) },
		redact: { paths: secretNames, censor: "[secret]" },
	};
	return destination === undefined ? pino(options) : pino(options, destination);
}

/** What a log line may say of a failure: its kind and message, and where a bug is. */
export function failure(error: unknown): Record<string, unknown> {
	if (!(error instanceof Error)) return { failure: String(error) };
	const kind = "kind" in error ? { kind: error.kind } : { stack: error.stack };
	return { failure: error.message, ...kind };
}
