import { type RefObject, useLayoutEffect, useRef } from "react";
import { Icon, toneIcons } from "./icons.tsx";
import { ballOf, clockKey, clockName, momentText, stateText } from "./reading-text.ts";
import { doubtText, failureText, type Shown } from "./shown.ts";
import { isActive, type Reading } from "./ticking.ts";

/** How many goals a bar shows side by side. */
const mostInBar = 2;

type BarProps = {
	shown: Shown;
	shape: "bar" | "chip" | "brief";
	/** Tells those who listen what was saved. Of several bars on a page, one does. */
	announces: boolean;
};

/** The timer and the priority of the ticket on screen, in one row. */
export function Bar({ shown, shape, announces }: BarProps) {
	const { speech, view, trouble, saved, showsWrites, panel, acts } = shown;
	const frame = useRef<HTMLDivElement>(null);
	useFit(frame);
	if (view === null) return trouble === null ? null : <Trouble shown={shown} />;
	const doubt = doubtText(shown);
	return (
		<div className={`bar ${shape} ${doubt === null ? "" : "doubtful"}`} ref={frame}>
			<Timer shown={shown} most={shape === "bar" ? mostInBar : 1} named={shape !== "brief"} />
			<button
				type="button"
				className="segment priority"
				aria-haspopup="dialog"
				aria-expanded={panel === "matrix"}
				aria-label={speech.say("matrix.open", { priority: view.value.priority })}
				onClick={(event) => acts.toggle("matrix", event.currentTarget)}
			>
				<bdi>{view.value.priority}</bdi>
				<Icon name="down" />
			</button>
			{doubt !== null && (
				<span className="doubt">
					<Icon name="question" />
					{doubt}
				</span>
			)}
			{saved !== null && (
				<span className={announces ? "saved" : "saved within"}>
					<Icon name="check" />
					{speech.say("matrix.saved", { priority: saved.priority })}
					{saved.canUndo && (
						<button type="button" className="link undo" onClick={acts.undo}>
							{speech.say("matrix.undo")}
						</button>
					)}
					{!showsWrites && " "}
					{!showsWrites && <span className="aside">{speech.say("matrix.reload")}</span>}
				</span>
			)}
			{announces && (
				<span className="heard" role="status">
					{saved === null ? "" : speech.say("matrix.saved", { priority: saved.priority })}
				</span>
			)}
		</div>
	);
}

/** Leaves the dates out where the room is too narrow for all of it. Measured only when a text or the room has changed. */
function useFit(frame: RefObject<HTMLDivElement | null>): void {
	const measured = useRef("");
	useLayoutEffect(() => {
		const bar = frame.current;
		if (bar === null) return;
		const { host } = bar.getRootNode() as ShadowRoot;
		const size = `${bar.textContent?.length} ${host.parentElement?.clientWidth}`;
		if (size === measured.current) return;
		measured.current = size;
		bar.removeAttribute("data-tight");
		const limited = bar.offsetWidth;
		bar.style.maxWidth = "none";
		bar.toggleAttribute("data-tight", bar.offsetWidth > limited);
		bar.style.maxWidth = "";
	});
}

function Timer({ shown, most, named }: { shown: Shown; most: number; named: boolean }) {
	const { speech, readings, view, panel, acts } = shown;
	const active = readings.filter(isActive);
	const ball = ballOf(readings);
	const first = active.length > 0 ? active.slice(0, most) : readings.slice(0, 1);
	const escalation = view?.value.escalation ?? null;
	const isWaiting = escalation?.alert != null && escalation.acknowledgedBy === null;
	return (
		<button
			type="button"
			className="segment timer"
			aria-haspopup="dialog"
			aria-expanded={panel === "timer"}
			onClick={(event) => acts.toggle("timer", event.currentTarget)}
		>
			<span className="heard">{speech.say("timerTitle")}: </span>
			{isWaiting && (
				<span className="goal tone-late waiting">
					<span className="first">
						<Icon name="bell" />
						<span className="amount">
							{escalation.step}/{escalation.of}
						</span>
					</span>
				</span>
			)}
			{first.map((reading) => (
				<Goal key={clockKey(reading.clock)} shown={shown} reading={reading} named={named} dated={most > 1} />
			))}
			{first.length === 0 && (
				<span className="goal tone-none">
					<span className="first">{speech.say("noClock")}</span>
				</span>
			)}
			{ball !== null && <span className={most > 1 ? "goal ball" : "heard"}>{speech.say(`ball.${ball}`)}</span>}
			<span className="heard">. {speech.say("sum.show")}</span>
		</button>
	);
}

function Goal({ shown, reading, named, dated }: { shown: Shown; reading: Reading; named: boolean; dated: boolean }) {
	const { speech, at } = shown;
	const moment = momentText(speech, reading, at, { brief: true });
	return (
		<span className={`goal tone-${reading.tone}`}>
			<span className="first">
				<Icon name={toneIcons[reading.tone]} />
				<span className={named ? "name" : "heard"}>{clockName(speech, reading.clock)}</span>
				<span className="amount">{stateText(speech, reading)}</span>
			</span>
			{dated && moment !== null && <span className="moment">{moment}</span>}
		</span>
	);
}

/** Nothing is known yet, and here is why. */
function Trouble({ shown }: { shown: Shown }) {
	const { speech, trouble, acts } = shown;
	if (trouble === null) return null;
	const needsOptions = trouble.kind === "token-refused" || trouble.kind === "not-set-up";
	return (
		<div className="bar quiet">
			<span className="segment goal tone-none">
				<span className="first">
					<Icon name="question" />
					<span>{failureText(speech, trouble)}</span>
				</span>
			</span>
			{trouble.kind !== "outdated" && (
				<button type="button" className="segment link" onClick={needsOptions ? acts.openOptions : acts.retry}>
					{speech.say(needsOptions ? "openOptions" : "tryAgain")}
				</button>
			)}
		</div>
	);
}
