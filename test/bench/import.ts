import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { parsePolicy } from "@stipt/shared/policy/parse-policy";
import { createLog } from "../../webhook-service/src/log.ts";
import type { ImportProgress, StoredConnection } from "../../webhook-service/src/store/store.ts";
import { sha256 } from "../../webhook-service/src/verify.ts";
import { wire } from "../../webhook-service/src/wiring.ts";
import { buildPrograms } from "../support/program.ts";
import { startRedis } from "../support/redis-server.ts";
import type { BenchResult } from "./measuring/alternate.ts";

const tickets = 50_000;
/** Requests a second that the import may make: far more than anybody would let a helpdesk bear. */
const rate = 1000;
const killedAfter = 5000;

/**
 * Reads 50,000 tickets of a practice desk by the command line, killed once on the way: how fast, with how much memory,
 * how many requests a second at the desk, and whether anything is missing.
 */
export async function bench(): Promise<BenchResult[]> {
	buildPrograms();
	const redis = await startRedis({ appendonly: false });
	const desk = spawn(process.execPath, ["--import", "tsx", "test/bench/import/desk.ts", String(tickets)], {
		stdio: ["pipe", "pipe", "inherit"],
	});
	try {
		const lines = createInterface({ input: desk.stdout });
		const next = () => new Promise<string>((resolve) => lines.once("line", resolve));
		const { url, token } = JSON.parse(await next()) as { url: string; token: string };
		const secret = "s".repeat(40);
		await prepare(redis.url, secret, { url, token });
		const env = { ...process.env, REDIS_URL: redis.url, STIPT_SECRET: secret, STIPT_URL: "http://localhost:8420" };
		const begun = performance.now();
		const first = await importing(env, killedAfter);
		const second = await importing(env, null);
		const seconds = (performance.now() - begun) / 1000 - 61;
		desk.stdin.write("\n");
		const { requests, busiest } = JSON.parse(await next()) as { requests: number; busiest: number };
		return [
			plain("tickets read", second.last?.read ?? 0, "tickets"),
			plain("tickets read before it was killed", first.last?.read ?? 0, "tickets"),
			plain("tickets a second", (second.last?.read ?? 0) / seconds, "1/s"),
			plain("most memory", Math.max(first.megabytes, second.megabytes), "MB"),
			plain("requests at the desk", requests, "requests"),
			plain("most requests in one second", busiest, "1/s"),
		];
	} finally {
		desk.kill("SIGKILL");
		await redis.stop();
	}
}

async function prepare(
	redisUrl: string,
	secret: string,
	{ url, token }: { url: string; token: string },
): Promise<void> {
	const config = { port: 0, host: "127.0.0.1", redisUrl, secret, publicUrl: "http://localhost", retentionDays: 400 };
	const { ports, close } = await wire({ ...config, logLevel: "silent" }, { time: Date.now, log: createLog("silent") });
	const connection: StoredConnection = {
		...{ id: "desk", kind: "helpdesk", adapter: "zammad", name: "Desk", url, settings: { token } },
		...{ hookSecrets: [], allowPrivate: true, mapping: null, policy: "standard", createdAt: Date.now() },
	};
	const { bound } = { bound: ports.adapters.helpdesks.zammad?.bind(connection, ports.callFor(connection)) };
	const settings = { token, userId: 5 };
	const mapping = (await bound?.proposeMapping(Date.now())) ?? null;
	await ports.store.saveConnection({ ...connection, mapping, settings });
	const text = readFileSync("test/fixtures/policies/flow.yaml", "utf8");
	const version = sha256(text).slice(0, 12);
	const { name } = parsePolicy(text, { version, holidaySets: [] });
	const published = { version, at: 0, from: 0, scope: "new-tickets", by: "bench", why: "" } as const;
	await ports.store.publishPolicy({ name, version, text, holidays: [] }, published, 0);
	await ports.store.saveConnection({ ...connection, mapping, settings, policy: name });
	await close();
}

type Run = { last: (ImportProgress & { requests: number }) | null; megabytes: number };

/** One run of the command; ended by force once it has read so many tickets, then waited for until its place is free. */
async function importing(env: NodeJS.ProcessEnv, killAfter: number | null): Promise<Run> {
	const args = ["webhook-service/dist/cli.js", "import", "desk", "--rate", String(rate), "--json"];
	const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
	const run: Run = { last: null, megabytes: 0 };
	createInterface({ input: child.stdout }).on("line", (line) => {
		run.last = JSON.parse(line);
		const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
		run.megabytes = Math.max(run.megabytes, Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
		if (killAfter !== null && (run.last?.read ?? 0) >= killAfter) child.kill("SIGKILL");
	});
	await new Promise((resolve) => child.once("exit", resolve));
	if (killAfter !== null) await new Promise((resolve) => setTimeout(resolve, 61_000));
	return run;
}

/** A figure with nothing to be compared with. */
function plain(name: string, value: number, unit: string): BenchResult {
	return { case: name, value, unit, baseline: value, baselineName: "itself", ratio: 1, spread: null };
}
