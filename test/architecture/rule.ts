import { type Import, importsOf, type Source } from "./source.ts";

/** One sentence about the repository, and how a file breaks it. */
export type Rule = {
	sentence: string;
	/** What is wrong in a file, one text per fault; empty when nothing is. */
	faults(source: Source): string[];
	/** A file that breaks the rule, so that the rule is known to bite. */
	breaks: Source;
	/** A file like it that does not. */
	keeps: Source;
};

/** A file with a body of one line or more, as an example of a rule. */
export const file = (path: string, ...lines: string[]): Source => ({
	path,
	text: lines.join("\n"),
});

/** A test, or what only tests use: the folder `test`, a `testing` folder beside the code, `x.test.ts`. */
export const isTest = (path: string): boolean => /^test\/|\/testing\/|\.test\.tsx?$/.test(path);
export const isCode = (path: string): boolean => /\.(ts|tsx)$/.test(path);
/** Code of the product itself. */
export const isProduct = (path: string): boolean => isCode(path) && !isTest(path);

/** Whether a path is one of these files, or lies in one of these folders (which end in `/`), or begins so (which end in `*`). */
export function isIn(path: string, ...places: string[]): boolean {
	return places.some((place) => {
		if (place.endsWith("*")) return path.startsWith(place.slice(0, -1));
		return place.endsWith("/") ? path.startsWith(place) : path === place;
	});
}

/** A rule about what files may import: `forbids` answers whether this import is wrong in this file. */
export function importRule(
	sentence: string,
	forbids: (path: string, found: Import) => boolean,
	examples: Pick<Rule, "breaks" | "keeps">,
): Rule {
	return {
		sentence,
		...examples,
		faults: (source) =>
			isCode(source.path) || source.path.endsWith(".mjs")
				? importsOf(source)
						.filter((found) => forbids(source.path, found))
						.map(({ specifier }) => `${source.path} → ${specifier}`)
				: [],
	};
}
