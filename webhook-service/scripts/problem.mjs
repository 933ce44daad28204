// @ts-check

/** Why the start cannot go on, in words for a person. Anything else that is thrown is a bug. */
export class Problem extends Error {
	/** @override */
	name = "Problem";
}
