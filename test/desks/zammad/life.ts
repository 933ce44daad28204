import type { Instant } from "@stipt/shared/calendar/calendar";
import { people } from "./base.ts";
import type { ZammadDesk } from "./desk.ts";
import { diceOf, emergency, isEmergency, minute, planOf, second } from "./life-plan.ts";
import type { ArticleRow, TicketRow } from "./state.ts";
import { answers, closings, emergencies, questions, reminders, stories } from "./stories.ts";

export type LifeOptions = {
	/** The same seed makes the same people do the same things. */
	seed: string;
	/** How many tickets may be open before nobody writes a new one. */
	mostOpen?: number;
};

export type Life = {
	/** What would have happened in the minutes before `now`: about eight open tickets, most of them answered, and some solved ones. */
	begin(now: Instant): void;
	/** Everything that is due at `now`. Called every few seconds; what was missed is made up for. */
	tick(now: Instant): void;
};

const warmUp = 22 * minute;
const forgottenByAll = 60 * minute;
/** Solved tickets beyond this many are thrown away once they are half a day old. */
const kept = 200;

/**
 * People at a practice desk: customers write now and then, agents answer most of them, some are forgotten, and one
 * emergency stays unanswered. Everything follows from the seed and the tickets' ids, so a restart goes on where it was.
 * Tickets that the reader opened, owns or touched are left to the reader.
 */
export function createLife(desk: ZammadDesk, { seed, mostOpen = 40 }: LifeOptions): Life {
	const { state } = desk;
	const reader = people.agents[0];
	const colleagues = people.agents.slice(1);
	let started: Instant | null = null;

	const dice = diceOf(seed);
	const { roll, between, pick } = dice;

	const userOf = (id: number) => state.users.find((user) => user.id === id);
	const idOf = (login: string) => state.users.find((user) => user.login === login)?.id;
	const isOpen = (ticket: TicketRow) => {
		const type = state.states.find(({ id }) => id === ticket.state_id)?.state_type ?? "";
		return type === "new" || type === "open" || type.startsWith("pending");
	};
	const isCustomers = (ticket: TicketRow) => userOf(ticket.created_by_id)?.role_ids.includes(3) ?? false;
	const isReaders = (ticket: TicketRow) => {
		const own = idOf(reader);
		const touched = state.history.some(({ ticket: id, row }) => id === ticket.id && row.created_by_id === own);
		return ticket.owner_id === own || touched;
	};
	const language = (ticket: TicketRow) => userOf(ticket.customer_id)?.writes ?? "en";

	const said = (ticket: TicketRow, sender: number): ArticleRow[] =>
		state.articles.filter(
			(article) => article.ticket_id === ticket.id && article.sender_id === sender && !article.internal,
		);

	const toCustomer = (ticket: TicketRow, body: string) => ({
		type: "email",
		internal: false,
		to: userOf(ticket.customer_id)?.email ?? "",
		subject: ticket.title,
		body,
	});

	/** One thing that is due on one ticket; the first that applies. */
	const step = (ticket: TicketRow, now: Instant): void => {
		const plan = planOf(ticket, dice, started === null);
		const replies = said(ticket, 1);
		const messages = said(ticket, 2);
		const own = language(ticket);
		const customer = userOf(ticket.customer_id)?.login ?? people.customers[0];
		const kind = ticket.create_article_type_id === 1 ? "email" : "web";
		if (plan.remindAt !== null && messages.length < 2 && now >= plan.remindAt) {
			desk.act.write(
				customer,
				ticket.id,
				{ type: kind, body: pick(reminders[own], ticket.id, "reminder") },
				plan.remindAt,
			);
			return;
		}
		if (replies.length === 0) {
			if (now < plan.answerAt) return;
			const body = pick(plan.asks ? questions[own] : answers[own], ticket.id, "words");
			const until = new Date(plan.answerAt + 45 * minute).toISOString();
			const next = plan.asks ? { state: "pending reminder", pending_time: until } : { state: "open" };
			desk.act.change(
				plan.agent,
				ticket.id,
				{ owner: plan.agent, ...next, article: toCustomer(ticket, body) },
				plan.answerAt,
			);
			return;
		}
		const last = messages.at(-1);
		const asked = last ? Date.parse(last.created_at) : 0;
		const answered = Date.parse(replies.at(-1)?.created_at ?? ticket.created_at);
		if (asked > answered && now >= asked + plan.replyAfter && now < plan.solveAt) {
			const body = pick(answers[own], ticket.id, "second words");
			desk.act.write(plan.agent, ticket.id, toCustomer(ticket, body), asked + plan.replyAfter);
			return;
		}
		const waits = plan.asks && messages.length < 2;
		if (now >= plan.solveAt && !waits) {
			const article = toCustomer(ticket, pick(closings[own], ticket.id, "closing"));
			desk.act.change(plan.agent, ticket.id, { state: "closed", article }, Math.max(plan.solveAt, asked + second));
		}
	};

	const customerWho = (writes: string, id: number): string => {
		const able = state.users.filter((user) => user.role_ids.includes(3) && user.writes === writes);
		return pick(able, id, "customer").login;
	};

	const openStory = (at: Instant): void => {
		const id = (state.ids.ticket ?? 0) + 1;
		const busy = state.tickets.filter(isOpen).map(({ title }) => title);
		const story = pick(
			stories.filter(({ title }) => !busy.includes(title)),
			id,
			"story",
		);
		const urgent = story.priority === "2 normal" && roll(id, "urgent") < 0.15;
		const portal = story.group === "Portal";
		const levels = urgent ? { impact: "medium", urgency: "high" } : { impact: "medium", urgency: "medium" };
		desk.act.open(
			customerWho(story.language, id),
			{
				title: story.title,
				group: story.group,
				priority: urgent ? "3 high" : story.priority,
				...(portal ? levels : {}),
				article: { body: story.body, type: portal || roll(id, "channel") < 0.4 ? "web" : "email" },
			},
			at,
		);
	};

	const openEmergency = (at: Instant): void => {
		const id = (state.ids.ticket ?? 0) + 1;
		const last = state.tickets.filter(isEmergency).at(-1)?.title;
		const story = pick(
			emergencies.filter(({ title }) => title !== last),
			id,
			"emergency",
		);
		desk.act.open(
			customerWho(story.language, id),
			{
				title: story.title,
				group: "Portal",
				priority: "3 high",
				impact: "high",
				urgency: "high",
				article: { body: story.body, type: "web" },
			},
			at,
		);
	};

	const newTickets = (now: Instant, from: Instant, pace: number): void => {
		if (state.tickets.filter(isOpen).length >= mostOpen) return;
		const own = state.tickets.filter(isCustomers);
		const last = own.filter((ticket) => !isEmergency(ticket)).at(-1);
		const gap = last ? pace * between(last.id, "gap", 110 * second, 200 * second) : 0;
		const next = last ? Date.parse(last.created_at) + gap : from;
		if (now >= next) openStory(now - next < minute ? next : now);
	};

	const newEmergency = (now: Instant): void => {
		const last = state.tickets.filter((ticket) => isCustomers(ticket) && isEmergency(ticket)).at(-1);
		const due = last === undefined || (!isOpen(last) && now >= Date.parse(last.created_at) + emergency.again);
		if (due && started !== null && now >= started + emergency.first) openEmergency(now);
	};

	/** What nobody touches any more is closed, and solved tickets of long ago go. */
	const tidy = (now: Instant): void => {
		for (const ticket of state.tickets.filter(isOpen)) {
			if (now < Date.parse(ticket.updated_at) + forgottenByAll) continue;
			const article = toCustomer(ticket, pick(closings[language(ticket)], ticket.id, "closing"));
			desk.act.change(pick(colleagues, ticket.id, "agent"), ticket.id, { state: "closed", article });
		}
		const excess = state.tickets.length - kept;
		if (excess <= 0) return;
		const old = state.tickets.filter(
			(ticket) => !isOpen(ticket) && Date.parse(ticket.updated_at) < now - 12 * 60 * minute,
		);
		for (const ticket of old.slice(0, excess)) desk.act.remove(ticket.id);
	};

	const pass = (now: Instant, from: Instant, pace: number): void => {
		newTickets(now, from, pace);
		for (const ticket of state.tickets.filter((one) => isOpen(one) && isCustomers(one) && !isReaders(one)))
			step(ticket, now);
	};

	return {
		begin(now) {
			if (state.tickets.length > 0) return;
			for (let at = now - warmUp; at <= now; at += 5 * second) pass(at, now - warmUp, 0.55);
		},
		tick(now) {
			started ??= now;
			pass(now, now, 1);
			newEmergency(now);
			tidy(now);
		},
	};
}
