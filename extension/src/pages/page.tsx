import css from "data-text:./page.css";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { browserLanguages } from "../lib/browser.ts";
import { type Speech, speech } from "../words/speech.ts";
import type { LanguageChoice } from "../words/tables.ts";
import { languageOf, tables } from "../words/tables.ts";

/** The speech of an own page, for what the person chose. */
export function speechFor(choice: LanguageChoice): Speech {
	const where = languageOf(choice, browserLanguages());
	return speech(tables[where.language], where);
}

/** An own page's frame: its style, its language, its title. */
export function Page({
	speech,
	title,
	name,
	children,
}: {
	speech: Speech;
	title: string;
	name: string;
	children: ReactNode;
}) {
	useEffect(() => {
		document.documentElement.lang = speech.language;
		document.title = title;
	}, [speech, title]);
	return (
		<>
			<style>{css}</style>
			<main className={name}>{children}</main>
		</>
	);
}

/** What `load` gave when it was last asked; `again` asks anew. `load` stays the same function. */
export function useLoaded<T>(load: () => Promise<T>): { value: T | null; again: () => Promise<void> } {
	const [value, setValue] = useState<T | null>(null);
	const asked = useRef(0);
	const again = useCallback(async () => {
		asked.current += 1;
		const mine = asked.current;
		const loaded = await load();
		// An answer that was overtaken is older than the one that is shown.
		if (mine === asked.current) setValue(loaded);
	}, [load]);
	useEffect(() => {
		void again();
	}, [again]);
	return { value, again };
}
