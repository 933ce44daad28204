import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { agent, bot, closeAll, colleague, customer, password, quick, send, startDesk, story } from "./starting.ts";
import { people } from "./zammad/base.ts";
import { createZammadDesk, type ZammadDesk } from "./zammad/desk.ts";

type Call = {
	name: string;
	as: string;
	method: string;
	path: string;
	body?: unknown;
	from?: string;
	type?: string;
	status: number;
	shape?: string;
	rows?: boolean;
	error?: string;
	human?: boolean;
};
type Shapes = {
	shapes: Record<string, string>;
	history: Record<string, string>;
	delivery: Record<string, string>;
	calls: Call[];
};

const real = JSON.parse(readFileSync(join(import.meta.dirname, "../fixtures/desks/zammad-5.2.json"), "utf8")) as Shapes;

afterEach(closeAll);

/** Keys that hang on a ticket's customer, on the attributes of a desk, or on who wrote for whom. */
const sometimes = ["organization", "impact", "urgency", "origin_by"];

describe("the practice desk's API", () => {
	let desk: ZammadDesk;
	let headers: Record<string, Record<string, string>>;

	beforeAll(async () => {
		desk = createZammadDesk({ now: () => Date.parse("2027-03-01T09:00:00.000Z"), port: 0, timing: quick, password });
		await desk.listen();
		const as = (login: string, permission: string[]) => ({
			Authorization: `Token token=${desk.act.token(login, permission)}`,
		});
		const basic = (login: string, word: string) => ({
			Authorization: `Basic ${Buffer.from(`${login}:${word}`).toString("base64")}`,
		});
		headers = {
			bot: as(bot, ["admin", "ticket.agent"]),
			agent: as(agent, ["ticket.agent"]),
			narrow: as(bot, ["ticket.agent"]),
			powerless: as(bot, []),
			installer: as(bot, ["admin.webhook", "admin.trigger", "admin.object"]),
			wrong: { Authorization: "Token token=nobody" },
			nobody: {},
			bearer: { Authorization: `Bearer ${desk.act.token(bot, ["admin", "ticket.agent"])}` },
			"wrong-password": basic(agent, "wrong"),
			password: basic(people.admin, password),
			customer: basic(customer, password),
		};
		const installed = await fetch(`${desk.url}/api/v1/webhooks`, {
			method: "POST",
			headers: { Accept: "application/json", "Content-Type": "application/json", ...headers.bot },
			body: JSON.stringify({ name: "hook", endpoint: "http://127.0.0.1:9/hook" }),
		});
		expect(installed.status).toBe(201);
		await fetch(`${desk.url}/api/v1/triggers`, {
			method: "POST",
			headers: { Accept: "application/json", "Content-Type": "application/json", ...headers.bot },
			body: JSON.stringify({
				name: "zz practice update",
				condition: { "ticket.action": { operator: "is", value: "create" } },
				perform: { "notification.webhook": { webhook_id: "1" } },
			}),
		});
		desk.act.open(customer, story);
		desk.act.write(agent, 1, { type: "email", body: "We are looking into it.", to: customer });
		await desk.deliveries.idle();
	});
	afterAll(() => desk.close());

	const filled = (text: string) =>
		text
			.replaceAll('"{ticket}"', "1")
			.replaceAll("{ticket}", "1")
			.replaceAll("{article}", "1")
			.replaceAll("{webhooks}", "1")
			.replaceAll("{agent}", agent)
			.replaceAll("{customer}", customer);

	test.each(real.calls)("answers like a real one: $name, as $as", async (call) => {
		const given = typeof call.body === "string" ? call.body : JSON.stringify(call.body);
		const response = await fetch(`${desk.url}${filled(call.path).replace(`/users/${agent}`, "/users/3")}`, {
			method: call.method,
			headers: {
				...(call.name.includes("html") && call.as === "nobody" ? {} : { Accept: "application/json" }),
				...(call.body === undefined ? {} : { "Content-Type": call.type ?? "application/json" }),
				...headers[call.as],
				...(call.from === undefined ? {} : { From: filled(call.from) }),
			},
			...(call.body === undefined ? {} : { body: filled(given) }),
		});
		expect(response.status).toBe(call.status);
		const text = await response.text();
		const answered = text === "" ? null : JSON.parse(text);
		if (call.error !== undefined) {
			expect(answered.error.slice(0, call.error.length)).toBe(call.error);
			expect("error_human" in answered).toBe(call.human);
			return;
		}
		if (call.shape === undefined) return;
		expect(Array.isArray(answered)).toBe(call.rows === true);
		const one = call.rows ? answered[0] : answered;
		const certain = (keys: string[]) => keys.filter((key) => !sometimes.includes(key)).sort();
		expect(certain(Object.keys(one))).toEqual(certain((real.shapes[call.shape] ?? "").split(" ").filter(Boolean)));
	});

	test("hides from agents why a form rule refuses", async () => {
		const response = await fetch(`${desk.url}/api/v1/tickets/1`, {
			method: "PUT",
			headers: { Accept: "application/json", "Content-Type": "application/json", ...headers.agent },
			body: JSON.stringify({ impact: "enormous" }),
		});
		expect(response.status).toBe(422);
		expect(((await response.json()) as { error: string }).error).toMatch(/^Error ID \S{8}: Please contact/);
	});
});

describe("a ticket's history", () => {
	test("has a row for every change, with the keys of a real one", async () => {
		const desk = await startDesk();
		const { id } = desk.act.open(customer, { ...story, impact: "low" });
		desk.act.change(agent, id, {
			priority: "3 high",
			state: "open",
			owner: colleague,
			group: "Portal",
			title: "Other",
		});
		desk.act.change(agent, id, { impact: "high", urgency: "medium", customer: people.customers[1] });
		desk.act.write(agent, id, { type: "email", body: "Hello" });
		const token = desk.act.token(agent, ["ticket.agent"]);
		const { body } = await send(desk, token, "GET", `/ticket_history/${id}`);
		const rows = body.history as Record<string, unknown>[];
		const found = Object.fromEntries(
			rows.map((row) => [
				[row.object, row.type, row.attribute].filter(Boolean).join(" "),
				Object.keys(row).sort().join(" "),
			]),
		);
		const { "Ticket received_merge": merged, ...kinds } = real.history;
		for (const [kind, shape] of Object.entries(kinds)) expect([kind, found[kind]]).toEqual([kind, real.shapes[shape]]);
		expect(merged).toBeDefined();
		expect(rows.find(({ attribute }) => attribute === "impact")).toMatchObject({ value_from: "low", value_to: "high" });
		expect(rows.find(({ attribute }) => attribute === "owner")).toMatchObject({
			value_from: "-",
			value_to: "Lou Exemple",
			id_to: 4,
		});
	});

	test("says nothing when a value is written that is there already", async () => {
		const desk = await startDesk();
		const { id } = desk.act.open(customer, story);
		const before = desk.state.history.length;
		desk.act.change(agent, id, { priority: "2 normal", title: story.title });
		expect(desk.state.history.length).toBe(before);
	});
});

test("the desk keeps its data over a restart, sessions included", async () => {
	const folder = mkdtempSync(join(tmpdir(), "desk-"));
	const first = await startDesk({ folder });
	first.act.open(customer, story);
	const cookie = (await fetch(first.url)).headers.get("set-cookie")?.split(";")[0] ?? "";
	await first.close();
	const second = await startDesk({ folder });
	expect(second.fresh).toBe(false);
	const me = await fetch(`${second.url}/api/v1/users/me`, { headers: { Accept: "application/json", Cookie: cookie } });
	expect(((await me.json()) as { login: string }).login).toBe(agent);
	expect(second.state.tickets.map(({ title }) => title)).toEqual([story.title]);
});

test("a session changes nothing without its CSRF token, and wins over a token", async () => {
	const desk = await startDesk();
	desk.act.open(customer, story);
	const page = await fetch(desk.url);
	const cookie = page.headers.get("set-cookie")?.split(";")[0] ?? "";
	const csrf = page.headers.get("csrf-token") ?? "";
	const put = (headers: Record<string, string>) =>
		fetch(`${desk.url}/api/v1/tickets/1`, {
			method: "PUT",
			headers: { Accept: "application/json", "Content-Type": "application/json", Cookie: cookie, ...headers },
			body: JSON.stringify({ priority: "3 high" }),
		});
	expect((await put({})).status).toBe(401);
	expect((await put({ Authorization: `Token token=${desk.act.token(bot, ["ticket.agent"])}` })).status).toBe(401);
	expect((await put({ "X-CSRF-Token": csrf })).status).toBe(200);
	expect(desk.state.tickets[0]?.updated_by_id).toBe(3);
});
