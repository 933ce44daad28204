import { Router } from "express";
import { failure } from "../log.ts";
import type { Ports } from "../pipeline/ports.ts";

/** A worker that has not beaten its heart for this long is taken for dead. */
const heartbeatMs = 30_000;
const contactMs = 10 * 60_000;

type Dependency = { name: string; ok: boolean; detail: string };

/** `/health`: the process lives. `/ready`: it can do its work, with one entry per dependency. */
export function health(ports: Ports): Router {
	const router = Router();
	router.get("/health", (_request, response) => {
		response.json({ status: "alive" });
	});
	router.get("/ready", async (_request, response) => {
		const dependencies = await look(ports);
		const isReady = dependencies.every(({ ok, name }) => ok || name.startsWith("connection "));
		response.status(isReady ? 200 : 503).json({ status: isReady ? "ready" : "not ready", dependencies });
	});
	return router;
}

async function look({ store, time, log }: Ports): Promise<Dependency[]> {
	try {
		await store.ping();
		const now = time();
		const beat = await store.lastBeat();
		const isBeating = beat !== null && now - beat < heartbeatMs;
		const worker = { name: "worker", ok: isBeating, detail: beat === null ? "never seen" : since(now - beat) };
		const connections = await Promise.all(
			(await store.connections())
				.filter(({ kind }) => kind !== "channel")
				.map(async ({ id }) => {
					const { lastContactAt, failure: trouble } = await store.readHealth(id);
					const ok = trouble === null && lastContactAt !== null && now - lastContactAt < contactMs;
					const contact = lastContactAt === null ? "no contact yet" : `last contact ${since(now - lastContactAt)}`;
					const detail = trouble === null ? contact : `${contact}; ${trouble.message}`;
					return { name: `connection ${id}`, ok, detail };
				}),
		);
		return [{ name: "redis", ok: true, detail: "answers" }, worker, ...connections];
	} catch (error) {
		log.warn(failure(error), "not ready");
		return [
			{ name: "redis", ok: false, detail: "does not answer" },
			{ name: "worker", ok: false, detail: "unknown" },
		];
	}
}

function since(ms: number): string {
	return `${Math.max(0, Math.round(ms / 1000))} s ago`;
}
