import { randomBytes } from "node:crypto";
import type { Answer } from "../serve.ts";
import { stampOf } from "./core.ts";
import { listed } from "./listed.ts";
import { userExpanded, userShown } from "./present-people.ts";
import { Refusal } from "./refusal.ts";
import { type Ask, found, isTrue, ok, only, paged, type Route, route } from "./route.ts";
import { nextId } from "./state.ts";

function matching(ask: Ask): Answer {
	const query = String(ask.body.query ?? "").toLowerCase();
	const { state } = ask.core;
	const users = state.users.filter((user) =>
		[user.login, user.email, user.firstname, user.lastname].some((text) => text.toLowerCase().includes(query)),
	);
	const page = paged(users.filter((user) => user.id !== 1).reverse(), ask.body, 20, 500);
	return ok(page.map((user) => (isTrue(ask.body.expand) ? userExpanded(state, user) : userShown(state, user))));
}

function createToken(ask: Ask): Answer {
	const { state } = ask.core;
	const { label, permission, expires_at } = ask.body;
	if (typeof label !== "string" || label === "") throw new Refusal(422, "Need label!");
	const value = randomBytes(32).toString("base64url");
	state.tokens.push({
		id: nextId(state, "token"),
		user_id: ask.caller.user.id,
		label,
		permission: Array.isArray(permission) ? permission.map(String) : [],
		value,
		last_used_at: null,
		expires_at: typeof expires_at === "string" ? expires_at : null,
		created_at: stampOf(ask.core),
	});
	ask.core.changed();
	return ok({ name: value });
}

/** Users and their access tokens. */
export const accountRoutes: Route[] = [
	route("GET", "/users/me", ({ core, caller, body }) =>
		ok((isTrue(body.expand) ? userExpanded : userShown)(core.state, caller.user)),
	),
	route("GET", "/users/search", only("ticket.agent", matching)),
	route(
		"GET",
		"/users",
		only(
			"ticket.agent",
			listed((state) => state.users, userShown, userExpanded),
		),
	),
	route("GET", "/users/:", (ask) => ok(userShown(ask.core.state, found(ask.core.state.users, "User", ask.params[0])))),
	route(
		"GET",
		"/user_access_token",
		only("user_preferences.access_token", (ask) => {
			const own = ask.core.state.tokens.filter((token) => token.user_id === ask.caller.user.id);
			return ok({
				tokens: own.map(({ value: _, permission, ...token }) => ({
					...token,
					updated_at: token.created_at,
					action: "api",
					preferences: { permission: Object.fromEntries(permission.map((name) => [name, true])) },
				})),
				permissions: [],
			});
		}),
	),
	route("POST", "/user_access_token", only("user_preferences.access_token", createToken)),
	route(
		"DELETE",
		"/user_access_token/:",
		only("user_preferences.access_token", (ask) => {
			const { tokens } = ask.core.state;
			const own = tokens.filter((token) => token.user_id === ask.caller.user.id);
			tokens.splice(tokens.indexOf(found(own, "Token", ask.params[0])), 1);
			ask.core.changed();
			return ok({});
		}),
	),
];
