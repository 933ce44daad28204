import type { Instant } from "@stipt/shared/calendar/calendar";
import type { ServiceError } from "../../errors.ts";
import type { InstallFinding } from "./helpdesk.ts";

/** What a failure to reach a helpdesk says, and what a person does about it. */
const remedies: [RegExp, string][] = [
	[/Allow private addresses/, "Add --allow-private, if a machine of your own network is meant."],
	[/ENOTFOUND|EAI_AGAIN/, "Check the spelling of the address: this machine finds no host of that name."],
	[/ECONNREFUSED/, "Check the port, and whether the helpdesk runs: nothing listens there."],
	[/EHOSTUNREACH|ENETUNREACH/, "Check the network: there is no way from this machine to that one."],
	[/no answer in time/, "Check firewalls between the two: the question was sent, and nothing came back."],
	[/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/, "Renew the helpdesk's certificate (and check both clocks)."],
	[/ALTNAME_INVALID/, "Use the host name that the certificate is for, or get one for this name."],
	[
		/SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_UNTRUSTED/,
		"Its certificate is not signed by an authority that this machine knows: start Stipt with NODE_EXTRA_CA_CERTS=/path/to/authority.pem.",
	],
	[/EPROTO|ERR_SSL|WRONG_VERSION/, "No TLS is spoken there: check the port, or whether http is meant."],
	[
		/ECONNRESET|socket hang up/,
		"The connection was cut: check the port, whether https is meant, and proxies in between.",
	],
	[
		/redirects are not followed/,
		"Enter the address that it sends browsers to (often https instead of http, or another name).",
	],
];

/** What to do about a failed call, in a sentence. */
export function remedy(error: ServiceError, otherwise: string): string {
	return remedies.find(([pattern]) => pattern.test(error.message))?.[1] ?? otherwise;
}

/** Whether what is sent can be read on the way. */
export function encryptionFinding(url: string, secret: string): InstallFinding {
	const encrypted = url.startsWith("https:");
	return {
		what: "Encryption",
		found: encrypted ? "https" : `plain http: the ${secret} travels in clear`,
		todo: encrypted ? null : "Use the https address, unless both run on one machine.",
		ok: true,
	};
}

const worthALineMs = 10_000;
const tooMuchMs = 120_000;

/**
 * How far the helpdesk's clock is from ours, by a time that it told within the call made at `now`. Clocks of tickets
 * start and stop by the helpdesk's time, alarms ring by ours.
 */
export function skewFinding(told: Instant | null, now: Instant): InstallFinding {
	const what = "Clocks";
	if (told === null) return { what, found: "cannot be told: it does not say its time", todo: null, ok: true };
	const skew = told - now;
	const size = Math.abs(skew);
	if (size < worthALineMs) return { what, found: "agree within seconds", todo: null, ok: true };
	const seconds = Math.round(size / 1000);
	return {
		what,
		found: `the helpdesk's is ${seconds} s ${skew > 0 ? "ahead of" : "behind"} ours`,
		todo: "Let both machines follow a time server (NTP): deadlines are as wrong as the clocks are apart.",
		ok: size < tooMuchMs,
	};
}

/** The time in a `Date` header, or none. */
export function dateOf(headers: Record<string, string>): Instant | null {
	const at = Date.parse(headers.date ?? "");
	return Number.isFinite(at) ? at : null;
}
