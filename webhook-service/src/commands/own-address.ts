import { ServiceError } from "../errors.ts";
import type { Ports } from "../pipeline/ports.ts";
import { type Finding, graded } from "./finding-lines.ts";

/** A worker that has not beaten its heart for this long is taken for dead. */
export const heartbeatMs = 30_000;

/** Whether our own service runs, as far as this process can tell. */
export type OwnService = { web: boolean; worker: boolean; finding: Finding };

/** Looks at the address where helpdesks deliver: whether we answer there, and whether that one could reach it. */
export async function lookAtOwnService(ports: Ports, helpdesk: string | null): Promise<OwnService> {
	const { publicUrl } = ports;
	const answer = await ports
		.callFor({ allowPrivate: true })({ method: "GET", url: `${publicUrl}/health`, timeoutMs: 5000 })
		.catch((error: unknown) => {
			if (error instanceof ServiceError) return error;
			throw error;
		});
	const beat = await ports.store.lastBeat();
	const worker = beat !== null && ports.time() - beat < heartbeatMs;
	const what = "Address for deliveries";
	const own = (found: string, todo: string | null): OwnService => ({
		web: !(answer instanceof ServiceError),
		worker,
		finding: graded({ what, found, todo, ok: true }),
	});
	if (answer instanceof ServiceError) {
		if (/redirects are not followed/.test(answer.message)) {
			const todo =
				"Set STIPT_URL to the address that it redirects to: some helpdesks follow it and lose what they send.";
			return own(`${publicUrl}: answers with a redirect`, todo);
		}
		const todo = worker
			? "Check STIPT_URL: the service runs, but does not answer there (seen from this machine)."
			: "Start the service (npm start), else nothing can arrive; check STIPT_URL if it runs.";
		return own(`${publicUrl}: nobody answers there`, todo);
	}
	if (isOurs(answer.body) && !worker)
		return own(`${publicUrl}: answers, but no worker runs`, "Start a worker (npm start runs both).");
	if (!isOurs(answer.body)) return own(`${publicUrl}: answers, but is not Stipt`, "Check STIPT_URL.");
	if (helpdesk !== null && isLoopback(publicUrl) && !isLoopback(helpdesk)) {
		const todo = "Set STIPT_URL to an address that the helpdesk's machine can reach: this one means itself to it.";
		return own(publicUrl, todo);
	}
	return own(`${publicUrl}: we answer there`, null);
}

function isOurs(body: unknown): boolean {
	return typeof body === "object" && body !== null && "status" in body && body.status === "alive";
}

function isLoopback(url: string): boolean {
	const { hostname } = new URL(url);
	return hostname === "localhost" || hostname === "[::1]" || /^127\./.test(hostname);
}
