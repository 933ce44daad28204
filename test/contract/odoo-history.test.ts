import type { Fact } from "@stipt/shared/sla/fact";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { odoo } from "../../webhook-service/src/adapters/helpdesks/odoo/index.ts";
import type { OdooSettings } from "../../webhook-service/src/adapters/helpdesks/odoo/settings.ts";
import { createCall } from "../../webhook-service/src/call.ts";
import { people } from "../desks/odoo/base.ts";
import { createOdooDesk, type OdooDesk } from "../desks/odoo/desk.ts";

const start = Date.parse("2026-03-02T09:00:00Z");
const minute = 60_000;
const [anna = "", ben = ""] = people.agents;
const hook = { url: "https://stipt.example/hooks/erp/secret", secret: "secret", mark: "stipt-erp" };
const call = createCall({ allowPrivate: true, timeoutMs: 5_000 });

let desk: OdooDesk;
beforeAll(async () => {
	desk = createOdooDesk({ now: () => start, port: 0, seed: false, attributes: false });
	await desk.listen();
});
afterAll(() => desk.close());

function context(more: Partial<OdooSettings> = {}) {
	const own = { db: desk.db, login: people.bot, key: desk.act.key(people.bot) };
	const priorities = { "0": ["P4"], "1": ["P3"], "2": ["P2"], "3": ["P1"] };
	const states = { New: "new", "In Progress": "open", Done: "closed" } as const;
	const connection = { id: "erp", url: desk.url, settings: { ...own, ...more }, mapping: { priorities, states } };
	return { connection, call, now: start + 8 * 60 * minute };
}

async function factsOf(ticket: number, known: Fact[] = []): Promise<Fact[]> {
	const reading = await odoo.read(String(ticket), known, context());
	if (!reading.found) throw new Error("Expected to find the ticket.");
	return reading.facts;
}

/** A ticket whose priority changes twice, and its team once, between two looks. */
async function changed(): Promise<number> {
	const [, other] = desk.state.tables["helpdesk.ticket.team"] ?? [];
	const ticket = await desk.act.create(anna, { name: "No sound", description: "None." }, start);
	await desk.act.priority(anna, ticket, "3", start + 10 * minute);
	await desk.act.write(ben, [ticket], { priority: "2", team_id: other?.id ?? false }, start + 20 * minute);
	return ticket;
}

const nameOfTeam = (place: number) => desk.state.tables["helpdesk.ticket.team"]?.[place]?.name;

const told = (facts: Fact[]) =>
	facts.flatMap((fact) =>
		fact.kind === "priority-changed" || fact.kind === "group-changed"
			? [[(fact.at - start) / minute, fact.kind, fact.label, fact.by.kind]]
			: [],
	);

describe("what OCA's helpdesk forgets", () => {
	test("is gone without our rule: a ledger made anew has it that the ticket was always as it is", async () => {
		const ticket = await changed();
		expect(told(await factsOf(ticket))).toEqual([
			[0, "group-changed", nameOfTeam(1), "agent"],
			[0, "priority-changed", "2", "agent"],
		]);
	});

	test("is kept by our rule as Odoo keeps what it tracks: a ledger made anew has every change at its time", async () => {
		const admin = { installLogin: people.admin, installKey: desk.act.key(people.admin) };
		const steps = await odoo.installer?.plan(hook, context(admin));
		expect(steps?.at(-1)).toMatchObject({ what: 'automation rule "stipt-erp: history"', found: "missing" });
		await odoo.install(hook, context(admin));
		expect((await odoo.installer?.plan(hook, context(admin)))?.every(({ found }) => found === "right")).toBe(true);

		const ticket = await changed();
		const facts = await factsOf(ticket);
		expect(told(facts)).toEqual([
			[0, "priority-changed", "1", "agent"],
			[10, "priority-changed", "3", "agent"],
			[20, "priority-changed", "2", "agent"],
			[20, "group-changed", nameOfTeam(1), "agent"],
		]);
		expect(told(await factsOf(ticket, facts))).toEqual(told(facts));
	});

	test("a change that comes while a ticket is being read is no change back: its row is older than its history", async () => {
		const ticket = await changed();
		const known = await factsOf(ticket);
		await desk.act.write(ben, [ticket], { priority: "3" }, start + 30 * minute);
		let isMeanwhile = true;
		const meanwhile: typeof call = async (request) => {
			if (isMeanwhile && JSON.stringify(request.body).includes('"mail.message"')) {
				isMeanwhile = false;
				await desk.act.write(anna, [ticket], { priority: "0" }, start + 40 * minute);
			}
			return call(request);
		};
		const reading = await odoo.read(String(ticket), known, { ...context(), call: meanwhile });
		const facts = reading.found ? reading.facts : [];
		expect(told(facts).slice(-2)).toEqual([
			[30, "priority-changed", "3", "agent"],
			[40, "priority-changed", "0", "agent"],
		]);
		expect(told(await factsOf(ticket, facts))).toEqual(told(facts));
	});

	test("a rule whose code somebody changed is named, and put right", async () => {
		const admin = { installLogin: people.admin, installKey: desk.act.key(people.admin) };
		const action = () => desk.state.tables["ir.actions.server"]?.find(({ state }) => state === "code");
		Object.assign(action() ?? {}, { code: "pass" });
		expect((await odoo.installer?.plan(hook, context(admin)))?.at(-1)).toMatchObject({
			found: "differs",
			differs: ["code"],
		});
		expect((await odoo.install(hook, context(admin))).done.at(-1)).toBe('rule "stipt-erp: history": changed');
		expect(action()?.code).toContain("_mail_track");
	});
});
