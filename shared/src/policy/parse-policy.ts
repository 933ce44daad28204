import type { Instant } from "../calendar/calendar.ts";
import { buildPolicy } from "./build-policy.ts";
import { calendarFaults } from "./calendar-faults.ts";
import { contradictions } from "./contradictions.ts";
import type { Example, ExampleResult } from "./example.ts";
import { exampleFaults } from "./example-faults.ts";
import { allSets, type HolidaySetDocument, inlineSetFaults, inReadingOrder, toHolidaySets } from "./holiday-sets.ts";
import type { Policy } from "./policy.ts";
import { type PolicyNote, policyNotes } from "./policy-note.ts";
import { InvalidPolicy } from "./policy-problem.ts";
import { referenceFaults } from "./reference-faults.ts";
import { runExamples } from "./run-examples.ts";
import { type PolicyDocument, policySchema } from "./schema.ts";
import { checkShape } from "./schema-faults.ts";
import { readYaml, type YamlSource } from "./yaml-source.ts";

export type PolicyOptions = {
	/** What the clocks will name: a hash of the document's content. */
	version: string;
	/** Sets of holidays that calendars may name beside those of the document itself. */
	holidaySets: readonly HolidaySetDocument[];
};

/** Reads a policy document (YAML). Throws `InvalidPolicy` with every problem of it at once. */
export function parsePolicy(text: string, options: PolicyOptions): Policy {
	return readPolicy(text, options).policy;
}

/** What a policy document says: the policy, what in it deserves a second look, and what came of its examples. */
export type CheckedPolicy = { policy: Policy; notes: PolicyNote[]; examples: ExampleResult[] };

/**
 * Reads a policy document as `parsePolicy` does, says what in it deserves a second look, and runs its examples: one with
 * differences means that the policy does not do what it says. With the current `year`, holidays that are known beyond it
 * are not mentioned, and changes of the clocks are; `now` says exactly which dates have passed.
 */
export function checkPolicy(text: string, options: PolicyOptions & { year?: number; now?: Instant }): CheckedPolicy {
	const { policy, source, sets, examples } = readPolicy(text, options);
	const notes = policyNotes(policy, source, { sets, year: options.year, now: options.now });
	return { policy, notes, examples: runExamples(policy, examples) };
}

function readPolicy(text: string, options: PolicyOptions) {
	const source = readYaml(text);
	const shape = checkShape(policySchema, source);
	const given = options.holidaySets;
	const ownSets = Object.keys(Object(source.valueAt(["holidaySets"])));
	const known = { ...toHolidaySets(given), ...Object.fromEntries(ownSets.map((name) => [name, []])) };
	const problems = [
		...source.faults,
		...("faults" in shape ? shape.faults : []),
		...inlineSetFaults(source, given),
		...calendarFaults(source, known),
		...referenceFaults(source),
		...contradictions(source),
		...exampleFaults(source),
	];
	if (problems.length > 0 || !("data" in shape)) throw new InvalidPolicy(inReadingOrder(problems, source));
	const sets = allSets(given, shape.data);
	const policy = buildPolicy(shape.data, options.version, sets);
	return { policy, source, sets, examples: examplesOf(shape.data, source) };
}

function examplesOf({ examples = [], calendars }: PolicyDocument, source: YamlSource): Example[] {
	const zone = Object.values(calendars)[0]?.zone ?? "UTC";
	return examples.map((example, index) => ({
		id: example.id ?? null,
		title: example.title,
		zone: example.zone ?? zone,
		line: source.placeOf(["examples", index]).line,
		given: example.given ?? [],
		expect: example.expect,
	}));
}
