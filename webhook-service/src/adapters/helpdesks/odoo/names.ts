import { z } from "zod";
import type { Mapping } from "../helpdesk.ts";
import type { OdooReading } from "./reading.ts";
import { namedRow, type StageRow, stageRow, type TicketRow } from "./rows.ts";
import { type OdooRpc, plain } from "./rpc.ts";
import { stateOfStage } from "./stages.ts";
import type { TrackedChange } from "./tracking.ts";

const stageFields = ["name", "closed", "unattended"];

/**
 * Finds stages by the names that tracking recorded: in the language of whoever made the change. They are looked up in
 * English, then in every language that Odoo has; a stage that was renamed since keeps its old name and counts as open.
 */
export async function stagesByName(
	ticket: TicketRow,
	tracked: TrackedChange[],
	mapping: Mapping,
	rpc: OdooRpc,
): Promise<OdooReading["stage"]> {
	const changes = tracked.filter(({ field }) => field === "stage_id").flatMap(({ from, to }) => [from, to]);
	const labels = [ticket.stage_id?.name ?? "", ...changes];
	const names = new Map<string, StageRow>();
	const isKnown = (label: string) => mapping.states[label] !== undefined || names.has(label);
	if (!labels.every(isKnown)) {
		const stages = await stagesIn("en_US", rpc);
		for (const stage of stages) names.set(stage.name, stage);
		if (!labels.every(isKnown)) {
			for (const language of await languages(rpc)) {
				for (const { id, name } of await stagesIn(language, rpc)) {
					const stage = stages.find((row) => row.id === id);
					if (stage !== undefined && !names.has(name)) names.set(name, stage);
				}
			}
		}
	}
	return (label) => {
		const stage = names.get(label);
		const name = stage?.name ?? label;
		return { name, state: mapping.states[name] ?? (stage === undefined ? "open" : stateOfStage(stage)) };
	};
}

/** Finds users by the names that tracking recorded. Of several of one name, the ticket's own comes first. */
export async function ownersByName(
	ticket: TicketRow,
	tracked: TrackedChange[],
	rpc: OdooRpc,
): Promise<OdooReading["owner"]> {
	const names = tracked.filter(({ field }) => field === "user_id").flatMap(({ from, to }) => [from, to]);
	const wanted = [...new Set(names)].filter((name) => name !== "");
	const users =
		wanted.length === 0
			? []
			: await rpc.search("res.users", {
					domain: [["name", "in", wanted]],
					fields: ["name"],
					order: "id asc",
					row: namedRow,
				});
	return (name) => {
		if (name === "") return null;
		const found = users.filter((user) => user.name === name);
		const user = found.find(({ id }) => id === ticket.user_id?.id) ?? found[0];
		return user === undefined ? undefined : String(user.id);
	};
}

function stagesIn(lang: string, rpc: OdooRpc): Promise<StageRow[]> {
	return rpc.search("helpdesk.ticket.stage", {
		domain: [],
		fields: stageFields,
		order: "sequence asc, id asc",
		context: { ...plain, lang },
		row: stageRow,
	});
}

async function languages(rpc: OdooRpc): Promise<string[]> {
	const rows = await rpc.search("res.lang", {
		domain: [["active", "=", true]],
		fields: ["code"],
		row: z.object({ code: z.string() }),
	});
	return rows.map(({ code }) => code).filter((code) => code !== "en_US");
}
