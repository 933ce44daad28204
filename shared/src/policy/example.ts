import type { ExpectedDocument, GivenDocument } from "./example-schema.ts";

/** A case with what must come of it. Local times in it were found readable in `zone`. */
export type Example = {
	/** The statement or case that it shows; `null`: it has none. */
	id: string | null;
	title: string;
	/** IANA zone of its local times. */
	zone: string;
	/** Where it stands in the document, from 1. */
	line: number;
	given: GivenDocument[];
	expect: ExpectedDocument[];
};

/** One thing that came out otherwise than an example expects. */
export type ExampleDifference = {
	/** The local time of the expectation, as written. */
	at: string;
	/** What differs: `deadlines.resolution`, `steps`. */
	what: string;
	expected: string;
	found: string;
	/** How the clock came to what was found; absent where no clock is concerned. */
	proof?: string;
};

export type ExampleResult = Pick<Example, "id" | "title" | "line"> & {
	/** How many single expectations were looked at. */
	checks: number;
	/** Empty: it came out as expected. */
	differences: ExampleDifference[];
};
