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

// Permissions

const pattern = (origin: string) => `${origin}/*`;

/** Asks the person for an address. Must be called in the handler of a click. */
export function requestOrigin(origin: string): Promise<boolean> {
	return chrome.permissions.request({ origins: [pattern(origin)] });
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
			runAt: "document_idle",
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

/** Runs the script in a tab that was open already. A tab that refuses is left alone. */
export async function injectOverlay(script: string, tab: number): Promise<void> {
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

/** The tab that the popup was opened over. */
export async function currentTab(): Promise<number | null> {
	const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
	return tab?.id ?? null;
}
