import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Policy } from "@stipt/shared/policy/policy";
import { forecastAlerts } from "@stipt/shared/simulation/forecast-alerts";
import type { OwedStep } from "@stipt/shared/sla/evaluation";
import { ServiceError } from "../errors.ts";
import type { StoredPolicy } from "../store/store.ts";
import { keptLedgers } from "./policy-ledgers.ts";
import type { Ports } from "./ports.ts";

/** Somebody would have been told, had the shadow been promised. */
export type WouldHaveAlerted = { at: Instant; connection: string; ticket: string; step: OwedStep };

/** `promised`: the policy beside which it runs; `null`: there is none. */
export type SilentPlace = { connection: string; since: Instant; promised: string | null };

/** Where a policy runs in silence, and since when: as a shadow, or as the only policy of a connection. */
export async function silentOn(name: string, { store, connections, policies }: Ports): Promise<SilentPlace[]> {
	const shadows = await store.shadows();
	const helpdesks = await connections.all("helpdesk");
	const isMeasured = (await policies.inForce(name)).mode === "measured";
	return helpdesks.flatMap(({ id, policy, createdAt }): SilentPlace[] => {
		const shadow = shadows[id];
		if (shadow?.policy === name) return [{ connection: id, since: shadow.since, promised: policy ?? "standard" }];
		return isMeasured && policy === name ? [{ connection: id, since: createdAt, promised: null }] : [];
	});
}

/**
 * What the newest version of a silent policy would have alerted of since it began to run, in order of time: reckoned
 * from the ledgers by the engine that alerts. Tickets that were opened before count only with what came due since.
 */
export async function wouldHaveAlerted(name: string, ports: Ports): Promise<WouldHaveAlerted[]> {
	const measured = await ports.policies.inForce(name);
	const asPromised: Policy = { ...measured, mode: "promised" };
	const found: WouldHaveAlerted[] = [];
	for (const { connection, since } of await silentOn(name, ports)) {
		for await (const { ticket, facts } of keptLedgers(connection, ports)) {
			const { alerts } = forecastAlerts(facts, [{ policy: asPromised }], { until: ports.time(), heardSince: since });
			for (const { at, step } of alerts) found.push({ at, connection, ticket, step });
		}
	}
	return found.sort((a, b) => a.at - b.at || (a.ticket < b.ticket ? -1 : 1));
}

/** Runs a measured policy beside the promised one of a helpdesk. Throws `unreadable` for one that is not measured. */
export async function startShadow(connection: string, name: string, by: string, ports: Ports): Promise<void> {
	const { store, connections, policies, time } = ports;
	const { connection: helpdesk } = await connections.helpdesk(connection);
	const { mode, version } = await policies.inForce(name);
	if (mode !== "measured") {
		throw new ServiceError("unreadable", `Expected a policy with mode: measured, found ${name} ${version}: ${mode}.`);
	}
	if (helpdesk.policy === name) {
		throw new ServiceError("conflict", `Expected another policy than the one of ${connection} itself, found ${name}.`);
	}
	await store.saveShadow(connection, { policy: name, since: time() });
	await store.audit({ at: time(), by, what: `started shadow ${name}, version ${version}, on ${connection}` });
}

/** Ends what runs in silence on a connection. Answers its name, `null` when there was none. */
export async function stopShadow(connection: string, by: string, { store, time }: Ports): Promise<string | null> {
	const shadow = (await store.shadows())[connection];
	if (shadow === undefined) return null;
	await store.saveShadow(connection, null);
	await store.audit({ at: time(), by, what: `ended shadow ${shadow.policy} on ${connection}` });
	return shadow.policy;
}

/** The document of a measured policy as the next version of the promised one: only its name and its mode change. */
export function promotedText({ text }: Pick<StoredPolicy, "text">, name: string): string {
	return withLine(withLine(text, "name", name), "mode", "promised");
}

function withLine(text: string, key: string, value: string): string {
	const line = new RegExp(`^${key}:[^#\\n]*?(\\s+#[^\\n]*)?$`, "m");
	if (!line.test(text))
		throw new ServiceError("unreadable", `Expected a line "${key}: …" at the top level, found none.`);
	return text.replace(line, (_, comment: string | undefined) => `${key}: ${value}${comment ?? ""}`);
}
