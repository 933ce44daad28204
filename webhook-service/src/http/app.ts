import express, { type Express } from "express";
import type { Ports } from "../pipeline/ports.ts";
import { alerts } from "./alerts.ts";
import { api } from "./api.ts";
import { health } from "./health.ts";
import { hookPath, hooks } from "./hooks.ts";
import { pairing } from "./pairing.ts";
import { answerProblems } from "./problem.ts";
import { publicPages } from "./public-pages.ts";

/** The web side of the service. */
export function createApp(ports: Ports): Express {
	const app = express();
	app.disable("x-powered-by");
	app.set("query parser", "simple");
	app.set("etag", false);
	app.post(hookPath, ...hooks(ports));
	app.use((_request, response, next) => {
		response.set({
			"Content-Security-Policy":
				"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
			"X-Content-Type-Options": "nosniff",
			"Referrer-Policy": "no-referrer",
			"X-Frame-Options": "DENY",
		});
		next();
	});
	app.use(health(ports));
	app.use(pairing(ports));
	app.use(api(ports));
	app.use(alerts(ports));
	app.use(publicPages(ports));
	app.use(answerProblems(ports.log));
	return app;
}
