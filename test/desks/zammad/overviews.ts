import type { TicketRow, UserRow } from "./state.ts";

/** A list of tickets that agents work from. */
export type Overview = {
	id: number;
	link: string;
	name: { en: string; nl: string };
	holds: (ticket: TicketRow, type: string, user: UserRow) => boolean;
};

const isOpen = (type: string) => type === "new" || type === "open" || type.startsWith("pending");

/** The overviews that a fresh desk has, in the order of its left list. */
export const overviews: Overview[] = [
	{
		id: 1,
		link: "my_assigned",
		name: { en: "My Assigned Tickets", nl: "Mijn toegewezen tickets" },
		holds: (ticket, type, user) => isOpen(type) && ticket.owner_id === user.id,
	},
	{
		id: 2,
		link: "all_unassigned",
		name: { en: "Unassigned & Open Tickets", nl: "Niet toegewezen & open tickets" },
		holds: (ticket, type) => isOpen(type) && ticket.owner_id === 1,
	},
	{
		id: 3,
		link: "all_open",
		name: { en: "Open Tickets", nl: "Open tickets" },
		holds: (_, type) => isOpen(type),
	},
	{
		id: 4,
		link: "all_pending",
		name: { en: "Pending Tickets", nl: "Wachtende tickets" },
		holds: (_, type) => type.startsWith("pending"),
	},
	{
		id: 5,
		link: "all_closed",
		name: { en: "Closed Tickets", nl: "Gesloten tickets" },
		holds: (_, type) => type === "closed",
	},
];
