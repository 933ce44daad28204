import type { Instant } from "@stipt/shared/calendar/calendar";
import type { IncidentStatus, PageEvent } from "@stipt/shared/status/page-event";
import type { z } from "zod";
import type { Call } from "../../call.ts";

/** What a ticket's incident should say on a page. */
export type IncidentDraft = {
	/** Our opaque mark, so that an event whose creation was not answered is found again. */
	mark: string;
	title: string;
	body: string;
	status: IncidentStatus;
	impact: "minor" | "major" | "critical";
	/** Names of components, as the page spells them. */
	components: string[];
};

export type StatusPageContext<Settings> = {
	connection: { id: string; settings: Settings };
	call: Call;
	now: Instant;
};

/** A status page that we read and write. Adding one: one file, one row in `index.ts`, one fixture folder. */
export type StatusPage<Settings = never> = {
	id: string;
	name: string;
	docs: string;
	settings: z.ZodType<Settings>;
	secrets: readonly string[];
	/** Reachable, allowed, which components; a line each. Never throws. */
	probe(
		context: StatusPageContext<Settings>,
	): Promise<{ what: string; found: string; todo: string | null; ok: boolean }[]>;
	/** Opens an incident, or finds the one that carries our mark. Answers the event as the page now has it. */
	open(draft: IncidentDraft, context: StatusPageContext<Settings>): Promise<PageEvent>;
	/** Adds an update (and with it a status) to an event. A repeat of the newest update changes nothing. */
	update(id: string, draft: IncidentDraft, context: StatusPageContext<Settings>): Promise<PageEvent>;
	/** Everything that is not over, and what ended within the last day. `origin` is `helpdesk` where our mark is found. */
	list(context: StatusPageContext<Settings>): Promise<PageEvent[]>;
};
