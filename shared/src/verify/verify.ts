import { type Claim, readClaim } from "./claim.ts";
import { dayOf, type Interval, instantAfter, lengthOf, openBetween, within, without } from "./open-intervals.ts";
import { FormError } from "./reading.ts";
import { wallTime, writeLocal } from "./wall-clock.ts";
import { endOfWorkingDays } from "./working-days.ts";

/** What does not add up, a sentence each; nothing when everything does. */
export type Verdict = { holds: boolean; faults: string[] };

/**
 * Checks a proof by reckoning it again, with nothing but what is written in it and the zones that the platform knows.
 * No code is shared with the engine that made it. Never throws: what is no proof does not hold either.
 */
export function verify(proof: unknown): Verdict {
	const faults = new Set<string>();
	const fault = (sentence: string) => faults.add(sentence);
	try {
		const claim = readClaim(proof, fault);
		// Where two of its own statements differ, reckoning on would only repeat it.
		if (faults.size === 0) check(claim, fault);
	} catch (error) {
		if (!(error instanceof FormError)) throw error;
		fault(error.message);
	}
	return { holds: faults.size === 0, faults: [...faults] };
}

type Fault = (sentence: string) => void;

function check(claim: Claim, fault: Fault): void {
	const until = claim.stopped ?? claim.asOf;
	const end = Math.max(claim.countedTo, until, claim.ifResumedNow ?? until);
	checkOrder(claim, fault);
	checkDates(claim, end, fault);
	const paused = claim.pauses.map(({ from, until: to }): Interval => [from, to ?? Number.POSITIVE_INFINITY]);
	// One more, so that an opening with which the count ends is seen.
	const open = openBetween(claim, claim.countedFrom, end + 1);
	const running = without(open, paused);
	const counted = claim.unpaused ? open : running;
	checkLines(claim, within(counted, claim.countedFrom, claim.countedTo), fault);
	checkPauses(claim, within(open, claim.countedFrom, Math.max(claim.countedTo, until)), fault);
	expectMs(claim.elapsed, lengthOf(within(running, claim.countedFrom, until)), "The open time used", fault);
	checkTarget(claim, counted, lengthOf(within(counted, claim.countedFrom, until)), fault);
	checkStanding(claim, open, paused, fault);
	checkState(claim, until, fault);
}

/** The count begins at the start or at a change that began it anew, and everything lies after it. */
function checkOrder(claim: Claim, fault: Fault): void {
	const { started, countedFrom, changes, asOf, stopped, countedTo, deadline } = claim;
	const anew = changes.filter(({ effect }) => effect === "begun-anew").map(({ at }) => at);
	const from = Math.max(started, ...anew);
	if (countedFrom !== from) {
		fault(`The count begins at ${say(claim, countedFrom)}, but the last start was at ${say(claim, from)}.`);
	}
	if (stopped !== null && stopped > asOf) fault("The clock stopped after the instant at which it was looked at.");
	const end = deadline ?? stopped ?? asOf;
	if (countedTo !== end) fault(`The count ends at ${say(claim, countedTo)}, expected ${say(claim, end)}.`);
	for (const { at, effect } of changes) {
		if (at < started && effect !== "none") fault(`A change at ${say(claim, at)} lies before the start.`);
	}
	const priority = changes.filter(({ what }) => what === "priority").at(-1);
	const isOvertaken = priority?.effect === "none" && claim.stopped !== null;
	if (priority !== undefined && !isOvertaken && priority.effect !== "none" && priority.to !== claim.priority) {
		fault(`The last priority was ${priority.to}, but the rule is that of ${claim.priority}.`);
	}
}

/** The hours of every date that matters are given. */
function checkDates(claim: Claim, end: number, fault: Fault): void {
	for (const [index, { name, zone, since, first, last }] of claim.calendars.entries()) {
		const from = Math.max(since, claim.countedFrom);
		const to = Math.min(end, claim.calendars[index + 1]?.since ?? end);
		if (from >= to) continue;
		if (first > dayOf(zone, from)) fault(`The hours of calendar ${name} are given too late for ${say(claim, from)}.`);
		if (last < dayOf(zone, to - 1)) fault(`The hours of calendar ${name} do not reach ${say(claim, to)}.`);
	}
}

/** Every line is what the calendar and the pauses leave between its ends, and no open time lies beside the lines. */
function checkLines(claim: Claim, counted: readonly Interval[], fault: Fault): void {
	let sum = 0;
	let before = claim.countedFrom;
	for (const { path, from, to, ms, days, each } of claim.lines) {
		const inside = within(counted, from, to);
		expectMs(ms, lengthOf(inside), `Line ${path}`, fault);
		if (from < before || to < from || to > claim.countedTo) fault(`Line ${path} does not lie after the one before.`);
		if (inside[0]?.[0] !== from || inside.at(-1)?.[1] !== to)
			fault(`Line ${path} begins or ends where nothing counts.`);
		if (days === null && inside.length !== 1) fault(`Line ${path} is not one stretch.`);
		if (days !== null) {
			const byDate = new Map<number, number>();
			for (const [start, end] of inside) {
				const day = dayOf(claim.zone, start);
				byDate.set(day, (byDate.get(day) ?? 0) + end - start);
			}
			if (byDate.size !== days) fault(`Line ${path} holds ${byDate.size} days, not ${days}.`);
			if ([...byDate.values()].some((length) => length !== each)) {
				fault(`Line ${path} holds a day that is not ${each} ms.`);
			}
		}
		before = to;
		sum += ms;
	}
	expectMs(claim.sum, sum, "The sum of the lines", fault);
	expectMs(claim.sum, lengthOf(counted), "The open time that counts", fault);
}

function checkPauses(claim: Claim, open: readonly Interval[], fault: Fault): void {
	for (const { path, from, until, ms } of claim.pauses) {
		if (until !== null && until < from) fault(`Pause ${path} ends before it begins.`);
		expectMs(ms, lengthOf(within(open, from, until ?? Number.POSITIVE_INFINITY)), `The open time in ${path}`, fault);
	}
}

/** The deadline is the one that was agreed, or the first instant by which the target has passed. */
function checkTarget(claim: Claim, counted: readonly Interval[], used: number, fault: Fault): void {
	const { target, remaining, deadline, agreed, withoutDeadline, promise } = claim;
	if (target?.kind === "working-days") checkWorkingDays(claim, target, fault);
	if (agreed !== null) {
		if (deadline !== agreed.deadline) fault("The deadline is not the one that was agreed.");
		if (remaining !== null) expectMs(remaining, claim.sum - used, "What is left", fault);
		return;
	}
	if (target === null) {
		if (remaining !== null || deadline !== null || withoutDeadline !== "best-effort") {
			fault("Without a target there is nothing left and no deadline.");
		}
		if (promise !== "best-effort") fault("Without a target nothing is promised.");
		return;
	}
	if ((deadline === null) === (withoutDeadline === null)) fault("There is a deadline, or a reason why there is none.");
	if (target.ms === null) {
		if (remaining !== null || deadline !== null) fault("Working days that never end leave nothing to count.");
		return;
	}
	if (remaining === null) fault("What is left is missing.");
	else expectMs(remaining, target.ms - used, "What is left", fault);
	if (deadline === null) return;
	expectMs(claim.sum, Math.max(0, target.ms), "The sum of the lines, up to the deadline,", fault);
	const due = dueOf(claim, target, counted);
	if (deadline !== due) fault(`The deadline is ${say(claim, deadline)}, reckoned again it is ${say(claim, due)}.`);
}

function dueOf(claim: Claim, target: NonNullable<Claim["target"]>, counted: readonly Interval[]): number {
	const { countedFrom } = claim;
	const ms = target.ms ?? 0;
	const due = ms === 0 ? countedFrom : (instantAfter(counted, ms) ?? countedFrom);
	if (target.kind === "business") return due;
	if (target.kind === "left-for-line") {
		// The latest instant with so much left: where nothing counts, the next at which it does.
		const next = counted.find(([, to]) => to > due);
		return target.left < 0 || next === undefined ? due : Math.max(due, next[0]);
	}
	if (ms <= 0) return target.ends ?? countedFrom;
	// Working days that no pause moves end when they end, though nothing may be open any more by then.
	const unmoved = instantAfter(openBetween(claim, countedFrom, target.ends ?? countedFrom), ms) ?? countedFrom;
	return unmoved === due ? (target.ends ?? due) : due;
}

function checkWorkingDays(
	claim: Claim,
	target: Extract<Claim["target"], { kind: "working-days" }>,
	fault: Fault,
): void {
	if (target.ends === null || target.ms === null) {
		if (target.ends !== target.ms) fault("Working days end, or they do not.");
		return;
	}
	// Over a change of calendars the days follow each its own; their open time is checked all the same.
	const ends = claim.calendars.length > 1 ? target.ends : endOfWorkingDays(claim, target);
	if (ends !== target.ends) {
		const found = ends === null ? "not within the dates given" : `at ${say(claim, ends)}`;
		fault(`The working days end at ${say(claim, target.ends)}, reckoned again ${found}.`);
	}
	const { countedFrom } = claim;
	const isOver = target.ends < countedFrom;
	const ms = isOver
		? -lengthOf(openBetween(claim, target.ends, countedFrom))
		: lengthOf(openBetween(claim, countedFrom, target.ends));
	expectMs(target.ms, ms, "The open time of the working days", fault);
}

/** A clock that stands still has the deadline that it would have if it went on now. */
function checkStanding(claim: Claim, open: readonly Interval[], paused: readonly Interval[], fault: Fault): void {
	const { ifResumedNow, asOf, remaining } = claim;
	const standing = claim.pauses.some(({ from, until }) => from <= asOf && until === null);
	if (claim.withoutDeadline === "standing" && !standing) fault("It stands still, but no pause lasts.");
	if (ifResumedNow === null) return;
	if (claim.withoutDeadline !== "standing" || remaining === null || claim.stopped !== null) {
		fault("Only a clock that stands still can be resumed.");
		return;
	}
	const closed = paused.map(([from, to]): Interval => [from, Number.isFinite(to) ? to : Math.max(from, asOf)]);
	const due = instantAfter(within(without(open, closed), asOf, Number.POSITIVE_INFINITY), remaining);
	if (due !== ifResumedNow) {
		const found = due === null ? "not within the dates given" : `at ${say(claim, due)}`;
		fault(`Resumed now it would be due at ${say(claim, ifResumedNow)}, reckoned again ${found}.`);
	}
}

function checkState(claim: Claim, until: number, fault: Fault): void {
	const { state, deadline, stopped, breached } = claim;
	const isMissed = deadline !== null && until > deadline;
	if ((state === "missed") !== isMissed) {
		fault(
			isMissed ? "The deadline has passed, but the clock is not missed." : "It is missed, but no deadline has passed.",
		);
	}
	if ((state === "met" || state === "cancelled") && stopped === null) fault(`It is ${state}, but it has not stopped.`);
	if ((state === "running" || state === "paused") && stopped !== null) fault(`It is ${state}, but it has stopped.`);
	if ((breached !== null) !== isMissed) fault("A clock is breached if and only if it is missed.");
	if (breached === null) return;
	const { at, by } = breached;
	if (by === "time" && at !== deadline) fault("It was breached at another instant than its deadline.");
	if (by === "earlier-target" && !claim.changes.some((change) => change.effect === "counted-back" && change.at > at)) {
		fault("It was breached by an earlier target, but none was taken back after that.");
	}
	if (by === "resolution" && (claim.target?.kind !== "left-for-line" || at < (deadline ?? at))) {
		fault("Only a hand-over is breached by its resolution, and not before its deadline.");
	}
	if (by === "received" && at !== claim.started) fault("It was received at another instant than it was breached.");
	if ((by === "re-prioritisation" || by === "policy") && !claim.changes.some((change) => change.at === at)) {
		fault("It was breached by a change, but nothing changed at that instant.");
	}
}

function expectMs(found: number, expected: number, what: string, fault: Fault): void {
	if (found === expected) return;
	const wrong = Math.abs(found - expected);
	fault(`${what} is ${expected} ms, not ${found} ms: ${wrong} ms ${found > expected ? "too many" : "too few"}.`);
}

/** An instant as the proof's zone shows it. */
function say({ zone }: Claim, instant: number): string {
	return Number.isFinite(wallTime(zone, instant)) ? writeLocal(zone, instant) : "no instant";
}
