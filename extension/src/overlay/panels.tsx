import css from "data-text:./panels.css";
import { createRoot, type Root } from "react-dom/client";
import { Boundary } from "./boundary.tsx";
import { findMeeting, type Panels } from "./meeting.ts";
import { Panel } from "./panel.tsx";

/** The overlay's second script: what a page pays for only when somebody comes near a panel. */
function panels(): Panels {
	const roots = new Map<Element, Root>();
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(css);
	return {
		sheet,
		draw: (frame, shown, fault) => {
			const root = roots.get(frame) ?? createRoot(frame);
			roots.set(frame, root);
			root.render(
				<Boundary fault={fault}>
					<Panel shown={shown} />
				</Boundary>,
			);
		},
		clear: (frame) => {
			roots.get(frame)?.unmount();
			roots.delete(frame);
		},
	};
}

const meeting = findMeeting();
// Put into a page twice, it changes nothing.
if (meeting !== null && meeting.panels === null) meeting.panels = panels();
