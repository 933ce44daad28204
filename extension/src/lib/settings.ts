import type { Me } from "@stipt/shared/wire/api";
import { isMe } from "../service/guards.ts";
import { isLanguageChoice, type LanguageChoice } from "../words/tables.ts";
import { readManaged, readStored, writeStored } from "./browser.ts";

/** When the person wants to be told outside the page. Times are `HH:MM` of the browser's own clock. */
export type Alerting = { on: boolean; quiet: { from: string; to: string } | null };

/** What the person set, and who the service said they are. Only the background and the options page's answers see it. */
export type Settings = {
	/** Origin (and path, if any) of the service, without a trailing slash. */
	address: string | null;
	token: string | null;
	language: LanguageChoice;
	me: Me | null;
	/** Ids of notices that were put away, the newest last. */
	dismissed: string[];
	alerting: Alerting;
	/** What an administrator preset, and the person cannot change. */
	preset: Preset[];
};

export type Preset = "address" | "language" | "alerting";

const key = "settings";
const mostDismissed = 200;

/** The stored settings under what an administrator preset; what is missing or unreadable is as on the first day. */
export async function readSettings(): Promise<Settings> {
	const [found, managed] = await Promise.all([readStored(key).then(asRecord), readManaged()]);
	const address = typeof managed["service"] === "string" ? parseAddress(managed["service"]) : null;
	const language = isLanguageChoice(managed["language"]) ? managed["language"] : null;
	const alerting = readAlerting(managed["notifications"]);
	return {
		address: address ?? (typeof found["address"] === "string" ? found["address"] : null),
		token: typeof found["token"] === "string" ? found["token"] : null,
		language: language ?? (isLanguageChoice(found["language"]) ? found["language"] : "browser"),
		me: isMe(found["me"]) ? found["me"] : null,
		dismissed: Array.isArray(found["dismissed"]) ? found["dismissed"].filter((id) => typeof id === "string") : [],
		alerting: alerting ?? readAlerting(found["alerting"]) ?? { on: false, quiet: null },
		preset: [
			...(address === null ? [] : (["address"] as const)),
			...(language === null ? [] : (["language"] as const)),
			...(alerting === null ? [] : (["alerting"] as const)),
		],
	};
}

/** The pairing link that an administrator gave this browser; `null`: none. */
export async function presetPairingLink(): Promise<string | null> {
	const { pairingLink } = await readManaged();
	return typeof pairingLink === "string" ? pairingLink : null;
}

/** Changes some settings, seen as they are then, and leaves the others; two changes at the same moment both count. */
export async function changeSettings(change: (before: Settings) => Partial<Omit<Settings, "preset">>): Promise<void> {
	await navigator.locks.request(key, async () => {
		const changed = change(await readSettings());
		const stored = { ...asRecord(await readStored(key)), ...changed };
		if (changed.dismissed !== undefined) stored["dismissed"] = changed.dismissed.slice(-mostDismissed);
		await writeStored(key, stored);
	});
}

/** Settings of notifications as stored, preset or sent; `null` when they are none. */
export function readAlerting(value: unknown): Alerting | null {
	const { on, quiet } = asRecord(value);
	if (typeof on !== "boolean") return null;
	const { from, to } = asRecord(quiet);
	return { on, quiet: isTimeOfDay(from) && isTimeOfDay(to) ? { from, to } : null };
}

/** The address of a service as a person types it; `null` when it is none. */
export function parseAddress(text: string): string | null {
	try {
		const url = new URL(text.trim());
		if (url.protocol !== "https:" && url.protocol !== "http:") return null;
		if (url.username !== "" || url.password !== "") return null;
		return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
	} catch {
		return null;
	}
}

function asRecord(value: unknown): Record<string, unknown> {
	return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function isTimeOfDay(value: unknown): value is string {
	return typeof value === "string" && /^([01]\d|2[0-3]):[0-5]\d$/.test(value);
}
