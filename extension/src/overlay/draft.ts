import type { TicketAction } from "@stipt/shared/wire/ticket-action";
import { useState } from "react";

/** What was typed into the fields of a form, by name. */
export type Draft = Readonly<Record<string, string>>;

/** Kept as long as the page lives: a panel that closes, or a write that fails, loses nothing. */
const drafts = new Map<string, Draft>();
const attempts = new Map<string, { content: string; key: string }>();

/** The form's draft, how to change a field, and how to forget it once it was sent or given up. */
export function useDraft(form: string): [draft: Draft, set: (name: string, value: string) => void, forget: () => void] {
	const [draft, setDraft] = useState<Draft>(drafts.get(form) ?? {});
	return [
		draft,
		(name, value) => {
			const next = { ...drafts.get(form), [name]: value };
			drafts.set(form, next);
			setDraft(next);
		},
		() => {
			drafts.delete(form);
			attempts.delete(form);
			setDraft({});
		},
	];
}

/** The action with its key: the same as long as the same is tried, so that a second try does nothing twice. */
export function withKey(form: string, action: TicketAction): TicketAction {
	const content = JSON.stringify(action);
	const last = attempts.get(form);
	const key = last?.content === content ? last.key : newKey();
	attempts.set(form, { content, key });
	return { ...action, key };
}

/** The action was done: the next one like it is another. */
export function forgetAttempt(form: string): void {
	attempts.delete(form);
}

/** Also where a page has no secure context, and so no `randomUUID`. */
function newKey(): string {
	return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
