import { spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { createInterface } from "node:readline";
import { startRedis } from "../support/redis-server.ts";
import { type BenchResult, type Spread, spreadOf } from "./measuring/alternate.ts";

const secret = "hook-secret-of-the-bench";
const connections = 50;
const roundMs = 2000;
const rounds = 5;

type Delivery = { path: string; headers: Record<string, string>; body: string };
type Round = { perSecond: number; p99: number };

/** Deliveries that each are a new one, as each helpdesk sends them. */
const senders: Record<string, () => Delivery> = {
	zammad: sender("zammad/priority", (body, signed) => ({
		path: "/hooks/zammad",
		headers: { "x-hub-signature": signed, "x-zammad-delivery": randomUUID() },
		body,
	})),
	odoo: sender("odoo/priority", (body) => ({
		path: `/hooks/odoo/${secret}`,
		headers: {},
		body: body.replace("{", `{"nonce":"${randomUUID()}",`),
	})),
};

function sender(fixture: string, make: (body: string, signature: string) => Delivery): () => Delivery {
	const found: unknown = JSON.parse(readFileSync(`test/fixtures/deliveries/${fixture}.json`, "utf8"));
	const body = (found as { raw: string }).raw;
	const signed = `sha1=${createHmac("sha1", secret).update(body).digest("hex")}`;
	return () => make(body, signed);
}

/** How many deliveries a second are taken in, against a bare Express handler that verifies and keeps them. */
export async function bench(): Promise<BenchResult[]> {
	const redis = await startRedis({ appendfsync: "everysec" });
	const doors = spawn(process.execPath, ["--import", "tsx", "test/bench/intake/doors.ts", redis.url, secret], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	try {
		const [line] = (await new Promise<string[]>((resolve) => {
			createInterface({ input: doors.stdout }).once("line", (text) => resolve([text]));
		})) as [string];
		const ports: { stipt: number; bare: number } = JSON.parse(line);
		const results: BenchResult[] = [];
		for (const [helpdesk, next] of Object.entries(senders)) {
			await load(ports.stipt, next, 500);
			await load(ports.bare, next, 500);
			const own: Round[] = [];
			const bare: Round[] = [];
			for (let round = 0; round < rounds; round += 1) {
				own.push(await load(ports.stipt, next, roundMs));
				bare.push(await load(ports.bare, next, roundMs));
			}
			const pick = (key: keyof Round) =>
				[own, bare].map((list) => spreadOf(list.map((each) => each[key]))) as [Spread, Spread];
			results.push(
				result(`${helpdesk} deliveries`, "1/s", pick("perSecond")),
				result(`${helpdesk} answer, p99`, "ms", pick("p99")),
			);
		}
		return results;
	} finally {
		doors.kill("SIGKILL");
		await redis.stop();
	}
}

function result(name: string, unit: string, [value, baseline]: [Spread, Spread]): BenchResult {
	return {
		...{ case: name, value: value.median, unit, baseline: baseline.median },
		...{ baselineName: "express.raw + HMAC + queue.add", ratio: value.median / baseline.median },
		spread: { value, baseline },
	};
}

async function load(port: number, next: () => Delivery, ms: number): Promise<Round> {
	const agent = new Agent({ keepAlive: true, maxSockets: connections });
	const times: number[] = [];
	const start = performance.now();
	await Promise.all(
		Array.from({ length: connections }, async () => {
			while (performance.now() - start < ms) {
				const sent = performance.now();
				await send(port, next(), agent);
				times.push(performance.now() - sent);
			}
		}),
	);
	agent.destroy();
	times.sort((a, b) => a - b);
	return {
		perSecond: (times.length / (performance.now() - start)) * 1000,
		p99: times[Math.floor(times.length * 0.99)] ?? 0,
	};
}

function send(port: number, { path, headers, body }: Delivery, agent: Agent): Promise<void> {
	return new Promise((resolve, reject) => {
		const length = String(Buffer.byteLength(body));
		const options = { host: "127.0.0.1", port, path, method: "POST", agent };
		const sending = request(
			{ ...options, headers: { "content-type": "application/json", "content-length": length, ...headers } },
			(answer) => {
				answer.resume();
				answer.on("end", () =>
					answer.statusCode === 202 ? resolve() : reject(new Error(`Expected 202, got ${answer.statusCode}`)),
				);
			},
		);
		sending.on("error", reject);
		sending.end(body);
	});
}
