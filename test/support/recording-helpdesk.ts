import type { Fact, FactBody } from "@stipt/shared/sla/fact";
import { z } from "zod";
import { helpdeskRow } from "../../webhook-service/src/adapters/bind.ts";
import type { TicketSnapshot, Write } from "../../webhook-service/src/adapters/helpdesks/helpdesk.ts";
import { withMark } from "../../webhook-service/src/adapters/helpdesks/note-mark.ts";
import { ServiceError } from "../../webhook-service/src/errors.ts";

type Ticket = { snapshot: TicketSnapshot; facts: Fact[] };
type FactOf = FactBody & { at: string };

/** A helpdesk in memory that tells what it is told, records what is written to it, and fails when asked to. */
export function recordingHelpdesk() {
	const tickets = new Map<string, Ticket>();
	const writes: { ticket: string; write: Write }[] = [];
	const reads: string[] = [];
	let failing: ServiceError | null = null;
	let isStubborn = false;
	let held = Promise.resolve();
	let begun = 0;
	let lacking: string[] = [];
	let facts = 0;

	const happen = (ticket: string, body: FactOf) => {
		const { at, ...rest } = body;
		const instant = Date.parse(at);
		const known = tickets.get(ticket);
		facts += 1;
		const fact: Fact = { ...rest, id: `f-${facts}`, at: instant, seenAt: instant };
		const snapshot = known?.snapshot ?? {
			...{
				ticket,
				number: `64${ticket.padStart(3, "0")}`,
				title: `Ticket ${ticket}`,
				url: `https://desk.example/${ticket}`,
			},
			...{ owner: null, priorityLabel: "2 normal", impact: null, urgency: null, updatedAt: instant },
		};
		const updatedAt = Math.max(instant, known?.snapshot.updatedAt ?? instant);
		tickets.set(ticket, { snapshot: { ...snapshot, updatedAt }, facts: [...(known?.facts ?? []), fact] });
	};

	const row = helpdeskRow({
		id: "zammad",
		name: "Recording helpdesk",
		docs: "",
		settings: z.object({}),
		secrets: [],
		scheme: { kind: "hmac", header: "x-hub-signature", hash: "sha1", prefix: "sha1=" },
		settleMs: 0,
		deliveryId: (headers) => headers["x-zammad-delivery"] ?? "none",
		hint(body) {
			const ticket = (body as { ticket?: { id?: number } } | null)?.ticket?.id;
			if (ticket === undefined) throw new ServiceError("unreadable", "Expected a ticket, found none.");
			return { tickets: [String(ticket)] };
		},
		async read(ticket, known, { now }) {
			reads.push(ticket);
			if (failing !== null) throw failing;
			const found = tickets.get(ticket);
			if (found === undefined) return { found: false };
			if (known.length > 0) return { found: true, ...found };
			const notes = writes.flatMap(({ ticket: where, write }) =>
				where === ticket && write.kind === "note"
					? [{ html: withMark(write.html, write.mark, write.trace), at: now }]
					: [],
			);
			return { found: true, ...found, notes };
		},
		async changedSince(since) {
			if (failing !== null) throw failing;
			const changed = [...tickets.entries()]
				.map(([ticket, { snapshot }]) => ({ ticket, updatedAt: snapshot.updatedAt }))
				.filter(({ updatedAt }) => updatedAt >= since);
			return { tickets: changed.sort((a, b) => a.updatedAt - b.updatedAt), more: false };
		},
		async present(wanted) {
			if (failing !== null) throw failing;
			return wanted.filter((ticket) => tickets.has(ticket));
		},
		async listed({ part }) {
			if (failing !== null) throw failing;
			const ended = ["solved", "closed", "merged", "deleted"];
			const isOpen = ({ facts: told }: Ticket) => {
				const last = told.findLast((fact) => fact.kind === "state-changed");
				return last?.kind !== "state-changed" || !ended.includes(last.state);
			};
			const found = [...tickets].filter(([, ticket]) => isOpen(ticket) === (part === "open"));
			return { tickets: found.map(([ticket]) => ticket).reverse(), next: null, left: 0 };
		},
		async write(ticket, write, { now }) {
			if (failing !== null) throw failing;
			begun += 1;
			await held;
			const isNote = write.kind === "note";
			if (
				isNote &&
				writes.some((done) => done.ticket === ticket && done.write.kind === "note" && done.write.mark === write.mark)
			) {
				return { outcome: "already-so", left: [] };
			}
			writes.push({ ticket, write });
			const found = tickets.get(ticket);
			if (write.kind === "set-priority" && found !== undefined && !isStubborn)
				found.snapshot.priorityLabel = write.label;
			if (write.kind === "move" && write.group !== undefined && found !== undefined && !isStubborn) {
				facts += 1;
				const moved = { kind: "group-changed", label: write.group, by: { kind: "us" } } as const;
				found.facts.push({ ...moved, id: `f-${facts}`, at: now, seenAt: now });
			}
			return { outcome: "written", left: write.kind === "set-priority" || write.kind === "move" ? lacking : [] };
		},
		probe: async () => [],
		proposeMapping: async () => ({ priorities: {}, states: {} }),
		install: async () => ({ done: [], settings: {} }),
	});

	return {
		row,
		/** Everything as it is now, to go back to: what was written since is lost then. */
		backup: () => structuredClone({ tickets: [...tickets], writes }),
		restore(saved: { tickets: [string, Ticket][]; writes: typeof writes }) {
			tickets.clear();
			for (const [ticket, found] of structuredClone(saved.tickets)) tickets.set(ticket, found);
			writes.splice(0, writes.length, ...structuredClone(saved.writes));
		},
		writes,
		reads,
		happen,
		/** Takes every priority and move that is written, and keeps its own. */
		resist() {
			isStubborn = true;
		},
		/** Lets every write wait until it is released. */
		hold(): () => void {
			let release = () => {};
			held = new Promise((resolve) => {
				release = resolve;
			});
			return () => release();
		},
		/** How many writes have begun, ended or not. */
		begun: () => begun,
		/** What it says from now on that it could not write of a priority, or of a move. */
		lack(left: string[]) {
			lacking = left;
		},
		/** Somebody sets another priority there, with no word of who. */
		overwrite(ticket: string, label: string) {
			const found = tickets.get(ticket);
			if (found !== undefined) found.snapshot.priorityLabel = label;
		},
		remove: (ticket: string) => tickets.delete(ticket),
		fail(error: ServiceError | null) {
			failing = error;
		},
		notes: (ticket: string) =>
			writes.flatMap(({ ticket: where, write }) => (where === ticket && write.kind === "note" ? [write.text] : [])),
	};
}

export type RecordingHelpdesk = ReturnType<typeof recordingHelpdesk>;
