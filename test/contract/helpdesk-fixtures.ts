import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Hint, Hook, ImportPart, Mapping, Write } from "../../webhook-service/src/adapters/helpdesks/helpdesk.ts";
import type { ErrorKind } from "../../webhook-service/src/errors.ts";

/** One delivery, byte for byte, and what it hints at. */
export type DeliveryFixture = {
	about: string;
	headers: Record<string, string>;
	/** Signs it, or stands in the address. */
	secret: string;
	/** The key that tells a repeat. */
	delivery: string;
	raw: string;
} & ({ hint: Hint } | { error: ErrorKind });

/** One question to the helpdesk and its answer. `body`: what must be asked, where it matters. */
export type Exchange = { what: string; body?: unknown; status?: number; reply: unknown };

type Operation =
	| { operation: "read"; ticket: string; known: Record<string, unknown>[] }
	| { operation: "write"; ticket: string; write: Write }
	| { operation: "changed-since"; since: string }
	| { operation: "present"; tickets: string[] }
	| { operation: "listed"; part: ImportPart; cursor: string | null; since: string | null }
	| { operation: "install"; hook: Hook }
	| { operation: "mapping" }
	| { operation: "probe" };

/** One operation of an adapter, replayed. Instants are ISO 8601. */
export type ReplyFixture = Operation & {
	about: string;
	settings?: Record<string, unknown>;
	exchanges: Exchange[];
	expected?: unknown;
	error?: ErrorKind;
	/** What the error must not repeat. */
	unsaid?: string[];
};

export type ConnectionFixture = { url: string; settings: Record<string, unknown>; mapping: Mapping; now: string };

const folder = join(import.meta.dirname, "../fixtures");

export function deliveries(adapter: string): { name: string; fixture: DeliveryFixture }[] {
	return load<DeliveryFixture>("deliveries", adapter, "what it sends, byte for byte");
}

export function replies(adapter: string): { name: string; fixture: ReplyFixture }[] {
	const found = load<ReplyFixture>("replies", adapter, "what it is asked and answers");
	return found.filter(({ name }) => name !== "connection");
}

export function connectionFixture(adapter: string): ConnectionFixture {
	const path = join(folder, "replies", adapter, "connection.json");
	if (!existsSync(path)) throw new Error(`"${adapter}" has no connection: write its settings and mapping in ${path}.`);
	return JSON.parse(readFileSync(path, "utf8")) as ConnectionFixture;
}

function load<T>(kind: string, adapter: string, what: string): { name: string; fixture: T }[] {
	const own = join(folder, kind, adapter);
	const names = existsSync(own) ? readdirSync(own).filter((name) => name.endsWith(".json")) : [];
	if (names.length === 0) {
		throw new Error(
			`"${adapter}" has no fixtures: write down ${what} in test/fixtures/${kind}/${adapter}/, one .json per case.`,
		);
	}
	return names.sort().map((name) => ({
		name: name.replace(".json", ""),
		fixture: JSON.parse(readFileSync(join(own, name), "utf8")) as T,
	}));
}
