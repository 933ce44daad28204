import type { Notice } from "@stipt/shared/wire/api";
import { useState } from "react";
import type { WordKey } from "../words/en.ts";
import { Icon } from "./icons.tsx";
import type { Shown } from "./shown.ts";

/** What the status pages say now, the nearest to this ticket first; the others fold away behind it. */
export function Banner({ shown }: { shown: Shown }) {
	const { speech, notices } = shown;
	const [all, setAll] = useState(false);
	if (notices.length === 0) return null;
	const rest = notices.length - 1;
	return (
		<section className="notices" aria-label={speech.say("notice.page")}>
			{(all ? notices : notices.slice(0, 1)).map((notice) => (
				<OneNotice key={notice.id} shown={shown} notice={notice} />
			))}
			{rest > 0 && (
				<button type="button" className="link more" aria-expanded={all} onClick={() => setAll(!all)}>
					{all ? speech.say("notice.less") : speech.count("notice.more", rest)}
				</button>
			)}
		</section>
	);
}

function OneNotice({ shown, notice }: { shown: Shown; notice: Notice }) {
	const { speech, at, view, acts } = shown;
	const isLinked = view !== null && notice.tickets.includes(view.value.ticket);
	const isGrave = notice.kind === "incident" && (notice.impact === "major" || notice.impact === "critical");
	const status = `notice.${notice.status}` as WordKey;
	const title = notice.titles === undefined ? notice.title : speech.of(notice.titles);
	const text = notice.texts === undefined ? notice.text : speech.of(notice.texts);
	return (
		<div className={`notice ${isGrave ? "tone-late" : notice.kind === "incident" ? "tone-soon" : "tone-closed"}`}>
			<Icon name={notice.kind === "incident" ? "alert" : "wrench"} />
			<div className="told">
				<p className="head">
					<b>{speech.say(`notice.${notice.kind}`)}</b> <bdi>{title}</bdi>
				</p>
				{text !== "" && (
					<p>
						<bdi>{text}</bdi>
					</p>
				)}
				<p className="aside">
					{[
						speech.say(status),
						notice.components.join(", "),
						speech.say("notice.updated", { time: speech.moment(Date.parse(notice.updatedAt), at) }),
						isLinked ? speech.say("notice.linked") : "",
					]
						.filter(Boolean)
						.join(" · ")}
					{isWebAddress(notice.url) && (
						<>
							{" · "}
							<a href={notice.url} target="_blank" rel="noreferrer noopener">
								{speech.say("notice.page")}
							</a>
						</>
					)}
					{view !== null && !isLinked && (
						<>
							{" · "}
							<button type="button" className="link" disabled={shown.saving} onClick={() => acts.link(notice)}>
								{speech.say("notice.link")}
							</button>
						</>
					)}
				</p>
			</div>
			<button
				type="button"
				className="close"
				aria-label={speech.say("notice.dismiss")}
				onClick={() => acts.dismiss(notice.id)}
			>
				<Icon name="cross" />
			</button>
		</div>
	);
}

/** An address that the service sent is followed only when it is one of the web. */
function isWebAddress(url: string | null): url is string {
	return url !== null && /^https?:\/\//i.test(url);
}

/** The notices that are not put away: those of this ticket first, then those of its service, the gravest first. */
export function sortNotices(
	notices: readonly Notice[],
	{ ticket, service, dismissed }: { ticket: string | null; service: string | null; dismissed: readonly string[] },
): Notice[] {
	const gravity = ["critical", "major", "minor", "maintenance", "none"];
	const nearness = ({ tickets, services }: Notice) =>
		ticket !== null && tickets.includes(ticket) ? 0 : service !== null && services.includes(service) ? 1 : 2;
	return notices
		.filter(({ id }) => !dismissed.includes(id))
		.sort((a, b) => nearness(a) - nearness(b) || gravity.indexOf(a.impact) - gravity.indexOf(b.impact));
}
