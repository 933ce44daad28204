import { evaluateVectors } from "@stipt/shared/calendar/evaluate-vectors";
import { type Command, UsageError } from "./command.ts";
import { typed } from "./options.ts";

/** Answers a file of calendar cases, for checking this engine against another one. */
export const calendarEval: Command = {
	name: "calendar eval",
	usage: "FILE|-",
	summary: "answers a file of calendar cases as a JSON array of {id, result}",
	async run(args, { out, err, readFile }) {
		const [file, ...rest] = typed(args, {}).words;
		if (file === undefined || rest.length > 0) throw new UsageError("Expected one file, or - for standard input.");
		let cases: unknown;
		try {
			cases = JSON.parse(await readFile(file));
		} catch (error) {
			err(`${file}: expected JSON with holidaySets, calendars and vectors, found none (${String(error)})`);
			return 1;
		}
		out(JSON.stringify(evaluateVectors(cases)));
		return 0;
	},
};
