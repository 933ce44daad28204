import overlayScript from "url:./overlay/overlay.tsx";
import panelsScript from "url:./overlay/panels.tsx";
import { savePaths } from "./hosts/index.ts";
import {
	allTabs,
	askTab,
	injectScript,
	lockStorage,
	onAsked,
	onInstalledOrStarted,
	onNotificationClicked,
	onOriginsChanged,
	onPageSaved,
	onWoken,
	registerOverlay,
	tabsAt,
	wakeEvery,
} from "./lib/browser.ts";
import { now } from "./lib/clock.ts";
import type { Telling } from "./lib/messages.ts";
import { presetPairingLink, readSettings } from "./lib/settings.ts";
import { allowedOrigins, answers, refreshMe, reports } from "./service/answers.ts";
import { answerNotification, lookOut } from "./service/tell.ts";

/** Makes the overlay run on the helpdesks that the person allowed, in open tabs too, and begin anew where it runs. */
async function spread(): Promise<void> {
	const origins = await allowedOrigins(await readSettings());
	await registerOverlay(overlayScript, origins);
	for (const tab of await tabsAt(origins)) await injectScript(overlayScript, tab);
	// Also where it may run no longer: there it finds that out, and stops.
	await Promise.all((await allTabs()).map((tab) => askTab(tab, "changed" satisfies Telling)));
}

let latest: Promise<void> = Promise.resolve();
/** One after the other: registering twice at the same time fails. */
function spreadInTurn(): Promise<void> {
	latest = latest.then(spread, spread);
	return latest;
}

/** What an administrator preset is taken up where nobody has connected yet. */
async function pairByPreset(): Promise<void> {
	const link = (await readSettings()).token === null ? await presetPairingLink() : null;
	if (link !== null) await pair(link);
}

const { answer, hearSave, pair, open, acknowledgeAll } = answers({
	changed: async () => {
		await spreadInTurn();
		await look();
	},
	bringPanels: (tab) => injectScript(panelsScript, tab),
});
const ports = { open, acknowledgeAll, reports, now };
const look = () => lookOut(ports).catch(() => undefined);
const lookout = "look out";

void lockStorage();
onAsked(answer);
onPageSaved(savePaths, (saved) => void hearSave(saved));
onOriginsChanged(() => {
	listenToNotifications();
	void spreadInTurn();
});
onInstalledOrStarted(() => {
	void wakeEvery(lookout, 1);
	void spreadInTurn();
	void pairByPreset()
		.then(refreshMe)
		.then((isNew) => (isNew ? spreadInTurn() : undefined))
		.then(look);
});
onWoken(lookout, () => void look());

let hears = false;
/** Notifications may be allowed while the background runs. */
function listenToNotifications(): void {
	if (hears) return;
	hears = onNotificationClicked((key, button) => void answerNotification(key, button, ports));
}
listenToNotifications();
