import type { ClockView, TicketView } from "@stipt/shared/wire/api";
import { evaluated } from "../pipeline/evaluated.ts";
import { ticketView } from "../pipeline/ticket-view.ts";
import { openDuration } from "../words/open-duration.ts";
import type { Command } from "./command.ts";
import { typed } from "./options.ts";

const most = 200;

export const tickets: Command = {
	name: "tickets",
	usage: "[CONNECTION] [--json]",
	summary: "lists the open tickets, the most urgent first",
	async run(args, { out, service }) {
		const { words, has } = typed(args, { flags: ["json"] });
		const { ports, close } = await service();
		try {
			const connections =
				words[0] === undefined ? await ports.connections.all("helpdesk") : [await ports.connections.get(words[0])];
			const views: TicketView[] = [];
			for (const { id } of connections) {
				const found = await ports.store.readTickets(await ports.store.openTickets(id, { limit: most }));
				const health = await ports.store.readHealth(id);
				for (const ticket of found) views.push(ticketView(await evaluated(ticket, ports), { health }));
			}
			if (has("json")) out(JSON.stringify(views));
			else for (const view of views) out(line(view));
			return 0;
		} finally {
			await close();
		}
	},
};

function line({ connection, ticket, number, priority, clocks, title }: TicketView): string {
	const next = clocks.find(({ state }) => state === "running" || state === "paused" || state === "missed");
	return [connection, ticket, `#${number}`, priority, next === undefined ? "-" : clockText(next), title].join("  ");
}

function clockText({ goal, state, remainingMs }: ClockView): string {
	if (remainingMs === null) return `${goal} ${state}, best effort`;
	const amount = openDuration("en", Math.abs(remainingMs));
	return remainingMs < 0 ? `${goal} overdue by ${amount}` : `${goal} ${state}, ${amount} left`;
}
