import express, { type RequestHandler } from "express";
import type { Ports } from "../pipeline/ports.ts";
import { receive } from "../pipeline/receive.ts";

export const largestDelivery = 10 * 1024 * 1024;

/** Where helpdesks deliver; one that cannot sign has its secret in the address. */
export const hookPath = "/hooks/:connection{/:secret}";

/** Takes deliveries in: answers as soon as one is durable, and never waits for the work. */
export function hooks(ports: Ports): RequestHandler[] {
	return [
		express.raw({ type: () => true, limit: largestDelivery }),
		async (request, response) => {
			const { connection, secret } = request.params as { connection: string; secret?: string };
			const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
			const headers = request.headers as Record<string, string>;
			const { delivery, repeated } = await receive({ connection, headers, body, addressSecret: secret }, ports);
			response
				.writeHead(repeated ? 200 : 202, { "Content-Type": "application/json; charset=utf-8" })
				.end(JSON.stringify({ delivery }));
		},
	];
}
