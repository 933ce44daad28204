import { isZone } from "../calendar/zone.ts";
import { UnreadableTime } from "./duration-text.ts";
import { readLocalTime } from "./local-time.ts";
import { nearMiss } from "./near-miss.ts";
import { placesAt } from "./places.ts";
import type { PolicyProblem } from "./policy-problem.ts";
import { memberOf, type Path } from "./yaml-place.ts";
import type { YamlSource } from "./yaml-source.ts";

/** Where local times stand in an example. */
const times = [
	"given.*.at",
	"given.*.seen",
	"given.*.paused.until",
	"given.*.agreed.deadline",
	"given.*.acknowledged.promise",
	"expect.*.at",
	"expect.*.started.*",
	"expect.*.deadlines.*",
	"expect.*.missedAt.*",
	"expect.*.next",
	"expect.*.hours.opens",
	"expect.*.hours.closes",
	"expect.*.hours.until",
];

/** What examples say that no example can mean: times that no clock shows, zones, entries that say nothing. */
export function exampleFaults(source: YamlSource): PolicyProblem[] {
	const usual = firstZone(source);
	const isUsualKnown = isZone(usual);
	return placesAt(source, "examples.*").flatMap(({ path }) => {
		const said = placesAt(source, "zone", path)[0]?.value;
		const isKnown = said === undefined ? isUsualKnown : isZone(said);
		if (typeof said === "string" && !isKnown) {
			const suggestion = nearMiss(said, Intl.supportedValuesOf("timeZone"));
			const expected = "an IANA zone such as Europe/Brussels";
			return [source.problem([...path, "zone"], { code: "INVALID_ZONE", expected, suggestion })];
		}
		const unreadable = isKnown ? timeFaults(source, path, String(said ?? usual)) : [];
		return [...unreadable, ...idleEntries(source, path), ...halfPeriods(source, path)];
	});
}

/** The zone in which a policy's dates and the times of its examples are read: that of its first calendar. */
function firstZone(source: YamlSource): unknown {
	return placesAt(source, "calendars.*.zone")[0]?.value;
}

function timeFaults(source: YamlSource, example: Path, zone: string): PolicyProblem[] {
	return times.flatMap((pattern) =>
		placesAt(source, pattern, example).flatMap(({ path, value }) => {
			if (typeof value !== "string" || value.trim() === "") return [];
			try {
				readLocalTime(value, zone);
				return [];
			} catch (error) {
				if (!(error instanceof UnreadableTime)) throw error;
				const { expected, suggestion } = error;
				return [source.problem(path, { code: "INVALID_LOCAL_TIME", expected, suggestion })];
			}
		}),
	);
}

/** An entry with a time alone: nothing happens, or nothing is expected. */
function idleEntries(source: YamlSource, example: Path): PolicyProblem[] {
	return ["given.*", "expect.*"].flatMap((pattern) =>
		placesAt(source, pattern, example).flatMap(({ path, value }) => {
			if (typeof value !== "object" || value === null) return [];
			if (Object.keys(value).some((key) => key !== "at" && key !== "seen")) return [];
			const expected = pattern === "given.*" ? "what happened at that time" : "what must be so at that time";
			return [source.problem(path, { code: "missing", expected, found: "a time alone" })];
		}),
	);
}

function halfPeriods(source: YamlSource, example: Path): PolicyProblem[] {
	return placesAt(source, "expect.*.hours", example).flatMap(({ path, value }) => {
		const missing = (["until", "total"] as const).filter((key) => memberOf(value, key) === undefined);
		const [only] = missing;
		if (only === undefined || missing.length === 2) return [];
		const expected = only === "total" ? "the open time up to until" : "until, the end of the period that total is of";
		return [source.problem([...path, only], { code: "missing", expected })];
	});
}
