import type { Channel, Goal, PauseOwner } from "@stipt/shared/sla/fact";
import type { TicketAction, TicketDetail } from "@stipt/shared/wire/ticket-action";
import { ActionForm, ChoiceField, isoOf, isToCome, MomentField, TextField } from "./action-form.tsx";
import { useDraft } from "./draft.ts";
import { clockName } from "./reading-text.ts";
import type { Shown } from "./shown.ts";
import { isActive } from "./ticking.ts";

type Props = { shown: Shown; detail: TicketDetail; form: string; done(): void; cancel(): void };

const channels: readonly Channel[] = ["portal", "email", "phone", "chat", "api", "other"];
const owners: readonly PauseOwner[] = ["customer", "supplier", "planned"];

export function PauseForm({ shown, form, done, cancel }: Props) {
	const { speech, at } = shown;
	const [draft, set, forget] = useDraft(form);
	const { reason = "", owner = "customer", until = "" } = draft;
	const isRight = reason.trim() !== "" && (until === "" || isToCome(until, at));
	const action: TicketAction = {
		kind: "pause",
		reason: reason.trim(),
		owner: owner as PauseOwner,
		...(until === "" || !isRight ? {} : { until: isoOf(until) }),
	};
	return (
		<ActionForm
			{...{ shown, form, cancel }}
			title="act.pause"
			action={isRight ? action : null}
			done={() => {
				forget();
				done();
			}}
		>
			<TextField label={speech.say("field.reason")} value={reason} set={(value) => set("reason", value)} />
			<ChoiceField
				label={speech.say("field.owner")}
				name="owner"
				value={owner}
				set={(value) => set("owner", value)}
				choices={owners.map((id) => ({ id, name: speech.say(`owner.${id}`) }))}
			/>
			<MomentField shown={shown} label={speech.say("field.until")} value={until} set={(value) => set("until", value)} />
		</ActionForm>
	);
}

export function AskForm({ shown, form, done, cancel }: Props) {
	const { speech, at } = shown;
	const [draft, set, forget] = useDraft(form);
	const { reason = "", until = "" } = draft;
	const isRight = reason.trim() !== "" && (until === "" || isToCome(until, at));
	const action: TicketAction = {
		kind: "ask-information",
		reason: reason.trim(),
		...(until === "" || !isRight ? {} : { until: isoOf(until) }),
	};
	return (
		<ActionForm
			{...{ shown, form, cancel }}
			title="act.ask"
			action={isRight ? action : null}
			done={() => {
				forget();
				done();
			}}
		>
			<TextField label={speech.say("field.question")} value={reason} set={(value) => set("reason", value)} />
			<MomentField shown={shown} label={speech.say("field.until")} value={until} set={(value) => set("until", value)} />
		</ActionForm>
	);
}

export function AgreeForm({ shown, form, done, cancel }: Props) {
	const { speech, at, readings } = shown;
	const [draft, set, forget] = useDraft(form);
	const dated = readings.filter((reading) => isActive(reading) && reading.clock.deadline !== null);
	const { reason = "", deadline = "", goal = dated[0]?.clock.goal ?? "resolution", back = "" } = draft;
	const isAgreed = dated.some(({ clock }) => clock.goal === goal && clock.agreed != null);
	const takesBack = isAgreed && back !== "";
	const isRight = reason.trim() !== "" && (takesBack || isToCome(deadline, at));
	const action: TicketAction = {
		kind: "agree-deadline",
		goal: goal as Goal,
		deadline: takesBack || !isRight ? null : isoOf(deadline),
		reason: reason.trim(),
	};
	return (
		<ActionForm
			{...{ shown, form, cancel }}
			title={takesBack ? "act.takeBack" : "act.agree"}
			action={isRight ? action : null}
			done={() => {
				forget();
				done();
			}}
		>
			<ChoiceField
				label={speech.say("field.goal")}
				name="goal"
				value={goal}
				set={(value) => set("goal", value)}
				choices={dated.map(({ clock }) => ({ id: clock.goal, name: clockName(speech, clock) }))}
			/>
			{isAgreed && (
				<label className="tick">
					<input
						type="checkbox"
						checked={takesBack}
						onChange={(event) => set("back", event.currentTarget.checked ? "yes" : "")}
					/>
					<span>{speech.say("act.takeBack")}</span>
				</label>
			)}
			{!takesBack && (
				<MomentField
					shown={shown}
					label={speech.say("field.deadline")}
					value={deadline}
					set={(value) => set("deadline", value)}
				/>
			)}
			<TextField label={speech.say("field.reason")} value={reason} set={(value) => set("reason", value)} />
		</ActionForm>
	);
}

export function HandOverForm({ shown, detail, form, done, cancel }: Props) {
	const { speech } = shown;
	const [draft, set, forget] = useDraft(form);
	const { text = "", to = detail.handOverTo[0]?.line ?? "" } = draft;
	const isRight = text.trim() !== "" && detail.handOverTo.some(({ line }) => line === to);
	return (
		<ActionForm
			{...{ shown, form, cancel }}
			title="act.handOver"
			action={isRight ? { kind: "hand-over", to, text: text.trim() } : null}
			done={() => {
				forget();
				done();
			}}
		>
			<ChoiceField
				label={speech.say("field.line")}
				name="line"
				value={to}
				set={(value) => set("to", value)}
				choices={detail.handOverTo.map(({ line, name }) => ({ id: line, name: speech.of(name) }))}
			/>
			<TextField label={speech.say("field.text")} value={text} set={(value) => set("text", value)} most={10_000} />
		</ActionForm>
	);
}

/** Level after level: those before have been asked. */
export function EscalateForm({ shown, detail, form, done, cancel }: Props) {
	const { speech, at } = shown;
	const [draft, set, forget] = useDraft(form);
	const open = detail.escalation.filter(({ canAsk }) => canAsk);
	const { reason = "", level = String(open.find(({ asked }) => asked === null)?.level ?? open[0]?.level ?? "") } =
		draft;
	const isRight = reason.trim() !== "" && open.some((one) => String(one.level) === level);
	return (
		<ActionForm
			{...{ shown, form, cancel }}
			title="act.escalate"
			action={isRight ? { kind: "ask-escalation", level: Number(level), reason: reason.trim() } : null}
			done={() => {
				forget();
				done();
			}}
		>
			{detail.escalation.map(({ level: one, role, asked }) =>
				asked === null ? null : (
					<p key={one} className="fine">
						<bdi>
							{speech.say("act.asked", {
								role: speech.of(role.name),
								name: asked.by,
								time: speech.moment(Date.parse(asked.at), at),
							})}
						</bdi>
					</p>
				),
			)}
			<ChoiceField
				label={speech.say("act.escalate")}
				name="level"
				value={level}
				set={(value) => set("level", value)}
				choices={open.map(({ level: one, role }) => ({
					id: String(one),
					name: speech.say("act.levelNext", { level: one, role: speech.of(role.name) }),
				}))}
			/>
			<TextField label={speech.say("field.reason")} value={reason} set={(value) => set("reason", value)} />
		</ActionForm>
	);
}

/** What it came in by decides what is promised, and helpdesks get it wrong: a call that somebody typed in, a mail that was a form. */
export function ChannelForm({ shown, form, done, cancel }: Props) {
	const { speech, view } = shown;
	const [draft, set, forget] = useDraft(form);
	const others = channels.filter((one) => one !== view?.value.channel);
	const channel = others.find((one) => one === draft["channel"]);
	return (
		<ActionForm
			{...{ shown, form, cancel }}
			title="act.channel"
			action={channel === undefined ? null : { kind: "change-channel", channel }}
			done={() => {
				forget();
				done();
			}}
		>
			<ChoiceField
				label={speech.say("field.channel")}
				name="channel"
				value={channel ?? ""}
				set={(value) => set("channel", value)}
				choices={others.map((id) => ({ id, name: speech.say(`channel.${id}`) }))}
			/>
		</ActionForm>
	);
}
