import { z } from "zod";
import { expectReply } from "../expect-reply.ts";
import type { Mapping } from "../helpdesk.ts";
import { proposePriorities } from "../propose-priorities.ts";
import { stageRow } from "./rows.ts";
import { type OdooContext, odooRpc } from "./rpc.ts";
import { proposedState } from "./stages.ts";

const priorityField = z.object({ priority: z.object({ selection: z.array(z.tuple([z.string(), z.string()])) }) });

/**
 * Priorities by their values (`0` to `3`, rising), which are what tickets hold, while their words are translated.
 * Stages by their names in English: stable over languages, and readable in a policy.
 */
export async function proposeMapping(context: OdooContext): Promise<Mapping> {
	const rpc = odooRpc(context);
	const fields = await rpc.execute("helpdesk.ticket", "fields_get", [["priority"]], { attributes: ["selection"] });
	const { priority } = expectReply(priorityField, fields, "the priorities of Odoo's tickets");
	const stages = await rpc.search("helpdesk.ticket.stage", {
		domain: [],
		fields: ["name", "closed", "unattended"],
		order: "sequence asc, id asc",
		row: stageRow,
	});
	return {
		priorities: proposePriorities(priority.selection.map(([value]) => value).reverse()),
		states: Object.fromEntries(stages.map((stage) => [stage.name, proposedState(stage)])),
	};
}
