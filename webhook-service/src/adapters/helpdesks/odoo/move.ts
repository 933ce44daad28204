import { z } from "zod";
import { ServiceError } from "../../../errors.ts";
import { expectReply } from "../expect-reply.ts";
import type { Write, WriteReceipt } from "../helpdesk.ts";
import { fieldOf } from "./dialects.ts";
import { namedRow } from "./rows.ts";
import { type OdooRpc, plain } from "./rpc.ts";

type Wanted = { name: "group" | "owner"; field: string; id: number | null; said: string };

/**
 * Moves a ticket to a team (or project), an owner, or both in one write, whichever differ; reads back. The stage goes
 * along where the new team has it: OCA would begin anew with its first one.
 */
export async function move(
	ticket: number,
	write: Extract<Write, { kind: "move" }>,
	rpc: OdooRpc,
): Promise<WriteReceipt> {
	const { found: wanted, missing: left } = await wishes(write, rpc);
	const before = await placeOf(ticket, rpc);
	const differing = wanted.filter(({ name, id }) => before[name] !== id);
	if (differing.length === 0) return { outcome: "already-so", left };
	const many = rpc.dialect.owners === "many";
	const fields = differing.map(({ name, field, id }) => {
		if (name === "owner" && many) return [field, [[6, 0, id === null ? [] : [id]]]];
		return [field, id ?? false];
	});
	const team = differing.find(({ name }) => name === "group")?.id ?? null;
	const stage = team === null ? {} : await stageAlong(before.stage, team, rpc);
	try {
		await rpc.execute(rpc.dialect.model, "write", [[ticket], { ...Object.fromEntries(fields), ...stage }]);
	} catch (error) {
		if (!(error instanceof ServiceError) || error.kind !== "refused") throw error;
		const refused = differing.map(({ name, said }) => `${name}: Expected ${said}, which the helpdesk refuses`);
		return { outcome: "already-so", left: [...left, ...refused] };
	}
	const after = await placeOf(ticket, rpc);
	for (const { name, id, said } of differing) {
		if (after[name] === id) continue;
		left.push(`${name}: Expected ${said}, found ${after[name] ?? "nobody"} after writing`);
	}
	return { outcome: "written", left };
}

/** What is meant by the words, and what Odoo has no such thing of. */
async function wishes({ group, owner }: Extract<Write, { kind: "move" }>, rpc: OdooRpc) {
	const found: Wanted[] = [];
	const missing: string[] = [];
	const { dialect } = rpc;
	const team = fieldOf(dialect, "team_id") ?? "team_id";
	const user = fieldOf(dialect, "user_id") ?? "user_id";
	if (group !== undefined) {
		const domain = [["name", "=", group]];
		const [row] = await rpc.search(dialect.teams.model, { domain, fields: ["name"], order: "id asc", row: namedRow });
		if (row === undefined) missing.push(`group: Expected ${group}, found no such team`);
		else found.push({ name: "group", field: team, id: row.id, said: group });
	}
	if (owner === null) found.push({ name: "owner", field: user, id: null, said: "nobody" });
	else if (owner !== undefined) {
		const domain = [
			["login", "=", owner],
			["share", "=", false],
			["active", "=", true],
		];
		const [row] = await rpc.search("res.users", { domain, fields: ["name"], row: namedRow });
		if (row === undefined) missing.push(`owner: Expected ${owner}, found no internal user with that login`);
		else found.push({ name: "owner", field: user, id: row.id, said: owner });
	}
	return { found, missing };
}

const reference = z.union([z.int().positive(), z.literal(false).transform(() => null)]);
/** The first of several owners is the owner. */
const users = z.union([reference, z.array(z.int().positive()).transform((ids) => ids[0] ?? null)]);

async function placeOf(ticket: number, { dialect, execute }: OdooRpc) {
	const team = fieldOf(dialect, "team_id") ?? "team_id";
	const user = fieldOf(dialect, "user_id") ?? "user_id";
	const named = { context: plain, load: "" };
	const rows = await execute(dialect.model, "read", [[ticket], [team, user, "stage_id"]], named);
	const row = z.object({ [team]: reference, [user]: users, stage_id: reference });
	const [found] = expectReply(z.array(row), rows, "a ticket of Odoo");
	if (found === undefined) throw new ServiceError("unknown", `Expected ticket ${ticket}, found none.`);
	return { group: found[team] ?? null, owner: found[user] ?? null, stage: found.stage_id ?? null };
}

/** The stage that it has, when the team has it too. */
async function stageAlong(stage: number | null, team: number, { dialect, search }: OdooRpc) {
	if (stage === null) return {};
	const { ofStage, everyWhenNone } = dialect.teams;
	const row = z.looseObject({ [ofStage]: z.array(z.int()) });
	const domain = [["id", "=", stage]];
	const [found] = await search(dialect.stages.model, { domain, fields: [ofStage], row });
	const teams = found?.[ofStage];
	if (!Array.isArray(teams)) return {};
	return teams.includes(team) || (teams.length === 0 && everyWhenNone) ? { stage_id: stage } : {};
}
