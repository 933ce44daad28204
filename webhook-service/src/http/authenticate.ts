import type { Request, RequestHandler } from "express";
import { ServiceError } from "../errors.ts";
import { failure } from "../log.ts";
import type { Ports } from "../pipeline/ports.ts";
import type { StoredToken } from "../store/store.ts";
import { sha256 } from "../verify.ts";

const bearers = new WeakMap<Request, StoredToken>();

/** Lets a request pass that carries a personal token. Every other one gets the same 401. */
export function authenticate({ store, time, log }: Ports): RequestHandler {
	return async (request, response, next) => {
		const [scheme, token] = (request.headers.authorization ?? "").split(" ");
		const found = scheme?.toLowerCase() === "bearer" && token ? await store.readToken(sha256(token)) : null;
		if (found === null) {
			response.set("WWW-Authenticate", "Bearer");
			throw new ServiceError("rejected", "Expected a personal token: Authorization: Bearer …");
		}
		bearers.set(request, found);
		store.touchToken(found.hash, time()).catch((error: unknown) => log.warn(failure(error), "token not touched"));
		next();
	};
}

/** Who asks. */
export function bearer(request: Request): StoredToken {
	const token = bearers.get(request);
	if (token === undefined) throw new ServiceError("rejected", "Expected a personal token.");
	return token;
}
