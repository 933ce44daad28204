import type { PriorityId } from "@stipt/shared/sla/fact";
import type { Language, Words } from "@stipt/shared/wire/language";

/** A priority for people: `P1 · Critical`, or just `P1` when it has no other name. */
export function priorityName(language: Language, { id, name }: { id: PriorityId; name: Words }): string {
	return name[language] === id ? id : `${id} · ${name[language]}`;
}
