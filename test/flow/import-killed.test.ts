import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Fact } from "@stipt/shared/sla/fact";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog } from "../../webhook-service/src/log.ts";
import { importTickets } from "../../webhook-service/src/pipeline/import.ts";
import { readDraft } from "../../webhook-service/src/pipeline/policy-draft.ts";
import { publishPolicy } from "../../webhook-service/src/pipeline/publish-policy.ts";
import type { StoredConnection } from "../../webhook-service/src/store/store.ts";
import { type Wiring, wire } from "../../webhook-service/src/wiring.ts";
import { people } from "../desks/zammad/base.ts";
import { createZammadDesk, type ZammadDesk } from "../desks/zammad/desk.ts";
import { multiply } from "../desks/zammad/multiply.ts";
import { buildPrograms } from "../support/program.ts";
import { type RedisServer, startRedis } from "../support/redis-server.ts";

const tickets = 130;
const secret = "a-secret-of-the-killed-import-long-enough";
let redis: RedisServer;
let desk: ZammadDesk;
let wiring: Wiring;

beforeAll(async () => {
	buildPrograms();
	redis = await startRedis({ appendonly: false });
	desk = createZammadDesk({ now: Date.now, port: 0, timing: { delivery: [0, 0], retries: [], push: 0 } });
	await desk.listen();
	const article = { subject: "", body: "Help", type: "web", sender: "Customer" };
	const opened = desk.act.open(people.customers[0], { title: "One", group: "Users", article });
	desk.act.change(people.agents[0], opened.id, { priority: "3 high" });
	multiply(desk, tickets, 60_000);
	const config = { port: 0, host: "127.0.0.1", redisUrl: redis.url, secret, publicUrl: "http://localhost" };
	const rest = { retentionDays: 400, logLevel: "silent" } as const;
	wiring = await wire(
		{ ...config, ...rest },
		{ time: Date.now, log: createLog("silent"), redisAnswersWithinMs: 30_000 },
	);
	const text = await readFile(new URL("../fixtures/policies/flow.yaml", import.meta.url), "utf8");
	const draft = readDraft(text, [], Date.now());
	await publishPolicy(draft, { scope: "new-tickets", by: "test", why: "", after: 0 }, wiring.ports);
	const token = desk.act.token(people.bot, ["ticket.agent"]);
	for (const id of ["killed", "whole"]) {
		const connection: StoredConnection = {
			...{ id, kind: "helpdesk", adapter: "zammad", name: id, url: desk.url, settings: { token } },
			...{ hookSecrets: [], allowPrivate: true, policy: draft.policy.name, createdAt: Date.now() },
			mapping: { priorities: { "2 normal": ["P3"], "3 high": ["P2"] }, states: {} },
		};
		await wiring.ports.store.saveConnection(connection);
	}
});
afterAll(async () => {
	await wiring.close();
	await desk.close();
	await redis.stop();
});

type Line = { read: number; failed: number; part: string; requests: number };

/** `stipt import killed`; with `kill`, ended by force after its first page. */
async function importing({ kill }: { kill: boolean }): Promise<Line[]> {
	const env = { ...process.env, REDIS_URL: redis.url, STIPT_SECRET: secret, STIPT_URL: "http://localhost:8420" };
	const args = ["webhook-service/dist/cli.js", "import", "killed", "--rate", "5000", "--json"];
	const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
	const lines: Line[] = [];
	createInterface({ input: child.stdout }).on("line", (line) => {
		lines.push(JSON.parse(line) as Line);
		if (kill) child.kill("SIGKILL");
	});
	await new Promise((resolve) => child.once("exit", resolve));
	return lines;
}

/** What the helpdesk told. Steps that came due before, at whatever hour this runs, are recorded under a name of each connection's own. */
async function ledgers(connection: string): Promise<Omit<Fact, "seenAt">[][]> {
	const refs = desk.state.tickets.map(({ id }) => ({ connection, ticket: String(id) }));
	const read = await Promise.all(refs.map((ref) => wiring.ports.store.readTicket(ref)));
	const told = read.map(({ facts }) => facts.filter(({ id }) => !id.startsWith("s-alerted-")));
	return told.map((facts) => facts.map(({ seenAt: _seenAt, ...fact }) => fact));
}

test("an import that was killed goes on where it stopped, and ends with the ledgers of one that was not", async () => {
	const [first] = await importing({ kill: true });
	expect(first?.read).toBeLessThan(tickets);
	// What was ended by force frees its place within a minute; here at once.
	const client = new Redis(redis.url);
	expect(await client.del("stipt:lock:import killed")).toBe(1);
	client.disconnect();
	const last = (await importing({ kill: false })).at(-1);
	expect(last).toMatchObject({ part: "done", read: tickets, failed: 0 });
	expect(last?.requests).toBeLessThan(tickets * 3);

	const options = { since: null, rate: 5000, fresh: false, progress: () => {} };
	await importTickets("whole", options, wiring.ports);
	const whole = await ledgers("whole");
	expect(whole.every((facts) => facts.length >= 4)).toBe(true);
	expect(await ledgers("killed")).toEqual(whole);
}, 120_000);
