import type { PauseRule } from "../policy.ts";
import type { Finding, Lint } from "./lint.ts";

/** Pauses that may last for ever, and pauses that earlier ones leave nothing to do. */
export const pauseLints: Lint = ({ policy, source }) => {
	const found: Finding[] = [];
	for (const [index, pause] of policy.pauses.entries()) {
		const path = ["pauses", index];
		if (pause.longest === null) {
			found.push({
				path,
				code: "pause-without-longest",
				text: `A pause for the ${pause.owner} may last for ever. ${advice}`,
			});
		}
		const cover = policy.pauses.slice(0, index).findIndex((earlier) => covers(earlier, pause));
		if (cover !== -1) {
			const text = `The pause at pauses[${cover}] holds in all these states and for all these goals already, so this one's reason never shows. Leave it out, or name other states.`;
			found.push({ path, code: "pause-without-effect", text });
		}
	}
	if (policy.manualPauses.longest === null && source.valueAt(["manualPauses"]) !== undefined) {
		const text = `A pause by hand may last for ever. ${advice}`;
		found.push({ path: ["manualPauses"], code: "pause-without-longest", text });
	}
	return found;
};

const advice = "Say in longest how long at most, and what happens then.";

function covers(earlier: PauseRule, later: PauseRule): boolean {
	const states = earlier.states.map((state) => JSON.stringify(state));
	return (
		later.states.every((state) => states.includes(JSON.stringify(state))) &&
		later.goals.every((goal) => earlier.goals.includes(goal))
	);
}
