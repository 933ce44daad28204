import type { Hook } from "../adapters/helpdesks/helpdesk.ts";
import { ServiceError } from "../errors.ts";
import type { Ports } from "../pipeline/ports.ts";
import type { StoredConnection } from "../store/store.ts";
import { type Finding, graded } from "./finding-lines.ts";
import type { OwnService } from "./own-address.ts";

/** Longer than a helpdesk's queue takes when it is well: Zammad's worker sleeps 4 s, and its first tries fail at 0, 10, 30 s. */
export const patienceMs = 45_000;
const lookEveryMs = 100;
/** How far this machine's clock may be ahead of the service's. */
const skewToleratedMs = 1000;
const skewWorthMs = 10_000;

export type CheckOptions = { hook: Hook; own: OwnService; waitMs?: number };

/**
 * Changes something at the helpdesk on purpose and waits until its delivery has gone all the way round: the helpdesk's
 * own queue, our hook, the ledger. Says how long that took, or why it may not have come and how to find out.
 */
export async function checkDelivery(
	connection: StoredConnection,
	{ hook, own, waitMs = patienceMs }: CheckOptions,
	ports: Ports,
): Promise<Finding[]> {
	const what = "First delivery";
	const row = ports.adapters.helpdesks[connection.adapter];
	const bound = row?.bind(connection, ports.callFor(connection));
	const again = `then: stipt doctor ${connection.id} --check`;
	if (bound?.installer === undefined || bound.installer === null) return [];
	if (!own.worker) {
		const found = own.web ? "cannot be checked: no worker runs" : "cannot be checked: the service does not run";
		return [graded({ what, found, todo: `Start it (npm start), ${again}`, ok: true })];
	}
	const from = ports.time();
	const rung = await bound.installer.ring(hook.mark, from).catch((error: unknown) => {
		if (error instanceof ServiceError) return error;
		throw error;
	});
	if (rung instanceof ServiceError) {
		return [graded({ what, found: `cannot be checked: ${rung.message}`, todo: `Mend that, ${again}`, ok: true })];
	}
	const changed = ports.time();
	const ref = { connection: connection.id, ticket: rung.ticket };
	let arrived: number | null = null;
	for (let now = changed; now < changed + waitMs; now = ports.time()) {
		// Of this very ticket, which nobody but us changes: a busy helpdesk delivers others all the time.
		const heard = await ports.store.readHeard(ref);
		if (heard !== null && heard >= from - skewToleratedMs) arrived ??= now;
		const { snapshot } = await ports.store.readTicket(ref);
		if (arrived !== null && snapshot?.title === rung.title) {
			const took = ((now - changed) / 1000).toFixed(1);
			const found = `seen: ${rung.done}; its delivery was in the ledger ${took} s later`;
			return [graded({ what, found, todo: null, ok: true }), ...skew(snapshot.updatedAt, from, changed)];
		}
		await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
	}
	return [await silent({ what, done: rung.done, arrived, from, again }, { hook, waitMs }, bound.installer, ref, ports)];
}

type Installer = NonNullable<ReturnType<NonNullable<Ports["adapters"]["helpdesks"][string]>["bind"]>["installer"]>;

async function silent(
	{
		what,
		done,
		arrived,
		from,
		again,
	}: { what: string; done: string; arrived: number | null; from: number; again: string },
	{ hook, waitMs }: { hook: Hook; waitMs: number },
	installer: Installer,
	ref: { connection: string },
	ports: Ports,
): Promise<Finding> {
	const seconds = Math.round(waitMs / 1000);
	const troubles = (await ports.store.troubles(20)).filter(
		({ at, connection }) => at >= from && connection === ref.connection,
	);
	const { failure, breaker } = await ports.store.readHealth(ref.connection);
	const read = [...troubles.map((trouble) => trouble.what), failure?.message ?? "", breaker?.message ?? ""];
	if (arrived !== null) {
		const why = [...new Set(read)].filter((line) => line !== "").join("; ");
		return graded({
			what,
			found: `its delivery arrived, but the change was not read back within ${seconds} s${why === "" ? "" : `: ${why}`}`,
			todo: `Look at stipt doctor ${ref.connection}: queues, and whether the helpdesk answers our user.`,
			ok: false,
		});
	}
	const causes = await installer.silence(hook, from, ports.time());
	const known = causes.map((cause) => `- ${cause}`);
	const test = `curl -sS -o /dev/null -w '%{http_code}\\n' ${ports.publicUrl}/health`;
	return graded({
		what,
		found: `not seen within ${seconds} s: ${done}, and nothing arrived`,
		todo: [
			"What is known of it:",
			...(known.length > 0 ? known : ["- the helpdesk does not say; its token may not read its log of deliveries"]),
			`Test it on the helpdesk's own machine: ${test}`,
			"  200: the way is free; then look at the helpdesk's queue or scheduler, and at its log",
			"  000: that machine does not reach this address: name, port, firewall, TLS, or STIPT_URL",
			`Until then changes are found by asking once a minute. ${again.replace(/^then/, "Then")}`,
		].join("\n       "),
		ok: true,
	});
}

/** The helpdesk's own time of our change, against ours: told even by one that sends no date with its answers. */
function skew(told: number, from: number, until: number): Finding[] {
	const apart = told < from - 2000 ? from - told : told > until + 2000 ? told - until : 0;
	if (apart < skewWorthMs) return [];
	const found = `the helpdesk's clock is ${Math.round(apart / 1000)} s ${told > until ? "ahead of" : "behind"} ours`;
	const todo = "Let both machines follow a time server (NTP): deadlines are as wrong as the clocks are apart.";
	return [graded({ what: "Clocks", found, todo, ok: true })];
}
