import type { Actor } from "@stipt/shared/sla/fact";
import type { UserRow } from "./rows.ts";

/** Who is who on one ticket. */
export type People = {
	ofUser(id: number | null): Actor;
	/** A message's author is a contact, with or without a user; `null` is a sender whom Odoo does not know. */
	ofContact(id: number | null): Actor;
};

/** Odoo's own robot. */
const robot = 1;

/**
 * Says what people are: an internal user is an agent, also when archived since, unless the ticket is about them;
 * a portal user, a contact without a user and an unknown sender are customers.
 */
export function peopleOf(users: readonly UserRow[], self: number, contact: number | null): People {
	const actorOf = (user: UserRow): Actor => {
		const id = String(user.id);
		if (user.id === self) return { kind: "us", id };
		if (user.id === robot) return { kind: "system", id };
		const isCustomer = user.share || (contact !== null && user.partner_id === contact);
		return { kind: isCustomer ? "customer" : "agent", id };
	};
	return {
		ofUser(id) {
			const user = users.find((row) => row.id === id);
			if (user !== undefined) return actorOf(user);
			return id === null ? { kind: "system" } : { kind: "agent", id: String(id) };
		},
		ofContact(id) {
			if (id === null) return { kind: "customer" };
			const own = users.filter((row) => row.partner_id === id);
			const user = own.find(({ share }) => !share) ?? own[0];
			return user === undefined ? { kind: "customer", id: `contact-${id}` } : actorOf(user);
		},
	};
}
