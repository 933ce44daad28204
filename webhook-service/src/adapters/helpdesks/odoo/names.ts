import { z } from "zod";
import { expectReply } from "../expect-reply.ts";
import type { Mapping } from "../helpdesk.ts";
import type { OdooReading } from "./reading.ts";
import { anyStageRow, namedRow, type StageRow, type TicketRow } from "./rows.ts";
import { type OdooRpc, plain } from "./rpc.ts";
import { stateOfStage } from "./stages.ts";
import type { TrackedChange } from "./tracking.ts";

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
	const ends = Object.values(rpc.dialect.ends?.values ?? {});
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
		if (ends.includes(label)) return { name: label, state: mapping.states[label] ?? "closed" };
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

async function stagesIn(lang: string, rpc: OdooRpc): Promise<StageRow[]> {
	const { model, closed, unattended, domain } = rpc.dialect.stages;
	const rows = await rpc.search(model, {
		domain,
		fields: ["name", closed, ...(unattended === null ? [] : [unattended])],
		order: "sequence asc, id asc",
		context: { ...plain, lang },
		row: anyStageRow,
	});
	return rows.map((row, index) => ({
		id: row.id,
		name: row.name,
		closed: row[closed] === true,
		unattended: unattended === null ? index === 0 : row[unattended] === true,
	}));
}

const choices = z.record(
	z.string(),
	z.looseObject({ selection: z.array(z.tuple([z.string(), z.string()])).optional() }),
);

/** Fields that hold a value and show a translated name: tracking recorded the name. */
const choiceFields = ["priority", "x_impact", "x_urgency"];

/** Finds the values of such fields by the names that tracking recorded, in English and then in Odoo's other languages. */
export async function choicesByName(tracked: TrackedChange[], rpc: OdooRpc): Promise<OdooReading["choice"]> {
	const changes = tracked.filter(({ field }) => choiceFields.includes(field));
	const fields = [...new Set(changes.map(({ field }) => field))];
	const values = new Map<string, string>();
	const key = (field: string, label: string) => `${field} ${label}`;
	const isKnown = ({ field, from, to }: TrackedChange) =>
		[from, to].every((label) => label === "" || values.has(key(field, label)));
	const learn = async (lang: string) => {
		const named = { attributes: ["selection"], context: { ...plain, lang } };
		const found = await rpc.execute(rpc.dialect.model, "fields_get", [fields], named);
		for (const [field, { selection = [] }] of Object.entries(expectReply(choices, found, "fields of a ticket"))) {
			for (const [value, label] of selection) if (!values.has(key(field, label))) values.set(key(field, label), value);
		}
	};
	if (changes.length > 0) await learn("en_US");
	if (!changes.every(isKnown)) for (const language of await languages(rpc)) await learn(language);
	return (field, label) => values.get(key(field, label));
}

async function languages(rpc: OdooRpc): Promise<string[]> {
	const rows = await rpc.search("res.lang", {
		domain: [["active", "=", true]],
		fields: ["code"],
		row: z.object({ code: z.string() }),
	});
	return rows.map(({ code }) => code).filter((code) => code !== "en_US");
}
