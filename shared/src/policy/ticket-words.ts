import type { Channel, PauseOwner, TicketState } from "../sla/fact.ts";

/** How a ticket can come in. */
export const channels = ["portal", "email", "phone", "chat", "api", "other"] as const satisfies readonly Channel[];

/** What every helpdesk's states come down to. */
export const states = [
	"new",
	"open",
	"waiting",
	"solved",
	"closed",
	"merged",
	"deleted",
] as const satisfies readonly TicketState[];

/** On whom a pause waits. */
export const pauseOwners = ["customer", "supplier", "planned"] as const satisfies readonly PauseOwner[];
