import type { Check } from "../lib/messages.ts";
import type { Page } from "./host.ts";

/** How often something must be there: exactly so often, or at least once. */
export type Count = number | "some";

/** A kind of page of a host, and what must be on it. */
export type PageKind<Name extends string> = {
	name: string;
	is(page: Page): boolean;
	has: Readonly<Partial<Record<Name, Count>>>;
};

/** A host's self-test: counts what the first kind that a page is must have. A page of no kind has to have nothing. */
export function structureOf<Name extends string>(
	selectors: Readonly<Record<Name, string>>,
	kinds: readonly PageKind<Name>[],
): (page: Page) => Check[] {
	return (page) => {
		const kind = kinds.find(({ is }) => is(page));
		if (kind === undefined) return [];
		return (Object.entries(kind.has) as [Name, Count][]).map(([name, count]) => {
			const found = page.document.querySelectorAll(selectors[name]).length;
			return {
				name: `${kind.name}: ${name}`,
				expected: count === "some" ? "≥ 1" : `${count}`,
				found,
				isRight: count === "some" ? found > 0 : found === count,
			};
		});
	};
}
