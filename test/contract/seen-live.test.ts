import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { helpdesks } from "../../webhook-service/src/adapters/helpdesks/index.ts";
import { type Dialect, dialects } from "../../webhook-service/src/adapters/helpdesks/odoo/dialects.ts";
import { ruleDifferences, type Wanted } from "../../webhook-service/src/adapters/helpdesks/odoo/installed.ts";
import { historyFinding, keyFinding } from "../../webhook-service/src/adapters/helpdesks/odoo/probe-rights.ts";
import type { OdooRpc } from "../../webhook-service/src/adapters/helpdesks/odoo/rpc.ts";
import { rulesFor } from "../../webhook-service/src/adapters/helpdesks/odoo/rules.ts";
import { trackedChanges } from "../../webhook-service/src/adapters/helpdesks/odoo/tracking.ts";
import { differences, wantedTrigger } from "../../webhook-service/src/adapters/helpdesks/zammad/installed.ts";
import { type Call, createCall } from "../../webhook-service/src/call.ts";
import type { StoredConnection } from "../../webhook-service/src/store/store.ts";
import { type Asked, serve } from "../desks/serve.ts";
import { agent, bot, closeAll, customer, opened, quick, send, startDesk, story } from "../desks/starting.ts";
import type { ZammadDesk, ZammadDeskOptions } from "../desks/zammad/desk.ts";
import { connectionFixture } from "./helpdesk-fixtures.ts";

const minute = 60_000;
const secret = "a-secret-of-what-was-seen-live";
let now = 0;
afterEach(closeAll);

/** A practice desk with a moved clock, the adapter on it, and a receiver that its deliveries come to. */
async function start(options: Partial<ZammadDeskOptions> = {}, answer: (asked: Asked) => number = () => 200) {
	now = Date.parse("2027-03-01T09:00:00.000Z");
	const desk = await startDesk({ now: () => now, ...options });
	const got: Asked[] = [];
	const face = await serve(
		async (asked) => {
			got.push(asked);
			const status = answer(asked);
			// 0: an answer that takes its time.
			if (status === 0) await new Promise((resolve) => setTimeout(resolve, 400));
			return { status: status || 200, text: "", ...(status === 302 ? { headers: { Location: "/elsewhere" } } : {}) };
		},
		{ port: 0 },
	);
	opened.push(face);
	const token = desk.act.token(bot, ["admin", "ticket.agent"]);
	const hook = { url: `${face.url}/hooks/desk`, secret, mark: "stipt-desk" };
	return { desk, got, token, hook, bound: bind(desk, token) };
}

function bind(desk: ZammadDesk, token: string, call: Call = createCall({ allowPrivate: true })) {
	const { mapping } = connectionFixture("zammad");
	const connection: StoredConnection = {
		...{ id: "desk", kind: "helpdesk", adapter: "zammad", name: "Desk", url: desk.url, settings: { token } },
		...{ hookSecrets: [secret], allowPrivate: true, mapping, policy: null, createdAt: 0 },
	};
	return helpdesks.zammad.bind(connection, call);
}

const ticketOf = ({ raw }: Asked): number => JSON.parse(raw.toString("utf8")).ticket.id;

async function factsOf(bound: ReturnType<typeof bind>, ticket: number) {
	const reading = await bound.read(String(ticket), [], now);
	if (!reading.found) throw new Error(`Expected ticket ${ticket}, found none.`);
	return reading.facts;
}

describe("Zammad", () => {
	test("a merge passes by a trigger on updates, which never hears of the target; ours is told of both", async () => {
		const { desk, got, token, hook, bound } = await start();
		await bound.install(hook, now);
		const [webhook] = desk.state.webhooks;
		const perform = { "notification.webhook": { webhook_id: String(webhook?.id) } };
		const condition = { "ticket.action": { operator: "is", value: "update" } };
		await send(desk, token, "POST", "/triggers", { name: "on updates", condition, perform, active: true });
		const target = desk.act.open(customer, story);
		const source = desk.act.open(customer, story);
		await desk.deliveries.idle();
		got.length = 0;
		await send(desk, token, "PUT", `/ticket_merge/${source.id}/${target.number}`);
		await desk.deliveries.idle();
		const told = got.map((asked) => [asked.headers["x-zammad-trigger"], ticketOf(asked)]);
		expect(told).not.toContainEqual(["on updates", target.id]);
		expect(told).toContainEqual(["zz stipt-desk changed", source.id]);
		expect(told).toContainEqual(["zz stipt-desk changed", target.id]);
		const merged = (await factsOf(bound, source.id)).filter(({ kind }) => kind === "merged");
		expect(merged).toMatchObject([{ into: String(target.id) }]);
	});

	test("six quick changes arrive as six deliveries with one and the same body; the reading has all six", async () => {
		const { desk, got, hook, bound } = await start({ timing: { ...quick, delivery: [60, 60] } });
		await bound.install(hook, now);
		const { id } = desk.act.open(customer, story);
		await desk.deliveries.idle();
		got.length = 0;
		const labels = ["1 low", "3 high", "2 normal", "1 low", "3 high", "2 normal"];
		for (const priority of labels) {
			now += 10;
			desk.act.change(agent, id, { priority });
		}
		await desk.deliveries.idle();
		expect(got).toHaveLength(6);
		expect(new Set(got.map(({ raw }) => raw.toString("utf8"))).size).toBe(1);
		expect(new Set(got.map(({ headers, raw }) => helpdesks.zammad.deliveryId(headers, raw))).size).toBe(6);
		const found = (await factsOf(bound, id)).flatMap((fact) => (fact.kind === "priority-changed" ? [fact.label] : []));
		expect(found).toEqual(["2 normal", ...labels]);
	});

	test("a delivery that comes minutes later brings nothing of its own: it names the ticket, and the reading decides", async () => {
		const { desk, got, hook, bound } = await start();
		await bound.install(hook, now);
		const { id } = desk.act.open(customer, story);
		await desk.deliveries.idle();
		const late: unknown = JSON.parse(got[0]?.raw.toString("utf8") ?? "");
		now += 11 * minute;
		desk.act.change(agent, id, { state: "closed" });
		const before = await factsOf(bound, id);
		now += 5 * minute;
		expect(helpdesks.zammad.hint(late)).toEqual({ tickets: [String(id)] });
		const unseen = ({ seenAt: _seenAt, ...fact }: (typeof before)[number]) => fact;
		expect((await factsOf(bound, id)).map(unseen)).toEqual(before.map(unseen));
	});

	test("one slow receiver holds up every other delivery of the desk; a poll finds what waits behind it", async () => {
		const { desk, got, hook, bound } = await start({}, () => (got.length === 1 ? 0 : 200));
		await bound.install(hook, now);
		const first = desk.act.open(customer, story);
		const second = desk.act.open(customer, story);
		await expect.poll(() => got.length).toBe(1);
		expect(ticketOf(got[0] as Asked)).toBe(first.id);
		const changed = await bound.changedSince(now - minute, now);
		expect(got).toHaveLength(1);
		expect(changed.tickets.map(({ ticket }) => ticket)).toContain(String(second.id));
		await desk.deliveries.idle();
		expect(got.map(ticketOf)).toEqual([first.id, second.id]);
	});

	test("an address or secret that is too long is cut with 201; ours is refused before it is sent", async () => {
		const { desk, token, hook, bound } = await start();
		const endpoint = `https://stipt.example/${"x".repeat(400)}`;
		const made = await send(desk, token, "POST", "/webhooks", { name: "long", endpoint, signature_token: "s" });
		expect([made.status, String(made.body.endpoint).length]).toEqual([201, 300]);
		const refused = { kind: "misconfigured" };
		await expect(bound.install({ ...hook, url: endpoint }, now)).rejects.toMatchObject(refused);
		await expect(bound.install({ ...hook, secret: "s".repeat(201) }, now)).rejects.toMatchObject(refused);
		expect(desk.state.webhooks).toHaveLength(1);
	});

	test("a web process that drops a new field and answers 200 is caught by reading back", async () => {
		const { desk, token } = await start();
		const { id } = desk.act.open(customer, story);
		const call = createCall({ allowPrivate: true });
		const stale: Call = (request) => {
			if (request.method !== "PUT") return call(request);
			const { impact: _impact, urgency: _urgency, ...known } = request.body as Record<string, unknown>;
			return call({ ...request, body: known });
		};
		const wanted = { kind: "set-priority", label: "3 high", impact: "high", urgency: "low" } as const;
		const receipt = await bind(desk, token, stale).write(String(id), wanted, now);
		expect(receipt.left).toEqual([
			"impact: Expected high, found nothing after writing",
			"urgency: Expected low, found nothing after writing",
		]);
		expect((await bind(desk, token).write(String(id), wanted, now)).left).toEqual([]);
	});

	test("a date that it cannot read finds every ticket; none is ever sent, and a desk that ignores dates is found out", async () => {
		const { desk, token, bound } = await start();
		desk.act.open(customer, story);
		const condition = { "ticket.updated_at": { operator: "after (absolute)", value: "next week, perhaps" } };
		const all = await send(desk, token, "POST", "/tickets/search", { condition });
		expect(all.body.tickets_count).toBe(1);
		await expect(bound.changedSince(Number.NaN, now)).rejects.toMatchObject({ kind: "unreadable" });
		const search = async (found: typeof bound) =>
			(await found.probe(now)).find(({ what }) => what === "Search by date of change");
		expect(await search(bound)).toMatchObject({ found: "honoured", ok: true });
		const call = createCall({ allowPrivate: true });
		const deaf: Call = (request) => {
			if (!request.url.endsWith("/tickets/search")) return call(request);
			const { condition: _condition, ...rest } = request.body as Record<string, unknown>;
			return call({ ...request, body: rest });
		};
		expect(await search(bind(desk, token, deaf))).toMatchObject({ ok: false });
	});

	test("a customer may set priority and fields through the API; the ledger says that it was the customer", async () => {
		const { desk, bound } = await start();
		const { id } = desk.act.open(customer, story);
		const own = desk.act.token(customer, ["ticket.customer"]);
		now += minute;
		const changed = await send(desk, own, "PUT", `/tickets/${id}`, { priority: "3 high", impact: "high" });
		expect(changed.status).toBe(200);
		const facts = (await factsOf(bound, id)).filter(({ at }) => at === now);
		expect(facts).toMatchObject([
			{ kind: expect.any(String), by: { kind: "customer" } },
			{ kind: expect.any(String), by: { kind: "customer" } },
		]);
		expect(facts.map(({ kind }) => kind).sort()).toEqual(["assessed", "priority-changed"]);
	});

	test("a redirect swallows an event for good; the next poll has it", async () => {
		const { desk, got, hook, bound } = await start({}, () => (got.length === 1 ? 302 : 200));
		await bound.install(hook, now);
		const { id } = desk.act.open(customer, story);
		await desk.deliveries.idle();
		expect(got.map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /hooks/desk", "GET /elsewhere"]);
		const { tickets } = await bound.changedSince(now - minute, now);
		expect(tickets.map(({ ticket }) => ticket)).toEqual([String(id)]);
	});

	test("a trigger without a mode becomes a selective one in 6 and misses changes: ours says always, and is mended", () => {
		const should = wantedTrigger({ name: "zz stipt-desk changed", operator: "is not" }, 7);
		expect(should.known).toMatchObject({ activator: "action", execution_condition_mode: "always" });
		const five = { id: 1, ...should.wanted };
		const six = { ...five, activator: "action", execution_condition_mode: "selective" };
		expect(differences(five, should)).toEqual({});
		expect(differences(six, should)).toEqual({ execution_condition_mode: "always" });
	});
});

/** An Odoo of which nothing is asked but what a test answers; everything else there is not. */
function odooThat(answers: Record<string, unknown>): OdooRpc {
	const tryExecute: OdooRpc["tryExecute"] = async (model, method) => {
		const name = `${model}.${method}`;
		if (name in answers) return { result: answers[name] } as Awaited<ReturnType<OdooRpc["tryExecute"]>>;
		return { failure: { name: "builtins.AttributeError", message: `no ${name}` } } as never;
	};
	const search = async (model: string) => answers[`${model}.search_read`] ?? [];
	return { dialect: dialects.oca, tryExecute, search } as unknown as OdooRpc;
}

describe("Odoo", () => {
	test("on 18 a filter on write_uid or id alone never fires: every filtered rule on tickets names the fields it watches", () => {
		const fields = ["priority", "stage_id", "user_id", "team_id", "name", "active"];
		const rules = rulesFor({ mark: "stipt-erp" }, 9, { dialect: dialects.oca, fields, tracked: [] });
		const [tickets] = rules;
		if (tickets === undefined) throw new Error("Expected the rule on tickets.");
		expect(tickets.filter).toContain("write_uid");
		expect(tickets.watched).toEqual(expect.arrayContaining(fields));
		const action = { state: "webhook" as const, sent: [3], url: "https://stipt.example" };
		const wanted: Wanted = { watched: [1, 2], action };
		const found = { id: 4, active: true, trigger: tickets.trigger, filter_domain: tickets.filter };
		const reset = { ...found, trigger_field_ids: [], action_server_ids: [5] };
		expect(ruleDifferences(tickets, wanted, reset)).toEqual(["watched fields"]);
	});

	test("what a module does not ask Odoo to track, a rule of ours does; where all is tracked there is none", () => {
		const fields = ["priority", "stage_id", "team_id"];
		const history = (dialect: Dialect, tracked: string[]) =>
			rulesFor({ mark: "stipt-erp" }, 9, { dialect, fields: [...fields, "project_id"], tracked }).find(
				({ name }) => name === "stipt-erp: history",
			);
		const ours = history(dialects.oca, ["stage_id"]);
		expect(ours).toMatchObject({ trigger: "on_create_or_write", watched: ["priority", "team_id"], filter: false });
		expect(ours?.action).toMatchObject({
			state: "code",
			code: expect.stringContaining('for name in ["priority","team_id"]:'),
		});
		expect(history(dialects.oca, ["priority"])?.watched).toEqual(["team_id"]);
		expect(history(dialects.enterprise, ["priority", "team_id"])).toBeUndefined();
		expect(history(dialects.project, ["priority"])?.watched).toEqual(["project_id"]);
	});

	test("from 18 on keys end, by default the next midnight: said two weeks ahead, and as broken afterwards", async () => {
		const at = Date.parse("2027-03-01T09:00:00Z");
		const ending = (days: number | null) =>
			odooThat({
				"res.users.apikeys.search_read": [{ expiration_date: days === null ? null : at + days * 24 * 60 * minute }],
			});
		expect(await keyFinding(ending(null), at)).toEqual([]);
		expect(await keyFinding(ending(90), at)).toMatchObject([{ todo: null, ok: true }]);
		const [soon] = await keyFinding(ending(0.5), at);
		expect(soon).toMatchObject({ found: "a key of this user ends in 0 days", ok: true });
		expect(soon?.todo).toContain("longest duration");
		expect(await keyFinding(ending(-1), at)).toMatchObject([{ found: "a key of this user has ended", ok: false }]);
	});

	test("18 has no message_format: tracking is read where it is stored, or said to be out of reach", async () => {
		const eighteen = odooThat({
			"mail.tracking.value.search_read": [
				{ mail_message_id: 7, field_id: 3, old_value_char: "New", new_value_char: "Done" },
			],
			"ir.model.fields.read": [{ id: 3, name: "stage_id" }],
		});
		expect(await trackedChanges([7], eighteen)).toEqual([{ message: 7, field: "stage_id", from: "New", to: "Done" }]);
		expect((await historyFinding(eighteen)).found).toBe("readable");
		const narrow = odooThat({});
		expect(await trackedChanges([7], narrow)).toBeNull();
		expect((await historyFinding(narrow)).todo).toContain('Administration: "Settings"');
	});
});

describe("what is tested where it is done", () => {
	test.each([
		[
			"webhook-service/src/adapters/helpdesks/zammad/matrix-fields.test.ts",
			"whose removal is refused are unmarked at once",
		],
		[
			"test/flow/import.test.ts",
			"six changes at once give six deliveries with one body, and the ledger all six changes",
		],
		["shared/src/sla/deciding.test.ts", "counts %s: case %#"],
		["test/desks-odoo.test.ts", "leaves a phantom webhook when it is refused after sending"],
		["test/desks/zammad-deliveries.test.ts", "miss an agent's second change under a guard against our own"],
		["test/contract/recorded.test.ts", "each passes with its signature or address, and with no other"],
	])("%s: %s", (file, title) => {
		expect(readFileSync(join(import.meta.dirname, "../..", file), "utf8")).toContain(`"${title}`);
	});
});
