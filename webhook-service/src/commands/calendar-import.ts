import { parse } from "node:path";
import { type ImportedEvent, type ImportQuestion, readCalendarFile, UnreadableCalendar } from "./calendar-events.ts";
import { previewLines } from "./calendar-preview.ts";
import { exceptionsText, holidaySetText } from "./calendar-written.ts";
import { zoneNamed } from "./calendar-zones.ts";
import { type Command, type Terminal, UsageError } from "./command.ts";
import { typed } from "./options.ts";

/** Shows what each event of a calendar file would close, and writes the days off as a set of holidays. */
export const calendarImport: Command = {
	name: "calendar import",
	usage: "FILE.ics|- [options]",
	summary: "previews a calendar file event by event, and makes a set of holidays of it",
	options: {
		"--zone ZONE": "zone of the calendar that it is for (default: the file's own)",
		"--years YEARS": "2026, or 2026-2027 (default: this year and the next)",
		"--without NUMBERS": "leaves out events by their number in the preview: 3,5",
		"--free": "counts events marked as free time too: public holiday feeds mark all of theirs",
		"--openings": "the events open instead of close",
		"--out FILE": "writes the whole days off as a set of holidays, called after the file",
		"--exceptions FILE": "writes what a set cannot hold, hours and openings, as exceptions of a calendar",
		"--json": "prints the preview as JSON",
	},
	async run(args, terminal) {
		const { words, text, has } = typed(args, {
			texts: ["zone", "years", "year", "without", "out", "exceptions"],
			flags: ["free", "openings", "json"],
		});
		const [file, ...rest] = words;
		if (file === undefined || rest.length > 0) throw new UsageError("Expected one file, or - for standard input.");
		const opens = has("openings");
		if (opens && text("out") !== undefined) {
			throw new UsageError("Expected --exceptions beside --openings: a set of holidays holds days off, found --out.");
		}
		const question: ImportQuestion = {
			zone: readZone(text("zone")),
			years: readYears(text("years") ?? text("year"), new Date(terminal.time()).getUTCFullYear()),
			countsFree: has("free"),
		};
		const read = await readEvents(file, question, terminal);
		if (read === null) return 1;
		const { zone, events } = read;
		const chosen = leaveOut(events, readNumbers(text("without"), events.length));
		if (has("json")) terminal.out(JSON.stringify({ zone, years: question.years, events: chosen }));
		else for (const line of previewLines(file, chosen, { opens })) terminal.out(line);
		const wrote = [
			await write(text("out"), (out) => holidaySetText(parse(out).name, file, chosen), terminal),
			await write(text("exceptions"), () => exceptionsText(file, chosen, { opens }), terminal),
		];
		return wrote.includes(false) ? 1 : 0;
	},
};

async function readEvents(file: string, question: ImportQuestion, { err, readFile }: Terminal) {
	try {
		return readCalendarFile(await readFile(file), question);
	} catch (error) {
		if (!(error instanceof UnreadableCalendar)) throw error;
		err(`${file}: ${error.message}`);
		return null;
	}
}

/** Writes a file when asked for one and there is something to write. Answers `false` when there is nothing. */
async function write(
	file: string | undefined,
	textFor: (file: string) => string | null,
	{ err, writeFile }: Terminal,
): Promise<boolean> {
	if (file === undefined) return true;
	const text = textFor(file);
	if (text === null) {
		err(`${file}: expected something to write, found none; left as it was`);
		return false;
	}
	await writeFile(file, text);
	err(`${file}: written`);
	return true;
}

function leaveOut(events: readonly ImportedEvent[], numbers: readonly number[]): ImportedEvent[] {
	return events.map((event, index) =>
		numbers.includes(index + 1) ? { ...event, dates: [], hours: [], ignored: "left out" } : event,
	);
}

function readZone(text: string | undefined): string | null {
	const zone = text === undefined ? null : zoneNamed(text);
	if (text !== undefined && zone === null) {
		throw new UsageError(`Expected --zone with an IANA zone such as Europe/Brussels, found "${text}".`);
	}
	return zone;
}

function readYears(text: string | undefined, now: number): readonly [number, number] {
	if (text === undefined) return [now, now + 1];
	const [, from, to = from] = /^(\d{4})(?:-(\d{4}))?$/.exec(text) ?? [];
	const [first, last] = [Number(from), Number(to)];
	if (last >= first && last - first < 50) return [first, last];
	throw new UsageError(`Expected --years such as 2026 or 2026-2027, found "${text}".`);
}

function readNumbers(text: string | undefined, most: number): number[] {
	const numbers = text === undefined ? [] : text.split(",").map(Number);
	if (numbers.every((number) => Number.isInteger(number) && number >= 1 && number <= most)) return numbers;
	throw new UsageError(`Expected --without numbers of the preview, 1 to ${most}, found "${text}".`);
}
