import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Fact, FactBody, TicketState } from "@stipt/shared/sla/fact";
import type { Mapping } from "../helpdesk.ts";
import type { People } from "./people.ts";
import type { MessageRow, SubtypeRow, TicketRow } from "./rows.ts";
import type { TrackedChange } from "./tracking.ts";

/** Everything that was read about one ticket. */
export type OdooReading = {
	ticket: TicketRow;
	messages: MessageRow[];
	subtypes: SubtypeRow[];
	people: People;
	/** `null`: Odoo does not tell what was tracked. */
	tracked: TrackedChange[] | null;
	/** A stage by any of its names: its name in English and what it means. */
	stage(label: string): { name: string; state: TicketState };
	/** The value of a field by any of its names; `undefined`: no such name. */
	choice(field: string, label: string): string | undefined;
	/** A user by name: the id, `null` for nobody, `undefined` when there is no such user any more. */
	owner(name: string): string | null | undefined;
	mapping: Mapping;
	/** The ledger so far. */
	known: readonly Fact[];
	seenAt: Instant;
};

export type UnseenFact = FactBody & { id: string; at: Instant };
export type FactOf<Kind extends Fact["kind"]> = Extract<UnseenFact, { kind: Kind }>;
