import { z } from "zod";
import type { IncidentDraft } from "./status-page.ts";
import type { Incident } from "./statuspage-incident.ts";

/** A component of the page. Groups are listed as components too, and cannot be set. */
export const pageComponent = z.looseObject({
	id: z.string(),
	name: z.string(),
	status: z.string().nullish(),
	group: z.boolean().nullish(),
});
export type PageComponent = z.infer<typeof pageComponent>;

const byImpact = { minor: "degraded_performance", major: "partial_outage", critical: "major_outage" } as const;
/** From well to bad. */
const ranks = ["operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage"];

/**
 * What an incident does to components: `component_ids` ties them to it, `components` sets their status. A component
 * that another open incident stands on is never made to look better, and one under maintenance is not reset.
 */
export function effectOn(
	all: readonly PageComponent[],
	{ draft, own, open }: { draft: IncidentDraft; own: Incident | null; open: readonly Incident[] },
): { component_ids: string[]; components: Record<string, string> } {
	const tied = new Set((own?.components ?? []).map(({ id }) => id));
	const named = new Set(draft.components.map((name) => name.trim()));
	const touched = all.filter(({ id, name, group }) => group !== true && (tied.has(id) || named.has(name.trim())));
	const elsewhere = new Set(
		open.filter(({ id }) => id !== own?.id).flatMap(({ components }) => (components ?? []).map(({ id }) => id)),
	);
	const isOver = draft.status === "resolved";
	const components = touched
		.filter(({ name }) => isOver || named.has(name.trim()))
		.flatMap(({ id, status }): [string, string][] => {
			const wanted = isOver ? "operational" : byImpact[draft.impact];
			const isBetter = ranks.indexOf(wanted) < ranks.indexOf(status ?? "operational");
			const isHeld = elsewhere.has(id) || (isOver && status === "under_maintenance");
			return isBetter && isHeld ? [] : [[id, wanted]];
		});
	return { component_ids: touched.map(({ id }) => id), components: Object.fromEntries(components) };
}
