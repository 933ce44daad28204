/** Body of `POST /api/v1/pair`, which needs no token: the secret of a pairing link. */
export type PairingRequest = { secret: string };

/** Its answer: a personal token, shown this once. */
export type Paired = { token: string };

/** The link that sets up one person's extension. The secret stands behind the `#`, which browsers send to nobody. */
export function pairingLink(serviceUrl: string, secret: string): string {
	return `${serviceUrl}/pair#${secret}`;
}

/** The service's address and the secret in a pairing link, as pasted; `null` when it is none. */
export function parsePairingLink(text: string): { address: string; secret: string } | null {
	const found = /^(https?:\/\/[^\s?#@]+)\/pair#([\w-]{16,128})$/.exec(text.trim());
	const [, address, secret] = found ?? [];
	return address === undefined || secret === undefined ? null : { address, secret };
}
