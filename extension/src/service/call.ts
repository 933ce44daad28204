import type { Duration } from "@stipt/shared/calendar/calendar";
import { type Failure, failure, failureOf } from "./failure.ts";

export type Request = {
	method: "GET" | "POST" | "PUT" | "DELETE";
	url: string;
	token?: string;
	body?: unknown;
	/** Sends the cookies of that address: for asking a helpdesk as the agent who is signed in there. */
	asAgent?: boolean;
	/** The answer is text, not JSON. */
	asText?: boolean;
	timeout: Duration;
};

export type Outcome = { ok: true; body: unknown } | { ok: false; failure: Failure };

/** The extension's only network call: JSON in, JSON or text out, bounded in time, never a redirect to somewhere else. */
export async function call({
	method,
	url,
	token,
	body,
	asAgent = false,
	asText = false,
	timeout,
}: Request): Promise<Outcome> {
	const headers: Record<string, string> = { Accept: asText ? "text/plain" : "application/json" };
	if (token !== undefined) headers["Authorization"] = `Bearer ${token}`;
	if (body !== undefined) headers["Content-Type"] = "application/json";
	try {
		const response = await fetch(url, {
			method,
			headers,
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
			credentials: asAgent ? "include" : "omit",
			// The service says itself that nothing is to be kept; without our saying so too, the browser does not ask anew
			// before each request whether it may be sent.
			cache: asAgent ? "no-store" : "default",
			redirect: "error",
			referrerPolicy: "no-referrer",
			signal: AbortSignal.timeout(timeout),
		});
		const answer = asText && response.ok ? await response.text() : await readJson(response);
		if (!response.ok) {
			return { ok: false, failure: failureOf(response.status, answer, response.headers.get("Retry-After")) };
		}
		return answer === undefined ? { ok: false, failure: failure("unexpected") } : { ok: true, body: answer };
	} catch {
		// Refused, timed out, redirected, not readable: the person can only be told that it cannot be reached.
		return { ok: false, failure: failure("unreachable") };
	}
}

async function readJson(response: Response): Promise<unknown> {
	try {
		return await response.json();
	} catch {
		return undefined;
	}
}
