import type { Goal } from "@stipt/shared/sla/fact";
import type { NamedRole, TicketDetail } from "@stipt/shared/wire/ticket-action";
import { Icon } from "./icons.tsx";
import type { Shown } from "./shown.ts";

/** How many steps ahead are shown. */
const mostAhead = 5;

/** Who would be told when, and what was sent to whom. */
export function Ladder({ shown, detail }: { shown: Shown; detail: TicketDetail }) {
	const { speech, at, readings } = shown;
	const { planned, sent } = detail;
	if (readings.length === 0 && sent.length === 0) return null;
	const moment = (instant: string) => speech.moment(Date.parse(instant), at);
	const names = (roles: readonly NamedRole[]) => roles.map(({ name }) => speech.of(name)).join(", ");
	return (
		<>
			<section className="part">
				<h3>{speech.say("ladder.planned")}</h3>
				{planned.length === 0 && <p className="fine">{speech.say("ladder.nobody")}</p>}
				<ol className="ladder">
					{aheadOf(planned).map(({ at: when, goals, roles }) => (
						<li key={`${when} ${names(roles)}`}>
							<span className="time">{moment(when)}</span>
							<span>
								<bdi>{names(roles)}</bdi>{" "}
								<span className="aside">{goals.map((goal) => speech.say(`goal.${goal}`)).join(", ")}</span>
							</span>
						</li>
					))}
				</ol>
			</section>
			{sent.length > 0 && (
				<section className="part">
					<h3>{speech.say("ladder.sent")}</h3>
					<ol className="ladder">
						{sent.map(({ alert, owedAt, goal, roles, told, acknowledged }) => (
							<li key={alert}>
								<span className="time">{moment(owedAt)}</span>
								<span>
									<bdi>{names(roles)}</bdi> <span className="aside">{speech.say(`goal.${goal}`)}</span>
									{told.map(({ role, channel, at: when, outcome }) => (
										<span key={`${role.id} ${channel}`} className={`told ${outcome === "failed" ? "tone-late" : ""}`}>
											<Icon name={outcome === "sent" ? "check" : outcome === "failed" ? "alert" : "clock"} />
											<bdi>
												{[
													roles.length > 1 ? speech.of(role.name) : "",
													channel,
													outcome === "sent" ? moment(when) : speech.say(`ladder.${outcome}`),
												]
													.filter(Boolean)
													.join(" · ")}
											</bdi>
										</span>
									))}
									{acknowledged !== null && (
										<span className="told">
											<Icon name="check" />
											<bdi>
												{speech.say("ladder.taken", {
													name: acknowledged.by,
													time: moment(acknowledged.at),
													promise: moment(acknowledged.nextPromise),
												})}
											</bdi>
										</span>
									)}
								</span>
							</li>
						))}
					</ol>
				</section>
			)}
		</>
	);
}

type Ahead = { at: string; goals: Goal[]; roles: NamedRole[] };

/** What comes next: roles that hear of several goals at one moment hear of them once. */
function aheadOf(planned: TicketDetail["planned"]): Ahead[] {
	const ahead = new Map<string, Ahead>();
	for (const { at, goal, roles } of planned) {
		const key = `${at} ${roles.map(({ id }) => id).join()}`;
		const one = ahead.get(key) ?? { at, goals: [], roles };
		if (!one.goals.includes(goal)) one.goals.push(goal);
		ahead.set(key, one);
	}
	return [...ahead.values()].slice(0, mostAhead);
}
