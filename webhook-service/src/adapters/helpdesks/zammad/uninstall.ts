import { ServiceError } from "../../../errors.ts";
import { type ZammadContext, zammadApi } from "./api.ts";
import { findNamed, nameOf, type Row, type Shelf, triggersFor, triggersOf, webhooksOf } from "./installed.ts";
import { removeFields } from "./matrix-fields.ts";
import { findRung } from "./ring.ts";

/** Takes our triggers away, then the webhook that they call (Zammad refuses the other order), then our own ticket. */
export async function uninstall(
	{ mark, fields }: { mark: string; fields: boolean },
	context: ZammadContext,
): Promise<{ removed: string[]; left: string[] }> {
	const api = zammadApi(context, context.connection.settings.installToken);
	const removed: string[] = [];
	const left: string[] = [];
	const remove = async (title: string, path: string) => {
		try {
			await api.send("DELETE", path);
			removed.push(title);
		} catch (error) {
			if (!(error instanceof ServiceError)) throw error;
			if (error.kind !== "unknown") left.push(`${title}: ${error.message}`);
		}
	};
	const removeNamed = async (shelf: Shelf, name: string) => {
		const row: Row | undefined = await findNamed(shelf, name);
		if (row !== undefined) await remove(`${shelf.what} "${row.name}"`, `${shelf.path}/${row.id}`);
	};
	for (const { name } of triggersFor(mark)) await removeNamed(triggersOf(api), name);
	await removeNamed(webhooksOf(api), nameOf(mark));
	const ticket = await findRung(mark, zammadApi(context));
	if (ticket !== undefined) await remove(`ticket #${ticket.number} "${ticket.title}"`, `/tickets/${ticket.id}`);
	if (fields) {
		const found = await removeFields(api);
		removed.push(...found.removed);
		left.push(...found.left);
	}
	return { removed, left };
}
