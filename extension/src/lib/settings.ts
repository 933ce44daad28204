import type { Me } from "@stipt/shared/wire/api";
import { isMe } from "../service/guards.ts";
import { isLanguageChoice, type LanguageChoice } from "../words/tables.ts";
import { readStored, writeStored } from "./browser.ts";

/** What the person set, and who the service said they are. Only the background and the options page's answers see it. */
export type Settings = {
	/** Origin (and path, if any) of the service, without a trailing slash. */
	address: string | null;
	token: string | null;
	language: LanguageChoice;
	me: Me | null;
	/** Ids of notices that were put away, the newest last. */
	dismissed: string[];
};

const key = "settings";
const empty: Settings = { address: null, token: null, language: "browser", me: null, dismissed: [] };
const mostDismissed = 200;

/** The stored settings; what is missing or unreadable is as on the first day. */
export async function readSettings(): Promise<Settings> {
	const stored = await readStored(key);
	if (typeof stored !== "object" || stored === null) return empty;
	const found = stored as Partial<Record<keyof Settings, unknown>>;
	return {
		address: typeof found.address === "string" ? found.address : null,
		token: typeof found.token === "string" ? found.token : null,
		language: isLanguageChoice(found.language) ? found.language : "browser",
		me: isMe(found.me) ? found.me : null,
		dismissed: Array.isArray(found.dismissed) ? found.dismissed.filter((id) => typeof id === "string") : [],
	};
}

/** Changes some settings and leaves the others. */
export async function changeSettings(change: Partial<Settings>): Promise<Settings> {
	const settings = { ...(await readSettings()), ...change };
	settings.dismissed = settings.dismissed.slice(-mostDismissed);
	await writeStored(key, settings);
	return settings;
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
