import { deflateRawSync, inflateRawSync } from "node:zlib";
import { inOrder } from "@stipt/shared/sla/evaluation";
import type { Fact } from "@stipt/shared/sla/fact";
import { z } from "zod";
import type { OwnNote } from "../adapters/helpdesks/helpdesk.ts";
import type { StoredAlert, TicketRef } from "../store/store.ts";

/** How many of the latest facts travel along; a note stays small. */
const mostFacts = 40;
const mostBytes = 256 * 1024;

/** What of an alert a rebuild cannot know otherwise. */
type TracedAlert = Pick<StoredAlert, "id" | "owedAt" | "rung">;

/** What only we know of a ticket, as a note carries it. */
export type Trace = { facts: Fact[]; alerts: TracedAlert[] };

const fact = z.looseObject({ id: z.string(), kind: z.string(), at: z.number(), seenAt: z.number() });
const trace = z.object({
	c: z.string(),
	t: z.string(),
	f: z.array(fact),
	a: z.array(z.tuple([z.string(), z.number(), z.number(), z.number()])),
});

/** An address of this service whose last part carries the trace: helpdesks keep links, and little else. */
export function traceAddress(publicUrl: string, ref: TicketRef, { facts, alerts }: Trace): string {
	const carried: z.infer<typeof trace> = {
		...{ c: ref.connection, t: ref.ticket },
		f: inOrder(facts).slice(-mostFacts),
		a: alerts.slice(-mostFacts).map(({ id, owedAt, rung }) => [id, owedAt, rung.step, rung.of]),
	};
	const packed = deflateRawSync(Buffer.from(JSON.stringify(carried))).toString("base64url");
	return `${publicUrl}/#stipt.v1.${packed}`;
}

/**
 * What our own notes in a ticket tell, the latest word of each. A note that a merge brought from another ticket tells
 * nothing of this one; what cannot be read is passed over.
 */
export function tracesIn(ref: TicketRef, notes: readonly OwnNote[]): Trace {
	const facts = new Map<string, Fact>();
	const alerts = new Map<string, TracedAlert>();
	for (const { html } of [...notes].sort((a, b) => a.at - b.at)) {
		for (const [, packed = ""] of html.matchAll(/#stipt\.v1\.([\w-]+)/g)) {
			const found = unpacked(packed);
			if (found === null || found.c !== ref.connection || found.t !== ref.ticket) continue;
			for (const each of found.f) facts.set(each.id, each as Fact);
			for (const [id, owedAt, step, of] of found.a) alerts.set(id, { id, owedAt, rung: { step, of } });
		}
	}
	return { facts: inOrder([...facts.values()]), alerts: [...alerts.values()] };
}

function unpacked(packed: string): z.infer<typeof trace> | null {
	try {
		const text = inflateRawSync(Buffer.from(packed, "base64url"), { maxOutputLength: mostBytes }).toString("utf8");
		return trace.safeParse(JSON.parse(text)).data ?? null;
	} catch {
		return null;
	}
}
