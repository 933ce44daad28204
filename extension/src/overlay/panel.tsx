import { type KeyboardEvent, useEffect, useRef } from "react";
import { Card } from "./card.tsx";
import { Icon } from "./icons.tsx";
import { Matrix } from "./matrix.tsx";
import type { PanelName, Shown } from "./shown.ts";

const focusable =
	'button:not([disabled],[tabindex="-1"]),a[href],input:not([disabled]),textarea:not([disabled]),[tabindex="0"]';

/** The window of the timer or of the matrix: closes on Escape, keeps the Tab key inside. */
export function Panel({ shown }: { shown: Shown }) {
	return shown.panel === null ? null : <Frame key={shown.panel} shown={shown} panel={shown.panel} />;
}

function Frame({ shown, panel }: { shown: Shown; panel: PanelName }) {
	const { speech, acts } = shown;
	const frame = useRef<HTMLDivElement>(null);
	useEffect(() => {
		// What is inside may have taken the focus already.
		const root = frame.current?.getRootNode() as ShadowRoot | undefined;
		if (root?.activeElement == null) frame.current?.focus();
	}, []);
	const last = useRef<HTMLElement | null>(null);
	useEffect(() => {
		// What had the focus was taken away, or could not have it while something was saved.
		if (shown.saving || document.activeElement !== document.body) return;
		const before = last.current;
		if (before?.isConnected) before.focus();
		if (document.activeElement === document.body) frame.current?.focus();
	});
	const title = speech.say(panel === "timer" ? "timerTitle" : "matrix.title");

	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key === "Escape") {
			event.preventDefault();
			acts.close();
		}
		if (event.key !== "Tab" || frame.current === null) return;
		const stops = [...frame.current.querySelectorAll<HTMLElement>(focusable)];
		const root = frame.current.getRootNode() as ShadowRoot;
		const edge = event.shiftKey ? stops[0] : stops.at(-1);
		if (root.activeElement !== edge && root.activeElement !== frame.current) return;
		event.preventDefault();
		(event.shiftKey ? stops.at(-1) : stops[0])?.focus();
	};
	return (
		<div
			className={`panel ${panel}`}
			role="dialog"
			aria-label={title}
			tabIndex={-1}
			ref={frame}
			onKeyDown={onKeyDown}
			onFocus={({ target }) => {
				last.current = target as HTMLElement;
			}}
		>
			<div className="title">
				<h2>{title}</h2>
				<button type="button" className="close" aria-label={speech.say("close")} onClick={acts.close}>
					<Icon name="cross" />
				</button>
			</div>
			{panel === "timer" ? <Card shown={shown} /> : <Matrix shown={shown} />}
		</div>
	);
}
