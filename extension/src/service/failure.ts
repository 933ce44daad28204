/** Why something could not be shown or done. The words of a kind are `failure.<kind>`. */
export type FailureKind =
	| "unreachable"
	| "token-refused"
	| "forbidden"
	| "unknown"
	| "conflict"
	| "rejected"
	| "busy"
	| "unexpected"
	| "not-set-up"
	| "not-connected"
	| "outdated"
	| "bad-pairing-link"
	| "pairing-used";

export type Failure = {
	kind: FailureKind;
	/** What the service said, for a person; text, never markup. */
	detail: string | null;
	/** Milliseconds that the service asked us to wait. */
	waitMs: number | null;
};

export function failure(kind: FailureKind, detail: string | null = null, waitMs: number | null = null): Failure {
	return { kind, detail, waitMs };
}

const kinds: Readonly<Record<number, FailureKind>> = {
	400: "rejected",
	401: "token-refused",
	403: "forbidden",
	404: "unknown",
	409: "conflict",
	412: "conflict",
	422: "rejected",
	429: "busy",
	502: "unreachable",
	503: "busy",
	504: "unreachable",
};

/** What an HTTP status means to the person. `problem` is the body, of which only a problem document's detail is used. */
export function failureOf(status: number, problem: unknown, retryAfter: string | null): Failure {
	const seconds = Number(retryAfter ?? Number.NaN);
	return failure(
		kinds[status] ?? "unexpected",
		detailOf(problem),
		Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null,
	);
}

function detailOf(problem: unknown): string | null {
	if (typeof problem !== "object" || problem === null) return null;
	const { detail, title } = problem as { detail?: unknown; title?: unknown };
	const text = typeof detail === "string" && detail !== "" ? detail : title;
	return typeof text === "string" ? text.slice(0, 300) : null;
}
