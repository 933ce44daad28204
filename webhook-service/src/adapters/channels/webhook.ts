import { Webhook } from "standardwebhooks";
import { z } from "zod";
import { ServiceError } from "../../errors.ts";
import { goalLine } from "../../words/goal-line.ts";
import { oneLine } from "../../words/one-line.ts";
import type { Channel, Notice } from "./channel.ts";

const settings = z.strictObject({
	url: z.url({ protocol: /^https?$/, error: "an address that starts with https:// or http://" }),
	/** As Standard Webhooks writes it: `whsec_` and the base64 of 24 to 64 random bytes. */
	secret: z.string("a secret").refine(isSigningSecret, "whsec_ followed by the base64 of 24 to 64 random bytes"),
});
export type WebhookSettings = z.infer<typeof settings>;

/** Alerts as signed HTTP requests, as standardwebhooks.com describes them. */
export const webhook: Channel<WebhookSettings> = {
	id: "webhook",
	name: "Signed webhook (Standard Webhooks)",
	docs: "https://www.standardwebhooks.com/",
	settings,
	// The address too: automation platforms put a key in it.
	secrets: ["secret", "url"],
	async send(notice, { settings: { url, secret }, call }) {
		const body = JSON.stringify(alertBody(notice));
		const at = new Date(notice.now);
		const where = `Webhook ${new URL(url).host}`;
		try {
			const answer = await call({
				method: "POST",
				url,
				headers: {
					"content-type": "application/json",
					"webhook-id": notice.key,
					"webhook-timestamp": String(Math.floor(notice.now / 1000)),
					"webhook-signature": new Webhook(secret).sign(notice.key, at, body),
				},
				body,
			});
			return { id: notice.key, detail: `${where}: answered ${answer.status}` };
		} catch (cause) {
			throw withoutPath(cause, { url, where });
		}
	},
};

/** What a receiver gets. Documented in this folder's README; fields are only ever added. */
function alertBody(notice: Notice) {
	const { language, ticket, priority, deadline } = notice;
	return {
		type: `alert.${notice.kind}`,
		timestamp: new Date(notice.now).toISOString(),
		data: {
			alert: notice.alert,
			kind: notice.kind,
			text: goalLine(language, notice.goal, notice.remainingMs),
			language,
			role: notice.role[language],
			ticket: {
				connection: ticket.connection,
				ticket: ticket.ticket,
				number: ticket.number,
				title: oneLine(ticket.title, 500),
				url: ticket.url,
			},
			priority: { id: priority.id, name: priority.name[language] },
			service: notice.service[language],
			goal: notice.goal,
			deadline: deadline === null ? null : new Date(deadline).toISOString(),
			remainingMs: notice.remainingMs,
			step: notice.rung.step,
			of: notice.rung.of,
			occurrence: notice.occurrence,
			possiblyRepeated: notice.possiblyRepeated,
			acknowledgeUrl: notice.acknowledgeUrl,
			...(notice.request === undefined ? {} : { request: notice.request }),
		},
	};
}

/** The same failure, told without the path of the address. */
function withoutPath(cause: unknown, { url, where }: { url: string; where: string }): unknown {
	if (!(cause instanceof ServiceError)) return cause;
	const { origin, pathname } = new URL(url);
	return new ServiceError(cause.kind, cause.message.replaceAll(`POST ${origin}${pathname}`, where), {
		retryAfterMs: cause.retryAfterMs,
		cause: cause.cause,
	});
}

function isSigningSecret(secret: string): boolean {
	if (!secret.startsWith("whsec_")) return false;
	const encoded = secret.slice("whsec_".length);
	const bytes = Buffer.from(encoded, "base64");
	return bytes.length >= 24 && bytes.length <= 64 && bytes.toString("base64") === encoded;
}
