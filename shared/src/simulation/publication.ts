import type { Instant } from "../calendar/calendar.ts";
import type { Policy, PolicyTimeline } from "../policy/policy.ts";

/**
 * Which tickets a publication is for: those that are opened from then on, the open ones too for the time from then on,
 * or the open ones counted anew from their start.
 */
export const scopes = ["new-tickets", "from-now", "recompute-open"] as const;
export type Scope = (typeof scopes)[number];

/** One version of a policy being put in force. The same version may be published again: that is how one goes back. */
export type Publication = {
	version: string;
	/** When somebody published it. */
	at: Instant;
	/** When it comes into force: then, or when its document says. */
	from: Instant;
	scope: Scope;
	by: string;
	why: string;
};

/**
 * The publications that came or will come into force, in that order, of all in the order in which they were made. One
 * that had not come into force yet is withdrawn by a later one that does so no later.
 */
export function lasting(publications: readonly Publication[]): Publication[] {
	return publications
		.filter(
			(earlier, index) =>
				!publications.slice(index + 1).some((later) => later.at < earlier.from && later.from <= earlier.from),
		)
		.sort((a, b) => a.from - b.from);
}

/** What judges a ticket. */
export type Versions = {
	/** The version it began on. */
	first: Publication;
	/** It began before that version was in force, and was measured only. */
	beforeForce: boolean;
	/** Versions that took it over since. */
	later: Publication[];
	/** When the next one takes it over, `null`: none is planned. */
	nextAt: Instant | null;
};

/**
 * The versions that judge a ticket which is new at `since`, as far as they are in force at `now`. `null`: nothing was
 * ever published.
 */
export function versionsFor(
	publications: readonly Publication[],
	{ since, now }: { since: Instant; now: Instant },
): Versions | null {
	const inOrder = lasting(publications);
	const place = Math.max(0, inOrder.filter(({ from }) => from <= since).length - 1);
	const first = inOrder[place];
	if (first === undefined) return null;
	const beforeForce = first.from > since;
	const coming = inOrder.slice(beforeForce ? place : place + 1).filter(({ scope }) => scope !== "new-tickets");
	return {
		first,
		beforeForce,
		later: coming.filter(({ from }) => from <= now),
		nextAt: coming.find(({ from }) => from > now)?.from ?? null,
	};
}

/** Those versions as the engine reads them. */
export function timelineOf(
	{ first, beforeForce, later }: Versions,
	policyOf: (version: string) => Policy,
): PolicyTimeline {
	const policy = policyOf(first.version);
	return [
		{ policy: beforeForce ? { ...policy, mode: "measured" } : policy },
		...later.map(({ version, from, scope }) => ({
			policy: policyOf(version),
			from,
			applies: scope === "recompute-open" && version !== first.version ? ("recompute" as const) : ("from-now" as const),
		})),
	];
}

/** The versions that are in force at an instant; those to come say nothing yet. */
export function upTo(timeline: PolicyTimeline, now: Instant): PolicyTimeline {
	const [first, ...later] = timeline;
	return later.some(({ from }) => from > now) ? [first, ...later.filter(({ from }) => from <= now)] : timeline;
}

/** When the next version comes into force, `null`: none is planned. */
export function nextVersionAt([, ...later]: PolicyTimeline, now: Instant): Instant | null {
	return later.find(({ from }) => from > now)?.from ?? null;
}

/** What the engine is asked with: a policy alone, when there has only been one. */
export function judge(timeline: PolicyTimeline): Policy | PolicyTimeline {
	return timeline.length === 1 ? timeline[0].policy : timeline;
}

/** The version that holds now for what happens now. */
export function inForceAt(timeline: PolicyTimeline): Policy {
	return (timeline.at(-1) ?? timeline[0]).policy;
}

/**
 * Since when a ticket's clocks are promised without a break: what was owed before that is nobody's concern any more.
 * `null`: they always were. Infinity: they are not.
 */
export function promisedSince(timeline: PolicyTimeline): Instant | null {
	let since: Instant | null = timeline[0].policy.mode === "promised" ? null : Number.POSITIVE_INFINITY;
	for (const entry of timeline) {
		if (entry.policy.mode === "measured") since = Number.POSITIVE_INFINITY;
		else if (since === Number.POSITIVE_INFINITY && "from" in entry) since = entry.from;
	}
	return since;
}
