import type { PreviewCell, PriorityChoice } from "@stipt/shared/wire/api";
import { useEffect, useRef, useState } from "react";
import { failureText, type Shown } from "./shown.ts";

type Props = {
	shown: Shown;
	cell: PreviewCell;
	nameOf(priority: string): string;
	choose(choice: PriorityChoice): void;
	back(): void;
};

/** A capped cell may be lifted by saying why; without a reason the cap holds. */
export function Justification({ shown, cell, nameOf, choose, back }: Props) {
	const { speech, saving, writeTrouble } = shown;
	const [reason, setReason] = useState("");
	const field = useRef<HTMLTextAreaElement>(null);
	useEffect(() => field.current?.focus(), []);
	const wanted = cell.cappedFrom ?? cell.priority;
	const { impact, urgency } = cell;
	const justification = reason.trim();
	return (
		<div className="justification">
			<label>
				<span className="label">{speech.say("matrix.justify", { priority: nameOf(wanted) })}</span>
				<textarea
					ref={field}
					className="control"
					rows={3}
					maxLength={2000}
					value={reason}
					aria-describedby="hint"
					onInput={(event) => setReason(event.currentTarget.value)}
				/>
			</label>
			<p id="hint" className="fine">
				{speech.say("matrix.justifyHint", { to: nameOf(cell.priority) })}
			</p>
			{writeTrouble !== null && (
				<p className="note wrong" role="alert">
					{failureText(speech, writeTrouble)}
				</p>
			)}
			<div className="buttons">
				<button
					type="button"
					className="button main"
					disabled={saving || justification === ""}
					onClick={() => choose({ impact, urgency, justification })}
				>
					{speech.say("matrix.set", { priority: wanted })}
				</button>
				<button type="button" className="button" disabled={saving} onClick={() => choose({ impact, urgency })}>
					{speech.say("matrix.set", { priority: cell.priority })}
				</button>
				<button type="button" className="button plain" disabled={saving} onClick={back}>
					{speech.say("matrix.back")}
				</button>
			</div>
		</div>
	);
}
