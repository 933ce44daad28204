/** The only file that touches `chrome.*`. */

/** Who sent a message: a page under the overlay, or one of the extension's own pages. */
export type Sender = { kind: "overlay"; origin: string; tab: number } | { kind: "own-page" };

/** False once the extension was updated, reloaded or removed under a running overlay. */
export function isAlive(): boolean {
	return globalThis.chrome?.runtime?.id !== undefined;
}

export function version(): string {
	return chrome.runtime.getManifest().version;
}

/** Languages that the person reads, best first. */
export function browserLanguages(): readonly string[] {
	return navigator.languages.length > 0 ? navigator.languages : [navigator.language];
}

// Messages

/** Sends a message to the background and waits for its answer. */
export function askBackground(message: unknown): Promise<unknown> {
	return chrome.runtime.sendMessage(message);
}

/** Sends a message to the overlay in a tab; `undefined` when there is none. */
export async function askTab(tab: number, message: unknown): Promise<unknown> {
	try {
		return await chrome.tabs.sendMessage(tab, message, { frameId: 0 });
	} catch {
		return undefined;
	}
}

/** Answers what overlays and own pages ask. Anybody else is not heard. */
export function onAsked(answer: (message: unknown, sender: Sender) => Promise<unknown>): void {
	chrome.runtime.onMessage.addListener((message: unknown, raw, reply) => {
		const sender = senderOf(raw);
		if (sender === null) return false;
		answer(message, sender).then(reply, () => reply(undefined));
		return true;
	});
}

/** In an overlay: answers what the extension's own pages and background ask. Returns how to stop. */
export function onTold(answer: (message: unknown) => unknown): () => void {
	const listener = (message: unknown, raw: chrome.runtime.MessageSender, reply: (answer: unknown) => void) => {
		if (raw.id !== chrome.runtime.id || raw.tab?.id !== undefined) return;
		reply(answer(message));
	};
	chrome.runtime.onMessage.addListener(listener);
	return () => {
		if (isAlive()) chrome.runtime.onMessage.removeListener(listener);
	};
}

function senderOf(raw: chrome.runtime.MessageSender): Sender | null {
	if (raw.id !== chrome.runtime.id || raw.origin === undefined) return null;
	if (raw.origin === new URL(chrome.runtime.getURL("")).origin) return { kind: "own-page" };
	if (raw.tab?.id === undefined || raw.frameId !== 0) return null;
	return { kind: "overlay", origin: raw.origin, tab: raw.tab.id };
}

// Storage

/** Keeps what is stored away from scripts that run in pages. */
export async function lockStorage(): Promise<void> {
	await chrome.storage.local.setAccessLevel({ accessLevel: "TRUSTED_CONTEXTS" });
}

export async function readStored(key: string): Promise<unknown> {
	return (await chrome.storage.local.get(key))[key];
}

export async function writeStored(key: string, value: unknown): Promise<void> {
	await chrome.storage.local.set({ [key]: value });
}

/** What lives as long as the browser runs, though the background may die in between. */
export async function readRemembered(key: string): Promise<unknown> {
	return (await chrome.storage.session.get(key))[key];
}

export async function remember(key: string, value: unknown): Promise<void> {
	await chrome.storage.session.set({ [key]: value });
}

/** What an administrator preset for this browser; empty where nobody did. */
export async function readManaged(): Promise<Record<string, unknown>> {
	try {
		return await chrome.storage.managed.get();
	} catch {
		return {};
	}
}

// Permissions

/** Firefox's patterns know no ports: one with a port matches nothing. Whose page it is, is checked by its origin too. */
function pattern(origin: string): string {
	const { protocol, hostname } = new URL(origin);
	return isFirefox() ? `${protocol}//${hostname}/*` : `${origin}/*`;
}

/** Asks the person for addresses, all at once. Must be called in the handler of a click. */
export function requestOrigins(origins: readonly string[]): Promise<boolean> {
	return chrome.permissions.request({ origins: origins.map(pattern) });
}

export function withdrawOrigin(origin: string): Promise<boolean> {
	return chrome.permissions.remove({ origins: [pattern(origin)] });
}

export function hasOrigin(origin: string): Promise<boolean> {
	return chrome.permissions.contains({ origins: [pattern(origin)] });
}

export function onOriginsChanged(act: () => void): void {
	chrome.permissions.onAdded.addListener(act);
	chrome.permissions.onRemoved.addListener(act);
}

/**
 * Calls `act` when a page that the person allowed was answered well to something that it sent to one of these paths.
 * Told by the browser at once, however busy the page is. Nothing but the address is seen.
 */
export function onPageSaved(paths: readonly string[], act: (saved: { address: URL; tab: number }) => void): void {
	chrome.webRequest.onCompleted.addListener(
		({ method, statusCode, tabId, url }) => {
			if (method !== "GET" && statusCode < 400 && tabId >= 0) act({ address: new URL(url), tab: tabId });
		},
		{ urls: paths.map((path) => `*://*${path}`), types: ["xmlhttprequest"] },
	);
}

// The overlay's script

const overlayId = "overlay";

/** Makes the script run on every page of these origins from now on, and on no other. */
export async function registerOverlay(script: string, origins: readonly string[]): Promise<void> {
	const file = packagedPath(script);
	const known = await chrome.scripting.getRegisteredContentScripts({ ids: [overlayId] });
	if (known.length > 0) await chrome.scripting.unregisterContentScripts({ ids: [overlayId] });
	if (origins.length === 0) return;
	await chrome.scripting.registerContentScripts([
		{
			id: overlayId,
			js: [file],
			matches: origins.map(pattern),
			// Before the page is drawn for the first time: what comes later moves what a person reads already.
			runAt: "document_start",
			persistAcrossSessions: true,
		},
	]);
}

/** Tabs that show a page of these origins now. */
export async function tabsAt(origins: readonly string[]): Promise<number[]> {
	return origins.length === 0 ? [] : idsOf(await chrome.tabs.query({ url: origins.map(pattern) }));
}

/** Every tab, whatever it shows: what that is stays unknown. */
export async function allTabs(): Promise<number[]> {
	return idsOf(await chrome.tabs.query({}));
}

function idsOf(tabs: readonly chrome.tabs.Tab[]): number[] {
	return tabs.flatMap(({ id }) => (id === undefined ? [] : [id]));
}

/** Runs one of our scripts in the page that a tab shows now. A tab that refuses is left alone. */
export async function injectScript(script: string, tab: number): Promise<void> {
	try {
		await chrome.scripting.executeScript({ target: { tabId: tab }, files: [packagedPath(script)] });
	} catch {
		// The tab was closed, or shows a page that no script may enter.
	}
}

/** Firefox refuses absolute addresses where Chromium takes both. */
function packagedPath(url: string): string {
	return new URL(url, chrome.runtime.getURL("/")).pathname.slice(1);
}

// Life of the background, and the extension's own pages

export function onInstalledOrStarted(act: () => void): void {
	chrome.runtime.onInstalled.addListener(act);
	chrome.runtime.onStartup.addListener(act);
}

export async function openOptions(): Promise<void> {
	await chrome.runtime.openOptionsPage();
}

export async function openTab(url: string): Promise<void> {
	await chrome.tabs.create({ url });
}

/** Opens the panel beside the page. Must be called in the handler of a click. */
export async function openSidePanel(): Promise<void> {
	if (isFirefox()) return firefoxSidebar()?.open();
	const { id } = await chrome.windows.getCurrent();
	if (id !== undefined) await chrome.sidePanel.open({ windowId: id });
}

/** Brings a tab that already shows this address to the front, or opens one. */
export async function showTab(url: string): Promise<void> {
	const { origin } = new URL(url);
	const there = (await hasOrigin(origin)) ? await chrome.tabs.query({ url: pattern(origin) }) : [];
	const shown = there.find((tab) => tab.url === url);
	if (shown?.id === undefined) return openTab(url);
	await chrome.tabs.update(shown.id, { active: true });
	await chrome.windows.update(shown.windowId, { focused: true });
}

function isFirefox(): boolean {
	return chrome.runtime.getURL("").startsWith("moz-extension:");
}

/** Firefox's own name for it, which Chromium's types do not have. */
function firefoxSidebar(): { open(): Promise<void> } | undefined {
	return (chrome as { sidebarAction?: { open(): Promise<void> } }).sidebarAction;
}

/** The tab that the popup was opened over. */
export async function currentTab(): Promise<number | null> {
	const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
	return tab?.id ?? null;
}

// Time that passes while the background sleeps

/** Wakes the background every so many minutes, also after it was put to sleep. */
export async function wakeEvery(name: string, minutes: number): Promise<void> {
	if ((await chrome.alarms.get(name))?.periodInMinutes === minutes) return;
	await chrome.alarms.create(name, { periodInMinutes: minutes, delayInMinutes: minutes });
}

export function onWoken(name: string, act: () => void): void {
	chrome.alarms.onAlarm.addListener((alarm) => {
		if (alarm.name === name) act();
	});
}

// The icon in the toolbar

/** A count on the icon, and what it stands for. An empty text takes it away. */
export async function showBadge({
	text,
	colour,
	title,
}: {
	text: string;
	colour: string;
	title: string;
}): Promise<void> {
	await chrome.action.setBadgeText({ text });
	await chrome.action.setTitle({ title });
	if (text === "") return;
	await chrome.action.setBadgeBackgroundColor({ color: colour });
	await chrome.action.setBadgeTextColor({ color: "#ffffff" });
}

// Notifications of the system

const notifications = { permissions: ["notifications" as const] };

export function mayNotify(): Promise<boolean> {
	return chrome.permissions.contains(notifications);
}

/** Must be called in the handler of a click. */
export function requestNotifications(): Promise<boolean> {
	return chrome.permissions.request(notifications);
}

/** Firefox shows no buttons, so there a click is all that a notification offers. */
export async function notify(
	id: string,
	{ title, message, buttons }: { title: string; message: string; buttons: string[] },
): Promise<void> {
	await chrome.notifications.create(id, {
		type: "basic",
		iconUrl: iconPath(),
		title,
		message,
		...(isFirefox() ? {} : { buttons: buttons.map((label) => ({ title: label })), requireInteraction: true }),
	});
}

export async function takeBackNotification(id: string): Promise<void> {
	await chrome.notifications.clear(id);
}

/** `button`: its position; `null`: the notification itself. Answers `false` while notifications are not allowed. */
export function onNotificationClicked(act: (id: string, button: number | null) => void): boolean {
	if (chrome.notifications === undefined) return false;
	chrome.notifications.onClicked.addListener((id) => act(id, null));
	chrome.notifications.onButtonClicked?.addListener((id, button) => act(id, button));
	return true;
}

function iconPath(): string {
	const icons = chrome.runtime.getManifest().icons ?? {};
	return chrome.runtime.getURL(icons[128] ?? icons[64] ?? "");
}
