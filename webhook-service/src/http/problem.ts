import type { Problem } from "@stipt/shared/wire/api";
import type { ErrorRequestHandler } from "express";
import { errorKinds, ServiceError } from "../errors.ts";
import { failure, type Log } from "../log.ts";

const titles: Record<ServiceError["kind"], string> = {
	rejected: "Not verified",
	forbidden: "Not allowed",
	unreadable: "Not readable",
	unknown: "Not found",
	conflict: "Changed meanwhile",
	unreachable: "No answer from another system",
	busy: "Try again later",
	refused: "Refused by another system",
	denied: "Another system does not let us",
	misconfigured: "Wrong set-up",
};

/** Answers every error as an RFC 9457 problem document. What nobody expected is a bug: logged, and 500. */
export function answerProblems(log: Log): ErrorRequestHandler {
	return (error: unknown, request, response, next) => {
		if (response.headersSent) {
			next(error);
			return;
		}
		const problem = problemOf(error);
		if (problem.status === 500) log.error({ path: request.path, ...failure(error) }, "bug");
		if (error instanceof ServiceError && error.kind === "busy") {
			response.set("Retry-After", String(Math.ceil((error.retryAfterMs ?? 5000) / 1000)));
		}
		response.status(problem.status).type("application/problem+json").send(JSON.stringify(problem));
	};
}

function problemOf(error: unknown): Problem {
	if (error instanceof ServiceError) {
		return {
			type: `about:blank#${error.kind}`,
			title: titles[error.kind],
			status: errorKinds[error.kind].status,
			detail: error.message,
			...(error.problems === undefined ? {} : { problems: error.problems }),
		};
	}
	if (isTooLarge(error)) {
		const detail = `Expected at most ${error.limit} bytes, found more.`;
		return { type: "about:blank#too-large", title: "Too large", status: 413, detail };
	}
	if (isBadRequest(error)) {
		const detail = "Expected a complete request with a body as announced.";
		return { type: "about:blank#unreadable", title: "Not readable", status: error.status, detail };
	}
	const detail = "A fault of Stipt's own. It was logged.";
	return { type: "about:blank#bug", title: "Fault", status: 500, detail };
}

function isTooLarge(error: unknown): error is { limit: number } {
	return typeof error === "object" && error !== null && "type" in error && error.type === "entity.too.large";
}

/** What the body reader refuses: an aborted request, an unsupported encoding, a wrong length. */
function isBadRequest(error: unknown): error is { status: number } {
	if (typeof error !== "object" || error === null || !("status" in error)) return false;
	return typeof error.status === "number" && error.status >= 400 && error.status < 500;
}
