import { z } from "zod";
import type { OdooRpc } from "./rpc.ts";

/** One tracked change of a ticket, in words: Odoo keeps no ids that an ordinary user may read. */
export type TrackedChange = { message: number; field: string; from: string; to: string };

const value = z.object({ value: z.unknown() });
const formatted = z.array(
	z.object({
		id: z.int(),
		trackingValues: z.array(z.object({ fieldName: z.string(), oldValue: value, newValue: value })),
	}),
);

const text = z.union([z.string(), z.literal(false)]);
const stored = z.array(
	z.object({ mail_message_id: z.int(), field_id: z.int(), old_value_char: text, new_value_char: text }),
);
const fieldNames = z.array(z.object({ id: z.int(), name: z.string() }));

/**
 * What the messages tracked; `null` when Odoo does not tell. Odoo 17 formats messages for any user. Odoo 18 no longer
 * does over RPC; there the tracking itself is readable by users with Settings rights only.
 */
export async function trackedChanges(messages: number[], rpc: OdooRpc): Promise<TrackedChange[] | null> {
	if (messages.length === 0) return [];
	const answer = await rpc.tryExecute("mail.message", "message_format", [messages]);
	const read = "result" in answer ? formatted.safeParse(answer.result) : undefined;
	if (read?.success) {
		return read.data.flatMap(({ id, trackingValues }) =>
			trackingValues.map(({ fieldName, oldValue, newValue }) => ({
				message: id,
				field: fieldName,
				from: wordOf(oldValue.value),
				to: wordOf(newValue.value),
			})),
		);
	}
	return storedChanges(messages, rpc);
}

async function storedChanges(messages: number[], rpc: OdooRpc): Promise<TrackedChange[] | null> {
	const answer = await rpc.tryExecute("mail.tracking.value", "search_read", [[["mail_message_id", "in", messages]]], {
		fields: ["mail_message_id", "field_id", "old_value_char", "new_value_char"],
		order: "id asc",
		load: "",
	});
	if ("failure" in answer) return null;
	const rows = stored.safeParse(answer.result);
	if (!rows.success) return null;
	const fields = await rpc.tryExecute(
		"ir.model.fields",
		"read",
		[[...new Set(rows.data.map(({ field_id }) => field_id))]],
		{
			fields: ["name"],
		},
	);
	const names = "result" in fields ? fieldNames.safeParse(fields.result) : undefined;
	if (!names?.success) return null;
	return rows.data.map((row) => ({
		message: row.mail_message_id,
		field: names.data.find(({ id }) => id === row.field_id)?.name ?? "",
		from: row.old_value_char || "",
		to: row.new_value_char || "",
	}));
}

function wordOf(found: unknown): string {
	return typeof found === "string" ? found : "";
}
