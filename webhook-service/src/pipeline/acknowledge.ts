import type { Instant } from "@stipt/shared/calendar/calendar";
import { ServiceError } from "../errors.ts";
import { jobId } from "../queues.ts";
import type { StoredAlert } from "../store/store.ts";
import { decide } from "./decide.ts";
import type { Ports } from "./ports.ts";
import { record } from "./record.ts";

/** A promise further away than this is none. */
export const longestPromiseMs = 14 * 24 * 3600 * 1000;

/**
 * Takes an alert on: the ladder stands still until `nextPromise`, when somebody hears again or it re-opens.
 * The first one wins. Throws `unknown`, `unreadable` (a promise that is not ahead of us), or `conflict`.
 */
export async function acknowledge(
	id: string,
	{ by, nextPromise }: { by: string; nextPromise: Instant },
	ports: Ports,
): Promise<StoredAlert> {
	const { store, time, queues } = ports;
	const at = time();
	if (!(nextPromise > at && nextPromise - at <= longestPromiseMs)) {
		throw new ServiceError("unreadable", "Expected a next promise within the coming two weeks.", {
			problems: [{ path: "nextPromise", expected: "an instant within the coming two weeks", found: iso(nextPromise) }],
		});
	}
	const alert = await store.acknowledgeAlert(id, { at, by, nextPromise });
	if (alert?.acknowledged == null)
		throw new ServiceError("unknown", "Expected the id of an alert, found none of that id.");
	const { acknowledged, ref } = alert;
	const { by: first, nextPromise: promised } = acknowledged;
	const fact = { kind: "acknowledged", alert: id, by: first, nextPromise: promised } as const;
	await record(ref, `acknowledged-${id}`, fact, ports, acknowledged.at);
	if (acknowledged.at !== at || first !== by) {
		await decide(ref, ports);
		const until = iso(promised);
		throw new ServiceError("conflict", `Already acknowledged by ${first}, who promised to be heard by ${until}.`);
	}
	await store.audit({ at, by, what: "acknowledged", ref, detail: `${alert.goal}, step ${alert.step}` });
	const note = { kind: "note", ...ref, alert: id, about: "acknowledgement" } as const;
	await queues.add("action", note, { id: jobId("note", id, "acknowledged") });
	await decide(ref, ports);
	return alert;
}

function iso(instant: Instant): string {
	return Number.isFinite(instant) && Math.abs(instant) < 8.64e15 ? new Date(instant).toISOString() : "no instant";
}
