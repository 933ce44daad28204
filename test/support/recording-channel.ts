import { z } from "zod";
import { channelRow } from "../../webhook-service/src/adapters/bind.ts";
import type { Notice } from "../../webhook-service/src/adapters/channels/channel.ts";
import type { ServiceError } from "../../webhook-service/src/errors.ts";

/** A channel that keeps what it is asked to send, and fails when asked to. */
export function recordingChannel() {
	const sent: Notice[] = [];
	let failing: ServiceError | null = null;
	let after: (() => void) | null = null;
	const row = channelRow({
		id: "email",
		name: "Recording channel",
		docs: "",
		settings: z.object({}),
		secrets: [],
		async send(notice) {
			if (failing !== null) throw failing;
			sent.push(notice);
			after?.();
			return { id: notice.key, detail: "kept" };
		},
	});
	return {
		row,
		sent,
		fail(error: ServiceError | null) {
			failing = error;
		},
		/** Called right after something was sent, before anybody hears of it. */
		onSent(call: (() => void) | null) {
			after = call;
		},
	};
}
