import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Asked } from "../serve.ts";
import { denied, Refusal } from "./refusal.ts";
import { type DeskState, row, type UserRow } from "./state.ts";

/** Who asks, with which rights, and how that is known. */
export type Caller = { user: UserRow; permissions: string[]; via: "session" | "token" | "basic" };

const cookieName = "_zammad_session_5bd0f1c3a2e";

/** Whether rights cover a permission: the same, a parent of it, or (for `admin.*`) any part of it. */
export function permits(permissions: readonly string[], wanted: string): boolean {
	if (wanted.endsWith(".*")) {
		const parent = wanted.slice(0, -2);
		return permissions.some((permission) => permission === parent || permission.startsWith(`${parent}.`));
	}
	return permissions.some((permission) => permission === wanted || wanted.startsWith(`${permission}.`));
}

function ofRoles(state: DeskState, user: UserRow): string[] {
	return user.role_ids.flatMap((id) => row(state.roles, id, "role").permissions);
}

/** Rights of a token: its own list, as far as its user has them. */
function narrowed(own: readonly string[], listed: readonly string[]): string[] {
	return [
		...listed.filter((permission) => permits(own, permission)),
		...own.filter((permission) => permits(listed, permission)),
	];
}

function sign(state: DeskState, text: string): string {
	return createHmac("sha256", Buffer.from(state.sessionKey, "base64")).update(text).digest("hex").slice(0, 32);
}

/** A session of a user: `<user>.<random>.<signature>`, so that it outlives a restart of the desk. */
export function newSession(state: DeskState, user: UserRow): string {
	const plain = `${user.id}.${randomBytes(9).toString("base64url")}`;
	return `${plain}.${sign(state, plain)}`;
}

export function sessionCookie(session: string): string {
	return `${cookieName}=${session}; path=/; HttpOnly; SameSite=Lax`;
}

function equal(a: string, b: string): boolean {
	return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

/** The session a request carries, when it is one of ours. */
export function sessionOf(
	state: DeskState,
	headers: Record<string, string>,
): { session: string; user: UserRow } | null {
	const found = (headers.cookie ?? "").split(/;\s*/).find((pair) => pair.startsWith(`${cookieName}=`));
	const session = found?.slice(cookieName.length + 1) ?? "";
	const [id = "", random = "", signature = ""] = session.split(".");
	if (!equal(signature, sign(state, `${id}.${random}`))) return null;
	const user = state.users.find((candidate) => String(candidate.id) === id && candidate.active);
	return user ? { session, user } : null;
}

/** The CSRF token of a session. */
export function csrfToken(state: DeskState, session: string): string {
	return sign(state, `csrf ${session}`);
}

function byToken(state: DeskState, value: string, stamp: string): Caller {
	const token = state.tokens.find((candidate) => equal(candidate.value, value));
	const user = state.users.find((candidate) => candidate.id === token?.user_id);
	const expired = token?.expires_at && token.expires_at <= stamp;
	if (!token || !user || expired) throw new Refusal(401, "Can't find User for Token", { access: true });
	token.last_used_at = stamp;
	return { user, permissions: narrowed(ofRoles(state, user), token.permission), via: "token" };
}

function byPassword(state: DeskState, encoded: string, password: string | null): Caller {
	const [login = "", ...rest] = Buffer.from(encoded, "base64").toString("utf8").split(":");
	const user = state.users.find((candidate) => candidate.active && candidate.login === login.toLowerCase());
	if (!user || password === null || !equal(rest.join(":"), password)) {
		throw new Refusal(401, "Invalid BasicAuth credentials", { access: true });
	}
	return { user, permissions: ofRoles(state, user), via: "basic" };
}

function impersonated(state: DeskState, caller: Caller, whom: string | undefined): Caller {
	if (!whom) return caller;
	if (!permits(caller.permissions, "admin.user")) {
		throw denied("Current user has no permission to use 'From'/'X-On-Behalf-Of'!");
	}
	const user = state.users.find((candidate) => [String(candidate.id), candidate.login, candidate.email].includes(whom));
	if (!user) throw denied(`No such user '${whom}'`);
	return { ...caller, user, permissions: ofRoles(state, user) };
}

/** Who sends a request: a session wins over an `Authorization` header, and then changes need its CSRF token. */
export function whoAsks(state: DeskState, asked: Asked, password: string | null, stamp: string): Caller {
	const { headers, method } = asked;
	const session = sessionOf(state, headers);
	const whom = headers.from ?? headers["x-on-behalf-of"];
	if (session) {
		const changes = !["GET", "HEAD", "OPTIONS"].includes(method);
		if (changes && !equal(headers["x-csrf-token"] ?? "", csrfToken(state, session.session))) {
			throw new Refusal(401, "CSRF token verification failed!", { access: true });
		}
		const caller: Caller = { user: session.user, permissions: ofRoles(state, session.user), via: "session" };
		return impersonated(state, caller, whom);
	}
	const [, scheme = "", rest = ""] = /^(\w+)\s+(.*)$/.exec(headers.authorization ?? "") ?? [];
	if (/^(token|bearer)$/i.test(scheme)) {
		const value = /^token="?([^",]+)"?/.exec(rest)?.[1] ?? rest;
		return impersonated(state, byToken(state, value, stamp), whom);
	}
	if (/^basic$/i.test(scheme)) return impersonated(state, byPassword(state, rest, password), whom);
	throw denied("Authentication required");
}

/** Refuses a caller that lacks a permission, in the words of a real desk. */
export function need(state: DeskState, caller: Caller, permission: string): void {
	if (permits(caller.permissions, permission)) return;
	const userHas = permits(ofRoles(state, caller.user), permission);
	throw denied(userHas && caller.via === "token" ? "Not authorized (token)!" : "Not authorized (user)!");
}
