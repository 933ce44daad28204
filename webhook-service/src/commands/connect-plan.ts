import type { Policy } from "@stipt/shared/policy/policy";
import type { HelpdeskRow } from "../adapters/bind.ts";
import type { Hook, PlanStep } from "../adapters/helpdesks/helpdesk.ts";
import type { Ports } from "../pipeline/ports.ts";
import type { StoredConnection } from "../store/store.ts";
import { sha256 } from "../verify.ts";

/** Where a helpdesk shall deliver, and how our things there are found again. */
export function hookOf(
	connection: StoredConnection,
	row: Pick<HelpdeskRow, "scheme">,
	{ publicUrl }: Pick<Ports, "publicUrl">,
): Hook {
	const [secret = ""] = connection.hookSecrets;
	const address = row.scheme.kind === "address" ? `/${secret}` : "";
	return { url: `${publicUrl}/hooks/${connection.id}${address}`, secret, mark: `stipt-${connection.id}` };
}

/** An address without the secret in it, as people and records may see it. */
export function shownHook({ url, secret }: Hook): string {
	return url.replace(`/${secret}`, "/…");
}

/** What an address was, without keeping the secret in it. */
export function hookFingerprint({ url }: Hook): string {
	return sha256(url).slice(0, 16);
}

/** The values of the matrix as fields of the helpdesk. */
export function fieldsOf({ matrix, language }: Policy): NonNullable<Hook["fields"]> {
	const option = ({ id, name }: { id: string; name: Record<string, string> }) => ({
		value: id,
		name: name[language] ?? id,
	});
	return { impact: matrix.impacts.map(option), urgency: matrix.urgencies.map(option) };
}

/** A plan as lines. Addresses are shown without secrets. */
export function planLines(steps: readonly PlanStep[], hook: Hook): string[] {
	const verbs = { missing: "make  ", differs: "change", right: "right " };
	return steps.flatMap(({ what, does, undo, found, differs, cost }, index) => [
		`${verbs[found]} ${what}${differs.length > 0 ? ` (${differs.join(", ")})` : ""}${found === "right" && differs.length === 0 ? ": already right" : ""}`,
		...(found === "right"
			? []
			: [
					`         does: ${does.replace(hook.url, shownHook(hook))}`,
					`         undo: ${undo}`,
					...(cost === null
						? []
						: [`         COSTS: ${cost === steps[index - 1]?.cost ? "as above, once for both" : cost}`]),
				]),
	]);
}
