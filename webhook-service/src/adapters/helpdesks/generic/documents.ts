import type { Instant } from "@stipt/shared/calendar/calendar";
import { inOrder } from "@stipt/shared/sla/evaluation";
import type { Fact } from "@stipt/shared/sla/fact";
import { z } from "zod";
import type { Mapping } from "../helpdesk.ts";

const instant = z.iso.datetime({ offset: true }).transform((text): Instant => Date.parse(text));
export const id = z.string().regex(/^[\w.-]{1,64}$/, "an id of letters, digits, dots, dashes");
const happened = {
	id,
	at: instant,
	by: z.object({ kind: z.enum(["agent", "customer", "system", "us"]), id: z.string().max(64).exactOptional() }),
};
const channel = z.enum(["portal", "email", "phone", "chat", "api", "other"]);
const state = z.enum(["new", "open", "waiting", "solved", "closed", "merged", "deleted"]);
const label = z.string().max(250);
const choice = z.string().max(250).nullable();

const opened = z.object({ ...happened, kind: z.literal("opened"), channel });
const stateChanged = z.object({ ...happened, kind: z.literal("state-changed"), state, label });
const priorityChanged = z.object({ ...happened, kind: z.literal("priority-changed"), label });
const groupChanged = z.object({ ...happened, kind: z.literal("group-changed"), label });
const ownerChanged = z.object({ ...happened, kind: z.literal("owner-changed"), owner: z.string().nullable() });
const assessed = z.object({ ...happened, kind: z.literal("assessed"), impact: choice, urgency: choice });
const message = { kind: z.literal("replied"), channel, public: z.boolean(), automatic: z.boolean() };
const replied = z.object({ ...happened, ...message, html: z.string().exactOptional() });
const merged = z.object({ ...happened, kind: z.literal("merged"), into: id });

/** `GET /tickets/{id}`: a ticket and everything that happened to it; `ticket.schema.json` is made from this. */
export const ticketReply = z.object({
	...{ id, number: z.string(), title: z.string(), url: z.url(), owner: z.string().nullable(), updatedAt: instant },
	...{ priority: label, impact: choice, urgency: choice },
	events: z
		.array(
			z.discriminatedUnion("kind", [
				...([opened, stateChanged, priorityChanged, groupChanged, ownerChanged, assessed, replied, merged] as const),
			]),
		)
		.min(1),
});

/** The events of a ticket as facts, each under its own id. Internal messages of ours are no facts. */
export function factsOf(events: z.infer<typeof ticketReply>["events"], mapping: Mapping, seenAt: Instant): Fact[] {
	const facts = events.flatMap((event): Fact[] => {
		const seen = { id: `e-${event.id}`, seenAt };
		if (event.kind === "priority-changed") {
			return [{ ...event, ...seen, priorities: mapping.priorities[event.label] ?? [] }];
		}
		if (event.kind !== "replied") return [{ ...event, ...seen }];
		const { html: _html, ...fact } = event;
		return fact.by.kind === "us" && !fact.public ? [] : [{ ...fact, ...seen }];
	});
	return inOrder(facts);
}

/** The JSON Schema of a ticket, for whoever writes the other side. */
export const ticketSchema = () => z.toJSONSchema(ticketReply, { io: "input" });
