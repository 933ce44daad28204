import { ServiceError } from "../../../errors.ts";
import type { Write, WriteReceipt } from "../helpdesk.ts";
import type { ZammadApi } from "./api.ts";
import type { TicketReply } from "./replies.ts";
import { ticketNow } from "./ticket-now.ts";

/** Who owns what nobody owns. */
const nobody = 1;

/** Zammad gives agents no reason, or an id of one. */
const reasons = {
	group: 'there is no such group, or our user lacks "read" and "change" access to it',
	owner: "there is no such login",
};

type Wanted = { field: "group" | "owner"; body: Record<string, unknown>; isSo(found: TicketReply): boolean };

/**
 * Moves a ticket to a group, an owner, or both in one write, and reads back what stuck: an owner without full access to
 * the group is dropped without a word.
 */
export async function move(
	ticket: string,
	write: Extract<Write, { kind: "move" }>,
	api: ZammadApi,
): Promise<WriteReceipt> {
	const before = await ticketNow(ticket, api);
	const differing = wanted(write).filter(({ isSo }) => !isSo(before));
	if (differing.length === 0) return { outcome: "already-so", left: [] };
	const refused = await put(ticket, differing, api);
	const left = refused.map(({ field }) => `${field}: Expected ${said(write, field)}, refused: ${reasons[field]}`);
	if (refused.length === differing.length) return { outcome: "already-so", left };

	const after = await ticketNow(ticket, api).catch((error: unknown) => {
		if (error instanceof ServiceError && error.kind === "denied") return null;
		throw error;
	});
	if (after === null) {
		const todo = 'give it "read" and "change" there';
		return { outcome: "written", left: [...left, `group: Expected to read it there, our user may not: ${todo}`] };
	}
	for (const { field, isSo } of differing) {
		if (isSo(after) || refused.some((each) => each.field === field)) continue;
		const found = field === "group" ? after.group : after.owner_id === nobody ? "nobody" : String(after.owner);
		const why = field === "owner" ? `; an owner needs "full" access to ${after.group}` : "";
		left.push(`${field}: Expected ${said(write, field)}, found ${found} after writing${why}`);
	}
	const isDropped = write.owner === undefined && before.owner_id !== nobody && after.owner_id === nobody;
	if (isDropped) left.push(`owner: nobody now, for who had it has no "full" access to ${after.group}`);
	return { outcome: "written", left };
}

function wanted({ group, owner }: Extract<Write, { kind: "move" }>): Wanted[] {
	const fields: Wanted[] = [];
	if (group !== undefined) fields.push({ field: "group", body: { group }, isSo: (found) => found.group === group });
	if (owner === null) {
		fields.push({ field: "owner", body: { owner_id: nobody }, isSo: (found) => found.owner_id === nobody });
	} else if (owner !== undefined) {
		// Zammad keeps logins in small letters.
		const login = owner.toLowerCase();
		fields.push({ field: "owner", body: { owner: login }, isSo: (found) => found.owner === login });
	}
	return fields;
}

/** Writes the fields; when Zammad refuses them together, the group alone. Answers what was refused. */
async function put(ticket: string, fields: Wanted[], api: ZammadApi): Promise<Wanted[]> {
	try {
		await api.send(
			...(["PUT", `/tickets/${encodeURIComponent(ticket)}`] as const),
			Object.assign({}, ...fields.map(({ body }) => body)),
		);
		return [];
	} catch (error) {
		if (!(error instanceof ServiceError) || error.kind !== "refused") throw error;
		const group = fields.filter(({ field }) => field === "group");
		if (fields.length === 1 || group.length === 0) return fields;
		const others = fields.filter(({ field }) => field !== "group");
		return [...(await put(ticket, group, api)), ...others];
	}
}

function said({ group, owner }: Extract<Write, { kind: "move" }>, field: Wanted["field"]): string {
	return field === "group" ? (group ?? "") : (owner ?? "nobody");
}
