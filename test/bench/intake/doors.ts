import { createHmac, timingSafeEqual } from "node:crypto";
import { Queue } from "bullmq";
import express from "express";
import { Redis } from "ioredis";
import { systemTime } from "../../../webhook-service/src/clock.ts";
import { createApp } from "../../../webhook-service/src/http/app.ts";
import { listen } from "../../../webhook-service/src/http/listen.ts";
import { createLog } from "../../../webhook-service/src/log.ts";
import { wire } from "../../../webhook-service/src/wiring.ts";

/** Two doors in one process: this service's, and the least that receives a signed delivery and keeps it. */
const [redisUrl = "", secret = ""] = process.argv.slice(2);
const host = "127.0.0.1";

const log = createLog("info", { write: () => {} });
const { ports } = await wire(
	{
		port: 0,
		host,
		redisUrl,
		secret: "s".repeat(40),
		publicUrl: "http://localhost",
		logLevel: "info",
		retentionDays: 1,
	},
	{ time: systemTime, log, prefix: "bench" },
);
const common = { kind: "helpdesk", url: "http://desk.example", allowPrivate: true } as const;
const rest = { hookSecrets: [secret], mapping: null, policy: null, createdAt: 0, settings: {} };
await ports.store.saveConnection({ ...common, ...rest, id: "zammad", adapter: "zammad", name: "Zammad" });
await ports.store.saveConnection({ ...common, ...rest, id: "odoo", adapter: "odoo", name: "Odoo" });
const stipt = await listen(createApp(ports), { port: 0, host });

const queue = new Queue("bare", { connection: new Redis(redisUrl, { maxRetriesPerRequest: 1 }), prefix: "bare" });
const isSame = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
const bare = express();
bare.post("/hooks/zammad", express.raw({ type: () => true, limit: "10mb" }), async (request, response) => {
	const expected = `sha1=${createHmac("sha1", secret).update(request.body).digest("hex")}`;
	if (!isSame(String(request.headers["x-hub-signature"]), expected)) return void response.sendStatus(401);
	await queue.add("delivery", { id: request.headers["x-zammad-delivery"] }, { removeOnComplete: { age: 3600 } });
	response.status(202).json({ delivery: request.headers["x-zammad-delivery"] });
});
bare.post("/hooks/odoo/:secret", express.raw({ type: () => true, limit: "10mb" }), async (request, response) => {
	if (!isSame(request.params.secret, secret)) return void response.sendStatus(401);
	const id = createHmac("sha1", secret).update(request.body).digest("hex");
	await queue.add("delivery", { id }, { removeOnComplete: { age: 3600 } });
	response.status(202).json({ delivery: id });
});
const baseline = await listen(bare, { port: 0, host });
process.stdout.write(`${JSON.stringify({ stipt: stipt.port, bare: baseline.port })}\n`);
