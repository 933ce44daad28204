import { Icon } from "./icons.tsx";
import type { Shown } from "./shown.ts";

/** The matrix's button among the fields that it sets, with a label in the host's own style. */
export function Picker({ shown }: { shown: Shown }) {
	const { speech, view, preview, panel, acts } = shown;
	if (view === null) return null;
	const { priority, impact, urgency } = view.value;
	const nameOf = (list: "impacts" | "urgencies" | "priorities", id: string | null) => {
		const found = preview?.value[list].find((choice) => choice.id === id);
		return found === undefined ? null : speech.of(found.name);
	};
	const chosen = [nameOf("impacts", impact) ?? impact, nameOf("urgencies", urgency) ?? urgency];
	return (
		<div className="picker">
			<span className="label" aria-hidden="true">
				{speech.say("matrix.label")}
			</span>
			<button
				type="button"
				className="control"
				aria-haspopup="dialog"
				aria-expanded={panel === "matrix"}
				onClick={(event) => acts.toggle("matrix", event.currentTarget)}
			>
				<span className={`rank rank-${priority}`}>
					<bdi>{priority}</bdi>
				</span>
				<span className="chosen">
					<bdi>{chosen.every(Boolean) ? chosen.join(" × ") : speech.say("matrix.choose")}</bdi>
				</span>
				<span className="heard">. {speech.say("matrix.title")}</span>
				<Icon name="down" />
			</button>
		</div>
	);
}
