import { type ErrorKind, ServiceError } from "../../errors.ts";

/**
 * What an SMTP failure means. A 4xx answer asks to come back (`busy`); no connection, no answer in time and
 * trouble with names are `unreachable`; a refused log-in is `denied`; missing TLS is `misconfigured`; any
 * other answer is `refused` for good. The server's own sentence is left out: it can hold addresses.
 * What is no SMTP failure is a bug and comes back as it is.
 */
export function smtpFailure(where: string, cause: unknown): unknown {
	const { code, originalCode, responseCode, response } = detailsOf(cause);
	if (code === undefined) return cause;
	const kind = kindOf(code, responseCode);
	const enhanced = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(response)?.[0];
	const answer = (responseCode === undefined ? [code, originalCode] : [responseCode, enhanced])
		.filter(Boolean)
		.join(" ");
	return new ServiceError(kind, `${where}: ${meanings[kind]} (${answer})`, { cause: new Error(`${code} ${answer}`) });
}

const meanings: Partial<Record<ErrorKind, string>> = {
	busy: "asked to try again later",
	unreachable: "no safe connection or no answer in time",
	denied: "did not accept the user name and password",
	misconfigured: "does not offer the encryption that is required",
	refused: "refused the message or its receivers",
};

function kindOf(code: string, responseCode: number | undefined): keyof typeof meanings & ErrorKind {
	if (code === "ETLS" || code === "EREQUIRETLS") return "misconfigured";
	if (responseCode !== undefined && responseCode >= 400 && responseCode < 500) return "busy";
	if (code === "EAUTH" || code === "ENOAUTH" || responseCode === 530) return "denied";
	if (responseCode !== undefined && responseCode >= 500) return "refused";
	return code === "EENVELOPE" || code === "EMESSAGE" ? "refused" : "unreachable";
}

type Details = {
	code: string | undefined;
	/** Of the connection itself, e.g. ECONNREFUSED or DEPTH_ZERO_SELF_SIGNED_CERT. */
	originalCode: string | undefined;
	responseCode: number | undefined;
	response: string;
};

function detailsOf(cause: unknown): Details {
	const { code, originalCode, responseCode, response }: { [Name in keyof Details]?: unknown } =
		typeof cause === "object" && cause !== null ? cause : {};
	const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);
	return {
		code: textOf(code),
		originalCode: textOf(originalCode),
		responseCode: typeof responseCode === "number" ? responseCode : undefined,
		response: textOf(response) ?? "",
	};
}
