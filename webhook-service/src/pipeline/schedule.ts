import { jobId } from "../queues.ts";
import type { TicketRef, Wake } from "../store/store.ts";
import type { Ports } from "./ports.ts";

const alarmId = (ref: TicketRef, { revision, wakeAt }: Wake) =>
	jobId("alarm", ref.connection, ref.ticket, revision, wakeAt);

/**
 * Sets the one alarm of a ticket, in the name of the ledger's revision; `null`: nothing changes by time alone.
 * The alarm is a hint; the sweep finds what it loses.
 */
export async function schedule(ref: TicketRef, wake: Wake | null, { store, queues, time }: Ports): Promise<void> {
	const before = await store.readWake(ref);
	if (before !== null && before.wakeAt === wake?.wakeAt && before.revision === wake.revision) return;
	await store.saveWake(ref, wake);
	if (wake !== null) {
		await queues.add("alarm", { ...ref, ...wake }, { id: alarmId(ref, wake), delayMs: wake.wakeAt - time() });
	}
	if (before !== null) await queues.remove("alarm", alarmId(ref, before));
}
