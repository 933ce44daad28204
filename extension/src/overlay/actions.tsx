import type { TicketAction, TicketDetail } from "@stipt/shared/wire/ticket-action";
import { useRef, useState } from "react";
import type { Failure } from "../service/failure.ts";
import type { WordKey } from "../words/en.ts";
import { AgreeForm, AskForm, ChannelForm, EscalateForm, HandOverForm, PauseForm } from "./action-forms.tsx";
import { forgetAttempt, withKey } from "./draft.ts";
import { Icon } from "./icons.tsx";
import { actionFailureText, type Shown } from "./shown.ts";
import { isActive } from "./ticking.ts";

type Offer = { title: WordKey; Form: typeof PauseForm | null; action: TicketAction | null };

/** What can be done with the ticket's clocks now: each a button that opens a small form, or acts at once. */
export function Actions({ shown, detail }: { shown: Shown; detail: TicketDetail }) {
	const { speech, saving, view, acts } = shown;
	const [open, setOpen] = useState<WordKey | null>(null);
	const [done, setDone] = useState<WordKey | null>(null);
	const [trouble, setTrouble] = useState<Failure | null>(null);
	const frame = useRef<HTMLElement>(null);
	const offers = offersOf(shown, detail);
	const current = offers.find(({ title }) => title === open);
	if (offers.length === 0 && done === null) return null;
	const formOf = (title: WordKey) => `${view?.value.ticket} ${title}`;

	/** Back to the button that opened the form, or the first one that is left. */
	const close = (title: WordKey) => {
		setOpen(null);
		setTimeout(() => {
			const buttons = [...(frame.current?.querySelectorAll<HTMLElement>("button[data-act]") ?? [])];
			(buttons.find((button) => button.dataset["act"] === title) ?? buttons[0])?.focus();
		});
	};
	const finish = (title: WordKey) => {
		setDone(title);
		close(title);
	};
	const choose = async ({ title, action }: Offer) => {
		setDone(null);
		setTrouble(null);
		if (action === null) return setOpen(title);
		const failed = await acts.act(withKey(formOf(title), action));
		setTrouble(failed);
		if (failed !== null) return;
		forgetAttempt(formOf(title));
		finish(title);
	};
	return (
		<section className="part actions" ref={frame}>
			<h3>{speech.say("act.title")}</h3>
			{detail.phoneOutstanding && (
				<p className="note warn">
					<Icon name="phone" />
					<span>{speech.say("phone.outstanding")}</span>
				</p>
			)}
			{current?.Form != null ? (
				<current.Form
					shown={shown}
					detail={detail}
					form={formOf(current.title)}
					done={() => finish(current.title)}
					cancel={() => close(current.title)}
				/>
			) : (
				<div className="buttons">
					{offers.map((offer) => (
						<button
							key={offer.title}
							type="button"
							className="button"
							data-act={offer.title}
							disabled={saving}
							onClick={() => void choose(offer)}
						>
							{speech.say(offer.title)}
						</button>
					))}
				</div>
			)}
			{trouble !== null && (
				<p className="wrong" role="alert">
					{actionFailureText(speech, trouble)}
				</p>
			)}
			<p className="fine" role="status">
				{done === null ? "" : speech.say("act.done", { action: speech.say(done) })}
			</p>
		</section>
	);
}

function offersOf({ readings }: Shown, detail: TicketDetail): Offer[] {
	const { pauses, handOverTo, escalation, phoneOutstanding } = detail;
	const canAgree = readings.some((reading) => isActive(reading) && reading.clock.deadline !== null);
	const all: (Offer | null)[] = [
		phoneOutstanding ? { title: "phone.done", Form: null, action: { kind: "phoned" } } : null,
		pauses.canResume ? { title: "act.resume", Form: null, action: { kind: "resume" } } : null,
		pauses.canPause ? { title: "act.ask", Form: AskForm, action: null } : null,
		pauses.canPause ? { title: "act.pause", Form: PauseForm, action: null } : null,
		canAgree ? { title: "act.agree", Form: AgreeForm, action: null } : null,
		handOverTo.length > 0 ? { title: "act.handOver", Form: HandOverForm, action: null } : null,
		escalation.some(({ canAsk }) => canAsk) ? { title: "act.escalate", Form: EscalateForm, action: null } : null,
		{ title: "act.channel", Form: ChannelForm, action: null },
	];
	return all.filter((offer) => offer !== null);
}
