import { buildPolicy } from "./build-policy.ts";
import { calendarFaults } from "./calendar-faults.ts";
import { contradictions } from "./contradictions.ts";
import { exampleFaults } from "./example-faults.ts";
import { allSets, type HolidaySetDocument, inlineSetFaults, inReadingOrder, toHolidaySets } from "./holiday-sets.ts";
import type { Policy } from "./policy.ts";
import { type PolicyNote, policyNotes } from "./policy-note.ts";
import { InvalidPolicy } from "./policy-problem.ts";
import { referenceFaults } from "./reference-faults.ts";
import { policySchema } from "./schema.ts";
import { checkShape } from "./schema-faults.ts";
import { readYaml } from "./yaml-source.ts";

export type PolicyOptions = {
	/** What the clocks will name: a hash of the document's content. */
	version: string;
	/** Sets of holidays that calendars may name beside those of the document itself. */
	holidaySets: readonly HolidaySetDocument[];
};

/** Reads a policy document (YAML). Throws `InvalidPolicy` with every problem of it at once. */
export function parsePolicy(text: string, options: PolicyOptions): Policy {
	return checkPolicy(text, options).policy;
}

/**
 * Reads a policy document as `parsePolicy` does, and says what in it deserves a second look. With the current `year`,
 * holidays that are known beyond it are not mentioned.
 */
export function checkPolicy(
	text: string,
	options: PolicyOptions & { year?: number },
): { policy: Policy; notes: PolicyNote[] } {
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
	return { policy, notes: policyNotes(policy, source, { sets, year: options.year }) };
}
