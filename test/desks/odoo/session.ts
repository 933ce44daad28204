import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { DeskState, Row } from "./state.ts";

const cookieName = "session_id";

const equal = (a: string, b: string): boolean =>
	a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

const sign = (state: DeskState, text: string): string =>
	createHmac("sha256", state.sessionKey).update(text).digest("hex").slice(0, 32);

/** A session of a user, signed, so that it outlives a restart of the desk. */
export function newSession(state: DeskState, uid: number): string {
	const plain = `${uid}.${randomBytes(9).toString("base64url")}`;
	return `${plain}.${sign(state, plain)}`;
}

/** The cookie as Odoo sets it: no `SameSite`, no `Secure`. */
export function sessionCookie(session: string, now: number): string {
	const expires = new Date(now + 365 * 24 * 3_600_000).toUTCString();
	return `${cookieName}=${session}; Expires=${expires}; Max-Age=604800; HttpOnly; Path=/`;
}

/** Whose session a request carries. */
export function sessionUser(state: DeskState, headers: Record<string, string>): Row | undefined {
	const found = (headers.cookie ?? "").split(/;\s*/).find((pair) => pair.startsWith(`${cookieName}=`));
	const [id = "", random = "", signature = ""] = (found?.slice(cookieName.length + 1) ?? "").split(".");
	if (!equal(signature, sign(state, `${id}.${random}`))) return undefined;
	return state.tables["res.users"]?.find((user) => String(user.id) === id && user.active !== false);
}

/** Whether a secret opens a user's account: an API key over RPC, the desk's common password everywhere. */
export function opens(
	state: DeskState,
	user: Row,
	secret: unknown,
	password: string | null,
	{ keys }: { keys: boolean },
): boolean {
	if (typeof secret !== "string" || secret === "") return false;
	if (password !== null && equal(secret, password)) return true;
	return keys && state.keys.some((key) => key.user === user.id && equal(key.value, secret));
}
