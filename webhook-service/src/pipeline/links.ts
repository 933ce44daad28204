import type { Instant } from "@stipt/shared/calendar/calendar";
import { isSame, signLink } from "../verify.ts";
import type { Ports } from "./ports.ts";

const goodForMs = 7 * 24 * 3600 * 1000;

/** The address at which one alert is acknowledged, signed and good for a week. */
export function acknowledgeLink(alert: string, now: Instant, { publicUrl, secret }: Ports): string {
	const expires = now + goodForMs;
	return `${publicUrl}/alerts/${alert}?expires=${expires}&signature=${signLink(secret, `acknowledge ${alert}`, expires)}`;
}

/** Whether a link was made by us for this alert, and whether it is still good. */
export function checkAcknowledgeLink(
	link: { alert: string; expires: string; signature: string },
	{ secret, time }: Pick<Ports, "secret" | "time">,
): "good" | "expired" | "invalid" {
	const expires = Number(link.expires);
	if (!Number.isSafeInteger(expires)) return "invalid";
	if (!isSame(link.signature, signLink(secret, `acknowledge ${link.alert}`, expires))) return "invalid";
	return time() <= expires ? "good" : "expired";
}
