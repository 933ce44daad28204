import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { connectCommands } from "../webhook-service/src/commands/connect.ts";
import { checkDelivery } from "../webhook-service/src/commands/connect-check.ts";
import { hookOf } from "../webhook-service/src/commands/connect-plan.ts";
import { disconnect } from "../webhook-service/src/commands/disconnect.ts";
import { doctor } from "../webhook-service/src/commands/doctor.ts";
import { mapping } from "../webhook-service/src/commands/mapping.ts";
import { lookAtOwnService } from "../webhook-service/src/commands/own-address.ts";
import { createApp } from "../webhook-service/src/http/app.ts";
import { listen, stopListening } from "../webhook-service/src/http/listen.ts";
import { startWorkers, type Workers } from "../webhook-service/src/jobs/workers.ts";
import { createLog } from "../webhook-service/src/log.ts";
import { readDraft } from "../webhook-service/src/pipeline/policy-draft.ts";
import { publishPolicy } from "../webhook-service/src/pipeline/publish-policy.ts";
import { hmacHex } from "../webhook-service/src/verify.ts";
import { type Wiring, wire } from "../webhook-service/src/wiring.ts";
import { people as odooPeople } from "./desks/odoo/base.ts";
import { createOdooDesk, type OdooDesk } from "./desks/odoo/desk.ts";
import { type Face, serve } from "./desks/serve.ts";
import { people } from "./desks/zammad/base.ts";
import { createZammadDesk, type ZammadDesk } from "./desks/zammad/desk.ts";
import { freePort } from "./support/program.ts";
import { testRedisUrl } from "./support/service.ts";
import { createTerminal } from "./support/terminal.ts";

const prefix = `test-${randomBytes(6).toString("hex")}`;
let wiring: Wiring;
let workers: Workers;
let server: Awaited<ReturnType<typeof listen>>["server"];
let zammad: ZammadDesk;
let odoo: OdooDesk;
let terminal: ReturnType<typeof createTerminal>;

const [connectZammad, connectOdoo] = ["connect zammad", "connect odoo"].map((name) =>
	connectCommands.find((command) => command.name === name),
);

beforeAll(async () => {
	const port = await freePort();
	const config = {
		...{ port, host: "127.0.0.1", redisUrl: testRedisUrl, secret: "a-secret-of-the-tests-long-enough-to-pass" },
		...{ publicUrl: `http://127.0.0.1:${port}`, logLevel: "silent" as const, retentionDays: 400 },
	};
	const now = () => Date.now();
	wiring = await wire(config, { time: now, log: createLog("silent"), prefix });
	({ server } = await listen(createApp(wiring.ports), config));
	workers = await startWorkers(config.redisUrl, wiring.prefix, wiring.ports);
	zammad = createZammadDesk({ now, port: 0, timing: { delivery: [0, 0], retries: [0, 0, 0, 0], push: 0 } });
	odoo = createOdooDesk({ now, port: 0, seed: false });
	await Promise.all([zammad.listen(), odoo.listen()]);
	terminal = createTerminal(wiring);
	const text = await readFile(new URL("./fixtures/policies/flow.yaml", import.meta.url), "utf8");
	const draft = readDraft(text, [], now());
	policy = draft.policy.name;
	await publishPolicy(draft, { scope: "new-tickets", by: "test", why: "", after: 0 }, wiring.ports);
});

let policy = "";

afterEach(async () => {
	for (const { id } of await wiring.ports.store.connections()) await wiring.ports.store.removeConnection(id);
	zammad.state.triggers = zammad.state.triggers.filter(({ name }) => !name.startsWith("zz "));
	zammad.state.webhooks = [];
	terminal.answering(null);
});

afterAll(async () => {
	await workers.close();
	await stopListening(server, 0);
	await Promise.all([zammad.close(), odoo.close()]);
	await wiring.close();
	const redis = new Redis(testRedisUrl);
	const keys = await redis.keys(`${prefix}*`);
	if (keys.length > 0) await redis.del(...keys);
	redis.disconnect();
});

const everyday = () => zammad.act.token(people.bot, ["ticket.agent"]);
const administrator = () => zammad.act.token(people.admin, ["admin", "ticket.agent"]);
const toZammad = (...more: string[]) =>
	terminal.run(connectZammad, "--url", zammad.url, "--policy", policy, "--allow-private", ...more);
const ours = () => zammad.state.triggers.filter(({ name }) => name.startsWith("zz stipt-")).map(({ name }) => name);

describe("connect zammad", () => {
	test("goes from nothing to the first delivery seen, in one command; again, it finds all as it was", async () => {
		const installing = administrator();
		const token = ["--id", "desk", `--token=${everyday()}`, `--install-token=${installing}`];
		const first = await toZammad(...token);
		expect([first.code, first.err]).toEqual([0, ""]);
		expect(first.out).toMatch(/ok {3}First delivery: seen: made ticket #\d+ .* in the ledger \d+\.\d s later/);
		expect(ours()).toEqual(["zz stipt-desk created", "zz stipt-desk changed"]);

		const again = await toZammad(...token);
		expect(again.out).toContain('right  webhook "stipt-desk": already right');
		expect(again.out).toMatch(/First delivery: seen: gave our own ticket #\d+ another title/);
		expect(zammad.state.webhooks.length).toBe(1);
		expect(ours().length).toBe(2);
		expect(JSON.stringify(await wiring.ports.store.readConnection("desk"))).not.toContain(installing);
	});

	test("in a dry run shows the plan with how each thing is undone, and touches nothing there or here", async () => {
		const { code, out } = await toZammad(`--token=${administrator()}`, "--dry-run", "--fields");
		expect(code).toBe(0);
		expect(out).toContain('make   trigger "zz stipt-zammad changed"');
		expect(out.match(/undo: /g)?.length).toBeGreaterThanOrEqual(3);
		expect(out).toContain("nothing was touched");
		expect(zammad.state.webhooks).toEqual([]);
		expect(await wiring.ports.store.readConnection("zammad")).toBeNull();
	});

	test("asks before it touches anything, and takes no for an answer", async () => {
		terminal.answering(false);
		const { code, err } = await toZammad(`--token=${administrator()}`);
		expect([code, err]).toEqual([1, "zammad is not connected. Nothing was touched."]);
		expect(terminal.asked.at(-1)).toBe("Do this?");
		expect(zammad.state.webhooks).toEqual([]);
	});

	test("puts right what somebody changed, and says what", async () => {
		const token = `--token=${administrator()}`;
		await toZammad(token, "--without-check");
		const [trigger] = zammad.state.triggers.filter(({ name }) => name.startsWith("zz "));
		if (trigger !== undefined) trigger.active = false;
		expect((await terminal.run(doctor, "zammad")).out).toContain("differs (active)");
		const { out } = await toZammad(token, "--without-check");
		expect(out).toContain('change trigger "zz stipt-zammad created" (active)');
		expect(trigger?.active).toBe(true);
	});

	test.each([
		[
			"a wrong token",
			() => [zammad.url, "--allow-private", "--token=not-a-token-at-all"],
			/answered 401/,
			/access token/,
		],
		["a private address", () => [zammad.url, "--token=not-a-token-at-all"], /public address/, /--allow-private/],
		["another server", () => [odoo.url, "--allow-private", "--token=not-a-token-at-all"], /not Zammad/, /address/],
		["nobody", () => ["http://127.0.0.1:9", "--allow-private", "--token=not-a-token-at-all"], /ECONNREFUSED/, /port/],
		[
			"TLS where none is spoken",
			() => [zammad.url.replace("http:", "https:"), "--allow-private", "--token=not-a-token-at-all"],
			/EPROTO|ERR_SSL/,
			/No TLS/,
		],
	])("says about %s what was found and what to do", async (_what, args, found, todo) => {
		const { code, out, err } = await terminal.run(connectZammad, "--policy", policy, "--url", ...args());
		expect(code).toBe(1);
		const bad = out.slice(out.indexOf("BAD"));
		expect(bad).toMatch(found);
		expect(bad).toMatch(todo);
		expect(err).toContain("Nothing was touched");
		expect(out + err).not.toContain("not-a-token-at-all");
	});

	test("names a missing permission as Zammad's own screen does", async () => {
		const { code, out } = await toZammad(`--token=${zammad.act.token(people.bot, ["admin"])}`);
		expect(code).toBe(1);
		expect(out).toContain('ticket.agent ("Access to Agent Tickets based on Group Access")');
	});

	test("says which right the plan needs, and how to do without", async () => {
		await expect(toZammad(`--token=${everyday()}`)).rejects.toThrow(/admin\.webhook.*\n.*--without-webhook/);
		const { code, out } = await toZammad(`--token=${everyday()}`, "--without-webhook", "--json");
		expect([code, JSON.parse(out).connected]).toEqual([0, true]);
		expect(zammad.state.webhooks).toEqual([]);
	});

	test("takes the words from a file, and refuses one with faults, each with its line", async () => {
		terminal.files.set("words.yaml", "states:\n  opne: open\n  new: newish\npriorities:\n  3 high: [P9]\n");
		const { code, err } = await toZammad(`--token=${administrator()}`, "--mapping", "words.yaml");
		expect(code).toBe(1);
		expect(err).toMatch(/words\.yaml:2:3 {2}states\.opne .*did you mean "open"/);
		expect(err).toMatch(/words\.yaml:3:8 {2}states\.new .*found "newish"/);
		expect(err).toMatch(/words\.yaml:5:12 {2}priorities\.3 high .*found "P9"/);
		expect(zammad.state.webhooks).toEqual([]);
	});
});

describe("connect odoo", () => {
	const toOdoo = (...more: string[]) => {
		const key = `--key=${odoo.act.key(odooPeople.bot)}`;
		const base = [
			"--url",
			odoo.url,
			"--db",
			odoo.db,
			"--login",
			odooPeople.bot,
			key,
			"--policy",
			policy,
			"--allow-private",
		];
		return terminal.run(connectOdoo, ...base, ...more);
	};

	test("goes from nothing to the first delivery seen, and takes away only its own", async () => {
		const installer = ["--install-login", odooPeople.admin, `--install-key=${odoo.act.key(odooPeople.admin)}`];
		const { code, out, err } = await toOdoo(...installer);
		expect([code, err]).toEqual([0, ""]);
		expect(out).toMatch(/ok {3}First delivery: seen: /);
		expect(out).toContain("Helpdesk module: OCA helpdesk_mgmt");
		const before = odoo.state.tables["base.automation"]?.length ?? 0;
		expect(before).toBe(4);
		const ended = await terminal.run(disconnect, "odoo", "--yes", ...installer);
		expect(ended.out.match(/removed automation rule/g)?.length).toBe(4);
		expect(odoo.state.tables["base.automation"]?.length ?? 0).toBe(0);
	});

	test("says when there is no such database", async () => {
		const { code, out } = await toOdoo("--db", "nowhere");
		expect(code).toBe(1);
		expect(out).toMatch(/BAD .*Database, login and API key: .*\n.*--db/);
	});

	test("names the missing access right as Odoo's own screen does", async () => {
		const failed = toOdoo();
		await expect(failed).rejects.toThrow(/Administration: "Settings"/);
	});
});

describe("connect generic", () => {
	const token = "token-of-the-other-system";
	const secret = "a-secret-of-the-other-system";
	let other: Face;
	const asked: string[] = [];

	beforeAll(async () => {
		const by = { kind: "customer", id: "c-1" };
		const at = new Date(Date.now() - 60_000).toISOString();
		const ticket = {
			...{ id: "INC-42", number: "INC-42", title: "No light", url: "https://rt.example/42", owner: null },
			...{ updatedAt: at, priority: "high", impact: null, urgency: null },
			events: [
				{ id: "1", at, by, kind: "opened", channel: "portal" },
				{ id: "2", at, by, kind: "state-changed", state: "new", label: "new" },
				{ id: "3", at, by, kind: "priority-changed", label: "high" },
			],
		};
		const answers: Record<string, unknown> = {
			"GET /tickets": { tickets: [{ id: "INC-42", updatedAt: at }], more: false },
			"GET /tickets/INC-42": ticket,
			"POST /tickets/INC-42/writes": { outcome: "written", left: [] },
			"POST /tickets/present": { tickets: ["INC-42"] },
			"GET /priorities": { priorities: ["urgent", "high", "normal"] },
		};
		other = await serve(
			({ method, path, headers }) => {
				asked.push(`${method} ${path}`);
				if (headers.authorization !== `Bearer ${token}`) return { status: 401, json: { error: "who are you?" } };
				const json = answers[`${method} ${path}`];
				return json === undefined ? { status: 404, json: { error: "no such ticket" } } : { status: 200, json };
			},
			{ port: 0 },
		);
	});
	afterAll(() => other.close());

	const toOther = (...more: string[]) => {
		const connectGeneric = connectCommands.find(({ name }) => name === "connect generic");
		return terminal.run(connectGeneric, "--url", other.url, "--policy", policy, "--allow-private", ...more);
	};
	const deliver = (key: string, body: string) =>
		fetch(`${wiring.ports.publicUrl}/hooks/rt`, {
			method: "POST",
			headers: { "x-stipt-signature": `sha256=${hmacHex("sha256", key, Buffer.from(body))}` },
			body,
		});

	test("says where to deliver and with which secret signed; a delivery is read back into the ledger", async () => {
		const options = [`--token=${token}`, `--secret=${secret}`, "--host", "request-tracker", "--id", "rt"];
		const { code, out, err } = await toOther(...options);
		expect([code, err]).toEqual([0, ""]);
		expect(out).toContain(`POST to ${wiring.ports.publicUrl}/hooks/rt`);
		expect(out).not.toContain(secret);
		const kept = await wiring.ports.store.readConnection("rt");
		expect(kept?.settings).toMatchObject({ host: "request-tracker" });
		expect(kept?.mapping?.priorities).toMatchObject({ urgent: ["P1"], high: ["P2"] });

		const body = JSON.stringify({ ticket: { id: "INC-42" } });
		expect((await deliver("another-secret-of-that-length", body)).status).toBe(401);
		expect((await deliver(secret, body)).status).toBe(202);
		const ref = { connection: "rt", ticket: "INC-42" };
		await expect
			.poll(async () => (await wiring.ports.store.readTicket(ref)).facts.map(({ id }) => id), { timeout: 10_000 })
			.toEqual(expect.arrayContaining(["e-1", "e-2", "e-3"]));
		expect(asked).toContain("GET /tickets/INC-42");
		expect((await terminal.run(doctor, "rt")).code).toBe(0);
		expect((await terminal.run(disconnect, "rt", "--yes")).code).toBe(0);
		expect(await wiring.ports.store.readConnection("rt")).toBeNull();
	});

	test("says when the token is not accepted, and that a secret must be long enough", async () => {
		const { code, out } = await toOther("--token=not-its-token", `--secret=${secret}`);
		expect(code).toBe(1);
		expect(out).toMatch(/BAD .*documented shape: .*401/);
		await expect(toOther(`--token=${token}`, "--secret=short")).rejects.toThrow("at least 20 characters, found 5");
	});
});

/** A connected Zammad that signs with another secret, so that none of its own deliveries is taken. */
async function withoutDeliveries() {
	await toZammad(`--token=${administrator()}`, "--without-check");
	const { ports } = wiring;
	const connection = await ports.connections.get("zammad", { fresh: true });
	const row = ports.adapters.helpdesks.zammad;
	if (row === undefined) throw new Error("Expected the adapter of Zammad.");
	const [webhook] = zammad.state.webhooks;
	if (webhook === undefined) throw new Error("Expected the webhook that was installed.");
	webhook.signature_token = "another secret";
	const own = await lookAtOwnService(ports, connection.url);
	return { ports, connection, hook: hookOf(connection, row, ports), own };
}

describe("a delivery that does not come", () => {
	test("is explained with what the helpdesk knows of it, and the exact test to run", async () => {
		const { ports, connection, hook, own } = await withoutDeliveries();
		const [finding] = await checkDelivery(connection, { hook, own, waitMs: 700 }, ports);
		expect(finding?.found).toContain("nothing arrived");
		expect(finding?.todo).toContain('webhook "stipt-zammad" is changed (signature_token)');
		expect(finding?.todo).toMatch(/the last answer was 401: we refused the signature/);
		expect(finding?.todo).toContain(`curl -sS -o /dev/null -w '%{http_code}\\n' ${ports.publicUrl}/health`);
	});
});

describe("the delivery of the check", () => {
	test("is that of the ticket that was changed for it: neither another one nor a poll is taken for it", async () => {
		const { ports, connection, hook, own } = await withoutDeliveries();
		const other = zammad.act.open(people.customers[0], { title: "Busy", group: "Users", article: { body: "Hello" } });
		const deliver = async (ticket: number) => {
			const body = JSON.stringify({ ticket: { id: ticket } });
			const signature = hmacHex("sha1", connection.hookSecrets[0] ?? "", Buffer.from(body));
			const headers = { "x-hub-signature": `sha1=${signature}` };
			const answer = await fetch(`${ports.publicUrl}/hooks/zammad`, { method: "POST", headers, body });
			expect([200, 202]).toContain(answer.status);
		};
		const start = async (waitMs: number) => {
			const before = zammad.state.tickets.length;
			const checking = checkDelivery(connection, { hook, own, waitMs }, ports);
			const rung = () => zammad.state.tickets.findLast(({ title }) => title.startsWith("Connection check of "));
			await expect.poll(() => (zammad.state.tickets.length > before ? rung()?.id : undefined)).toBeDefined();
			return { checking, ticket: rung()?.id ?? 0 };
		};

		zammad.state.tickets = zammad.state.tickets.filter(({ title }) => !title.startsWith("Connection check of "));
		const first = await start(1500);
		await deliver(other.id);
		const poll = { connection: "zammad", ticket: String(first.ticket), cause: "poll", receivedAt: Date.now() } as const;
		await ports.queues.add("intake", poll, { id: `poll-${first.ticket}` });
		const [silent] = await first.checking;
		expect(
			(await ports.store.readTicket({ connection: "zammad", ticket: String(first.ticket) })).snapshot,
		).toBeTruthy();
		expect((await ports.store.readHealth("zammad")).lastDeliveryAt).not.toBeNull();
		expect(silent?.found).toContain("nothing arrived");

		zammad.state.tickets = zammad.state.tickets.filter(({ title }) => !title.startsWith("Connection check of "));
		const second = await start(5000);
		await deliver(second.ticket);
		expect((await second.checking)[0]?.found).toMatch(/^seen: made ticket #\d+/);
	});
});

describe("mapping", () => {
	test("shows one block that is taken back unchanged, and notes what has no counterpart", async () => {
		await toZammad(`--token=${administrator()}`, "--without-check");
		const shown = await terminal.run(mapping, "zammad");
		expect(shown.out).toContain("pending reminder: waiting");
		terminal.files.set("block.yaml", shown.out);
		const before = await wiring.ports.store.readConnection("zammad");
		expect((await terminal.run(mapping, "zammad", "--edit", "block.yaml")).code).toBe(0);
		const after = await wiring.ports.store.readConnection("zammad");
		expect(after?.mapping).toMatchObject({ states: before?.mapping?.states, priorities: before?.mapping?.priorities });
		terminal.files.set("block.yaml", shown.out.replace(/\n.*2 normal.*/, ""));
		const edited = await terminal.run(mapping, "zammad", "--edit", "block.yaml");
		expect(edited.err).toContain('priority "2 normal" stands for nothing');
		expect(edited.err).toContain("P3 of the policy has no counterpart");
	});
});

describe("disconnect", () => {
	test("takes away triggers before the webhook, and leaves what is not ours", async () => {
		await toZammad(`--token=${administrator()}`);
		const others = zammad.state.triggers.length - 2;
		const { code, out } = await terminal.run(disconnect, "zammad", "--yes");
		expect(code).toBe(0);
		expect(out.indexOf("trigger")).toBeLessThan(out.indexOf("webhook"));
		expect([zammad.state.triggers.length, zammad.state.webhooks.length]).toEqual([others, 0]);
		expect(await wiring.ports.store.readConnection("zammad")).toBeNull();
	});

	test("keeps a connection whose things it may not take away, unless told to leave them", async () => {
		await toZammad(`--token=${everyday()}`, `--install-token=${administrator()}`, "--without-check");
		await expect(terminal.run(disconnect, "zammad", "--yes")).rejects.toThrow(/admin\.trigger.*\n.*stays connected/);
		expect(zammad.state.webhooks.length).toBe(1);
		const { out } = await terminal.run(disconnect, "zammad", "--yes", "--leave");
		expect(out).toContain('everything whose name holds "stipt-zammad"');
		expect(await wiring.ports.store.readConnection("zammad")).toBeNull();
	});
});

describe("doctor", () => {
	test("finds nothing to do when all is well, and every part by name", async () => {
		await toZammad(`--token=${administrator()}`);
		const { code, out } = await terminal.run(doctor, "zammad");
		expect(out).not.toMatch(/^(BAD|warn)/m);
		expect(code).toBe(0);
		for (const part of [
			"redis",
			"worker",
			"queue intake",
			"alarms",
			"connection zammad (zammad)",
			"zammad: installed",
		]) {
			expect(out).toContain(`ok   ${part}: `);
		}
	});

	test("tells what has changed since it was connected", async () => {
		await toZammad(`--token=${administrator()}`, "--without-check");
		const connection = await wiring.ports.store.readConnection("zammad");
		if (connection?.connected === undefined) throw new Error("Expected what was seen.");
		const seen = { ...connection.connected.seen, Version: "5.1.0" };
		await wiring.ports.store.saveConnection({ ...connection, connected: { ...connection.connected, seen } });
		const { code, out } = await terminal.run(doctor, "zammad");
		expect(out).toContain("warn zammad: Version: 5.2.x (was: 5.1.0)");
		expect(code).toBe(1);
	});

	test("one connection's trouble is its own: the other stays fine, and nothing of it shows there", async () => {
		await toZammad(`--token=${administrator()}`, "--without-check");
		const good = await wiring.ports.store.readConnection("zammad");
		if (good === null) throw new Error("Expected a connection.");
		const settings = { token: "token-of-the-broken-one" };
		await wiring.ports.store.saveConnection({ ...good, id: "broken", url: "http://127.0.0.1:9", settings });
		await wiring.ports.store.reportTrouble({ at: Date.now(), where: "x", what: "its own", connection: "broken" });
		const all = await terminal.run(doctor);
		expect(all.code).toBe(2);
		expect(all.out).toMatch(/^BAD {2}broken: Reachable/m);
		expect(all.out).not.toContain("token-of-the-broken-one");
		const one = await terminal.run(doctor, "zammad");
		expect(one.out).not.toContain("broken");
		expect(one.out).toContain("ok   zammad: installed: all as installed");
	});

	test("says as JSON what each finding is worth, and asks no helpdesk when offline", async () => {
		await toZammad(`--token=${administrator()}`, "--without-check");
		const { out } = await terminal.run(doctor, "--json", "--offline");
		const findings = JSON.parse(out) as { what: string; severity: string }[];
		expect(findings.find(({ what }) => what === "worker")?.severity).toBe("fine");
		expect(findings.some(({ what }) => what === "zammad: installed")).toBe(false);
	});

	test("is broken for a connection that there is not", async () => {
		const { code, out } = await terminal.run(doctor, "nowhere");
		expect([code, out]).toEqual([2, expect.stringContaining("BAD  connection nowhere: there is none of that id")]);
	});
});
