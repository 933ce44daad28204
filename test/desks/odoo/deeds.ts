import { escapeHtml } from "../escape-html.ts";
import type { Core } from "./environment.ts";
import { postMessage, subtypes } from "./messages.ts";
import { call, inTransaction } from "./rpc.ts";
import { cut } from "./stamp.ts";
import type { Row } from "./state.ts";
import { createTickets } from "./tickets.ts";

/** What people do at the desk, as if they had clicked or mailed: now, or at an instant before, in milliseconds. */
export type Act = {
	/** A person opens a ticket: agents as in the form, customers as in the portal. Answers its id. */
	create(login: string, values: Record<string, unknown>, at?: number): Promise<number>;
	/** A mail that makes a ticket, from a customer or anybody. Answers the ticket's id. */
	mail(mail: { from: string; name?: string; subject: string; body: string }, at?: number): Promise<number>;
	/** A mail in answer to a ticket. */
	mailReply(ticket: number, mail: { from: string; body: string }, at?: number): Promise<void>;
	/** A message that the customer gets. */
	reply(login: string, ticket: number, text: string, at?: number): Promise<void>;
	note(login: string, ticket: number, text: string, at?: number): Promise<void>;
	/** `stage`: its name in English. */
	stage(login: string, ticket: number, stage: string, at?: number): Promise<void>;
	/** Chooses stars: "0" to "3". */
	priority(login: string, ticket: number, priority: string, at?: number): Promise<void>;
	assign(login: string, ticket: number, to: string | null, at?: number): Promise<void>;
	write(login: string, tickets: number[], values: Record<string, unknown>, at?: number): Promise<void>;
	/** As an administrator: nobody else may. */
	remove(ticket: number): Promise<void>;
};

const model = "helpdesk.ticket";
const robot = 1;

export function createDeeds(core: Core): Act {
	const rows = (name: string): Row[] => core.state.tables[name] ?? [];
	const userOf = (login: string): Row => {
		const found = rows("res.users").find((row) => row.login === login);
		if (found === undefined) throw new Error(`Expected a login of the practice desk, found ${login}.`);
		return found;
	};
	const asking = (uid: number, at: number | undefined) => ({ uid, ...(at === undefined ? {} : { at }) });
	const as = (login: string, method: string, args: unknown[], at: number | undefined, named = {}) =>
		call(core, asking(userOf(login).id, at), model, method, args, named);
	const write = async (login: string, tickets: number[], values: Record<string, unknown>, at?: number) => {
		await as(login, "write", [tickets, values], at);
	};
	const post = async (login: string, ticket: number, text: string, subtype: string, at?: number) => {
		await as(login, "message_post", [[ticket]], at, { body: text, message_type: "comment", subtype_xmlid: subtype });
	};
	const sender = (from: string) => rows("res.partner").find((row) => row.email === from);
	const html = (text: string) => `<p>${escapeHtml(text)}</p>`;

	return {
		async create(login, values, at) {
			const { id, share, partner_id = false } = userOf(login);
			const first = rows("helpdesk.ticket.stage")[0]?.id;
			const partner = rows("res.partner").find((row) => row.id === partner_id);
			const contact = { partner_id, partner_name: partner?.name, partner_email: partner?.email };
			const given = share === true ? { ...contact, stage_id: first, ...values } : values;
			return inTransaction(core, { ...asking(id, at), sudo: share === true }, async (env) => {
				const [made = 0] = await createTickets(env, [given]);
				return made;
			});
		},
		async mail({ from, name, subject, body }, at) {
			const partner = sender(from);
			const user = rows("res.users").find((row) => partner !== undefined && row.partner_id === partner.id);
			const address = name === undefined ? from : `"${name}" <${from}>`;
			const given = {
				...{ name: subject, description: html(body), partner_id: partner?.id ?? false },
				...{ partner_name: partner?.name ?? name ?? from, partner_email: partner?.email ?? address },
			};
			return inTransaction(core, { ...asking(user?.id ?? robot, at), sudo: true }, async (env) => {
				const [ticket = 0] = await createTickets(env, [given], { byMail: true });
				await postMessage(env, ticket, {
					...{ body: html(body), body_is_html: true, message_type: "email", subtype_id: subtypes.created, subject },
					...{ author_id: partner?.id ?? false, email_from: address, date: cut(env.at) },
				});
				return ticket;
			});
		},
		async mailReply(ticket, { from, body }, at) {
			const partner = sender(from);
			await inTransaction(core, { ...asking(robot, at), sudo: true }, (env) =>
				postMessage(env, ticket, {
					...{ body: html(body), body_is_html: true, message_type: "email", subtype_id: subtypes.comment },
					...{ author_id: partner?.id ?? false, email_from: from, date: cut(env.at) },
				}),
			);
		},
		reply: (login, ticket, text, at) => post(login, ticket, text, "mail.mt_comment", at),
		note: (login, ticket, text, at) => post(login, ticket, text, "mail.mt_note", at),
		async stage(login, ticket, stage, at) {
			const found = rows("helpdesk.ticket.stage").find((row) => row.name === stage);
			if (found === undefined) throw new Error(`Expected a stage of the practice desk, found ${stage}.`);
			await write(login, [ticket], { stage_id: found.id }, at);
		},
		priority: (login, ticket, priority, at) => write(login, [ticket], { priority }, at),
		assign: (login, ticket, to, at) => write(login, [ticket], { user_id: to === null ? false : userOf(to).id }, at),
		write,
		async remove(ticket) {
			await call(core, { uid: 2 }, model, "unlink", [[ticket]]);
		},
	};
}
