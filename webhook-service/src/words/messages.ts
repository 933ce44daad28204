import type { Language } from "@stipt/shared/wire/language";
import { acknowledgeMessages } from "./acknowledge-messages.ts";
import { mailMessages } from "./mail-messages.ts";
import { noteMessages } from "./note-messages.ts";
import { pageMessages } from "./page-messages.ts";
import { terms } from "./terms.ts";

/** Everything that the service says to people, in every language. `{name}` is filled in. */
export const messages = {
	...terms,
	...mailMessages,
	...pageMessages,
	...acknowledgeMessages,
	...noteMessages,
} as const;

export type MessageKey = keyof typeof messages;

type Placeholder<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
	? Name | Placeholder<Rest>
	: never;
type PlaceholderOf<Key extends MessageKey> = Placeholder<(typeof messages)[Key]["en"]>;
type Values<Key extends MessageKey> = [PlaceholderOf<Key>] extends [never]
	? []
	: [values: Record<PlaceholderOf<Key>, string | number>];

/** A message in a language, with its values filled in. What comes out is text, not markup. */
export function say<Key extends MessageKey>(language: Language, key: Key, ...[values]: Values<Key>): string {
	const filled: Partial<Record<string, string | number>> = values ?? {};
	return messages[key][language].replace(/\{([a-z]+)\}/g, (placeholder, name: string) =>
		String(filled[name] ?? placeholder),
	);
}
