import express, { Router } from "express";
import type { Ports } from "../pipeline/ports.ts";
import { receive } from "../pipeline/receive.ts";

export const largestDelivery = 10 * 1024 * 1024;

/** Where helpdesks deliver: answers as soon as the delivery is durable, and never waits for the work. */
export function hooks(ports: Ports): Router {
	const router = Router();
	router.post(
		["/hooks/:connection", "/hooks/:connection/:secret"],
		express.raw({ type: () => true, limit: largestDelivery }),
		async (request, response) => {
			const { connection, secret } = request.params as { connection: string; secret?: string };
			const headers = Object.fromEntries(
				Object.entries(request.headers).map(([name, value]) => [
					name,
					Array.isArray(value) ? value.join(", ") : (value ?? ""),
				]),
			);
			const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
			const { delivery, repeated } = await receive({ connection, headers, body, addressSecret: secret }, ports);
			response.status(repeated ? 200 : 202).json({ delivery });
		},
	);
	return router;
}
