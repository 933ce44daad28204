import type { Scheme } from "../adapters/helpdesks/helpdesk.ts";
import { ServiceError } from "../errors.ts";
import { hmacHex, isSame } from "../verify.ts";

export type UnverifiedDelivery = {
	scheme: Scheme;
	/** Secrets of the connection, the newest first: several while one is being replaced. */
	secrets: readonly string[];
	/** Names in lower case. */
	headers: Record<string, string>;
	body: Uint8Array;
	/** The secret that stood in the address, if any. */
	addressSecret: string | undefined;
};

/**
 * Passes for a delivery that knows one of the connection's secrets. Throws the same
 * `ServiceError("rejected")` for every reason, so that a sender learns nothing from it.
 */
export function verify({ scheme, secrets, headers, body, addressSecret }: UnverifiedDelivery): void {
	const found = scheme.kind === "hmac" ? (headers[scheme.header] ?? "") : (addressSecret ?? "");
	let known = false;
	for (const secret of secrets) {
		if (secret === "") continue;
		const expected = scheme.kind === "hmac" ? scheme.prefix + hmacHex(scheme.hash, secret, body) : secret;
		known = isSame(found, expected) || known;
	}
	if (!known) {
		throw new ServiceError("rejected", "Expected a delivery signed with the secret of this connection.");
	}
}
