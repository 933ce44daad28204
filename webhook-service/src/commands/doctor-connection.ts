import type { HelpdeskRow } from "../adapters/bind.ts";
import type { InstallFinding } from "../adapters/helpdesks/helpdesk.ts";
import { ServiceError } from "../errors.ts";
import type { Ports } from "../pipeline/ports.ts";
import type { ConnectionHealth, StoredConnection } from "../store/store.ts";
import { checkDelivery } from "./connect-check.ts";
import { hookFingerprint, hookOf } from "./connect-plan.ts";
import { ago, type Finding, graded } from "./finding-lines.ts";
import { lookAtOwnService } from "./own-address.ts";

const contactMs = 10 * 60_000;
/** A helpdesk that does not answer must not hold up the others, nor monitoring. */
const patienceMs = 8000;

export type Depth = { ask: boolean; check: boolean };

/**
 * One connection: what is known here, and (unless `ask` is off) what it says itself today, against what was seen when it
 * was connected. Whatever fails in it is a finding of its own; nothing is thrown that would hide the others.
 */
export async function lookAtConnection(connection: StoredConnection, depth: Depth, ports: Ports): Promise<Finding[]> {
	const what = `connection ${connection.id} (${connection.adapter})`;
	try {
		if (connection.kind === "channel") {
			return [graded({ what, found: "a channel; shows its receipts with each alert", todo: null, ok: true })];
		}
		const health = await ports.store.readHealth(connection.id);
		const findings = [contact(connection, health, ports.time())];
		if (connection.kind !== "helpdesk") return findings;
		findings.push(...(await lookAtFlow(connection, health, ports)));
		if (depth.ask) findings.push(...(await within(patienceMs, askHelpdesk(connection, ports), connection)));
		if (depth.check) findings.push(...(await check(connection, ports)));
		return findings;
	} catch (error) {
		if (!(error instanceof ServiceError)) throw error;
		return [graded({ what, found: error.message, todo: "Mend it, or connect it again.", ok: false })];
	}
}

function contact(connection: StoredConnection, health: ConnectionHealth, now: number): Finding {
	const { lastContactAt, lastDeliveryAt, failure } = health;
	const parts = [lastContactAt === null ? "no contact yet" : `last contact ${ago(now - lastContactAt)}`];
	if (connection.kind === "helpdesk")
		parts.push(lastDeliveryAt === null ? "no delivery yet" : `last delivery ${ago(now - lastDeliveryAt)}`);
	const silent = lastContactAt === null || now - lastContactAt >= contactMs;
	const isNew = lastContactAt === null && now - connection.createdAt < contactMs;
	const ok = failure === null && (!silent || isNew);
	const said = failure === null ? "" : `; ${failure.message}`;
	const todo = ok
		? null
		: "Look whether it runs and whether our key is still good; its timers say that they are unsure.";
	return graded({
		what: `connection ${connection.id} (${connection.adapter})`,
		found: `${connection.url}: ${parts.join(", ")}${said}`,
		todo,
		ok,
	});
}

/** What is known here of how its changes come in. */
async function lookAtFlow({ id }: StoredConnection, health: ConnectionHealth, ports: Ports): Promise<Finding[]> {
	const now = ports.time();
	const { polledAt, nextPollAt, gap, breaker, restored } = health;
	const findings: Finding[] = [];
	const next = nextPollAt === null ? "" : `, the next in ${Math.max(0, Math.round((nextPollAt - now) / 1000))} s`;
	findings.push(
		graded({
			what: `${id}: poll`,
			found: polledAt === null ? "none has ended yet" : `the last ended ${ago(now - polledAt)}${next}`,
			todo:
				polledAt !== null && now - polledAt > contactMs ? "Look at the worker: polls should end every minute." : null,
			ok: true,
		}),
	);
	if (gap !== null) {
		const isOpen = gap.closedAt === null;
		const unread = await ports.store.unreadCount(id);
		const since = `${gap.tickets} tickets changed without a delivery since ${ago(now - gap.since)}`;
		const todo = "Deliveries get lost: stipt doctor --check says where.";
		findings.push(
			graded({
				what: `${id}: gap`,
				found: isOpen
					? `${since}; ${unread} are still to be read`
					: `closed ${ago(now - (gap.closedAt ?? now))} (${gap.tickets} tickets)`,
				todo: isOpen ? todo : null,
				ok: true,
			}),
		);
	}
	if (breaker !== null && breaker.openUntil > now) {
		findings.push(
			graded({
				what: `${id}: circuit`,
				found: `left alone for ${Math.round((breaker.openUntil - now) / 1000)} s more after ${breaker.failures} failures: ${breaker.message}`,
				todo: "It is tried again by itself; look why the helpdesk does not answer.",
				ok: false,
			}),
		);
	}
	if (restored !== null) {
		findings.push(
			graded({
				what: `${id}: restored`,
				found: `went back to an earlier state ${ago(now - restored.at)}`,
				todo: null,
				ok: true,
			}),
		);
	}
	const { "lost-tickets": lost = 0, loops = 0, conflicts = 0 } = await ports.store.counts(id);
	const todo = loops > 0 ? "Look what at the helpdesk answers our writes with a change of its own." : null;
	const found = `${lost} tickets found by polling alone, ${conflicts} conflicts, ${loops} loops`;
	findings.push(graded({ what: `${id}: counted`, found, todo, ok: true }));
	const progress = await ports.store.readImport(id);
	if (progress !== null && progress.finishedAt === null) {
		const left = `${progress.read} tickets read since ${ago(now - progress.startedAt)}, ${progress.failed} failed`;
		findings.push(graded({ what: `${id}: import`, found: `${progress.part}: ${left}`, todo: null, ok: true }));
	}
	return findings;
}

/** What the helpdesk says today, where it differs from when it was connected or ends soon; and our things there. */
async function askHelpdesk(connection: StoredConnection, ports: Ports): Promise<Finding[]> {
	const row = ports.adapters.helpdesks[connection.adapter];
	if (row === undefined) return [];
	const { id } = connection;
	const bound = row.bind(connection, ports.callFor(connection));
	const probed = await bound.probe(ports.time());
	const seen = connection.connected?.seen ?? {};
	const findings = probed
		.flatMap((finding) => changed(finding, seen))
		.map((finding) => graded({ ...finding, what: `${id}: ${finding.what}` }));
	return [...findings, await installed(connection, row, ports)];
}

const drifting = /version|module/i;
const ending = /^End of /;
/** Rights of a user whom we do not keep. */
const onlyToInstall = / \(to install only\)$/;
const fluctuating = /^(Clocks|Zammad's own health check)$/;

function changed(finding: InstallFinding, seen: Record<string, string>): InstallFinding[] {
	const { what, found, ok } = finding;
	if (onlyToInstall.test(what)) return [];
	if (!ok || ending.test(what)) return [finding];
	if (fluctuating.test(what)) return finding.todo === null ? [] : [finding];
	const before = seen[what];
	if (before === undefined || before === found) return drifting.test(what) ? [{ ...finding, todo: null }] : [];
	const todo = finding.todo ?? "Connect again: what is installed is looked over, and only what differs is changed.";
	return [{ ...finding, found: `${found} (was: ${before})`, todo }];
}

async function installed(connection: StoredConnection, row: HelpdeskRow, ports: Ports): Promise<Finding> {
	const what = `${connection.id}: installed`;
	const hook = hookOf(connection, row, ports);
	const { connected } = connection;
	if (connected?.hook === null)
		return graded({ what, found: "nothing, as chosen: changes are found by asking", todo: null, ok: true });
	const again = `Connect again to put it right.`;
	if (connected !== undefined && connected.hook !== hookFingerprint(hook)) {
		return graded({ what, found: "delivers to another address than ours is now", todo: again, ok: false });
	}
	const { installer } = row.bind(connection, ports.callFor(connection));
	try {
		const wrong = ((await installer?.plan(hook, ports.time())) ?? []).filter(({ found }) => found !== "right");
		if (wrong.length === 0) return graded({ what, found: "all as installed", todo: null, ok: true });
		const list = wrong.map(
			(step) => `${step.what} ${step.found === "missing" ? "is gone" : `differs (${step.differs.join(", ")})`}`,
		);
		return graded({ what, found: list.join("; "), todo: again, ok: false });
	} catch (error) {
		if (!(error instanceof ServiceError)) throw error;
		if (error.kind !== "denied") return graded({ what, found: error.message, todo: "Look again later.", ok: true });
		const found = "not told to our everyday user; as installed when connected, as far as deliveries show";
		return graded({ what, found, todo: null, ok: true });
	}
}

async function check(connection: StoredConnection, ports: Ports): Promise<Finding[]> {
	const row = ports.adapters.helpdesks[connection.adapter];
	if (row === undefined) return [];
	const own = await lookAtOwnService(ports, connection.url);
	const findings = await checkDelivery(connection, { hook: hookOf(connection, row, ports), own }, ports);
	return findings.map((finding) => ({ ...finding, what: `${connection.id}: ${finding.what}` }));
}

async function within(ms: number, looking: Promise<Finding[]>, { id }: StoredConnection): Promise<Finding[]> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<Finding[]>((resolve) => {
		const found = `no whole answer within ${Math.round(ms / 1000)} s`;
		const todo = "Look whether the helpdesk runs, and how busy it is.";
		timer = setTimeout(() => resolve([graded({ what: `${id}: helpdesk`, found, todo, ok: true })]), ms);
	});
	try {
		return await Promise.race([looking, late]);
	} finally {
		clearTimeout(timer);
	}
}
