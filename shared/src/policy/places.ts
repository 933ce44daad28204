import { memberOf, type Path } from "./yaml-place.ts";
import type { YamlSource } from "./yaml-source.ts";

/** Something that stands in a document, at the value or, for a name that is declared as a key, at the key. */
export type Place = { path: Path; value: unknown; atKey: boolean };

/**
 * Everything that stands at a pattern such as `services.*.targets.~`: `*` is each member of a map or list, `~` each
 * key of a map, from the place `under`. What is not there, or has another shape, yields nothing: the schema complains of that.
 */
export function placesAt(source: YamlSource, pattern: string, under: Path = []): Place[] {
	const steps = pattern.split(".");
	let places: Place[] = [{ path: under, value: source.valueAt(under), atKey: false }];
	for (const step of steps) places = places.flatMap((place) => follow(place, step));
	return places;
}

/** The names that a document declares: keys of maps (`~`) or texts, in order; repeats included. */
export function namesAt(source: YamlSource, pattern: string): string[] {
	return placesAt(source, pattern).flatMap(({ value }) => (typeof value === "string" ? [value] : []));
}

function follow({ path, value }: Place, step: string): Place[] {
	if (step !== "*" && step !== "~") {
		const member = memberOf(value, step);
		return member === undefined ? [] : [{ path: [...path, step], value: member, atKey: false }];
	}
	if (Array.isArray(value)) {
		if (step === "~") return [];
		return value.map((member: unknown, index) => ({ path: [...path, index], value: member, atKey: false }));
	}
	if (typeof value !== "object" || value === null) return [];
	return Object.entries(value).map(([key, member]: [string, unknown]) => ({
		path: [...path, key],
		value: step === "~" ? key : member,
		atKey: step === "~",
	}));
}
