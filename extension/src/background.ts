import overlayScript from "url:./overlay/overlay.tsx";
import {
	allTabs,
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
	for (const tab of await tabsAt(origins)) await injectOverlay(overlayScript, tab);
	// Also where it may run no longer: there it finds that out, and stops.
	await Promise.all((await allTabs()).map((tab) => askTab(tab, "changed" satisfies Telling)));
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
	void refreshMe().then((isNew) => (isNew ? spreadInTurn() : undefined));
});
