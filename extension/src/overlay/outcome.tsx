import type { Preview, PreviewCell } from "@stipt/shared/wire/api";
import { Icon } from "./icons.tsx";
import type { Shown } from "./shown.ts";

/** How many roles a cell names, and of each how many moments. */
const mostRoles = 4;
const mostMoments = 3;

/** What a cell would mean: every deadline, a cap if there is one, and who would be told when. */
export function Outcome({
	shown,
	cell,
	preview,
	nameOf,
}: {
	shown: Shown;
	cell: PreviewCell;
	preview: Preview;
	nameOf(priority: string): string;
}) {
	const { speech, at } = shown;
	const restricted = restrictionOf(preview, cell);
	const hints = [
		preview.impacts.find(({ id }) => id === cell.impact)?.hint,
		preview.urgencies.find(({ id }) => id === cell.urgency)?.hint,
	].flatMap((hint) => (hint == null ? [] : [speech.of(hint)]));
	return (
		<div className="outcome">
			<p className="head">
				<b>
					<bdi>{nameOf(cell.priority)}</bdi>
				</b>
				{cell.cappedFrom !== null && (
					<span className="aside">{speech.say("matrix.capped", { from: cell.cappedFrom, to: cell.priority })}</span>
				)}
			</p>
			{hints.length > 0 && <p className="aside">{hints.join(" · ")}</p>}
			{restricted !== undefined && (
				<p className="aside">
					<Icon name="lock" />{" "}
					{speech.say("matrix.restricted", {
						priority: cell.priority,
						roles: speech.list(restricted.roles.map(speech.of)),
						to: restricted.otherwise,
					})}
				</p>
			)}
			<dl>
				{cell.deadlines.map(({ goal, deadline, remainingMs, missed }) => (
					<div key={goal} className={missed ? "tone-late" : ""}>
						<dt>{speech.say(`goal.${goal}`)}</dt>
						<dd>
							{deadline === null ? speech.say("matrix.noDeadline") : speech.moment(Date.parse(deadline), at)}
							{remainingMs !== null && (
								<span className="aside">
									{missed && <Icon name="alert" />}
									{speech.say(remainingMs < 0 ? "late" : "left", { time: speech.duration(remainingMs) })}
								</span>
							)}
						</dd>
					</div>
				))}
				<div>
					<dt>{speech.say("matrix.alertsTitle")}</dt>
					<dd>
						{cell.alerts.length === 0
							? speech.say("matrix.noAlerts")
							: toldOf(shown, cell).map(([role, moments]) => (
									<span key={role} className="alert">
										<bdi>{role}</bdi> {moments.join(", ")}
									</span>
								))}
					</dd>
				</div>
			</dl>
		</div>
	);
}

/** Who would be told, and when first: roles in the order in which they hear of it. */
function toldOf({ speech, at }: Shown, { alerts }: PreviewCell): [role: string, moments: string[]][] {
	const told = new Map<string, Set<string>>();
	for (const { role, at: when } of alerts) {
		const moments = told.get(speech.of(role)) ?? new Set();
		if (moments.size < mostMoments) moments.add(speech.moment(Date.parse(when), at));
		told.set(speech.of(role), moments);
	}
	return [...told].slice(0, mostRoles).map(([role, moments]) => [role, [...moments]]);
}

/** The bearer may not declare this cell's priority, and gets another one instead. */
export function isRestricted(preview: Preview, cell: PreviewCell): boolean {
	return restrictionOf(preview, cell) !== undefined;
}

function restrictionOf({ restricted, current }: Preview, { priority }: PreviewCell) {
	return priority === current.priority ? undefined : restricted?.find((rule) => rule.priority === priority);
}
