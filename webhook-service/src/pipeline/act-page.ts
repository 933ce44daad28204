import type { PageRule } from "@stipt/shared/policy/policy";
import type { IncidentStatus, PageEvent } from "@stipt/shared/status/page-event";
import { languages, type Words } from "@stipt/shared/wire/language";
import type { IncidentDraft } from "../adapters/status-pages/status-page.ts";
import { ServiceError } from "../errors.ts";
import { jobId, type Payload } from "../queues.ts";
import type { Try } from "./act.ts";
import { type EvaluatedTicket, evaluated } from "./evaluated.ts";
import { pageEventHash } from "./page-event-hash.ts";
import { builtInPage, incidentStatus, linkedEvent, owedPages, pageMark } from "./page-rules.ts";
import type { Ports } from "./ports.ts";
import { record, recordTrouble } from "./record.ts";

type PageAction = Extract<Payload<"action">, { kind: "page" }>;

const lockMs = 60_000;

/**
 * Brings one rule's incident to what the ticket says now: opens it, moves it on, or resolves it. One at a time: two
 * that open at once would open two.
 */
export async function actPage(action: PageAction, attempt: Try, ports: Ports): Promise<void> {
	const release = await ports.store.lock(`page ${action.connection} ${action.ticket} ${action.rule}`, lockMs);
	if (release === null)
		throw new ServiceError("busy", "This incident is being written already.", { retryAfterMs: 1000 });
	try {
		await bringUpToDate(action, attempt, ports);
	} finally {
		await release();
	}
}

async function bringUpToDate(action: PageAction, attempt: Try, ports: Ports): Promise<void> {
	const ref = { connection: action.connection, ticket: action.ticket };
	const found = await evaluated(await ports.store.readTicket(ref), ports);
	const rule = found.policy.pages[action.rule];
	if (rule === undefined || !(await owedPages(found, ports)).includes(action.rule)) return;
	const event = linkedEvent(found.ticket, action.rule);
	try {
		const written = await write(rule, textOf(found, rule), draftOf(found, rule, action.rule), event, ports);
		await ports.store.savePageEvent(written, pageEventHash(written));
		await ports.store.linkPageEvent({ ref, connection: rule.page, event: written.id, role: "source" });
		const link = { connection: rule.page, event: written.id, role: "source", rule: action.rule } as const;
		await record(ref, `page-${action.rule}-${written.id}`, { kind: "page-event-linked", ...link }, ports);
		ports.log.info({ ...ref, page: rule.page, event: written.id, status: written.status }, "page event");
	} catch (error) {
		const canRetry = !(error instanceof ServiceError) || error.retry;
		if (canRetry && !attempt.isLast) throw error;
		const what = error instanceof Error ? error.message : String(error);
		await recordTrouble(ref, { where: `writing to status page ${rule.page}`, what }, ports);
	}
}

/** The rule's public text in every language; never anything of the ticket. */
function textOf({ policy, evaluation }: EvaluatedTicket, rule: PageRule): { title: Words; body: Words } {
	const service = policy.services.find(({ id }) => id === evaluation.service);
	const fill = (words: Words): Words => {
		const filled = languages.map((language) => [
			language,
			words[language]
				.replaceAll("{service}", service?.name[language] ?? evaluation.service)
				.replaceAll("{component}", service?.components.join(", ") ?? ""),
		]);
		return Object.fromEntries(filled) as Words;
	};
	return { title: fill(rule.title), body: fill(rule.texts[incidentStatus(evaluation)]) };
}

function draftOf(found: EvaluatedTicket, rule: PageRule, index: number): IncidentDraft {
	const { ticket, policy, evaluation } = found;
	const { title, body } = textOf(found, rule);
	return {
		mark: pageMark(ticket.ref, index),
		title: title[policy.language],
		body: body[policy.language],
		status: incidentStatus(evaluation),
		impact: rule.impact,
		components: policy.services.find(({ id }) => id === evaluation.service)?.components ?? [],
	};
}

async function write(
	rule: PageRule,
	text: { title: Words; body: Words },
	draft: IncidentDraft,
	event: string | null,
	ports: Ports,
): Promise<PageEvent> {
	if (rule.page === builtInPage) return writeBuiltIn(draft, text, ports);
	const { bound } = await ports.connections.statusPage(rule.page);
	const now = ports.time();
	return event === null ? bound.open(draft, now) : bound.update(event, draft, now);
}

async function writeBuiltIn(
	draft: IncidentDraft,
	text: { title: Words; body: Words },
	{ store, time, publicUrl }: Ports,
): Promise<PageEvent> {
	const now = time();
	const known = (await store.readPageEvent(builtInPage, draft.mark))?.event;
	const status: IncidentStatus = draft.status;
	return {
		connection: builtInPage,
		id: draft.mark,
		url: `${publicUrl}/status`,
		kind: "incident",
		title: draft.title,
		words: text.title,
		status,
		impact: draft.impact,
		components: draft.components,
		startedAt: known?.startedAt ?? now,
		scheduledFor: null,
		scheduledUntil: null,
		resolvedAt: status === "resolved" ? now : null,
		updatedAt: now,
		updates: [...(known?.updates ?? []), { at: now, status, body: draft.body, author: "us", words: text.body }],
		origin: "helpdesk",
	};
}

/** One note per linked ticket for one change of a page event. */
export async function enqueuePageNotes(event: PageEvent, ports: Ports): Promise<void> {
	const mark = pageEventHash(event).slice(0, 12);
	for (const { ref } of await ports.store.ticketsOfPageEvent(event.connection, event.id)) {
		await ports.queues.add(
			"action",
			{ kind: "page-note", ...ref, page: event.connection, event: event.id, mark },
			{ id: jobId("page-note", ref.connection, ref.ticket, event.connection, event.id, mark) },
		);
	}
}
