import type { Goal } from "@stipt/shared/sla/fact";
import { type Language, languages } from "@stipt/shared/wire/language";
import { useEffect, useRef, useState } from "react";
import type { Answer } from "../service/service.ts";
import type { WordKey } from "../words/en.ts";
import { copyText } from "./copy-text.ts";
import { failureText, type Shown } from "./shown.ts";

/** A goal's proof, line by line, in the customer's language or another one, to be copied. */
export function Proof({ shown, goal }: { shown: Shown; goal: Goal }) {
	const { speech, view, customerLanguage, acts } = shown;
	const [language, setLanguage] = useState<Language>(customerLanguage);
	const [answer, setAnswer] = useState<Answer<string> | null>(null);
	const [told, setTold] = useState<WordKey | null>(null);
	const frame = useRef<HTMLDivElement>(null);
	const revision = view?.value.revision;
	// Anew when the ticket has changed.
	// biome-ignore lint/correctness/useExhaustiveDependencies: `revision` says when
	useEffect(() => {
		let isCurrent = true;
		void acts.proof({ goal, language, format: "text" }).then((found) => {
			if (isCurrent) setAnswer(found);
		});
		return () => {
			isCurrent = false;
		};
	}, [goal, language, revision]);

	const copy = async (text: Promise<Answer<string>>) => {
		const found = await text;
		if (!found.ok) return setAnswer(found);
		const isCopied = frame.current !== null && (await copyText(found.loaded.value, frame.current));
		setTold(isCopied ? "proof.copied" : "proof.notCopied");
	};
	const name = (of: Language) => new Intl.DisplayNames([of], { type: "language" }).of(of) ?? of;
	return (
		<div className="proof" ref={frame}>
			<fieldset className="choices">
				<legend className="heard">{speech.say("proof.language")}</legend>
				{languages.map((of) => (
					<label key={of}>
						<input type="radio" name={`proof ${goal}`} checked={language === of} onChange={() => setLanguage(of)} />
						<span lang={of}>{name(of)}</span>
					</label>
				))}
			</fieldset>
			{answer === null && <p className="fine">{speech.say("proof.loading")}</p>}
			{answer?.ok === false && (
				<p className="wrong" role="alert">
					{failureText(speech, answer.failure)}
				</p>
			)}
			{answer?.ok && (
				<>
					{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
					<section className="scrolls" tabIndex={0} aria-label={speech.say("proof.show")}>
						<pre lang={language}>{answer.loaded.value.trim()}</pre>
					</section>
					<div className="buttons">
						<button type="button" className="button" onClick={() => void copy(Promise.resolve(answer))}>
							{speech.say("proof.copy")}
						</button>
						<button
							type="button"
							className="button"
							onClick={() => void copy(acts.proof({ goal, language, format: "json" }))}
						>
							{speech.say("proof.copyJson")}
						</button>
					</div>
				</>
			)}
			<p className="fine" role="status">
				{told === null ? "" : speech.say(told)}
			</p>
		</div>
	);
}
