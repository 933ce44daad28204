import { describe, expect, test } from "vitest";
import type { Adapters } from "../adapters/bind.ts";
import type { Call } from "../call.ts";
import type { Log } from "../log.ts";
import type { Store, StoredConnection } from "../store/store.ts";
import { createConnections } from "./connections.ts";

const seconds = 1_000;

/** Connections over a store that answers when it is told to, at a time that a test sets. */
function remembering() {
	let now = 0;
	let version = 1;
	const waiting: (() => void)[] = [];
	const readConnection = async (id: string): Promise<StoredConnection> => {
		const read = version;
		await new Promise<void>((answer) => waiting.push(answer));
		return { id, url: `https://${read}.example` } as StoredConnection;
	};
	const connections = createConnections({
		store: { readConnection } as unknown as Store,
		adapters: {} as Adapters,
		time: () => now,
		log: {} as Log,
		callFor: () => (() => undefined) as unknown as Call,
		publicUrl: "https://stipt.example",
	});
	const answer = async () => {
		for (const each of waiting.splice(0)) each();
		await new Promise((done) => setTimeout(done));
	};
	const known = async () => {
		const first = connections.get("desk");
		await answer();
		await first;
		version = 2;
	};
	return { connections, waiting, answer, known, at: (instant: number) => (now = instant) };
}

const urlOf = async (found: Promise<StoredConnection>) => (await found).url;

describe("what is remembered of a connection", () => {
	test("does for two seconds; then it is read, and waited for", async () => {
		const { connections, waiting, answer, known, at } = remembering();
		await known();
		at(1.9 * seconds);
		expect(await urlOf(connections.get("desk"))).toBe("https://1.example");
		at(2 * seconds);
		const later = connections.get("desk");
		expect(waiting).toHaveLength(1);
		await answer();
		expect(await urlOf(later)).toBe("https://2.example");
	});

	test("does for a hook a minute longer, which has it read once, for those who come after it", async () => {
		const { connections, waiting, answer, known, at } = remembering();
		await known();
		at(30 * seconds);
		const hooks = [connections.get("desk", { hurried: true }), connections.get("desk", { hurried: true })];
		expect(await Promise.all(hooks.map(urlOf))).toEqual(["https://1.example", "https://1.example"]);
		expect(waiting).toHaveLength(1);
		await answer();
		expect(await urlOf(connections.get("desk", { hurried: true }))).toBe("https://2.example");
		expect(waiting).toHaveLength(0);
	});

	test("does for nobody after that, nor for who asks for what is there now", async () => {
		const { connections, waiting, answer, known, at } = remembering();
		await known();
		at(62 * seconds);
		const hook = connections.get("desk", { hurried: true });
		expect(waiting).toHaveLength(1);
		await answer();
		expect(await urlOf(hook)).toBe("https://2.example");
		const fresh = connections.get("desk", { fresh: true, hurried: true });
		expect(waiting).toHaveLength(1);
		await answer();
		await fresh;
	});
});
