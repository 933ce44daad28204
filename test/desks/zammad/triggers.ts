import { createArticle } from "./articles.ts";
import { ofTicket } from "./of-ticket.ts";
import { meets } from "./selector.ts";
import { row, type TicketRow, type TriggerRow } from "./state.ts";
import type { TicketEvent, Work } from "./work.ts";

function action(trigger: TriggerRow, event: TicketEvent): boolean {
	const test = trigger.condition["ticket.action"];
	if (!test) return true;
	// One text compared as it is: a list is never equal.
	return test.operator === "is not" ? test.value !== event.action : test.value === event.action;
}

/** Whether a change concerns a trigger: on updates a conditioned attribute must have changed, or an article come. */
export function fires(work: Work, trigger: TriggerRow, event: TicketEvent, now: number): boolean {
	if (!trigger.active || !action(trigger, event)) return false;
	const ticket = ofTicket(work.state.tickets, (ticket) => ticket.id, event.ticket)[0];
	if (!ticket) return false;
	const conditioned = Object.keys(trigger.condition)
		.filter((key) => key.startsWith("ticket.") && key !== "ticket.action")
		.map((key) => key.slice("ticket.".length));
	if (event.action !== "create" && event.article === null && conditioned.length > 0) {
		if (!conditioned.some((column) => event.changed.has(column))) return false;
	}
	for (const [key, test] of Object.entries(trigger.condition)) {
		if (test.operator === "has changed" && !event.changed.has(key.replace("ticket.", ""))) return false;
		if (key.startsWith("article.") && event.article === null) return false;
	}
	const article = event.article === null ? null : row(work.state.articles, event.article, "article");
	return meets(work.state, trigger.condition, { ticket, article }, work.by, now);
}

function filled(text: string, ticket: TicketRow): string {
	return text.replaceAll("#{ticket.title}", ticket.title).replaceAll("#{ticket.number}", ticket.number);
}

/** The mail that a trigger sends: an article of the system, which starts no trigger of its own. */
export function sendMail(work: Work, trigger: TriggerRow, ticketId: number): void {
	const mail = trigger.perform["notification.email"];
	const ticket = ofTicket(work.state.tickets, (ticket) => ticket.id, ticketId)[0];
	if (!mail || !ticket) return;
	const system: Work = { ...work, by: row(work.state.users, 1, "user"), agent: true, events: [] };
	createArticle(system, {
		ticket_id: ticket.id,
		type: "email",
		sender: "System",
		internal: false,
		content_type: "text/html",
		to: row(work.state.users, ticket.customer_id, "user").email,
		subject: filled(String(mail.subject ?? ""), ticket),
		body: filled(String(mail.body ?? ""), ticket),
		preferences: { perform_origin: "trigger" },
	});
	ticket.updated_by_id = work.by.id;
}

/** Triggers in the order in which a desk runs them. */
export function inOrder(triggers: readonly TriggerRow[]): TriggerRow[] {
	return [...triggers].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
}
