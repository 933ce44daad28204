import type { Preview } from "@stipt/shared/wire/api";
import { useEffect, useRef, useState } from "react";
import type { Spot } from "./grid-moves.ts";
import type { Shown } from "./shown.ts";

type Props = { shown: Shown; preview: Preview; land(spot: Spot): void; back(): void };

/** Leads to a cell by the policy's own questions, one at a time. Of several that set the same, the gravest answer counts. */
export function Guide({ shown, preview, land, back }: Props) {
	const { speech } = shown;
	const [given, setGiven] = useState<readonly Answer[]>([]);
	const field = useRef<HTMLFieldSetElement>(null);
	// Each question has buttons of its own.
	// biome-ignore lint/correctness/useExhaustiveDependencies: `given` says when
	useEffect(() => field.current?.querySelector("button")?.focus(), [given]);
	const questions = preview.questions ?? [];
	const question = questions[given.length];
	if (question === undefined) return null;
	const answer = (to: string) => {
		const all = [...given, { sets: question.sets, to }];
		if (all.length < questions.length) setGiven(all);
		else land({ row: gravest(all, "impact", preview), column: gravest(all, "urgency", preview) });
	};
	return (
		<fieldset className="guide" ref={field}>
			<legend>
				{speech.of(question.ask)} <span className="aside">{`${given.length + 1}/${questions.length}`}</span>
			</legend>
			{question.answers.map(({ to, say }) => (
				<button key={`${to} ${say.en}`} type="button" className="button" onClick={() => answer(to)}>
					{speech.of(say)}
				</button>
			))}
			<button
				type="button"
				className="button plain"
				onClick={given.length === 0 ? back : () => setGiven(given.slice(0, -1))}
			>
				{speech.say("matrix.back")}
			</button>
		</fieldset>
	);
}

type Answer = { sets: "impact" | "urgency"; to: string };

/** Position in the matrix, where the gravest stands first; what nobody asked about stays as it is. */
function gravest(answers: readonly Answer[], sets: Answer["sets"], { impacts, urgencies, current }: Preview): number {
	const choices = sets === "impact" ? impacts : urgencies;
	const at = (id: string | null) => choices.findIndex((choice) => choice.id === id);
	const said = answers.filter((answer) => answer.sets === sets).map(({ to }) => at(to));
	return said.length > 0 ? Math.min(...said) : Math.max(0, at(current[sets]));
}
