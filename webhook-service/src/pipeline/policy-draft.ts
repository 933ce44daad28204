import type { Instant } from "@stipt/shared/calendar/calendar";
import { parseHolidaySets } from "@stipt/shared/policy/holiday-sets";
import { type CheckedPolicy, checkPolicy } from "@stipt/shared/policy/parse-policy";
import { ServiceError } from "../errors.ts";
import type { StoredPolicy } from "../store/store.ts";
import { sha256 } from "../verify.ts";

/** A document that was read and found right, with what may be said about it. */
export type Draft = CheckedPolicy & { stored: StoredPolicy };

/** Reads a policy document with the holiday sets beside it. Throws `InvalidPolicy` with every fault of it. */
export function readDraft(text: string, holidays: StoredPolicy["holidays"], now: Instant): Draft {
	const version = sha256(JSON.stringify([text, holidays.map((set) => set.text)])).slice(0, 12);
	const year = new Date(now).getUTCFullYear();
	const found = checkPolicy(text, { version, holidaySets: parseHolidaySets(holidays), year });
	return { ...found, stored: { name: found.policy.name, version, text, holidays } };
}

/** Throws `unreadable` when an example of the document does not come out as it says. */
export function expectExamples({ policy, examples }: Draft): void {
	const failing = examples.filter(({ differences }) => differences.length > 0);
	if (failing.length === 0) return;
	const named = failing.map(({ id, title }) => id ?? title).join(", ");
	throw new ServiceError(
		"unreadable",
		`Expected every example of ${policy.name} to come out, found that ${named} ${failing.length === 1 ? "does" : "do"} not.`,
		{
			problems: failing.flatMap(({ id, title, differences }) =>
				differences.map(({ at, what, expected, found }) => ({
					path: `${id ?? title}, ${at}, ${what}`,
					expected,
					found,
				})),
			),
		},
	);
}
