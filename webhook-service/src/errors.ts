/**
 * What went wrong, in one word, and what it means for a request and for a job:
 * `rejected` the sender could not be verified; `unreadable` the input makes no sense; `unknown` no such thing;
 * `conflict` somebody else changed it; `unreachable` no answer; `busy` asked to come back later;
 * `refused` the other side says no for good; `denied` it does not let us; `misconfigured` the installation is at fault.
 */
export const errorKinds = {
	rejected: { status: 401, retry: false },
	forbidden: { status: 403, retry: false },
	unreadable: { status: 422, retry: false },
	unknown: { status: 404, retry: false },
	conflict: { status: 409, retry: true },
	unreachable: { status: 502, retry: true },
	busy: { status: 503, retry: true },
	refused: { status: 502, retry: false },
	denied: { status: 502, retry: false },
	misconfigured: { status: 500, retry: false },
} as const satisfies Record<string, { status: number; retry: boolean }>;

export type ErrorKind = keyof typeof errorKinds;

/** A fault of an input: where it is, what was expected there, what was found. */
export type InputProblem = { path: string; expected: string; found: string };

/** Every expected failure of the service. Anything else that is thrown is a bug. */
export class ServiceError extends Error {
	override readonly name = "ServiceError";
	readonly kind: ErrorKind;
	/** For `busy`: milliseconds after which to try again, as the other side said. */
	readonly retryAfterMs: number | undefined;
	readonly problems: InputProblem[] | undefined;

	constructor(
		kind: ErrorKind,
		message: string,
		details: { cause?: unknown; retryAfterMs?: number | undefined; problems?: InputProblem[] } = {},
	) {
		super(message, details.cause === undefined ? undefined : { cause: details.cause });
		this.kind = kind;
		this.retryAfterMs = details.retryAfterMs;
		this.problems = details.problems;
	}

	/** Whether trying the same again later can succeed. */
	get retry(): boolean {
		return errorKinds[this.kind].retry;
	}
}
