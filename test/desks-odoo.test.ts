import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Mapping, Write } from "../webhook-service/src/adapters/helpdesks/helpdesk.ts";
import { odoo } from "../webhook-service/src/adapters/helpdesks/odoo/index.ts";
import { createCall } from "../webhook-service/src/call.ts";
import { people } from "./desks/odoo/base.ts";
import { createOdooDesk, type OdooDesk } from "./desks/odoo/desk.ts";
import { chromiumPath } from "./extension/browser.ts";

const start = Date.UTC(2026, 10, 3, 9, 30);
const admin = 2;
const noor = 3;
const bot = 5;

type Delivery = { path: string; line: string; headers: string[]; text: string; body: Record<string, unknown> };
type Receiver = { url: string; got: Delivery[]; close(): Promise<void> };

async function receive(
	answer: (delivery: Delivery, response: ServerResponse) => void | Promise<void> = (_, response) =>
		void response.end("{}"),
): Promise<Receiver> {
	const got: Delivery[] = [];
	const take = async (request: IncomingMessage, response: ServerResponse) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
		const text = Buffer.concat(chunks).toString("utf8");
		const delivery: Delivery = {
			path: (request.url ?? "").slice(1).split("?")[0] ?? "",
			line: `${request.method} ${request.url} HTTP/${request.httpVersion}`,
			headers: request.rawHeaders.filter((_, index) => index % 2 === 0),
			text,
			body: text === "" ? {} : JSON.parse(text),
		};
		got.push(delivery);
		await answer(delivery, response);
	};
	const server: Server = createServer((request, response) => void take(request, response));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		got,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

let now = start;
let desk: OdooDesk;
let key: string;
let adminKey: string;
const closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
	now = start;
	desk = createOdooDesk({ now: () => now, port: 0, seed: false, pace: 0, password: "practice" });
	await desk.listen();
	key = desk.act.key(people.bot);
	adminKey = desk.act.key(people.admin);
});
afterEach(async () => {
	await desk.close();
	for (const close of closing.splice(0)) await close();
});

async function post(path: string, params: unknown, headers: Record<string, string> = {}) {
	const response = await fetch(`${desk.url}${path}`, {
		method: "POST",
		headers: { "Content-Type": "application/json", ...headers },
		body: JSON.stringify({ jsonrpc: "2.0", method: "call", id: 1, params }),
	});
	return { status: response.status, body: (await response.json()) as Record<string, never>, headers: response.headers };
}

async function rpc(uid: number, model: string, method: string, args: unknown[], named: object = {}) {
	const secret = uid === admin ? adminKey : uid === bot ? key : "practice";
	const params = { service: "object", method: "execute_kw", args: [desk.db, uid, secret, model, method, args, named] };
	return (await post("/jsonrpc", params)).body as {
		result?: never;
		error?: { data: { name: string; message: string } };
	};
}

async function done<T = unknown>(
	uid: number,
	model: string,
	method: string,
	args: unknown[],
	named: object = {},
): Promise<T> {
	const { error, result } = await rpc(uid, model, method, args, named);
	if (error !== undefined) throw new Error(`${error.data.name}: ${error.data.message}`);
	return result as T;
}

async function refusal(uid: number, model: string, method: string, args: unknown[], named: object = {}) {
	const { error } = await rpc(uid, model, method, args, named);
	return [error?.data.name, error?.data.message.split("\n")[0]];
}

async function fieldIds(model: string, names: string[]): Promise<number[]> {
	const rows = await done<{ id: number; name: string }[]>(
		admin,
		"ir.model.fields",
		"search_read",
		[[["model", "=", model]]],
		{
			fields: ["name"],
		},
	);
	return names.flatMap((name) => rows.filter((row) => row.name === name).map(({ id }) => id));
}

type Rule = { trigger: string; watched?: string[]; sent?: string[]; filter?: string; pre?: string; model?: string };

async function addRule(
	url: string,
	{ trigger, watched, sent = ["write_date"], filter, pre, model = "helpdesk.ticket" }: Rule,
) {
	const [described] = await done<number[]>(admin, "ir.model", "search", [[["model", "=", model]]]);
	const action = {
		...{ name: "hook", model_id: described, state: "webhook", webhook_url: url },
		webhook_field_ids: [[6, 0, await fieldIds(model, sent)]],
	};
	return done<number>(admin, "base.automation", "create", [
		{
			...{
				name: url || "empty",
				model_id: described,
				trigger,
				filter_domain: filter ?? false,
				filter_pre_domain: pre ?? false,
			},
			trigger_field_ids: [[6, 0, await fieldIds(model, watched ?? [])]],
			action_server_ids: [[0, 0, action]],
		},
	]);
}

const watchedBySla = ["active", "category_id", "partner_id", "priority", "stage_id", "tag_ids", "team_id", "user_id"];
const sentBySla = [
	"id",
	"number",
	"stage_id",
	"priority",
	"user_id",
	"team_id",
	"closed",
	"write_date",
	"write_uid",
	"tag_ids",
];

/** The twelve rules of the table of events, in the order in which they were made. */
async function addRules(url: string): Promise<void> {
	const add = (name: string, rule: Rule) => addRule(`${url}/${name}?secret=s`, { sent: sentBySla, ...rule });
	await add("create", { trigger: "on_create" });
	await add("any", { trigger: "on_create_or_write" });
	await add("sla", { trigger: "on_create_or_write", watched: watchedBySla });
	await add("priority", { trigger: "on_priority_set", watched: ["priority"] });
	await add("stage", { trigger: "on_stage_set", watched: ["stage_id"] });
	await add("user", { trigger: "on_user_set", watched: ["user_id"] });
	await add("tag", {
		...{ trigger: "on_tag_set", watched: ["tag_ids"] },
		...{ filter: "[('tag_ids', 'in', [1])]", pre: "[('tag_ids', 'not in', [1])]" },
	});
	await add("unlink", { trigger: "on_unlink" });
	await add("archive", { trigger: "on_archive", watched: ["active"] });
	await add("unarchive", { trigger: "on_unarchive", watched: ["active"] });
}

const aTicket = { name: "Printer on fire", description: "<p>It burns</p>", team_id: 1, partner_id: 6 };

describe("automation rules", () => {
	let receiver: Receiver;
	beforeEach(async () => {
		receiver = await receive();
		closing.push(() => receiver.close());
		await addRules(receiver.url);
	});
	const during = async (deed: () => Promise<unknown>): Promise<string> => {
		receiver.got.length = 0;
		await deed();
		return receiver.got.map(({ path }) => path).join(" ");
	};

	it("send as many webhooks per event, in the same order, as a real Odoo 17", async () => {
		let id = 0;
		const write = (values: object) => during(() => done(admin, "helpdesk.ticket", "write", [[id], values]));
		const create = await during(async () => {
			id = await done<number>(admin, "helpdesk.ticket", "create", [aTicket]);
		});
		const seen: Record<string, string> = {
			create,
			staged: await during(() => desk.act.create(people.customers[0], { ...aTicket, team_id: false })),
			mail: await during(() => desk.act.mail({ from: people.customers[0], subject: "Help", body: "Please" })),
			priority: await write({ priority: "3" }),
			same: await write({ priority: "3" }),
			assign: await write({ user_id: noor }),
			unassign: await write({ user_id: false }),
			stage: await write({ stage_id: 2 }),
			both: await write({ stage_id: 3, priority: "1" }),
			close: await write({ stage_id: 4 }),
			team: await write({ team_id: 2 }),
			tag: await write({ tag_ids: [[4, 1]] }),
			untag: await write({ tag_ids: [[3, 1]] }),
			name: await write({ name: "Printer on fire!" }),
			archive: await write({ active: false }),
			unarchive: await write({ active: true }),
			delete: await during(() => done(admin, "helpdesk.ticket", "unlink", [[id]])),
		};
		const created = "create any sla priority stage";
		expect(seen).toEqual({
			create: `any sla stage ${created} any`,
			staged: `${created} any`,
			mail: `any sla stage ${created} any`,
			priority: "any sla priority",
			same: "any",
			assign: "any sla user",
			unassign: "any sla",
			stage: "any sla stage any",
			both: "any sla priority stage any",
			close: "any sla stage any",
			team: "sla stage any sla any",
			tag: "any sla tag",
			untag: "any sla",
			name: "any",
			archive: "any sla archive",
			unarchive: "any sla unarchive",
			delete: "unlink",
		});
	});

	it("go rule by rule and record by record when several are written at once", async () => {
		const ids = await done<number[]>(admin, "helpdesk.ticket", "create", [[aTicket, aTicket, aTicket]]);
		const seen = await during(() => done(admin, "helpdesk.ticket", "write", [ids, { priority: "0" }]));
		expect(seen).toBe("any any any sla sla sla priority priority priority");
		expect(receiver.got.slice(0, 3).map(({ body }) => body._id)).toEqual(ids);
	});

	it("send one more when the first mail about a ticket makes its link", async () => {
		const id = await desk.act.create(people.customers[0], { ...aTicket, user_id: noor });
		expect(await during(() => desk.act.reply(people.agents[1], id, "We look into it"))).toBe("any");
		expect(await during(() => desk.act.reply(people.agents[1], id, "Still looking"))).toBe("");
	});

	it("have Python's own request: line, headers, sorted body, microseconds, bare references", async () => {
		const id = await done<number>(admin, "helpdesk.ticket", "create", [aTicket]);
		await during(() => done(admin, "helpdesk.ticket", "write", [[id], { priority: "2" }]));
		const [sent] = receiver.got;
		expect(sent?.line).toBe("POST /any?secret=s HTTP/1.1");
		expect(sent?.headers).toEqual([
			...["Host", "User-Agent", "Accept-Encoding", "Accept", "Connection", "Content-Type", "Content-Length"],
		]);
		expect(sent?.text).toMatch(
			/^\{"_action": "Send Webhook Notification\(#\d+\)", "_id": 1, "_model": "helpdesk.ticket", "closed": false, "id": 1, "number": "HT00001", "priority": "2", "stage_id": 1, "tag_ids": \[\], "team_id": 1, "user_id": false, "write_date": "2026-11-03 09:30:00\.\d{6}", "write_uid": 2\}$/,
		);
	});
});

describe("a save", () => {
	it("is not visible to a read before its webhook is answered", async () => {
		const seen: unknown[] = [];
		const receiver = await receive(async ({ body }, response) => {
			seen.push(await done(bot, "helpdesk.ticket", "read", [[body._id], ["priority"]]));
			response.end("{}");
		});
		closing.push(() => receiver.close());
		await addRule(`${receiver.url}/x`, { trigger: "on_create_or_write", watched: ["priority"] });
		const id = await done<number>(admin, "helpdesk.ticket", "create", [{ ...aTicket, stage_id: 1 }]);
		await done(admin, "helpdesk.ticket", "write", [[id], { priority: "3" }]);
		expect(seen).toEqual([[], [{ id, priority: "1" }]]);
		expect(await done(bot, "helpdesk.ticket", "read", [[id], ["priority"]])).toEqual([{ id, priority: "3" }]);
	});

	it("leaves a phantom webhook when it is refused after sending", async () => {
		const receiver = await receive();
		closing.push(() => receiver.close());
		const id = await done<number>(admin, "helpdesk.ticket", "create", [aTicket]);
		await addRule(`${receiver.url}/x`, { trigger: "on_create_or_write", sent: ["priority"] });
		await addRule("", { trigger: "on_create_or_write" });
		expect((await refusal(admin, "helpdesk.ticket", "write", [[id], { priority: "3" }]))[0]).toBe(
			"odoo.exceptions.UserError",
		);
		expect(receiver.got.map(({ body }) => body.priority)).toEqual(["3"]);
		expect(await done(bot, "helpdesk.ticket", "read", [[id], ["priority"]])).toEqual([{ id, priority: "1" }]);
	});

	it("is sent again when somebody else wrote the same ticket meanwhile", async () => {
		const waiting: ServerResponse[] = [];
		const receiver = await receive((_, response) => {
			waiting.push(response);
			if (waiting.length === 2) for (const one of waiting) one.end("{}");
			if (waiting.length > 2) response.end("{}");
		});
		closing.push(() => receiver.close());
		const id = await done<number>(admin, "helpdesk.ticket", "create", [aTicket]);
		await addRule(`${receiver.url}/x`, { trigger: "on_create_or_write", sent: ["priority", "name"] });
		await Promise.all([
			done(admin, "helpdesk.ticket", "write", [[id], { priority: "3" }]),
			done(noor, "helpdesk.ticket", "write", [[id], { name: "Changed" }]),
		]);
		expect(receiver.got.length).toBe(3);
		expect(await done(bot, "helpdesk.ticket", "read", [[id], ["priority", "name"]])).toEqual([
			{ id, priority: "3", name: "Changed" },
		]);
	});

	it("goes on when the receiver refuses, is away, or says nothing for a second", async () => {
		const silent = createOdooDesk({ now: () => now, port: 0, seed: false, silence: 50 });
		const receiver = await receive(() => undefined);
		closing.push(() => receiver.close());
		const keep = desk;
		desk = silent;
		await silent.listen();
		[key, adminKey] = [silent.act.key(people.bot), silent.act.key(people.admin)];
		for (const url of [`${receiver.url}/x`, "http://127.0.0.1:9/x", "ftp://127.0.0.1/x"]) {
			await addRule(url, { trigger: "on_create" });
		}
		expect(await done(admin, "helpdesk.ticket", "create", [aTicket])).toBe(1);
		expect(receiver.got.length).toBe(1);
		await silent.close();
		desk = keep;
	});

	it("fails when a rule's filter cannot be read", async () => {
		await addRule("http://127.0.0.1:9/x", { trigger: "on_create", filter: "[('nofield', '=', 1)]" });
		expect((await refusal(admin, "helpdesk.ticket", "create", [aTicket]))[0]).toBe("builtins.ValueError");
	});

	it("by the bot is silent for a rule that guards against it", async () => {
		const receiver = await receive();
		closing.push(() => receiver.close());
		const id = await done<number>(admin, "helpdesk.ticket", "create", [aTicket]);
		await addRule(`${receiver.url}/x`, {
			...{ trigger: "on_create_or_write", watched: ["priority"], filter: `[('write_uid', '!=', ${bot})]` },
		});
		await done(bot, "helpdesk.ticket", "write", [[id], { priority: "3" }]);
		expect(receiver.got.length).toBe(0);
		await desk.act.priority(people.agents[0], id, "0");
		expect(receiver.got.length).toBe(1);
	});
});

describe("answers over RPC", () => {
	it("have always status 200; what went wrong is told by the class of an exception", async () => {
		const id = await done<number>(admin, "helpdesk.ticket", "create", [aTicket]);
		const ticket = "helpdesk.ticket";
		const refused = async (method: string, ...args: unknown[]) => refusal(bot, ticket, method, args);
		expect(await refused("write", [id], { priority: "9" })).toEqual([
			"builtins.ValueError",
			"Wrong value for helpdesk.ticket.priority: '9'",
		]);
		expect(await refused("write", [99], { priority: "1" })).toEqual([
			"odoo.exceptions.MissingError",
			"Record does not exist or has been deleted.",
		]);
		expect(await refused("write", [id], { nofield: 1 })).toEqual([
			"builtins.ValueError",
			"Invalid field 'nofield' on model 'helpdesk.ticket'",
		]);
		expect(await refused("search_read", [["nofield", "=", 1]], ["name"])).toEqual([
			"builtins.ValueError",
			"Invalid field helpdesk.ticket.nofield in leaf ('nofield', '=', 1)",
		]);
		expect(await refused("nope", [id])).toEqual([
			"builtins.AttributeError",
			"The method 'nope' does not exist on the model 'helpdesk.ticket'",
		]);
		expect((await refused("_compute_access_url", [id]))[0]).toBe("odoo.exceptions.AccessError");
		expect((await refused("write", [id], { stage_id: 99 }))[0]).toBe("odoo.exceptions.MissingError");
		expect((await refused("write", [id], { closed_date: "2026-11-22T04:00:00Z" }))[1]).toMatch(/does not match format/);
		expect((await refused("create", { name: "x" }))[0]).toBe("odoo.exceptions.ValidationError");
		expect(await refused("unlink", [id])).toEqual([
			"odoo.exceptions.AccessError",
			"You are not allowed to delete 'Helpdesk Ticket' (helpdesk.ticket) records.",
		]);
		expect(await refusal(bot, "helpdesk.nope", "search", [[]])).toEqual([
			"odoo.exceptions.UserError",
			"Object helpdesk.nope doesn't exist",
		]);
		expect(await done(bot, ticket, "read", [[99], ["name"]])).toEqual([]);
		expect(await rpc(bot, ticket, "assign_to_me", [[id]])).not.toHaveProperty("result");
	});

	it("keep what only Settings may see from a helpdesk user", async () => {
		for (const model of [
			"base.automation",
			"ir.actions.server",
			"ir.model",
			"ir.model.fields",
			"mail.tracking.value",
		]) {
			expect((await refusal(bot, model, "search_read", [[]]))[1], model).toMatch(/^You are not allowed to access '/);
		}
		expect((await refusal(bot, "ir.model.data", "search_read", [[]]))[0]).toBe("odoo.exceptions.AccessError");
		const fields = ["tracking_value_ids"];
		expect((await refusal(bot, "mail.message", "search_read", [[]], { fields }))[1]).toMatch(/security restrictions/);
		expect(await done(bot, "base.automation", "check_access_rights", ["create"], { raise_exception: false })).toBe(
			false,
		);
		expect(await done(bot, "res.users", "has_group", ["helpdesk_mgmt.group_helpdesk_user"])).toBe(true);
	});

	it("let in by API key or password, and say false or Access Denied to anything else", async () => {
		const sign = async (...args: unknown[]) =>
			(await post("/jsonrpc", { service: "common", method: "authenticate", args: [...args, {}] })).body.result;
		expect(await sign(desk.db, people.bot, key)).toBe(bot);
		expect(await sign(desk.db, people.bot, "practice")).toBe(bot);
		expect(await sign(desk.db, people.bot, "wrong")).toBe(false);
		const args = [desk.db, bot, "wrong", "helpdesk.ticket", "search", [[]], {}];
		const denied = await post("/jsonrpc", { service: "object", method: "execute_kw", args });
		expect([denied.status, denied.body.error]).toMatchObject([
			200,
			{ code: 200, data: { name: "odoo.exceptions.AccessDenied" } },
		]);
		const other = await post("/jsonrpc", { service: "common", method: "authenticate", args: ["nodb", "a", "b", {}] });
		expect(other.body.error).toMatchObject({ data: { name: "psycopg2.OperationalError" } });
	});

	it("read dates in UTC cut to the second, references with their names, and nothing as false", async () => {
		now = start + 789;
		const id = await done<number>(admin, "helpdesk.ticket", "create", [aTicket]);
		const fields = [
			"number",
			"stage_id",
			"user_id",
			"create_date",
			"closed",
			"tag_ids",
			"display_name",
			"last_stage_update",
		];
		const [row] = await done<object[]>(bot, "helpdesk.ticket", "read", [[id], fields]);
		expect(row).toEqual({
			...{ id, number: "HT00001", stage_id: [1, "New"], user_id: false, create_date: "2026-11-03 09:30:00" },
			...{ closed: false, tag_ids: [], display_name: "HT00001 - Printer on fire" },
			last_stage_update: "2026-11-03 09:30:00",
		});
		const bare = { fields: ["stage_id"], load: "", context: { lang: "nl_NL" } };
		expect(await done(bot, "helpdesk.ticket", "search_read", [[["id", "=", id]]], bare)).toEqual([{ id, stage_id: 1 }]);
		const dutch = await done(bot, "helpdesk.ticket", "read", [[id], ["stage_id"]], { context: { lang: "nl_NL" } });
		expect(dutch).toEqual([{ id, stage_id: [1, "Nieuw"] }]);
		const since = (text: string) => done(bot, "helpdesk.ticket", "search_count", [[["write_date", ">", text]]]);
		expect([await since("2026-11-03 09:30:00"), await since("2026-11-03T09:30:00.999Z")]).toEqual([1, 0]);
	});

	it("track stage and assignee, mail who is concerned, and never track a priority", async () => {
		const id = await done<number>(admin, "helpdesk.ticket", "create", [aTicket]);
		await desk.act.assign(people.agents[0], id, people.agents[1]);
		await desk.act.priority(people.agents[0], id, "3");
		await desk.act.stage(people.agents[0], id, "Done");
		const domain: unknown[] = [["res_id", "=", id]];
		type Told = { id: number; message_type: string; is_internal: boolean; subtype_id: unknown };
		const rows = await done<Told[]>(bot, "mail.message", "search_read", [domain], {
			...{ fields: ["message_type", "is_internal", "subtype_id"], order: "id asc" },
		});
		expect(rows.map(({ message_type, is_internal, subtype_id }) => [message_type, is_internal, subtype_id])).toEqual([
			["notification", false, [4, "Ticket Created"]],
			["notification", true, [2, "Note"]],
			["notification", true, [2, "Note"]],
			["email_outgoing", false, false],
		]);
		const formatted = await done<{ trackingValues: object[]; author: object }[]>(
			bot,
			"mail.message",
			"message_format",
			[rows.map((row) => row.id)],
		);
		expect(formatted[1]).toMatchObject({
			...{
				is_note: true,
				is_discussion: false,
				author: { id: 3, name: "Noor Voorbeeld", user: { id: 3, isInternalUser: true } },
			},
			trackingValues: [
				{
					...{ fieldName: "user_id", fieldType: "many2one", changedField: "Assigned user" },
					...{ oldValue: { value: "" }, newValue: { value: "Lou Exemple" } },
				},
			],
		});
		expect(formatted[2]?.trackingValues).toMatchObject([{ oldValue: { value: "New" }, newValue: { value: "Done" } }]);
	});

	it("show the mail to an assignee to nobody but its writer and its reader", async () => {
		const id = await done<number>(admin, "helpdesk.ticket", "create", [aTicket]);
		await desk.act.assign(people.agents[0], id, people.agents[1]);
		const domain: unknown[] = [["message_type", "=", "user_notification"]];
		const seenBy = (uid: number) => done(uid, "mail.message", "search_count", [domain]);
		expect([await seenBy(bot), await seenBy(noor), await seenBy(noor + 1)]).toEqual([0, 1, 1]);
	});

	it("answer a message's id as a number, and as that strange text once rules on messages exist", async () => {
		const id = await done<number>(admin, "helpdesk.ticket", "create", [aTicket]);
		const body = { body: "<b>x</b>" };
		expect(await done(bot, "helpdesk.ticket", "message_post", [[id]], body)).toBe(2);
		await addRule("http://127.0.0.1:9/x", { trigger: "on_message_received" });
		expect(await done(bot, "helpdesk.ticket", "message_post", [[id]], { ...body, body_is_html: true })).toBe(
			"mail.message(3,)",
		);
		expect(
			await done(bot, "mail.message", "search_read", [[["id", ">", 1]]], { fields: ["body"], order: "id" }),
		).toEqual([
			{ id: 2, body: "<p>&lt;b&gt;x&lt;/b&gt;</p>" },
			{ id: 3, body: "<b>x</b>" },
		]);
	});

	it("are refused with 400 when they are not JSON, and with code 100 without a session", async () => {
		const plain = await fetch(`${desk.url}/jsonrpc`, {
			method: "POST",
			body: "{}",
			headers: { "Content-Type": "text/plain" },
		});
		expect(plain.status).toBe(400);
		const broken = await fetch(`${desk.url}/jsonrpc`, {
			...{ method: "POST", body: "{bad", headers: { "Content-Type": "application/json" } },
		});
		expect([broken.status, await broken.text()]).toEqual([400, "Invalid JSON data"]);
		const search = { model: "helpdesk.ticket", method: "search_count", args: [[]], kwargs: {} };
		const expired = await post("/web/dataset/call_kw", search);
		expect([expired.status, expired.body.error]).toMatchObject([
			200,
			{ code: 100, message: "Odoo Session Expired", data: { name: "odoo.http.SessionExpiredException" } },
		]);
		const signed = await post("/web/session/authenticate", {
			db: desk.db,
			login: people.agents[0],
			password: "practice",
		});
		const cookie = (signed.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
		expect((await post("/web/dataset/call_kw/helpdesk.ticket/search_count", search, { cookie })).body.result).toBe(0);
		const byKey = await post("/web/session/authenticate", { db: desk.db, login: people.bot, password: key });
		expect(byKey.body.error).toMatchObject({ data: { name: "odoo.exceptions.AccessDenied" } });
		const action = await post("/web/action/load", { action_id: 184 }, { cookie });
		expect(action.body.result).toMatchObject({ res_model: "helpdesk.ticket", limit: 80 });
	});
});

describe("the adapter for Odoo", () => {
	const call = createCall({ allowPrivate: true });
	const context = (settings: object = {}) => ({
		connection: {
			...{ id: "odoo-1", url: desk.url, mapping },
			settings: { db: desk.db, login: people.bot, key, installLogin: people.admin, installKey: adminKey, ...settings },
		},
		...{ call, now },
	});
	const mapping: Mapping = {
		priorities: { "0": ["P4"], "1": ["P3"], "2": ["P2"], "3": ["P1"] },
		states: { New: "new", "In Progress": "open", Awaiting: "waiting", Done: "closed" },
	};

	it("finds everything in order, and what is missing when it is", async () => {
		const findings = await odoo.probe(context());
		expect(findings.filter(({ ok }) => !ok)).toEqual([]);
		expect(findings.map(({ found }) => found)).toContain("x_impact, x_urgency");
		const narrow = await odoo.probe(context({ installLogin: people.bot, installKey: key }));
		expect(narrow.find(({ what }) => what.startsWith("Access right Administration"))?.found).toBe("missing");
		const wrong = await odoo.probe(context({ key: "wrong" }));
		expect(wrong.find(({ what }) => what.startsWith("Database"))?.ok).toBe(false);
		expect((await odoo.proposeMapping(context())).states).toMatchObject({
			New: "new",
			Awaiting: "waiting",
			Done: "closed",
		});
	});

	it("installs its rules once, is told of every change, reads it, writes back, and sees it in a poll", async () => {
		const receiver = await receive();
		closing.push(() => receiver.close());
		const hook = { url: `${receiver.url}/hooks/odoo-1?secret=s`, secret: "s", mark: "Stipt odoo-1" };
		const { settings, done: made } = await odoo.install(hook, context());
		expect(made).toHaveLength(4);
		expect((await odoo.install(hook, context())).done.every((line) => line.endsWith("was right already"))).toBe(true);
		expect(settings).toMatchObject({ db: desk.db, login: people.bot, key, uid: bot });

		const id = await desk.act.mail({ from: people.customers[0], subject: "Cannot log in", body: "Help" });
		now += 60_000;
		await desk.act.stage(people.agents[0], id, "In Progress");
		now += 60_000;
		await desk.act.reply(people.agents[0], id, "We look into it");
		const hints = receiver.got.map(({ body }) => odoo.hint(body));
		expect(hints.every((hint) => "tickets" in hint && hint.tickets[0] === String(id))).toBe(true);

		now += 60_000;
		const reading = await odoo.read(String(id), [], context(settings));
		if (!reading.found) throw new Error("Expected the ticket, found none.");
		expect(reading.snapshot).toMatchObject({
			number: "HT00001",
			title: "Cannot log in",
			priorityLabel: "1",
			owner: null,
		});
		expect(reading.facts.map(({ kind, at }) => [kind, (at - start) / 60_000])).toEqual(
			expect.arrayContaining([
				["opened", 0],
				["state-changed", 1],
				["replied", 2],
			]),
		);
		const replied = reading.facts.find(({ kind }) => kind === "replied");
		expect(replied).toMatchObject({ by: { kind: "agent", id: String(noor) }, public: true });

		const write: Write = { kind: "set-priority", label: "3", impact: "high", urgency: "high" };
		receiver.got.length = 0;
		expect(await odoo.write(String(id), write, context(settings))).toEqual({ outcome: "written", left: [] });
		expect(await odoo.write(String(id), write, context(settings))).toEqual({ outcome: "already-so", left: [] });
		const note: Write = { kind: "note", html: "<p>Late</p>", text: "Late", mark: "a1" };
		expect((await odoo.write(String(id), note, context(settings))).outcome).toBe("written");
		expect((await odoo.write(String(id), note, context(settings))).outcome).toBe("already-so");
		expect(receiver.got).toEqual([]);

		const changed = await odoo.changedSince(now - 1_000, context(settings));
		expect(changed).toEqual({ tickets: [{ ticket: String(id), updatedAt: now }], more: false });
		await desk.act.remove(id);
		expect(await odoo.read(String(id), [], context(settings))).toEqual({ found: false });
	});

	it("tells a helpdesk user who would install that it may not", async () => {
		const hook = { url: "http://127.0.0.1:9/x", secret: "s", mark: "Stipt" };
		await expect(odoo.install(hook, context({ installLogin: people.bot, installKey: key }))).rejects.toMatchObject({
			kind: "denied",
		});
	});
});

describe("pages", () => {
	let browser: Browser;
	let page: Page;
	/** What the extension knows of Odoo's pages, as one script that a page can run. */
	let host = "";
	const faults: string[] = [];

	beforeAll(async () => {
		const entry = "extension/src/hosts/odoo/index.ts";
		const bundle = { bundle: true, write: false, format: "iife", globalName: "known" } as const;
		host = (await build({ entryPoints: [entry], ...bundle })).outputFiles[0]?.text ?? "";
		browser = await chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox", "--disable-gpu"] });
	});
	afterAll(() => browser.close());
	beforeEach(async () => {
		await desk.close();
		desk = createOdooDesk({ now: () => now, port: 0, pace: 0, password: "practice" });
		await desk.listen();
		page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
		page.on("pageerror", (error) => faults.push(error.message));
		faults.length = 0;
	});
	afterEach(async () => {
		expect(faults).toEqual([]);
		await page.close();
	});

	const visit = async (address: string, drawn: string) => {
		await page.goto(`${desk.url}/web${address}`);
		await page.locator(drawn).first().waitFor();
		await page.evaluate(host.replace("var known", "window.known"));
	};
	/** Asks what the extension would see now. */
	const see = (what: string) =>
		page.evaluate(
			`(() => { const page = { url: new URL(location.href), document }; const { odoo } = known; return ${what}; })()`,
		);
	const list = "#action=184&model=helpdesk.ticket&view_type=list";
	const kanban = "#action=184&model=helpdesk.ticket&view_type=kanban";
	const form = (id: number) => `#id=${id}&model=helpdesk.ticket&view_type=form`;
	const number = '.o_form_sheet [name="number"]';
	const ticket = (id: number) => desk.state.tables["helpdesk.ticket"]?.find((row) => row.id === id);

	it("have in the list what the extension looks for, and the host tells which ticket a number is", async () => {
		await visit("#action=184", "tr.o_data_row");
		expect(page.url()).toMatch(/#action=184&model=helpdesk.ticket&view_type=list&cids=1&menu_id=113$/);
		expect(await page.title()).toBe("Odoo - Tickets");
		expect(await see("odoo.recognises(page)")).toBe(true);
		expect(await see("odoo.rows(page).map((row) => row.number)")).toEqual(
			[1, 2, 3, 4, 5, 6, 7, 8].map((count) => `HT0000${count}`),
		);
		const ids = await page.evaluate(`(async () => {
			const { lookup } = known.odoo;
			const body = JSON.stringify(lookup.body(["HT00002", "HT00005", "HT99999"]));
			const headers = { "Content-Type": "application/json" };
			return lookup.read(await (await fetch(lookup.path, { method: "POST", headers, body })).json());
		})()`);
		expect(ids).toEqual({ HT00002: "2", HT00005: "5" });
	});

	it("have in the form what the extension looks for, also after coming from the list and by the pager", async () => {
		await visit(list, "tr.o_data_row");
		expect(await see("odoo.ticketAt(page)")).toBe(null);
		await page.evaluate(
			`(() => { window.drawn = []; navigation.addEventListener("currententrychange", () => drawn.push(document.querySelector('${number}')?.textContent)); })()`,
		);
		await page.locator('tr.o_data_row:nth-child(2) td[name="name"]').click();
		await page.locator(".o-mail-Message").first().waitFor();
		expect(await see("[odoo.ticketAt(page), odoo.numberAt(page), odoo.freshness(page)]")).toEqual([
			"2",
			"HT00002",
			"1/2",
		]);
		expect(await see("odoo.slots(page, '2').find(({ name }) => name === 'bar').place.box().height")).toBe(33);
		const missing = await see(
			"Object.entries(odoo.selectors).filter(([name, selector]) => !/list|row|Head|Cell|card/i.test(name) && !document.querySelector(selector)).map(([name]) => name)",
		);
		expect(missing).toEqual([]);
		await page.evaluate(
			'document.querySelector(".o_form_sheet").append(Object.assign(document.createElement("i"), { id: "ours" }))',
		);
		await page.locator(".o_pager_next").click();
		await page.getByText("HT00003 - Slow search in the archive").waitFor();
		expect(await see("[odoo.ticketAt(page), odoo.numberAt(page)]")).toEqual(["3", "HT00003"]);
		expect(await page.locator("#ours").count()).toBe(1);
		expect(await page.evaluate("drawn")).toEqual(["HT00002", "HT00003"]);
		await page.goBack();
		await page.getByText("HT00002 - Documents do not open").waitFor();
		await page.goBack();
		await page.locator(".o_list_view").waitFor();
		expect(await page.locator(".o_form_view").count()).toBe(0);
	});

	it("save a star at once and show others' changes only with the next save of their own", async () => {
		await visit(form(2), ".o_form_sheet");
		const stars = () => page.locator(".o_form_sheet .o_priority_star.fa-star").count();
		expect(await stars()).toBe(2);
		await page.locator(".o_form_sheet .o_priority_star").nth(2).click();
		await expect.poll(() => ticket(2)?.priority).toBe("3");
		expect(await stars()).toBe(3);
		await desk.act.priority(people.agents[1], 2, "0");
		await desk.act.stage(people.agents[1], 2, "Awaiting");
		expect(await see("odoo.freshness(page)")).toBe("1/3");
		await page.locator('[name="partner_name"] input').fill("Somebody else");
		await page.locator(".o_form_button_save").click();
		await expect.poll(() => see("odoo.freshness(page)")).toBe("3/0");
		expect(ticket(2)).toMatchObject({ partner_name: "Somebody else", priority: "0", stage_id: 3 });
	});

	it("change stage by its button, a folded one by the menu, and post messages and notes", async () => {
		await visit(form(2), ".o_form_sheet");
		await page.locator('[name="stage_id"] button[data-value="2"]').click();
		await page.locator('[aria-current="step"][data-value="2"]').waitFor();
		expect(ticket(2)?.stage_id).toBe(2);
		await page.getByText("...", { exact: true }).click();
		await page.getByRole("menuitem", { name: "Done" }).click();
		await page.locator('[aria-current="step"][data-value="4"]').waitFor();
		for (const [button, text] of [
			["sendMessage", "We look into it"],
			["logNote", "Seen before"],
		]) {
			await page.locator(`.o-mail-Chatter-${button}`).click();
			await page.locator(".o-mail-Composer-input").fill(text ?? "");
			await page.locator(".o-mail-Composer-send").click();
			await page.locator(".o-mail-Message-body", { hasText: text ?? "" }).waitFor();
		}
		const written = desk.state.tables["mail.message"]?.filter(
			(row) => row.res_id === 2 && row.message_type === "comment",
		);
		expect(written?.map(({ body, subtype_id }) => [body, subtype_id])).toEqual([
			["<p>We look into it</p>", 1],
			["<p>Seen before</p>", 2],
		]);
	});

	it("make a new ticket, which gets its number and its address with the save", async () => {
		await visit("#menu_id=113&action=184&model=helpdesk.ticket&view_type=form", ".o_form_sheet");
		await page.locator("h2.o_row input").fill("Made in the form");
		await page.locator(".note-editable").fill("It is broken");
		await page.locator(".o_form_button_save").click();
		await page.getByText("HT00009 - Made in the form").waitFor();
		expect(await see("[odoo.ticketAt(page), odoo.numberAt(page)]")).toEqual(["9", "HT00009"]);
		expect(ticket(9)).toMatchObject({ name: "Made in the form", stage_id: 1, priority: "1" });
	});

	it("make rows anew by sort, search and page, and keep them for a star", async () => {
		await visit(`?limit=5${list}`, "tr.o_data_row");
		const mark = () =>
			page.evaluate('for (const row of document.querySelectorAll("tr.o_data_row")) row.classList.add("ours")');
		const marked = () => page.locator("tr.ours").count();
		const numbers = () => see("odoo.rows(page).map((row) => row.number)");
		await mark();
		await page.locator("tr.o_data_row").first().locator(".o_priority_star").nth(1).click();
		await expect.poll(() => ticket(1)?.priority).toBe("2");
		expect(await marked()).toBe(5);
		await page.locator(".o_pager_next").click();
		await expect.poll(marked).toBe(0);
		expect(await numbers()).toEqual(["HT00006", "HT00007", "HT00008"]);
		await page.locator(".o_pager_next").click();
		await expect.poll(numbers).toHaveLength(5);
		await mark();
		await page.locator('th[data-name="name"]').click();
		await expect.poll(marked).toBe(0);
		expect(await numbers()).toEqual(["HT00001", "HT00002", "HT00008", "HT00005", "HT00006"]);
		await page.locator(".o_searchview_input").fill("portal");
		await page.locator(".o_searchview_input").press("Enter");
		await page.locator(".o_searchview_facet").waitFor();
		expect(await numbers()).toEqual(["HT00001", "HT00005"]);
	});

	it("rebuild the whole column that a card is dragged out of, and only add to the other", async () => {
		await visit(kanban, ".o_kanban_record");
		await page.evaluate('for (const card of document.querySelectorAll(".o_kanban_record")) card.classList.add("ours")');
		const column = (index: number) => page.locator(".o_kanban_group").nth(index);
		const target = await column(1).boundingBox();
		await column(0).locator(".o_kanban_record", { hasText: "HT00005" }).hover();
		await page.mouse.down();
		await page.mouse.move((target?.x ?? 0) + 100, (target?.y ?? 0) + 300, { steps: 5 });
		await page.mouse.up();
		await column(1).locator(".o_kanban_record", { hasText: "HT00005" }).waitFor();
		expect(ticket(5)?.stage_id).toBe(2);
		const ours = (index: number) => column(index).locator(".ours").count();
		expect([await ours(0), await ours(1), await ours(2)]).toEqual([0, 1, 1]);
	});

	it("speak Dutch and can be dark", async () => {
		await visit(`?lang=nl&theme=dark${form(3)}`, ".o_form_sheet");
		expect(await page.locator(".o-mail-Chatter-sendMessage").innerText()).toBe("Bericht versturen");
		expect(await page.locator('[aria-current="step"]').innerText()).toBe("In afwachting");
		const back = (selector: string) =>
			page.evaluate(`getComputedStyle(document.querySelector("${selector}")).backgroundColor`);
		expect([await back("body"), await back(".o_form_sheet")]).toEqual(["rgb(27, 29, 38)", "rgb(38, 42, 54)"]);
		await visit(form(3), ".o_form_sheet");
		expect([await back("body"), await back(".o_form_sheet")]).toEqual(["rgb(248, 249, 250)", "rgb(255, 255, 255)"]);
	});

	it("put the conversation beside the sheet from 1534 pixels on", async () => {
		await visit(form(3), ".o-mail-Message");
		const beside = () => page.locator(".o-mail-Form-chatter.o-aside").count();
		await page.setViewportSize({ width: 1530, height: 900 });
		expect(await beside()).toBe(0);
		await page.setViewportSize({ width: 1540, height: 900 });
		await expect.poll(beside).toBe(1);
	});

	it("show a written script as text", async () => {
		const harm = '<img src=x onerror="window.harmed = 1"><script>window.harmed = 1</script>';
		await desk.act.write(people.agents[0], [3], { name: harm, description: harm });
		await desk.act.reply(people.agents[0], 3, harm);
		await visit(form(3), ".o-mail-Message");
		await visit(list, "tr.o_data_row");
		await visit(kanban, ".o_kanban_record");
		expect(await page.evaluate("window.harmed")).toBeUndefined();
	});
});
