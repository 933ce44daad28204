import type { Wiring } from "../wiring.ts";
import { type Command, UsageError } from "./command.ts";
import { typed } from "./options.ts";

const heartbeatMs = 30_000;
const contactMs = 10 * 60_000;

type Finding = { what: string; found: string; ok: boolean };

export const doctor: Command = {
	name: "doctor",
	usage: "[CONNECTION] [--json]",
	summary: "looks whether every part is alive; the exit code tells monitoring",
	async run(args, { out, service }) {
		const { words, has } = typed(args, { flags: ["json"] });
		if (words.length > 1) throw new UsageError("Expected at most one connection.");
		const { ports, close } = await service();
		try {
			const findings = await look(ports, words[0]);
			if (has("json")) out(JSON.stringify(findings));
			else for (const { what, found, ok } of findings) out(`${ok ? "ok  " : "BAD "} ${what}: ${found}`);
			return findings.every(({ ok }) => ok) ? 0 : 1;
		} finally {
			await close();
		}
	},
};

async function look(ports: Wiring["ports"], only: string | undefined): Promise<Finding[]> {
	const { store, time, queues } = ports;
	const now = time();
	await store.ping();
	const findings: Finding[] = [{ what: "redis", found: "answers", ok: true }];
	const beat = await store.lastBeat();
	const isBeating = beat !== null && now - beat < heartbeatMs;
	findings.push({
		what: "worker",
		found: beat === null ? "never seen" : `last heartbeat ${ago(now - beat)}`,
		ok: isBeating,
	});
	for (const [name, { waiting, delayed, active, failed }] of Object.entries(await queues.counts())) {
		const found = `${waiting} waiting, ${delayed} delayed, ${active} active, ${failed} given up`;
		findings.push({ what: `queue ${name}`, found, ok: waiting < 1000 });
	}
	const { count, oldest } = await store.wakeSummary();
	const late = oldest === null ? 0 : Math.max(0, now - oldest);
	findings.push({
		what: "alarms",
		found: `${count} set, the oldest ${late === 0 ? "not due yet" : `due since ${ago(late)}`}`,
		ok: late < 60_000,
	});
	const connections = (await store.connections()).filter(({ id }) => only === undefined || id === only);
	if (only !== undefined && connections.length === 0) await ports.connections.get(only);
	for (const { id, kind, adapter, url } of connections) {
		if (kind === "channel") {
			findings.push({
				what: `connection ${id} (${adapter})`,
				found: "a channel; shows its receipts with each alert",
				ok: true,
			});
			continue;
		}
		const { lastContactAt, lastDeliveryAt, failure } = await store.readHealth(id);
		const contact = lastContactAt === null ? "no contact yet" : `last contact ${ago(now - lastContactAt)}`;
		const delivery =
			kind !== "helpdesk"
				? ""
				: lastDeliveryAt === null
					? ", no delivery yet"
					: `, last delivery ${ago(now - lastDeliveryAt)}`;
		const ok = failure === null && lastContactAt !== null && now - lastContactAt < contactMs;
		const found = `${url}: ${contact}${delivery}${failure === null ? "" : `; ${failure.message}`}`;
		findings.push({ what: `connection ${id} (${adapter})`, found, ok });
	}
	for (const trouble of (await store.troubles(10)).filter(({ at }) => now - at < 24 * 3600 * 1000)) {
		const where = [trouble.connection, trouble.ticket].filter((part) => part !== undefined).join(" ");
		findings.push({
			what: `trouble ${ago(now - trouble.at)}, ${trouble.where}${where === "" ? "" : ` (${where})`}`,
			found: trouble.what,
			ok: true,
		});
	}
	return findings;
}

function ago(ms: number): string {
	const seconds = Math.round(ms / 1000);
	if (seconds < 120) return `${seconds} s ago`;
	const minutes = Math.round(seconds / 60);
	return minutes < 120 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`;
}
