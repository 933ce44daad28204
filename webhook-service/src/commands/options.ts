import { parseArgs } from "node:util";
import { UsageError } from "./command.ts";

/** What was typed: the words in order, and the options by name. Throws `UsageError` for an option it does not know. */
export function typed(
	args: string[],
	known: { texts?: readonly string[]; flags?: readonly string[] },
): { words: string[]; text(name: string): string | undefined; need(name: string): string; has(name: string): boolean } {
	const options = Object.fromEntries([
		...(known.texts ?? []).map((name) => [name, { type: "string" as const }]),
		...(known.flags ?? []).map((name) => [name, { type: "boolean" as const }]),
	]);
	try {
		const { positionals, ...found } = parseArgs({
			args: valuesJoined(args, known.texts ?? []),
			options,
			allowPositionals: true,
			strict: true,
		});
		const values: Record<string, unknown> = found.values;
		const text = (name: string) => {
			const value = values[name];
			return typeof value === "string" ? value : undefined;
		};
		return {
			words: positionals,
			text,
			need(name) {
				const value = text(name);
				if (value === undefined || value === "") throw new UsageError(`Expected --${name} …, found none.`);
				return value;
			},
			has: (name) => values[name] === true,
		};
	} catch (error) {
		if (error instanceof UsageError) throw error;
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}

/** Writes `--token -x` as `--token=-x`: tokens that helpdesks make begin with a dash now and then. */
function valuesJoined(args: readonly string[], texts: readonly string[]): string[] {
	const end = args.indexOf("--");
	const joined: string[] = [];
	for (let at = 0; at < args.length; at += 1) {
		const [option = "", value] = [args[at], args[at + 1]];
		const isBeforeEnd = end === -1 || at < end;
		const wantsValue = isBeforeEnd && option.startsWith("--") && texts.includes(option.slice(2));
		if (wantsValue && value !== undefined && /^-(?!-)./.test(value)) {
			joined.push(`${option}=${value}`);
			at += 1;
		} else joined.push(option);
	}
	return joined;
}
