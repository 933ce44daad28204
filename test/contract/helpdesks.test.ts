import { createHmac } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { inOrder } from "@stipt/shared/sla/evaluation";
import type { Fact } from "@stipt/shared/sla/fact";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { TicketReading } from "../../webhook-service/src/adapters/helpdesks/helpdesk.ts";
import { type HelpdeskId, helpdesks } from "../../webhook-service/src/adapters/helpdesks/index.ts";
import { type Call, createCall } from "../../webhook-service/src/call.ts";
import { type ErrorKind, ServiceError } from "../../webhook-service/src/errors.ts";
import { verify } from "../../webhook-service/src/pipeline/verify.ts";
import type { StoredConnection } from "../../webhook-service/src/store/store.ts";
import {
	connectionFixture,
	type DeliveryFixture,
	deliveries,
	type ReplyFixture,
	replies,
} from "./helpdesk-fixtures.ts";
import { always, replay } from "./helpdesk-replay.ts";

const ids = Object.keys(helpdesks) as HelpdeskId[];
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
	await Promise.all(stops.splice(0).map((stop) => stop()));
});

function bound(adapter: HelpdeskId, call: Call, overrides: { url?: string; settings?: Record<string, unknown> } = {}) {
	const { url, settings, mapping } = connectionFixture(adapter);
	const connection: StoredConnection = {
		...{ id: "desk", kind: "helpdesk", adapter, name: "Desk", url, settings, hookSecrets: [] },
		...{ allowPrivate: true, mapping, policy: null, createdAt: 0 },
		...overrides,
	};
	return helpdesks[adapter].bind(connection, call);
}

const nowOf = (adapter: HelpdeskId) => Date.parse(connectionFixture(adapter).now);

function factOf(written: Record<string, unknown>): Fact {
	return { seenAt: 0, ...written, at: Date.parse(String(written.at)) } as Fact;
}

async function run(adapter: HelpdeskId, fixture: ReplyFixture, call: Call): Promise<unknown> {
	const desk = bound(adapter, call, fixture.settings === undefined ? {} : { settings: fixture.settings });
	const now = nowOf(adapter);
	switch (fixture.operation) {
		case "read":
			return desk.read(fixture.ticket, fixture.known.map(factOf), now);
		case "write":
			return desk.write(fixture.ticket, fixture.write, now);
		case "changed-since":
			return desk.changedSince(Date.parse(fixture.since), now);
		case "present":
			return desk.present(fixture.tickets, now);
		case "listed": {
			const { part, cursor, since } = fixture;
			return desk.listed({ part, cursor, since: since === null ? null : Date.parse(since) }, now);
		}
		case "install":
			return desk.install(fixture.hook, now);
		case "mapping":
			return desk.proposeMapping(now);
		case "probe":
			return desk.probe(now);
	}
}

/** A result as fixtures write it: instants in ISO 8601, facts without when we learned them. */
function written(fixture: ReplyFixture, result: unknown): unknown {
	if (fixture.operation === "read") {
		const reading = result as TicketReading;
		if (!reading.found) return reading;
		const facts = reading.facts.map(({ seenAt: _seenAt, at, ...fact }) => ({ ...fact, at: iso(at) }));
		const { writtenAt: _writtenAt, ...shown } = reading.snapshot;
		const notes = (reading.notes ?? []).map(({ html, at }) => ({ html, at: iso(at) }));
		const snapshot = { ...shown, updatedAt: iso(shown.updatedAt) };
		return { found: true, snapshot, facts, ...(notes.length === 0 ? {} : { notes }) };
	}
	if (fixture.operation === "changed-since") {
		const { tickets, more } = result as { tickets: { ticket: string; updatedAt: number }[]; more: boolean };
		return { tickets: tickets.map(({ ticket, updatedAt }) => [ticket, iso(updatedAt)]), more };
	}
	return result;
}

const iso = (at: number) => new Date(at).toISOString();

async function errorOf(attempt: () => Promise<unknown> | unknown): Promise<ServiceError> {
	try {
		await attempt();
	} catch (error) {
		if (error instanceof ServiceError) return error;
		throw error;
	}
	throw new Error("Expected a ServiceError, found an answer.");
}

type Signed = { secret: string; raw: string; headers: Record<string, string> };

function passes(adapter: HelpdeskId, { secret, raw, headers }: Signed, secrets: string[]): boolean {
	const { scheme } = helpdesks[adapter];
	const addressSecret = scheme.kind === "address" ? secret : undefined;
	try {
		verify({ scheme, secrets, headers, body: Buffer.from(raw), addressSecret });
		return true;
	} catch (error) {
		expect(error).toBeInstanceOf(ServiceError);
		expect((error as ServiceError).kind).toBe("rejected");
		return false;
	}
}

async function deskThat(answer: (response: ServerResponse) => void): Promise<string> {
	const server = createServer((request, response) => {
		request.resume();
		request.on("end", () => answer(response));
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	stops.push(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const faults: { what: string; kinds: ErrorKind[]; answer: (response: ServerResponse) => void }[] = [
	{ what: "401", kinds: ["denied"], answer: (response) => response.writeHead(401).end() },
	{ what: "403", kinds: ["denied"], answer: (response) => response.writeHead(403).end() },
	{
		what: "a 404 of a proxy",
		kinds: ["unreachable", "misconfigured"],
		answer: (response) => response.writeHead(404).end("<html>"),
	},
	{ what: "422", kinds: ["refused"], answer: (response) => response.writeHead(422).end() },
	{ what: "429", kinds: ["busy"], answer: (response) => response.writeHead(429, { "retry-after": "7" }).end() },
	{ what: "500", kinds: ["unreachable"], answer: (response) => response.writeHead(500).end() },
	{ what: "503", kinds: ["busy"], answer: (response) => response.writeHead(503).end() },
	{
		what: "an HTML page",
		kinds: ["unreachable"],
		answer: (response) =>
			response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Maintenance</title>"),
	},
	{
		what: "half of a JSON answer",
		kinds: ["unreachable"],
		answer: (response) => response.writeHead(200, { "content-type": "application/json" }).end('{"id": 1, "num'),
	},
	{ what: "nothing, for ever", kinds: ["unreachable"], answer: () => undefined },
	{ what: "a closed connection", kinds: ["unreachable"], answer: (response) => response.destroy() },
	{
		what: "a redirect",
		kinds: ["refused"],
		answer: (response) => response.writeHead(302, { location: "https://example.org" }).end(),
	},
];

describe.each(ids)("%s: deliveries", (adapter) => {
	const row = helpdesks[adapter];
	const all = deliveries(adapter);
	const good = all.filter(
		(each): each is { name: string; fixture: DeliveryFixture & { hint: unknown } } => "hint" in each.fixture,
	);

	it.each(all)("$name: $fixture.about", async ({ fixture }) => {
		const body: unknown = JSON.parse(fixture.raw);
		expect(row.deliveryId(fixture.headers, Buffer.from(fixture.raw))).toBe(fixture.delivery);
		if ("error" in fixture) expect((await errorOf(() => row.hint(body))).kind).toBe(fixture.error);
		else expect(row.hint(body)).toEqual(fixture.hint);
	});

	it("has at least ten that are hints, and one that is none", () => {
		expect(good.length).toBeGreaterThanOrEqual(10);
		expect(all.length).toBeGreaterThan(good.length);
	});

	it.each(good)("$name passes with the newest secret and with one that is being replaced", ({ fixture }) => {
		expect(passes(adapter, fixture, [fixture.secret])).toBe(true);
		expect(passes(adapter, fixture, ["a newer one", fixture.secret])).toBe(true);
	});

	it.each(good)("$name is rejected with another, a shorter, an empty or no secret", ({ fixture }) => {
		for (const secrets of [["another"], [fixture.secret.slice(0, -1)], [`${fixture.secret}x`], [""], []]) {
			expect(passes(adapter, fixture, secrets)).toBe(false);
		}
		expect(passes(adapter, { ...fixture, secret: "", headers: {} }, [fixture.secret])).toBe(false);
	});

	it("names another delivery by another id", () => {
		const named = new Set(all.map(({ fixture }) => row.deliveryId(fixture.headers, Buffer.from(fixture.raw))));
		expect(named.size).toBe(all.length);
	});

	it("names a delivery without a usable id by its bytes", () => {
		const name = (headers: Record<string, string>, text: string) => row.deliveryId(headers, Buffer.from(text));
		for (const id of ["", "1", "not an id", "../../etc", "x".repeat(5000)]) {
			expect(name({ "x-zammad-delivery": id }, "a")).toBe(name({}, "a"));
		}
		expect(name({}, "a")).not.toBe(name({}, "b"));
		expect(name({}, "a")).toMatch(/^[\w-]{10,100}$/);
	});

	it("throws nothing but a ServiceError for 10,000 bodies that are not its own, or changed", () => {
		const raws = good.map(({ fixture }) => JSON.parse(fixture.raw) as Record<string, unknown>);
		const changed = fc
			.record({
				raw: fc.constantFrom(...raws),
				key: fc.nat(),
				inner: fc.nat(),
				value: fc.jsonValue(),
				deep: fc.boolean(),
			})
			.map(({ raw, key, inner, value, deep }) => {
				const copy = structuredClone(raw);
				const name = Object.keys(copy)[key % Object.keys(copy).length] ?? "";
				const within = copy[name];
				if (!deep || typeof within !== "object" || within === null) return { ...copy, [name]: value };
				const field = Object.keys(within)[inner % Math.max(1, Object.keys(within).length)] ?? "";
				return { ...copy, [name]: { ...within, [field]: value } };
			});
		fc.assert(
			fc.property(fc.oneof(fc.jsonValue(), fc.anything(), changed), (body) => {
				try {
					const hint = row.hint(body);
					if ("tickets" in hint) for (const ticket of hint.tickets) expect(ticket).toMatch(/^[\w.-]{1,64}$/);
				} catch (error) {
					expect(error).toBeInstanceOf(ServiceError);
					expect((error as ServiceError).kind).toBe("unreadable");
				}
			}),
			{ numRuns: 10_000 },
		);
	});
});

describe.each(ids.filter((id) => helpdesks[id].scheme.kind === "hmac"))("%s: signatures", (adapter) => {
	const { scheme } = helpdesks[adapter];
	const [first] = deliveries(adapter).filter(({ fixture }) => "hint" in fixture);
	if (first === undefined || scheme.kind !== "hmac") throw new Error(`Expected a signed delivery of ${adapter}.`);
	const { fixture } = first;
	const signature = fixture.headers[scheme.header] ?? "";
	const signed = (changed: Partial<Signed>) => passes(adapter, { ...fixture, ...changed }, [fixture.secret]);
	const withSignature = (text: string) => signed({ headers: { ...fixture.headers, [scheme.header]: text } });

	it("rejects a body that differs by one byte", () => {
		for (const at of [0, Math.floor(fixture.raw.length / 2), fixture.raw.length - 1]) {
			const byte = fixture.raw[at] === "x" ? "y" : "x";
			expect(signed({ raw: fixture.raw.slice(0, at) + byte + fixture.raw.slice(at + 1) })).toBe(false);
		}
		expect(signed({ raw: `${fixture.raw} ` })).toBe(false);
		expect(signed({ raw: JSON.stringify(JSON.parse(fixture.raw), null, 1) })).toBe(false);
	});

	it("rejects a signature that is missing, cut, longer, without its prefix, in capitals or of another hash", () => {
		expect(withSignature(signature)).toBe(true);
		expect(signed({ headers: {} })).toBe(false);
		const [, hex = ""] = signature.split("=");
		const other = createHmac("sha512", fixture.secret).update(fixture.raw).digest("hex");
		for (const text of [
			"",
			"sha1=",
			signature.slice(0, -1),
			`${signature}0`,
			hex,
			signature.toUpperCase(),
			`${scheme.prefix}${other}`,
		]) {
			expect(withSignature(text)).toBe(false);
		}
	});
});

describe.each(ids)("%s: questions and answers", (adapter) => {
	const all = replies(adapter);

	it.each(all)("$name: $fixture.about", async ({ fixture }) => {
		const desk = replay(fixture.exchanges);
		if (fixture.error !== undefined) {
			const error = await errorOf(() => run(adapter, fixture, desk.call));
			expect(error.kind).toBe(fixture.error);
			for (const text of [...secretsOf(adapter), ...(fixture.unsaid ?? [])]) {
				expect(everythingIn(error)).not.toContain(text);
			}
		} else {
			expect(written(fixture, await run(adapter, fixture, desk.call))).toEqual(fixture.expected);
		}
		expect(desk.unasked()).toEqual([]);
	});

	it("has every operation written down", () => {
		const done = new Set(all.map(({ fixture }) => fixture.operation));
		expect([...done].sort()).toEqual([
			"changed-since",
			"install",
			"listed",
			"mapping",
			"present",
			"probe",
			"read",
			"write",
		]);
	});

	const reads = all.filter(({ fixture }) => fixture.operation === "read" && isFound(fixture.expected));

	it.each(reads)("$name: says the same when read again, with what is known by then", async ({ fixture }) => {
		if (fixture.operation !== "read") return;
		const first = (await run(adapter, fixture, replay(fixture.exchanges).call)) as TicketReading;
		if (!first.found) throw new Error("Expected a ticket.");
		const desk = bound(
			adapter,
			// What one request did not tell is read in full: the same may be asked twice.
			replay([...fixture.exchanges, ...fixture.exchanges]).call,
			fixture.settings === undefined ? {} : { settings: fixture.settings },
		);
		const again = await desk.read(fixture.ticket, [...first.facts].reverse(), nowOf(adapter) + 60_000);
		if (!again.found) throw new Error("Expected a ticket.");
		expect(unseen(again.facts)).toEqual(unseen(first.facts));
		expect(new Set(first.facts.map(({ id }) => id)).size).toBe(first.facts.length);
		expect(first.facts).toEqual(inOrder(first.facts));
		expect(first.facts.every(({ seenAt }) => seenAt === nowOf(adapter))).toBe(true);
	});

	it("survives answers of any shape, for every operation", async () => {
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...all), fc.oneof(fc.jsonValue(), jsonRpcLike), async ({ fixture }, body) => {
				try {
					await run(adapter, fixture, always(body));
				} catch (error) {
					expect(error).toBeInstanceOf(ServiceError);
				}
			}),
			{ numRuns: 500 },
		);
	});
});

describe.each(ids)("%s: a helpdesk in trouble", (adapter) => {
	const patient = createCall({ allowPrivate: true, timeoutMs: 20_000 });
	const hasty = createCall({ allowPrivate: true, timeoutMs: 300 });
	const callOf = (what: string) => (what === "nothing, for ever" ? hasty : patient);

	it.each(faults)("that answers $what is told by the kind of error", async ({ what, kinds, answer }) => {
		const desk = bound(adapter, callOf(what), { url: await deskThat(answer) });
		const now = nowOf(adapter);
		for (const attempt of [
			() => desk.read("1", [], now),
			() => desk.changedSince(now, now),
			() => desk.write("1", { kind: "note", html: "<p>x</p>", text: "x", mark: "m" }, now),
			() => desk.proposeMapping(now),
		]) {
			const error = await errorOf(attempt);
			expect(kinds).toContain(error.kind);
			if (error.kind === "busy" && error.retryAfterMs !== undefined) expect(error.retryAfterMs).toBe(7000);
			for (const secret of secretsOf(adapter)) expect(everythingIn(error)).not.toContain(secret);
		}
	});

	it.each(faults)("that answers $what is a line of the probe that says what to do", async ({ what, answer }) => {
		const url = await deskThat(answer);
		const findings = await bound(adapter, callOf(what), { url }).probe(nowOf(adapter));
		expect(findings.filter(({ ok }) => !ok).length).toBeGreaterThan(0);
		for (const { ok, todo } of findings) if (!ok) expect(todo).toMatch(/\w.*\.$/);
		for (const secret of secretsOf(adapter)) expect(JSON.stringify(findings)).not.toContain(secret);
	});

	it("that is not there is unreachable", async () => {
		const error = await errorOf(() =>
			bound(adapter, patient, { url: "http://127.0.0.1:9" }).read("1", [], nowOf(adapter)),
		);
		expect(error.kind).toBe("unreachable");
	});

	it("and wrong settings are told without quoting them", async () => {
		const settings = { token: 7, key: ["secret-in-a-list"], db: "" };
		const error = await errorOf(() => bound(adapter, always({}), { settings }).read("1", [], nowOf(adapter)));
		expect(error.kind).toBe("misconfigured");
		expect(error.problems?.length).toBeGreaterThan(0);
		expect(everythingIn(error)).not.toContain("secret-in-a-list");
	});

	it("an instant that is none is never sent", async () => {
		for (const since of [Number.NaN, Number.POSITIVE_INFINITY, 1.5, 9e15]) {
			const desk = replay([]);
			expect((await errorOf(() => bound(adapter, desk.call).changedSince(since, 0))).kind).toBe("unreadable");
		}
	});
});

const jsonRpcLike = fc.record({ jsonrpc: fc.constant("2.0"), id: fc.constant(1), result: fc.jsonValue() });

function isFound(expected: unknown): boolean {
	return typeof expected === "object" && expected !== null && "found" in expected && expected.found === true;
}

function unseen(facts: Fact[]) {
	return facts.map(({ seenAt: _seenAt, ...fact }) => fact);
}

function secretsOf(adapter: HelpdeskId): string[] {
	const { settings } = connectionFixture(adapter);
	return helpdesks[adapter].secrets.map((name) => settings[name]).filter((value) => typeof value === "string");
}

function everythingIn(error: Error): string {
	const inner = error.cause instanceof Error ? everythingIn(error.cause) : "";
	return `${error.message} ${JSON.stringify(error)} ${error.stack ?? ""} ${inner}`;
}
