import { Buffer, isUtf8 } from "node:buffer";
import { ServiceError } from "../errors.ts";
import type { Payload } from "../queues.ts";
import { jobId } from "../queues.ts";
import type { StoredConnection } from "../store/store.ts";
import type { Ports } from "./ports.ts";
import { verify } from "./verify.ts";

export type IncomingDelivery = {
	connection: string;
	/** Names in lower case. */
	headers: Record<string, string>;
	body: Uint8Array;
	addressSecret: string | undefined;
};

/**
 * Verifies a delivery, makes it durable as one job per ticket, and answers its id. The same delivery again is
 * `repeated`; its jobs are added all the same, which changes nothing where they were kept the first time. Throws `unknown` (no such helpdesk), `rejected`, `unreadable`, or `busy` when the store is away:
 * then nothing is kept and the sender must try again.
 */
export async function receive(
	delivery: IncomingDelivery,
	ports: Ports,
): Promise<{ delivery: string; repeated: boolean }> {
	const { store, time, log } = ports;
	const receivedAt = time();
	const connection = await connectionOf(delivery, ports);
	const row = ports.adapters.helpdesks[connection.adapter];
	if (row === undefined) throw new ServiceError("unknown", `Expected a helpdesk, found connection "${connection.id}".`);
	const hint = row.hint(parseJson(delivery.body));
	const id = row.deliveryId(delivery.headers, delivery.body);
	const tickets = "ignored" in hint ? [] : hint.tickets;
	const atLeast = "ignored" in hint ? undefined : hint.changedAt;
	try {
		const adding = tickets.map((ticket) => {
			const payload: Payload<"intake"> = {
				connection: connection.id,
				ticket,
				cause: "delivery",
				delivery: id,
				receivedAt,
				...(atLeast === undefined ? {} : { atLeast }),
			};
			return ports.queues.add("intake", payload, { id: jobId("intake", connection.id, ticket, id) });
		});
		const heard = tickets.map((ticket) => store.saveHeard({ connection: connection.id, ticket }, receivedAt));
		const [isNew] = await Promise.all([store.markDelivery(connection.id, id), ...adding, ...heard]);
		ports.connections.delivered(connection.id, receivedAt);
		log.info(
			{ connection: connection.id, delivery: id, tickets, repeated: !isNew, ...("ignored" in hint ? hint : {}) },
			"delivery",
		);
		return { delivery: id, repeated: !isNew };
	} catch (cause) {
		throw new ServiceError("busy", "The delivery could not be kept: Redis does not answer. Send it again.", {
			cause,
			retryAfterMs: 10_000,
		});
	}
}

async function connectionOf(delivery: IncomingDelivery, { connections, adapters }: Ports): Promise<StoredConnection> {
	const proven = (connection: StoredConnection): StoredConnection => {
		const scheme = adapters.helpdesks[connection.adapter]?.scheme;
		if (connection.kind !== "helpdesk" || scheme === undefined) {
			throw new ServiceError("unknown", `Expected a helpdesk, found connection "${connection.id}".`);
		}
		verify({ ...delivery, scheme, secrets: connection.hookSecrets });
		return connection;
	};
	const find = async (fresh: boolean) => {
		try {
			return await connections.get(delivery.connection, { fresh, hurried: true });
		} catch (cause) {
			if (cause instanceof ServiceError) throw cause;
			throw new ServiceError("busy", "Redis does not answer. Send it again.", { cause, retryAfterMs: 10_000 });
		}
	};
	const remembered = await find(false);
	try {
		return proven(remembered);
	} catch (error) {
		if (!(error instanceof ServiceError) || error.kind !== "rejected") throw error;
		return proven(await find(true));
	}
}

function parseJson(body: Uint8Array): unknown {
	if (!isUtf8(body)) throw new ServiceError("unreadable", "Expected UTF-8 text, found other bytes.");
	const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8");
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new ServiceError("unreadable", "Expected JSON, found other text.", { cause });
	}
}
