import { z } from "zod";
import { ServiceError } from "../../../errors.ts";
import { expectReply } from "../expect-reply.ts";
import type { Ring } from "../helpdesk.ts";
import { type ZammadApi, type ZammadContext, zammadApi } from "./api.ts";
import { nameOf } from "./installed.ts";
import { meReply, stateRows } from "./replies.ts";

const rungRow = z.looseObject({ id: z.int().positive(), number: z.string(), title: z.string() });
type RungRow = z.infer<typeof rungRow>;

/**
 * Changes the title of a ticket of our own, which is made at the first time: closed, owned by our user, with an internal
 * note, so that nobody is notified and it stands in no overview of open tickets. Its creation or its new title fires
 * our triggers as any other does.
 */
export async function ring(mark: string, context: ZammadContext): Promise<Ring> {
	const api = zammadApi(context);
	const title = `${titleOf(mark)} ${new Date(context.now).toISOString()}`;
	const known = await findRung(mark, api);
	if (known !== undefined) {
		await api.send("PUT", `/tickets/${known.id}`, { title });
		return { ticket: String(known.id), title, done: `gave our own ticket #${known.number} another title` };
	}
	const me = expectReply(meReply, await api.send("GET", "/users/me?expand=true"), "a user of Zammad");
	const states = expectReply(stateRows, await api.send("GET", "/ticket_states?expand=true"), "the states of Zammad");
	const closed = states.find(({ state_type }) => state_type === "closed");
	const groups = Object.entries(me.groups ?? {});
	const able = (access: string) => groups.find(([, all]) => all.includes("full") || all.includes(access))?.[0];
	const group = groups.find(([, all]) => all.includes("full"))?.[0] ?? able("create");
	if (group === undefined || closed === undefined) {
		throw new ServiceError(
			"denied",
			'Expected a group in which the user may create a ticket, found none. Give it "full" access to one group.',
		);
	}
	const body = {
		...{ title, group, customer_id: me.id, owner_id: me.id, state_id: closed.id },
		article: {
			...{ type: "note", internal: true, content_type: "text/plain", subject: titleOf(mark) },
			body: "Stipt changes the title of this ticket to see that its deliveries arrive. It needs no answer.",
		},
	};
	const made = expectReply(rungRow, await api.send("POST", "/tickets", body), "the ticket that was made");
	return { ticket: String(made.id), title, done: `made ticket #${made.number} in ${group}, closed and our own` };
}

/** Our own ticket, if there is one. Ours by who made it and by its title. */
export async function findRung(mark: string, api: ZammadApi): Promise<RungRow | undefined> {
	const me = expectReply(meReply, await api.send("GET", "/users/me"), "a user of Zammad");
	const found = await api.send("POST", "/tickets/search", {
		condition: {
			"ticket.created_by_id": { operator: "is", pre_condition: "specific", value: String(me.id) },
			"ticket.title": { operator: "contains", value: titleOf(mark) },
		},
		...{ sort_by: "id", order_by: "asc", expand: true, per_page: 50 },
	});
	const rows = expectReply(z.array(rungRow), found, "tickets of Zammad");
	return rows.find(({ title, created_by_id }) => created_by_id === me.id && title.startsWith(`${titleOf(mark)} `));
}

function titleOf(mark: string): string {
	return `Connection check of ${nameOf(mark)}`;
}
