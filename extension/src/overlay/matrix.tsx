import type { Preview, PreviewCell, PriorityChoice } from "@stipt/shared/wire/api";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { moveInGrid, nearestSpot, type Spot } from "./grid-moves.ts";
import { Guide } from "./guide.tsx";
import { Icon } from "./icons.tsx";
import { Justification } from "./justification.tsx";
import { isRestricted, Outcome } from "./outcome.tsx";
import { failureText, type Shown } from "./shown.ts";

/** The matrix's panel: every cell shows its priority and the deadline it would give; Enter or a click chooses. */
export function Matrix({ shown }: { shown: Shown }) {
	const { speech, preview, previewTrouble, acts } = shown;
	if (preview === null) {
		return previewTrouble === null ? (
			<p className="note" role="status">
				{speech.say("matrix.loading")}
			</p>
		) : (
			<p className="note wrong" role="alert">
				<span>{failureText(speech, previewTrouble)}</span>
				<button type="button" className="button" onClick={acts.retry}>
					{speech.say("tryAgain")}
				</button>
			</p>
		);
	}
	return <Choosing shown={shown} preview={preview.value} />;
}

function Choosing({ shown, preview }: { shown: Shown; preview: Preview }) {
	const { speech, saving, writeTrouble, unsavedPriority, acts } = shown;
	const { impacts, urgencies, current } = preview;
	const [spot, setSpot] = useState<Spot>({
		row: Math.max(
			0,
			impacts.findIndex(({ id }) => id === current.impact),
		),
		column: Math.max(
			0,
			urgencies.findIndex(({ id }) => id === current.urgency),
		),
	});
	const [justifying, setJustifying] = useState<PreviewCell | null>(null);
	const [guiding, setGuiding] = useState(false);
	const [disagrees, setDisagrees] = useState(false);
	const looked = cellAt(preview, spot);
	const nameOf = (priority: string) => priorityName(shown, preview, priority);
	const choose = (cell: PreviewCell) => {
		if (saving) return;
		if (cell.cappedFrom !== null && cell.justificationLiftsCap) setJustifying(cell);
		else send({ impact: cell.impact, urgency: cell.urgency });
	};
	const send = (choice: PriorityChoice) => acts.choose(disagrees ? { ...choice, consensus: false } : choice);
	if (justifying !== null) {
		return (
			<Justification shown={shown} cell={justifying} nameOf={nameOf} choose={send} back={() => setJustifying(null)} />
		);
	}
	if (guiding) {
		return (
			<Guide
				shown={shown}
				preview={preview}
				land={(to) => {
					setSpot(to);
					setGuiding(false);
				}}
				back={() => setGuiding(false)}
			/>
		);
	}
	return (
		<>
			{preview.questions !== undefined && preview.questions.length > 0 && (
				<p className="guide-me">
					<button type="button" className="link" onClick={() => setGuiding(true)}>
						{speech.say("matrix.guide")}
					</button>
				</p>
			)}
			<Grid shown={shown} preview={preview} spot={spot} look={setSpot} choose={choose} />
			{looked !== undefined && <Outcome shown={shown} cell={looked} preview={preview} nameOf={nameOf} />}
			{preview.withoutConsensus != null && (
				<label className="tick">
					<input type="checkbox" checked={disagrees} onChange={(event) => setDisagrees(event.currentTarget.checked)} />
					<span>
						{speech.say("matrix.disagrees")}
						{disagrees && !preview.withoutConsensus.isYours && (
							<span className="aside">
								{" "}
								{speech.say("matrix.decides", { role: speech.of(preview.withoutConsensus.role) })}
							</span>
						)}
					</span>
				</label>
			)}
			{unsavedPriority && (
				<p className="note warn">
					<Icon name="alert" />
					<span>{speech.say("matrix.unsaved")}</span>
				</p>
			)}
			{writeTrouble !== null && (
				<p className="note wrong" role="alert">
					<Icon name="alert" />
					<span>
						<b>{speech.say("failure.not-saved")}</b> {failureText(speech, writeTrouble)}
					</span>
				</p>
			)}
			<p className="fine" role="status">
				{speech.say(saving ? "matrix.saving" : "matrix.keys")}
			</p>
		</>
	);
}

type GridProps = {
	shown: Shown;
	preview: Preview;
	spot: Spot;
	look(spot: Spot): void;
	choose(cell: PreviewCell): void;
};

function Grid({ shown, preview, spot, look, choose }: GridProps) {
	const { speech } = shown;
	const { impacts, urgencies } = preview;
	const grid = useRef<HTMLTableElement>(null);
	useEffect(() => grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus(), []);

	// The arrow keys move the focus along with the cell that is looked at.
	const move = (event: KeyboardEvent) => {
		const size = { rows: impacts.length, columns: urgencies.length };
		// A digit looks at the nearest cell that gives that priority, the highest being 1.
		const wanted = /^[1-9]$/.test(event.key) ? preview.priorities[Number(event.key) - 1]?.id : undefined;
		const to =
			wanted === undefined
				? moveInGrid(spot, event.key, size)
				: nearestSpot(spot, size, (at) => cellAt(preview, at)?.priority === wanted);
		if (to === null) return;
		event.preventDefault();
		look(to);
		grid.current?.querySelector<HTMLElement>(`[data-spot="${to.row},${to.column}"]`)?.focus();
	};
	return (
		<table className="matrix" ref={grid} aria-label={speech.say("matrix.title")}>
			<thead>
				<tr>
					<td className="corner">
						<span>{speech.say("matrix.impact")} ↓</span>
						<span>{speech.say("matrix.urgency")} →</span>
					</td>
					{urgencies.map(({ id, name, hint }) => (
						<th key={id} scope="col" title={hint === null ? undefined : speech.of(hint)}>
							<bdi>{speech.of(name)}</bdi>
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{impacts.map(({ id, name, hint }, row) => (
					<tr key={id}>
						<th scope="row" title={hint === null ? undefined : speech.of(hint)}>
							<bdi>{speech.of(name)}</bdi>
						</th>
						{urgencies.map((urgency, column) => (
							<td key={urgency.id}>
								<Cell
									shown={shown}
									preview={preview}
									spot={{ row, column }}
									isLookedAt={spot.row === row && spot.column === column}
									look={look}
									move={move}
									choose={choose}
								/>
							</td>
						))}
					</tr>
				))}
			</tbody>
		</table>
	);
}

function cellAt({ cells, impacts, urgencies }: Preview, { row, column }: Spot): PreviewCell | undefined {
	return cells.find(({ impact, urgency }) => impact === impacts[row]?.id && urgency === urgencies[column]?.id);
}

type CellProps = GridProps & { isLookedAt: boolean; move(event: KeyboardEvent): void };

function Cell({ shown, preview, spot, isLookedAt, look, move, choose }: CellProps) {
	const { speech, at, saving } = shown;
	const cell = cellAt(preview, spot);
	if (cell === undefined) return <span className="cell empty">–</span>;
	const isCurrent = cell.impact === preview.current.impact && cell.urgency === preview.current.urgency;
	const nearest = nearestDeadline(cell);
	const moment = nearest === null ? null : speech.moment(Date.parse(nearest.deadline), at);
	return (
		<button
			type="button"
			className={`cell rank-${cell.priority} ${isLookedAt ? "looked" : ""} ${isCurrent ? "current" : ""}`}
			aria-current={isCurrent}
			aria-disabled={saving}
			tabIndex={isLookedAt ? 0 : -1}
			data-spot={`${spot.row},${spot.column}`}
			onFocus={() => look(spot)}
			onMouseEnter={() => look(spot)}
			onKeyDown={move}
			onClick={() => choose(cell)}
		>
			<span className="heard">
				{speech.say("matrix.cell", {
					impact: nameIn(shown, preview.impacts, cell.impact),
					urgency: nameIn(shown, preview.urgencies, cell.urgency),
				})}{" "}
			</span>
			<span className="priority">
				<bdi>{cell.priority}</bdi>
				<span className="heard">{priorityName(shown, preview, cell.priority).slice(cell.priority.length)}, </span>
				{isCurrent && <Icon name="check" />}
				{(cell.cappedFrom !== null || isRestricted(preview, cell)) && <Icon name="lock" />}
			</span>
			<span className={`when ${nearest?.missed ? "tone-late" : ""}`}>
				{nearest?.missed && <Icon name="alert" />}
				{nearest === null || moment === null ? (
					<span className="heard">{speech.say("matrix.noDeadline")}</span>
				) : (
					<>
						<span className="heard">
							{speech.say(`goal.${nearest.goal}`)} {speech.say("dueAt", { time: "" })}
						</span>
						{moment}
						{nearest.missed && <span className="heard">, {speech.say("matrix.already")}</span>}
					</>
				)}
				{isCurrent && <span className="heard">, {speech.say("matrix.current")}</span>}
				{cell.cappedFrom !== null && (
					<span className="heard">, {speech.say("matrix.capped", { from: cell.cappedFrom, to: cell.priority })}</span>
				)}
				{moment === null && <span aria-hidden="true">–</span>}
			</span>
		</button>
	);
}

/** The deadline that comes first. */
function nearestDeadline(
	cell: PreviewCell,
): { goal: PreviewCell["deadlines"][number]["goal"]; deadline: string; missed: boolean } | null {
	const dated = cell.deadlines.flatMap(({ goal, deadline, missed }) =>
		deadline === null ? [] : [{ goal, deadline, missed }],
	);
	return dated.sort((a, b) => Date.parse(a.deadline) - Date.parse(b.deadline))[0] ?? null;
}

function nameIn({ speech }: Shown, choices: Preview["impacts"], id: string): string {
	const found = choices.find((choice) => choice.id === id);
	return found === undefined ? id : speech.of(found.name);
}

/** `P2 High`; begins with the id, and is the id alone where the name says the same. */
function priorityName({ speech }: Shown, preview: Preview, priority: string): string {
	const found = preview.priorities.find(({ id }) => id === priority);
	const name = found === undefined ? "" : speech.of(found.name);
	return name === "" || name.startsWith(priority) ? name || priority : `${priority} ${name}`;
}
