import overlayScript from "url:./overlay/overlay.tsx";
import {
	askTab,
	injectOverlay,
	lockStorage,
	onAsked,
	onInstalledOrStarted,
	onOriginsChanged,
	registerOverlay,
	tabsAt,
} from "./lib/browser.ts";
import type { Telling } from "./lib/messages.ts";
import { readSettings } from "./lib/settings.ts";
import { allowedOrigins, answers, refreshMe } from "./service/answers.ts";

/** Makes the overlay run on the helpdesks that the person allowed, in open tabs too, and begin anew where it runs. */
async function spread(): Promise<void> {
	const origins = await allowedOrigins(await readSettings());
	await registerOverlay(overlayScript, origins);
	for (const tab of await tabsAt(origins)) {
		await injectOverlay(overlayScript, tab);
		await askTab(tab, "changed" satisfies Telling);
	}
}

let latest: Promise<void> = Promise.resolve();
/** One after the other: registering twice at the same time fails. */
function spreadInTurn(): Promise<void> {
	latest = latest.then(spread, spread);
	return latest;
}

void lockStorage();
onAsked(answers(spreadInTurn));
onOriginsChanged(() => void spreadInTurn());
onInstalledOrStarted(() => {
	void spreadInTurn();
	void refreshMe().then(spreadInTurn);
});
