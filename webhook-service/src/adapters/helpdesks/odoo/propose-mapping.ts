import { z } from "zod";
import { expectReply } from "../expect-reply.ts";
import type { Mapping, Vocabulary } from "../helpdesk.ts";
import { proposePriorities } from "../propose-priorities.ts";
import { namedRow, type StageRow } from "./rows.ts";
import { type OdooContext, type OdooRpc, odooRpc } from "./rpc.ts";
import { proposedState, stateOfStage } from "./stages.ts";

const priorityField = z.object({ priority: z.object({ selection: z.array(z.tuple([z.string(), z.string()])) }) });

/**
 * Priorities by their values (`0` to `3`, rising), which are what tickets hold, while their words are translated.
 * Stages by their names in English: stable over languages, and readable in a policy.
 */
export async function proposeMapping(context: OdooContext): Promise<Mapping> {
	const rpc = odooRpc(context);
	const found = await priorities(rpc);
	return {
		priorities: proposePriorities(found.map(({ label }) => label)),
		states: Object.fromEntries((await stages(rpc)).map(({ label, state }) => [label, state])),
	};
}

/** Priorities, stages and teams (projects, where tasks are the tickets). */
export async function vocabulary(context: OdooContext): Promise<Vocabulary> {
	const rpc = odooRpc(context);
	const teams = await rpc.search(rpc.dialect.teams.model, {
		domain: [],
		fields: ["name"],
		order: "id asc",
		row: namedRow,
	});
	return {
		priorities: await priorities(rpc),
		states: await stages(rpc),
		groups: [...new Set(teams.map(({ name }) => name))],
	};
}

async function priorities(rpc: OdooRpc): Promise<Vocabulary["priorities"]> {
	const fields = await rpc.execute(rpc.dialect.model, "fields_get", [["priority"]], { attributes: ["selection"] });
	const { priority } = expectReply(priorityField, fields, "the priorities of Odoo's tickets");
	return priority.selection.map(([label, shown]) => ({ label, shown })).reverse();
}

async function stages(rpc: OdooRpc): Promise<Vocabulary["states"]> {
	const { model, closed, unattended, domain } = rpc.dialect.stages;
	const row = z.looseObject({ id: z.int(), name: z.string() });
	const rows = await rpc.search(model, {
		domain,
		fields: ["name", closed, ...(unattended === null ? [] : [unattended])],
		order: "sequence asc, id asc",
		row,
	});
	const found = rows.map((each, index): StageRow => {
		const isNew = unattended === null ? index === 0 : each[unattended] === true;
		return { id: each.id, name: each.name, closed: each[closed] === true, unattended: isNew };
	});
	const ends = Object.values(rpc.dialect.ends?.values ?? {});
	return [
		...found.map((stage) => ({ label: stage.name, state: proposedState(stage), because: reason(stage) })),
		...ends.map((label) => ({ label, state: "closed" as const, because: "the task's own state" })),
	];
}

function reason(stage: StageRow): string {
	if (stage.closed) return "a stage that closes";
	if (stage.unattended) return "where nobody has begun";
	return proposedState(stage) === stateOfStage(stage) ? "no flag" : "a guess by its name: check it";
}
