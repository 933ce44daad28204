import { createLog } from "../../webhook-service/src/log.ts";
import { reconcile } from "../../webhook-service/src/pipeline/reconcile.ts";
import { createThrottle } from "../../webhook-service/src/pipeline/throttle.ts";
import type { StoredConnection } from "../../webhook-service/src/store/store.ts";
import { wire } from "../../webhook-service/src/wiring.ts";
import { people } from "../desks/zammad/base.ts";
import { createZammadDesk } from "../desks/zammad/desk.ts";
import { multiply } from "../desks/zammad/multiply.ts";
import { startRedis } from "../support/redis-server.ts";
import type { BenchResult } from "./measuring/alternate.ts";

const known = 100_000;
const changed = 500;
const start = Date.parse("2026-03-02T09:00:00+01:00");

/** A poll of a helpdesk with 100,000 tickets of which 500 changed: how many requests, and how long until all are queued. */
export async function bench(): Promise<BenchResult[]> {
	let now = start;
	const redis = await startRedis({ appendonly: false });
	const desk = createZammadDesk({
		now: () => now,
		port: 0,
		timing: { delivery: [0, 0], retries: [0, 0, 0, 0], push: 0 },
	});
	await desk.listen();
	const { ports, close } = await wire(
		{
			...{ port: 0, host: "127.0.0.1", redisUrl: redis.url, secret: "s".repeat(40), publicUrl: "http://localhost" },
			...{ logLevel: "silent", retentionDays: 400 },
		},
		{ time: () => now, log: createLog("silent"), prefix: "bench-reconcile" },
	);
	try {
		const article = { subject: "", body: "Help", type: "web", sender: "Customer" };
		for (let each = 0; each < 50; each += 1)
			desk.act.open(people.customers[0], { title: "Known", group: "Users", article });
		multiply(desk, known, 1000);
		const tickets = desk.state.tickets.map(({ id }) => String(id));
		const token = desk.act.token(people.bot, ["ticket.agent"]);
		const connection: StoredConnection = {
			...{ id: "desk", kind: "helpdesk", adapter: "zammad", name: "Desk", url: desk.url, settings: { token } },
			...{ hookSecrets: [], allowPrivate: true, mapping: null, policy: null, createdAt: 0 },
		};
		await ports.store.saveConnection(connection);
		const last = now;
		for (let at = 0; at < tickets.length; at += 1000) {
			await Promise.all(
				tickets.slice(at, at + 1000).map((ticket) =>
					ports.store.saveReading(
						{ connection: "desk", ticket },
						{
							snapshot: {
								...{ ticket, number: ticket, title: "", url: "", owner: null, priorityLabel: "2 normal" },
								...{ impact: null, urgency: null, updatedAt: last },
							},
							readAt: last,
						},
					),
				),
			);
		}
		await ports.store.saveHealth("desk", { cursor: last, lastDeliveryAt: last });
		now += 3_600_000;
		for (const ticket of tickets.slice(0, changed)) {
			now += 10;
			desk.act.change(people.agents[0], Number(ticket), { priority: "3 high" });
		}
		now += 60_000;
		const throttle = createThrottle(1_000_000);
		const counted = { ...ports, connections: ports.connections.through(throttle.wrap) };
		const begun = performance.now();
		await reconcile(counted);
		const seconds = (performance.now() - begun) / 1000;
		const { intake } = await ports.queues.counts();
		const idleBefore = throttle.begun();
		const idleBegun = performance.now();
		now += 60_000;
		await ports.store.saveHealth("desk", { cursor: now });
		await reconcile(counted);
		const idleSeconds = (performance.now() - idleBegun) / 1000;
		return [
			plain("requests to find 500 of 100,000", idleBefore, "requests"),
			plain("tickets queued to be read", intake.waiting, "tickets"),
			plain("seconds until they are queued", seconds, "s"),
			plain("requests when nothing changed", throttle.begun() - idleBefore, "requests"),
			plain("seconds when nothing changed", idleSeconds, "s"),
		];
	} finally {
		await close();
		await desk.close();
		await redis.stop();
	}
}

/** A figure with nothing to be compared with. */
function plain(name: string, value: number, unit: string): BenchResult {
	return { case: name, value, unit, baseline: value, baselineName: "itself", ratio: 1, spread: null };
}
