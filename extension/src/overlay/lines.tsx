import type { TicketDetail } from "@stipt/shared/wire/ticket-action";
import type { WordKey } from "../words/en.ts";
import { Icon } from "./icons.tsx";
import type { Shown } from "./shown.ts";

type Props = { shown: Shown; detail: TicketDetail };

/** What each support line had of the ticket: with how much left it came, and how much it used. */
export function Lines({ shown: { speech, at }, detail: { lines } }: Props) {
	if (lines.length === 0) return null;
	return (
		<section className="part">
			<h3>{speech.say("lines.title")}</h3>
			<ol>
				{lines.map(({ line, name, receivedAt, passedAt, usedMs, leftAtReceiptMs }) => {
					const key =
						leftAtReceiptMs === null
							? "lines.received"
							: leftAtReceiptMs < 0
								? "lines.receivedLate"
								: "lines.receivedLeft";
					const left = speech.length(leftAtReceiptMs ?? 0);
					const values = {
						line: speech.of(name),
						time: speech.moment(Date.parse(receivedAt), at),
						used: speech.length(usedMs),
						left,
						late: left,
					};
					return (
						<li key={`${line} ${receivedAt}`}>
							<bdi>{speech.say(key, values)}</bdi>
							<span className="told">
								<bdi>{speech.say(passedAt === null ? "lines.using" : "lines.used", values)}</bdi>
							</span>
						</li>
					);
				})}
			</ol>
		</section>
	);
}

/** Incidents and maintenance that the ticket is linked to. */
export function Incidents({ shown: { speech }, detail: { incidents } }: Props) {
	if (incidents.length === 0) return null;
	return (
		<section className="part">
			<h3>{speech.say("incidents.title")}</h3>
			<ul>
				{incidents.map(({ page, event, role, title, titles, status, url }) => (
					<li key={`${page} ${event}`}>
						<Icon name="wrench" /> <bdi>{titles === null ? title : speech.of(titles)}</bdi>
						<span className="told">
							{speech.say(`notice.${status}` as WordKey)} · {speech.say(`incidents.${role}`)}
							{url !== null && /^https?:\/\//i.test(url) && (
								<>
									{" · "}
									<a href={url} target="_blank" rel="noreferrer noopener">
										{speech.say("notice.page")}
									</a>
								</>
							)}
						</span>
					</li>
				))}
			</ul>
		</section>
	);
}
