import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parsePolicy } from "@stipt/shared/policy/parse-policy";
import type { TicketView } from "@stipt/shared/wire/api";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import type { Adapters } from "../../webhook-service/src/adapters/bind.ts";
import { helpdesks } from "../../webhook-service/src/adapters/helpdesks/index.ts";
import type { Config } from "../../webhook-service/src/config.ts";
import { createApp } from "../../webhook-service/src/http/app.ts";
import { listen, stopListening } from "../../webhook-service/src/http/listen.ts";
import { startWorkers, type Workers } from "../../webhook-service/src/jobs/workers.ts";
import { createLog } from "../../webhook-service/src/log.ts";
import { readPages } from "../../webhook-service/src/pipeline/pages.ts";
import { reconcile } from "../../webhook-service/src/pipeline/reconcile.ts";
import { sweep } from "../../webhook-service/src/pipeline/sweep.ts";
import type { StoredConnection } from "../../webhook-service/src/store/store.ts";
import { hmacHex, sha256 } from "../../webhook-service/src/verify.ts";
import { wire } from "../../webhook-service/src/wiring.ts";
import { movedClock } from "./moved-clock.ts";
import { recordingChannel } from "./recording-channel.ts";
import { recordingHelpdesk } from "./recording-helpdesk.ts";
import { recordingPage } from "./recording-page.ts";

export const testRedisUrl = process.env.REDIS_URL ?? "redis://127.0.0.1:6379";
const hookSecret = "hook-secret-of-the-tests";
const busyQueues = ["intake", "action"] as const;

export type ServiceOptions = {
	/** Where the clock stands at first. */
	start: string;
	/** A policy document; the one of these tests when absent. */
	policy?: string;
	redisUrl?: string;
	workers?: number;
};

/** The whole service on a real Redis with a moved clock, between a helpdesk, a channel and a page that record. */
export async function startService(options: ServiceOptions) {
	const clock = movedClock(options.start);
	const prefix = `test-${randomBytes(6).toString("hex")}`;
	const redisUrl = options.redisUrl ?? testRedisUrl;
	const helpdesk = recordingHelpdesk();
	const channel = recordingChannel();
	const page = recordingPage(clock.time);
	const adapters: Adapters = {
		helpdesks: { ...helpdesks, zammad: helpdesk.row, "real-zammad": helpdesks.zammad },
		channels: { email: channel.row },
		statusPages: { statuspage: page.row },
	};
	const lines: string[] = [];
	const log = createLog("info", { write: (line) => lines.push(line) });
	const config: Config = {
		...{
			port: 0,
			host: "127.0.0.1",
			redisUrl,
			secret: "a-secret-of-the-tests-long-enough-to-pass",
			logLevel: "silent",
		},
		...{ publicUrl: "http://stipt.example", retentionDays: 400 },
	};
	const { ports, prefix: queuePrefix, close } = await wire(config, { time: clock.time, log, prefix, adapters });
	const { server, port } = await listen(createApp(ports), config);
	const url = `http://127.0.0.1:${port}`;

	const text = options.policy ?? (await readFile(new URL("../fixtures/policies/flow.yaml", import.meta.url), "utf8"));
	const version = sha256(text).slice(0, 12);
	const { name } = parsePolicy(text, { version, holidaySets: [] });
	const publication = {
		version,
		at: clock.time(),
		from: clock.time(),
		scope: "new-tickets",
		by: "test",
		why: "",
	} as const;
	await ports.store.publishPolicy({ name, version, text, holidays: [] }, publication, 0);
	const connection: StoredConnection = {
		...{ id: "desk", kind: "helpdesk", adapter: "zammad", name: "Desk", url: "https://desk.example", settings: {} },
		...{ hookSecrets: [hookSecret], allowPrivate: true, policy: name, createdAt: clock.time() },
		mapping: { priorities: { "3 high": ["P2", "P1"], "2 normal": ["P3"], "1 low": ["P4"] }, states: {} },
	};
	await ports.store.saveConnection(connection);
	await ports.store.saveConnection({
		...connection,
		id: "mail",
		kind: "channel",
		adapter: "email",
		url: "",
		policy: null,
	});
	const page1 = {
		...connection,
		id: "page",
		kind: "status-page",
		adapter: "statuspage",
		url: "https://page.example",
	} as const;
	await ports.store.saveConnection({ ...page1, policy: null });
	const token = "stipt_token-of-the-tests";
	await ports.store.saveToken({ hash: sha256(token), name: "Anna", role: "agent", createdAt: 0, lastUsedAt: null });

	let workers: Workers[] = [];
	const startWorking = async () => {
		workers = await Promise.all(
			Array.from({ length: options.workers ?? 1 }, () => startWorkers(redisUrl, queuePrefix, ports)),
		);
	};
	const stopWorking = async () => {
		await Promise.all(workers.map((worker) => worker.close()));
		workers = [];
	};
	await startWorking();
	const queues = busyQueues.map((queue) => new Queue(queue, { connection: { url: redisUrl }, prefix: queuePrefix }));

	/** Waits until nothing is left to do; jobs that wait for another try are tried at once. */
	const settle = async () => {
		const deadline = Date.now() + 15_000;
		let quiet = 0;
		while (quiet < 3) {
			if (Date.now() > deadline) throw new Error("Expected the queues to fall quiet, they did not.");
			const counts = await Promise.all(
				queues.map((queue) => queue.getJobCounts("waiting", "active", "delayed", "prioritized")),
			);
			const isQuiet = counts.every((count) => Object.values(count).every((number) => number === 0));
			quiet = isQuiet ? quiet + 1 : 0;
			for (const queue of queues) await queue.promoteJobs();
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
	};
	const post = async (delivery: string, ticket: string) => {
		const body = JSON.stringify({ ticket: { id: Number(ticket) } });
		return fetch(`${url}/hooks/desk`, {
			method: "POST",
			headers: {
				"x-hub-signature": `sha1=${hmacHex("sha1", hookSecret, Buffer.from(body))}`,
				"x-zammad-delivery": delivery,
			},
			body,
		});
	};
	let deliveries = 0;
	return {
		...{ clock, ports, url, helpdesk, channel, page, log: lines, redisUrl, prefix, connection, token, hookSecret },
		...{ settle, startWorking, stopWorking, deliver: post },
		/** Something happens at the helpdesk, and its webhook says so. */
		async happen(ticket: string, body: Parameters<typeof helpdesk.happen>[1]) {
			helpdesk.happen(ticket, body);
			deliveries += 1;
			await post(`delivery-${deliveries}`, ticket);
			await settle();
		},
		/** Moves the clock, then does what its time has come for. */
		async advance(ms: number) {
			clock.advance(ms);
			await sweep("test", ports);
			await settle();
		},
		reconcile: async () => {
			await reconcile(ports);
			await settle();
		},
		readPages: async () => {
			await readPages(ports);
			await settle();
		},
		api: (path: string, init: RequestInit = {}) =>
			fetch(`${url}${path}`, {
				...init,
				headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...init.headers },
			}),
		/** A ticket as agents see it. */
		async view(ticket: string): Promise<TicketView> {
			return answered(await this.api(`/api/v1/tickets/desk/${ticket}`));
		},
		async stop() {
			await stopWorking();
			await stopListening(server, 0);
			await Promise.all(queues.map((queue) => queue.close()));
			await close();
			const redis = new Redis(redisUrl);
			const keys = await redis.keys(`${prefix}*`);
			if (keys.length > 0) await redis.del(...keys);
			redis.disconnect();
		},
	};
}

/** What an answer says, as what it should be. */
export async function answered<Body>(answer: Response): Promise<Body> {
	return (await answer.json()) as Body;
}

export type TestService = Awaited<ReturnType<typeof startService>>;
