import type { Paired } from "@stipt/shared/wire/pairing";
import express, { Router } from "express";
import { z } from "zod";
import { ServiceError } from "../errors.ts";
import type { Ports } from "../pipeline/ports.ts";
import { newSecret, sha256 } from "../verify.ts";
import { allowExtensions } from "./allow-extensions.ts";
import { pairPage } from "./pages/pair.ts";
import { pickLanguage } from "./pages/pick-language.ts";

const request = z.object({ secret: z.string().min(16).max(128) });

/** What stands behind a pairing link: a page that says what to do with it, and the one exchange of its secret for a token. */
export function pairing({ store, time, publicUrl }: Ports): Router {
	const router = Router();
	router.get("/pair", (asked, response) => {
		const language = pickLanguage(asked.query.lang, asked.headers["accept-language"]);
		response
			.set("Cache-Control", "no-store")
			.type("html")
			.send(pairPage({ language, baseUrl: publicUrl }));
	});
	router.use("/api/v1/pair", allowExtensions, express.json({ limit: "4kb" }));
	router.post("/api/v1/pair", async (asked, response) => {
		const { data } = request.safeParse(asked.body);
		if (data === undefined) throw new ServiceError("unreadable", "Expected {secret} of a pairing link.");
		const found = await store.takePairing(sha256(data.secret));
		const now = time();
		if (found === null || found.expiresAt <= now) {
			throw new ServiceError("rejected", "Expected a pairing link that was not used yet and is less than a day old.");
		}
		const { name, role, users, as } = found;
		const token = `stipt_${newSecret(32)}`;
		await store.saveToken({
			...{ hash: sha256(token), name, role, users, createdAt: now, lastUsedAt: null },
			...(as === undefined ? {} : { as }),
		});
		await store.audit({ at: now, by: name, what: `paired an extension (${role})` });
		response.set("Cache-Control", "no-store").json({ token } satisfies Paired);
	});
	return router;
}
