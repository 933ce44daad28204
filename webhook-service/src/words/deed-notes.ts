import type { Fact } from "@stipt/shared/sla/fact";
import type { Language } from "@stipt/shared/wire/language";
import { localTime } from "./local-time.ts";
import { say } from "./messages.ts";
import { note, type TicketNote } from "./notes.ts";
import { oneLine } from "./one-line.ts";

/**
 * The note in the helpdesk about what somebody did here, so that who works there knows; `null` for what needs none.
 * `line`, `role` and `cell` give the names of ids.
 */
export function deedNote(
	{ language, zone }: { language: Language; zone: string },
	fact: Fact,
	{
		line,
		role,
		cell,
	}: { line(id: string): string; role(id: string): string; cell(part: "impact" | "urgency", id: string): string },
): TicketNote | null {
	const time = (instant: number) => localTime(language, instant, { zone });
	const until = (instant: number | null) =>
		instant === null ? [] : [say(language, "note.until", { time: time(instant) })];
	const by = "by" in fact && typeof fact.by === "object" ? oneLine(fact.by.id ?? "", 80) : "";
	switch (fact.kind) {
		case "paused": {
			const reason = oneLine(fact.reason, 1000);
			if (fact.because === "information-missing") {
				const first = say(language, "note.asked-information", { by, reason });
				return note([first, say(language, "note.until-answer"), ...until(fact.until)]);
			}
			const owner = say(language, `note.owner.${fact.owner}`);
			return note([say(language, "note.paused", { by, owner, reason }), ...until(fact.until)]);
		}
		case "resumed":
			return note([say(language, "note.resumed", { by })]);
		case "deadline-agreed": {
			const goal = say(language, `goal.${fact.goal}`);
			const reason = say(language, "note.reason", { reason: oneLine(fact.reason, 1000) });
			const what =
				fact.deadline === null
					? say(language, "note.not-agreed", { by, goal })
					: say(language, "note.agreed", { by, goal, time: time(fact.deadline) });
			return note([what, reason]);
		}
		case "handed-over":
			return note([
				say(language, "note.handed-over", { by, line: oneLine(line(fact.to), 80) }),
				...fact.text.split(/\r?\n/).map((text) => oneLine(text, 1000)),
			]);
		case "escalation-asked":
			return note([
				say(language, "note.request", { by, role: oneLine(role(fact.role), 80), level: fact.level }),
				say(language, "note.reason", { reason: oneLine(fact.reason, 1000) }),
			]);
		case "classified": {
			const [impact, urgency] = [cell("impact", fact.impact), cell("urgency", fact.urgency)];
			const first = say(language, "note.chosen", { by, priority: fact.priority, impact, urgency });
			if (fact.justification === undefined) return note([first]);
			return note([first, say(language, "note.reason", { reason: oneLine(fact.justification, 1000) })]);
		}
		default:
			return null;
	}
}
