import type { Adapters } from "../adapters/bind.ts";
import type { Call } from "../call.ts";
import type { TimeOfDay } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Queues } from "../queues.ts";
import type { Store } from "../store/store.ts";
import type { Connections } from "./connections.ts";
import type { Policies } from "./policies.ts";

/** What the pipeline works with. Built once, in `wiring.ts`. */
export type Ports = {
	store: Store;
	queues: Queues;
	time: TimeOfDay;
	log: Log;
	adapters: Adapters;
	/** Outgoing HTTP, for a connection that may or may not reach private addresses. */
	callFor(connection: { allowPrivate: boolean }): Call;
	connections: Connections;
	policies: Policies;
	/** Where people reach this service. */
	publicUrl: string;
	/** Secret of the installation: signs links. */
	secret: string;
};
