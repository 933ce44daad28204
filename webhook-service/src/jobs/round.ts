import type { Job } from "bullmq";
import { readPages } from "../pipeline/pages.ts";
import type { Ports } from "../pipeline/ports.ts";
import { reconcileDue } from "../pipeline/reconcile.ts";
import { sweep } from "../pipeline/sweep.ts";
import { payloads } from "../queues.ts";
import { payloadOf } from "./job.ts";

const lockMs = { sweep: 30_000, reconcile: 120_000, pages: 60_000 };

/** One of the service's own rounds; another worker's round of the same kind is left to it. */
export async function round(job: Job, worker: string, ports: Ports): Promise<void> {
	const { round: kind } = payloadOf(payloads.round, job);
	const release = await ports.store.lock(`round-${kind}`, lockMs[kind]);
	if (release === null) return;
	try {
		if (kind === "sweep") await sweep(worker, ports);
		if (kind === "reconcile") await reconcileDue(ports);
		if (kind === "pages") await readPages(ports);
	} finally {
		await release();
	}
}
