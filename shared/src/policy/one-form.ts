import type { PolicyProblem } from "./policy-problem.ts";
import { memberOf, type Path } from "./yaml-place.ts";
import type { YamlSource } from "./yaml-source.ts";

/** The fault of a map that must have exactly one of several keys; none when it is no map. */
export function oneForm(
	source: YamlSource,
	path: Path,
	{ value, forms, what = "" }: { value: unknown; forms: string[]; what?: string },
): PolicyProblem[] {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
	const said = forms.filter((form) => memberOf(value, form) !== undefined);
	if (said.length === 1) return [];
	const expected = `exactly one of ${forms.join(", ")}${what}`;
	const found = said.length === 0 ? "none" : said.join(" and ");
	return [source.problem(path, { code: said.length === 0 ? "missing" : "contradiction", expected, found })];
}
