import type { TicketView } from "@stipt/shared/wire/api";
import type { ReactNode } from "react";
import { showTab } from "../lib/browser.ts";
import { now } from "../lib/clock.ts";
import { Icon, toneIcons } from "../overlay/icons.tsx";
import { momentText, stateText } from "../overlay/reading-text.ts";
import { type Loaded, mostUrgent, readTicket, serviceTime } from "../overlay/ticking.ts";
import type { Speech } from "../words/speech.ts";

/** One ticket of a list, with its most urgent clock. A click shows it in its helpdesk. */
export function TicketLine({
	speech,
	loaded,
	children,
}: {
	speech: Speech;
	loaded: Loaded<TicketView>;
	children?: ReactNode;
}) {
	const view = loaded.value;
	const at = serviceTime(loaded, now());
	const readings = readTicket(view, at);
	const urgent = mostUrgent(readings) ?? readings[0];
	const isAddress = /^https?:\/\//i.test(view.url);
	const isEscalated = view.escalation?.alert != null && view.escalation.acknowledgedBy === null;
	return (
		<li className={`row tone-${urgent?.tone ?? "none"}`}>
			{children}
			<button type="button" className="ticket" disabled={!isAddress} onClick={() => void showTab(view.url)}>
				<span className="line">
					<span className="subject">
						<bdi>{view.title}</bdi>
					</span>
					<span className="time">
						<Icon name={toneIcons[urgent?.tone ?? "none"]} /> {urgent === undefined ? "" : stateText(speech, urgent)}
					</span>
				</span>
				<span className="line muted">
					<span>
						{isEscalated && (
							<span className="escalated">
								<Icon name="bell" />
								<span className="heard">{speech.say("panel.escalated")}</span>
							</span>
						)}
						<b>{view.priority}</b> · <bdi>{view.number}</bdi> · {speech.say(`state.${view.state}`)}
					</span>
					<span className="goal">
						{urgent === undefined
							? ""
							: [
									speech.say(`goal.${urgent.clock.goal}`),
									urgent.late ? null : momentText(speech, urgent, at, { brief: true }),
								]
									.filter(Boolean)
									.join(" · ")}
					</span>
				</span>
			</button>
		</li>
	);
}
