import { z } from "zod";
import { expectReply } from "../expect-reply.ts";
import type { Ring } from "../helpdesk.ts";
import { fieldOf } from "./dialects.ts";
import { asInstaller, type OdooContext, type OdooRpc, odooRpc, plain } from "./rpc.ts";

const ownRow = z.object({ id: z.int().positive(), name: z.string() });
type OwnRow = z.infer<typeof ownRow>;

/**
 * Changes a ticket of our own, made at the first time: archived, of no team and nobody else, so that nobody is notified
 * and no list shows it; a task without a project is seen by those whom it is assigned to alone. Then it gets an internal
 * note of our user, which fires the rule on messages. Where another user installs, that one also changes its title,
 * which fires the rule on tickets: that rule passes our own user over.
 */
export async function ring(mark: string, context: OdooContext): Promise<Ring> {
	const own = odooRpc(context);
	const installer = asInstaller(context);
	const other = installer === context ? own : odooRpc(installer);
	const title = `${titleOf(mark)} ${new Date(context.now).toISOString()}`;
	const known = await findRung(mark, own);
	const quiet = { ...plain, mail_create_nosubscribe: true, mail_notrack: true, mail_auto_subscribe_no_notify: true };
	const { model } = own.dialect;
	const made =
		known?.id ??
		idOf(
			await other.execute(
				model,
				"create",
				[{ name: title, description: explanation, active: false, ...(await ownersOf(own, other)) }],
				{ context: quiet },
			),
		);
	if (known !== undefined) await other.execute(model, "write", [[known.id], { name: title }], { context: quiet });
	await own.execute(model, "message_post", [[made]], {
		...{ body: explanation, message_type: "comment", subtype_xmlid: "mail.mt_note", context: quiet },
	});
	const what =
		known === undefined ? "made an archived ticket of our own" : "gave our own archived ticket another title";
	return { ticket: String(made), title, done: `${what}, with an internal note` };
}

async function ownersOf(own: OdooRpc, other: OdooRpc): Promise<Record<string, unknown>> {
	const field = fieldOf(own.dialect, "user_id");
	if (own.dialect.owners === "one" || field === null) return {};
	return { [field]: [[6, 0, [...new Set([await own.uid(), await other.uid()])]]] };
}

const explanation = "Stipt changes this ticket to see that its deliveries arrive. It is archived, and needs no answer.";

/** Our own ticket, if there is one: archived, and of exactly the title that we give. */
export async function findRung(mark: string, rpc: OdooRpc): Promise<OwnRow | undefined> {
	const rows = await rpc.search(rpc.dialect.model, {
		domain: [
			["name", "like", `${titleOf(mark)} `],
			["active", "=", false],
		],
		fields: ["name"],
		order: "id asc",
		limit: 20,
		row: ownRow,
	});
	const begin = `${titleOf(mark)} `;
	return rows.find(({ name }) => name.startsWith(begin) && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(name.slice(begin.length)));
}

function titleOf(mark: string): string {
	return `Connection check of ${mark}`;
}

/** A creation answers the id, or a list of it. */
function idOf(answer: unknown): number {
	const read = expectReply(
		z.union([z.int().positive(), z.array(z.int().positive()).min(1)]),
		answer,
		"a new ticket's id",
	);
	return Array.isArray(read) ? (read[0] ?? 0) : read;
}
