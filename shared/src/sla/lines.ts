import type { Instant } from "../calendar/calendar.ts";
import type { Line, Service } from "../policy/policy.ts";
import { valueAt } from "./changes.ts";
import type { Story } from "./story.ts";
import { promises, type Terms } from "./terms.ts";

/** The time in which one line has a ticket, from its receipt to the next stay. */
export type Stay = {
	/** Id of the line; `null` where the service has none and nobody passed the ticket on. */
	line: string | null;
	receivedAt: Instant;
	/** It came from an earlier line, not back from a later one. */
	isOnward: boolean;
	/** It is to be passed on: there is a next line to leave time for, or the policy says how long this one may keep it. */
	isPassedOn: boolean;
};

/** Where a ticket is sent: to a line by its id, to whatever line a group is, or nowhere: only the policy is another. */
type Sending = { at: Instant; to: { line: string } | { group: string | null } | null };

/**
 * Which line had the ticket when: a hand-over in writing says so by name, a group of the helpdesk by being the line's.
 * A ticket begins at the line of its group, else at the first; a group that is no line's leaves it where it is, unless
 * the service is another. Without lines, and without a target for passing on, there are no stays.
 */
export function staysOf(story: Pick<Story, "openedAt" | "termChanges" | "handOvers">): Stay[] {
	const opening = story.termChanges[0]?.value;
	if (!opening || !story.termChanges.some(({ value }) => hasLines(value) || promises(value.service, "handover")))
		return [];
	const stays: Stay[] = [stayAt(story.openedAt ?? 0, firstLine(opening), opening, true)];
	let before = opening.service;
	for (const { at, to } of sendings(story)) {
		const terms = valueAt(story.termChanges, at) ?? opening;
		const { service } = terms;
		const last = stays.at(-1)?.line ?? null;
		const line = sentTo(to, service) ?? (placeOf(last, service) === -1 ? firstLine(terms) : last) ?? last;
		const isOnward = service?.id !== before?.id || placeOf(last, service) < placeOf(line, service) || last === null;
		before = service;
		if (line === last) continue;
		if (at === stays[0]?.receivedAt) stays.length = 0;
		stays.push(stayAt(at, line, terms, isOnward));
	}
	return stays;
}

/** The line to which a line passes tickets on, `null` for the last one. */
export function nextLine(service: Service | null, line: string | null): Line | null {
	const place = placeOf(line, service);
	return place === -1 ? null : (service?.lines[place + 1] ?? null);
}

function stayAt(receivedAt: Instant, line: string | null, terms: Terms, isOnward: boolean): Stay {
	const next = nextLine(terms.service, line);
	const isPassedOn =
		next === null
			? line === null && promises(terms.service, "handover")
			: next.minimum !== null || promises(terms.service, "handover");
	return { line, receivedAt, isOnward, isPassedOn };
}

/** Another group may be another line's; another version of the policy may have other lines. */
function sendings({
	openedAt,
	termChanges,
	handOvers,
}: Pick<Story, "openedAt" | "termChanges" | "handOvers">): Sending[] {
	const moves = termChanges.slice(1).flatMap(({ at, value: { group, policy } }, index): Sending[] => {
		const before = termChanges[index]?.value;
		if (group !== before?.group) return [{ at, to: { group } }];
		return policy === before.policy ? [] : [{ at, to: null }];
	});
	const words = handOvers.map(({ at, to }): Sending => ({ at: Math.max(at, openedAt ?? at), to: { line: to } }));
	return [...moves, ...words].sort((a, b) => a.at - b.at);
}

function firstLine({ service, group }: Terms): string | null {
	return lineOfGroup(service, group) ?? service?.lines[0]?.id ?? null;
}

function sentTo(to: Sending["to"], service: Service | null): string | null {
	if (to === null) return null;
	if ("group" in to) return lineOfGroup(service, to.group);
	const isKnown = service === null || service.lines.length === 0 || placeOf(to.line, service) !== -1;
	return isKnown ? to.line : null;
}

function lineOfGroup(service: Service | null, group: string | null): string | null {
	return service?.lines.find(({ groups }) => group !== null && groups.includes(group))?.id ?? null;
}

function placeOf(line: string | null, service: Service | null): number {
	return service?.lines.findIndex(({ id }) => id === line) ?? -1;
}

function hasLines({ service }: Terms): boolean {
	return service !== null && service.lines.length > 0;
}
