import type { Actor, Channel } from "@stipt/shared/sla/fact";
import { messageId } from "./facts-from-tracking.ts";
import type { OdooReading, UnseenFact } from "./reading.ts";
import type { MessageRow, SubtypeRow } from "./rows.ts";

const channels: Record<string, Channel> = {
	web: "portal",
	website: "portal",
	portal: "portal",
	email: "email",
	"e-mail": "email",
	phone: "phone",
	chat: "chat",
	"live chat": "chat",
};

/** How a ticket came in and from whom. The mail that made it is its first message; a form or a colleague leaves none. */
export function openingOf({ ticket, messages, subtypes, people }: OdooReading): { channel: Channel; by: Actor } {
	const mail = messages.find((message) => message.message_type === "email" && announces(subtypeOf(message, subtypes)));
	if (mail !== undefined) return { channel: "email", by: people.ofContact(mail.author_id) };
	const by = people.ofUser(ticket.create_uid?.id ?? null);
	const named = ticket.channel_id === null ? undefined : channels[ticket.channel_id.name.toLowerCase()];
	return { channel: named ?? (by.kind === "customer" ? "portal" : "other"), by };
}

/** Messages and notes that people wrote, and the mails that Odoo wrote by itself. Our own notes are left out. */
export function repliesFrom({ messages, subtypes, people }: OdooReading): UnseenFact[] {
	return messages.flatMap((message): UnseenFact[] => {
		const fact = { id: messageId(message), at: message.create_date, kind: "replied" as const };
		if (["email_outgoing", "auto_comment"].includes(message.message_type)) {
			return [{ ...fact, by: { kind: "system" }, channel: "email", public: true, automatic: true }];
		}
		if (!["comment", "email"].includes(message.message_type)) return [];
		const subtype = subtypeOf(message, subtypes);
		if (announces(subtype)) return [];
		const by = people.ofContact(message.author_id);
		const isPublic = subtype !== undefined && !subtype.internal && !message.is_internal;
		if (by.kind === "us" && !isPublic) return [];
		const channel = message.message_type === "email" ? "email" : isPublic ? "portal" : "other";
		return [{ ...fact, by, channel, public: isPublic, automatic: by.kind === "system" }];
	});
}

function subtypeOf({ subtype_id }: MessageRow, subtypes: SubtypeRow[]): SubtypeRow | undefined {
	return subtypes.find(({ id }) => id === subtype_id);
}

/** "Ticket created" and its like. */
function announces(subtype: SubtypeRow | undefined): boolean {
	return subtype !== undefined && subtype.res_model !== null;
}
