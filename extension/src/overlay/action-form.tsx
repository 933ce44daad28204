import type { Instant } from "@stipt/shared/calendar/calendar";
import type { TicketAction } from "@stipt/shared/wire/ticket-action";
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { Failure } from "../service/failure.ts";
import type { WordKey } from "../words/en.ts";
import { withKey } from "./draft.ts";
import { actionFailureText, type Shown } from "./shown.ts";

type Props = {
	shown: Shown;
	/** Its name among the drafts. */
	form: string;
	title: WordKey;
	/** What would be sent; `null` while something is missing. */
	action: TicketAction | null;
	done(): void;
	cancel(): void;
	children: ReactNode;
};

/** One action's form. What the service answers against it is shown beside it, and nothing that was typed is lost. */
export function ActionForm({ shown, form, title, action, done, cancel, children }: Props) {
	const { speech, saving, acts } = shown;
	const [trouble, setTrouble] = useState<Failure | null>(null);
	const frame = useRef<HTMLFormElement>(null);
	useEffect(() => frame.current?.querySelector<HTMLElement>("textarea,input,select")?.focus(), []);

	const send = async (event: FormEvent) => {
		event.preventDefault();
		if (action === null || saving) return;
		setTrouble(null);
		const failed = await acts.act(withKey(form, action));
		if (failed === null) done();
		else setTrouble(failed);
	};
	// Escape gives up the form first, and closes the panel only after that.
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key !== "Escape") return;
		event.preventDefault();
		event.stopPropagation();
		cancel();
	};
	return (
		<form className="action" ref={frame} aria-label={speech.say(title)} onSubmit={send} onKeyDown={onKeyDown}>
			{children}
			{trouble !== null && (
				<p className="wrong" role="alert">
					{actionFailureText(speech, trouble)}
				</p>
			)}
			<div className="buttons">
				<button type="submit" className="button main" disabled={action === null || saving}>
					{speech.say(saving ? "matrix.saving" : title)}
				</button>
				<button type="button" className="button plain" disabled={saving} onClick={cancel}>
					{speech.say("act.cancel")}
				</button>
			</div>
		</form>
	);
}

type FieldProps = { label: string; value: string; set(value: string): void };

export function TextField({ label, value, set, most = 2000 }: FieldProps & { most?: number }) {
	return (
		<label className="field">
			<span className="label">{label}</span>
			<textarea
				className="control"
				rows={3}
				maxLength={most}
				required
				value={value}
				onInput={(event) => set(event.currentTarget.value)}
			/>
		</label>
	);
}

/** A moment in the browser's own zone; one that is over is refused. */
export function MomentField({ shown, label, value, set }: FieldProps & { shown: Shown }) {
	const isPast = value !== "" && !isToCome(value, shown.at);
	return (
		<label className="field">
			<span className="label">{label}</span>
			<input
				type="datetime-local"
				className="control"
				aria-invalid={isPast}
				value={value}
				onInput={(event) => set(event.currentTarget.value)}
			/>
			{isPast && <span className="wrong">{shown.speech.say("alert.past")}</span>}
		</label>
	);
}

/** Whether a moment field holds a moment that is still to come. */
export function isToCome(typed: string, at: Instant): boolean {
	return new Date(typed).getTime() > at;
}

/** As the service wants it. */
export function isoOf(typed: string): string {
	return new Date(typed).toISOString();
}

type ChoiceProps = FieldProps & { name: string; choices: readonly { id: string; name: string }[] };

export function ChoiceField({ label, value, set, name, choices }: ChoiceProps) {
	return (
		<fieldset className="choices field">
			<legend className="label">{label}</legend>
			{choices.map((choice) => (
				<label key={choice.id}>
					<input type="radio" name={name} checked={value === choice.id} onChange={() => set(choice.id)} />
					<span>
						<bdi>{choice.name}</bdi>
					</span>
				</label>
			))}
		</fieldset>
	);
}
