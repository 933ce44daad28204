import { failure } from "../log.ts";
import { decide } from "./decide.ts";
import type { Ports } from "./ports.ts";

const batch = 500;

/** Looks at every ticket whose time has come and that no alarm has woken, then beats its heart. */
export async function sweep(worker: string, ports: Ports): Promise<{ found: number }> {
	const { store, time, log } = ports;
	const due = await store.wakesUntil(time(), batch);
	for (const { ref } of due) {
		try {
			await decide(ref, ports);
		} catch (error) {
			log.warn({ ...ref, ...failure(error) }, "sweep");
		}
	}
	await store.beat(worker, time());
	return { found: due.length };
}
