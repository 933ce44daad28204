import type { FactBody } from "@stipt/shared/sla/fact";
import type { TestService } from "../support/service.ts";

const customer = { kind: "customer", id: "7" } as const;
export const agent = { kind: "agent", id: "4" } as const;

/** A ticket comes in over the portal with this priority, in this group, at this instant. */
export async function open(
	service: TestService,
	ticket: string,
	{ at, priority = "2 normal", group = "Portal" }: { at: string; priority?: string; group?: string },
): Promise<void> {
	const priorities = service.connection.mapping?.priorities[priority] ?? [];
	const first: (FactBody & { at: string })[] = [
		{ kind: "group-changed", label: group, by: customer, at },
		{ kind: "priority-changed", label: priority, priorities, by: customer, at },
		{ kind: "state-changed", state: "new", label: "new", by: customer, at },
	];
	for (const body of first) service.helpdesk.happen(ticket, body);
	await service.happen(ticket, { kind: "opened", channel: "portal", by: customer, at });
}

/** An agent answers the customer. */
export async function answer(service: TestService, ticket: string, at: string): Promise<void> {
	await service.happen(ticket, { kind: "replied", by: agent, channel: "email", public: true, automatic: false, at });
}

/** What somebody was told, in order: role, goal, kind. */
export function told(service: TestService): string[] {
	return service.channel.sent.map(({ role, goal, kind, ticket }) => `${ticket.ticket} ${role.en}: ${goal} ${kind}`);
}
