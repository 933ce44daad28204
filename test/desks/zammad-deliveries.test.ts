import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { type Asked, type Face, serve } from "./serve.ts";
import { agent, bot, closeAll, customer, opened, quick, send, startDesk, story } from "./starting.ts";
import type { ZammadDesk } from "./zammad/desk.ts";

const real = JSON.parse(readFileSync(join(import.meta.dirname, "../fixtures/desks/zammad-5.2.json"), "utf8")) as {
	delivery: Record<string, string>;
};

afterEach(closeAll);

/** A receiver of deliveries that answers with the statuses it is given, then with 200. */
async function startReceiver(statuses: number[] = []): Promise<{ face: Face; got: Asked[] }> {
	const got: Asked[] = [];
	const face = await serve(
		(asked) => {
			got.push(asked);
			const status = statuses.shift() ?? 200;
			return { status, text: "", ...(status === 302 ? { headers: { Location: "/elsewhere" } } : {}) };
		},
		{ port: 0 },
	);
	opened.push(face);
	return { face, got };
}

/** Webhook and triggers as the service installs them. */
async function install(
	desk: ZammadDesk,
	endpoint: string,
	condition: unknown = { operator: "is not", value: "create" },
) {
	const token = desk.act.token(bot, ["admin", "ticket.agent"]);
	const webhook = await send(desk, token, "POST", "/webhooks", { name: "hook", endpoint, signature_token: "sécret" });
	const perform = { "notification.webhook": { webhook_id: String(webhook.body.id) } };
	const created = { "ticket.action": { operator: "is", value: "create" } };
	await send(desk, token, "POST", "/triggers", { name: "zz created", condition: created, perform, active: true });
	const changed = { "ticket.action": condition };
	await send(desk, token, "POST", "/triggers", { name: "zz changed", condition: changed, perform, active: true });
	return token;
}

describe("deliveries", () => {
	test("are signed over their raw bytes, in the order of the changes, with the parts of a real one", async () => {
		const desk = await startDesk();
		const { face, got } = await startReceiver();
		await install(desk, `${face.url}/hook`);
		const { id } = desk.act.open(customer, { ...story, title: "Größe & <b>" });
		desk.act.write(customer, id, { type: "web", body: "any news?" });
		desk.act.change(agent, id, { priority: "3 high" });
		await desk.deliveries.idle();
		expect(got.map(({ headers }) => headers["x-zammad-trigger"])).toEqual(["zz created", "zz changed", "zz changed"]);
		for (const { headers, raw } of got) {
			expect(headers["x-hub-signature"]).toBe(`sha1=${createHmac("sha1", "sécret").update(raw).digest("hex")}`);
			expect(raw.toString("utf8")).toContain("Größe \\u0026 \\u003cb\\u003e");
		}
		const body = JSON.parse(got[1]?.raw.toString("utf8") ?? "");
		for (const [part, keys] of Object.entries(real.delivery)) {
			const found = part.split(".").reduce((at, key) => at[key], body);
			// A user has `karma_user` or not, depending on what that user did.
			const own = Object.keys(found)
				.filter((key) => key !== "karma_user")
				.sort()
				.join(" ");
			expect([part, own]).toEqual([part, keys.replace("karma_user karma_user_ids", "karma_user_ids")]);
		}
		expect(Object.keys(body.ticket)).toEqual(Object.keys(body.ticket).sort());
		expect(body.article.body).toBe("any news?");
		expect(JSON.parse(got[2]?.raw.toString("utf8") ?? "").article).toEqual({});
	});

	test("show the ticket as it is when they leave, not as it was", async () => {
		const desk = await startDesk({ timing: { ...quick, delivery: [50, 50] } });
		const { face, got } = await startReceiver();
		await install(desk, `${face.url}/hook`);
		const { id } = desk.act.open(customer, story);
		desk.act.change(agent, id, { priority: "1 low" });
		desk.act.change(agent, id, { priority: "3 high" });
		await desk.deliveries.idle();
		const priorities = got.map(({ raw }) => JSON.parse(raw.toString("utf8")).ticket.priority.name);
		expect(priorities).toEqual(["3 high", "3 high", "3 high"]);
		expect(new Set(got.map(({ headers }) => headers["x-zammad-delivery"])).size).toBe(3);
	});

	test("keep their id over five tries and are then given up", async () => {
		const desk = await startDesk();
		const { face, got } = await startReceiver([500, 404, 429, 503, 500, 200]);
		await install(desk, `${face.url}/hook`);
		desk.act.open(customer, story);
		await desk.deliveries.idle();
		expect(got.length).toBe(5);
		expect(new Set(got.map(({ headers }) => headers["x-zammad-delivery"])).size).toBe(1);
		expect(desk.state.httpLogs.map(({ status }) => status)).toEqual(["500", "404", "429", "503", "500"]);
	});

	test("are lost to a redirect, which is followed with a GET", async () => {
		const desk = await startDesk();
		const { face, got } = await startReceiver([302, 200]);
		await install(desk, `${face.url}/hook`);
		desk.act.open(customer, story);
		await desk.deliveries.idle();
		expect(got.map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /hook", "GET /elsewhere"]);
	});

	test("come for merges with `is not create`, twice for the source, once for the target", async () => {
		const desk = await startDesk();
		const { face, got } = await startReceiver();
		const token = await install(desk, `${face.url}/hook`);
		const target = desk.act.open(customer, story);
		const source = desk.act.open(customer, story);
		await desk.deliveries.idle();
		got.length = 0;
		const merged = await send(desk, token, "PUT", `/ticket_merge/${source.id}/${target.number}`);
		expect(merged.body.result).toBe("success");
		await desk.deliveries.idle();
		expect(got.map(({ raw }) => JSON.parse(raw.toString("utf8")).ticket.id).sort()).toEqual([
			target.id,
			source.id,
			source.id,
		]);
	});

	test("do not come for tags, for the same value again, or for a ticket that is deleted", async () => {
		const desk = await startDesk();
		const { face, got } = await startReceiver();
		const token = await install(desk, `${face.url}/hook`);
		const { id } = desk.act.open(customer, story);
		await desk.deliveries.idle();
		got.length = 0;
		await send(desk, token, "POST", "/tags/add", { object: "Ticket", o_id: id, item: "vip" });
		desk.act.change(agent, id, { priority: "2 normal" });
		desk.act.remove(id);
		await desk.deliveries.idle();
		expect(got).toEqual([]);
	});

	test("miss an agent's second change under a guard against our own", async () => {
		const desk = await startDesk();
		const { face, got } = await startReceiver();
		const token = await install(desk, `${face.url}/hook`, { operator: "is", value: "nothing" });
		const [trigger] = desk.state.triggers.slice(-1);
		const guard = { operator: "is not", pre_condition: "specific", value: "6" };
		await send(desk, token, "PUT", `/triggers/${trigger?.id}`, {
			condition: { "ticket.action": { operator: "is not", value: "create" }, "ticket.updated_by_id": guard },
		});
		const { id } = desk.act.open(customer, story);
		await desk.deliveries.idle();
		got.length = 0;
		desk.act.change(agent, id, { priority: "3 high" });
		desk.act.change(agent, id, { priority: "1 low" });
		desk.act.change(bot, id, { priority: "3 high" });
		await desk.deliveries.idle();
		expect(got.length).toBe(1);
	});
});
