import type { PageEvent } from "@stipt/shared/status/page-event";
import { afterEach, describe, expect, it } from "vitest";
import { type StatusPageId, statusPages } from "../../webhook-service/src/adapters/status-pages/index.ts";
import type { IncidentDraft } from "../../webhook-service/src/adapters/status-pages/status-page.ts";
import { createCall } from "../../webhook-service/src/call.ts";
import { ServiceError } from "../../webhook-service/src/errors.ts";
import type { StoredConnection } from "../../webhook-service/src/store/store.ts";
import { createStatuspage, type StatuspageOptions } from "../desks/statuspage/statuspage.ts";
import { deadAddress, httpSink, type SinkAnswer } from "./http-sink.ts";
import { fixtureNames, requestFixtures } from "./request-fixtures.ts";

type Exchange = {
	request: { method: string; path: string; body?: unknown };
	answer: { status: number; headers?: Record<string, string>; body: unknown };
};
type Fixture = { settings: Record<string, unknown>; now: number; exchange: Exchange[] } & (
	| { operation: "open"; draft: IncidentDraft; event: PageEvent }
	| { operation: "update"; id: string; draft: IncidentDraft; event: PageEvent }
	| { operation: "list"; events: PageEvent[] }
	| { operation: "probe"; findings: unknown[] }
);

const ids = Object.keys(statusPages) as StatusPageId[];
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
	await Promise.all(stops.splice(0).map((stop) => stop()));
});

function bound(adapter: StatusPageId, settings: Record<string, unknown>) {
	const connection: StoredConnection = {
		...{ id: "page", kind: "status-page", adapter, name: "Page", url: "", settings, hookSecrets: [] },
		...{ allowPrivate: true, mapping: null, policy: null, createdAt: 0 },
	};
	return statusPages[adapter].bind(connection, createCall({ allowPrivate: true, timeoutMs: 300 }));
}

async function run(adapter: StatusPageId, fixture: Fixture): Promise<unknown> {
	const page = bound(adapter, fixture.settings);
	if (fixture.operation === "open") return page.open(fixture.draft, fixture.now);
	if (fixture.operation === "update") return page.update(fixture.id, fixture.draft, fixture.now);
	return fixture.operation === "list" ? page.list(fixture.now) : page.probe(fixture.now);
}

function expectedOf(fixture: Fixture): unknown {
	if (fixture.operation === "list") return fixture.events;
	return fixture.operation === "probe" ? fixture.findings : fixture.event;
}

async function sinkWith(answer: () => SinkAnswer) {
	const sink = await httpSink(answer);
	stops.push(sink.stop);
	return sink;
}

const fixturesOf = (adapter: StatusPageId, address: string) => requestFixtures<Fixture>(adapter, address);

function secretsOf(adapter: StatusPageId, settings: Record<string, unknown>): string[] {
	return statusPages[adapter].secrets.map((name) => String(settings[name]));
}

function everythingIn(error: Error): string {
	const cause = error.cause instanceof Error ? `${error.cause.message} ${error.cause.stack}` : String(error.cause);
	return `${error.message} ${error.stack} ${cause}`;
}

describe.each(ids)("status page %s", (id) => {
	it("has fixtures for every operation, and a matching id", () => {
		expect(statusPages[id].id).toBe(id);
		const operations = new Set(fixturesOf(id, "x").map(({ fixture }) => fixture.operation));
		expect([...operations].sort()).toEqual(["list", "open", "probe", "update"]);
	});

	it.each(fixtureNames(id))("asks and understands what is written down in %s", async (file) => {
		const left: Exchange[] = [];
		const sink = await sinkWith(() => left.shift()?.answer ?? { status: 500 });
		const fixture = fixturesOf(id, sink.address).find(({ name }) => name === file)?.fixture;
		if (fixture === undefined) throw new Error(`no ${file}`);
		left.push(...fixture.exchange);
		const result = await run(id, fixture);
		const asked = sink.requests.map(({ method, path, body }) => ({
			...{ method, path },
			...(body === "" ? {} : { body: JSON.parse(body) as unknown }),
		}));
		expect(asked).toEqual(fixture.exchange.map(({ request }) => request));
		expect(result).toEqual(expectedOf(fixture));
	});

	const failures: [string, SinkAnswer, string, boolean][] = [
		["401", { status: 401, body: { error: "Could not authenticate" } }, "denied", false],
		["403", { status: 403 }, "denied", false],
		["404", { status: 404 }, "unknown", false],
		["420", { status: 420, headers: { "retry-after": "11" } }, "busy", true],
		["422", { status: 422, body: { error: ["Name can't be blank"] } }, "refused", false],
		["429", { status: 429, headers: { "retry-after": "11" } }, "busy", true],
		["500", { status: 500 }, "unreachable", true],
		["a page instead of data", { status: 200, body: "<html>" }, "unreachable", true],
		["data of another shape", { status: 200, body: { unexpected: true } }, "unreachable", true],
		["silence", "silence", "unreachable", true],
	];
	it.each(failures)(
		"%s is classified, tells no secret, and never becomes an empty page",
		async (_, answer, kind, retry) => {
			const sink = await sinkWith(() => answer);
			const { address } = sink;
			for (const { name, fixture } of fixturesOf(id, address)) {
				const outcome: unknown = await run(id, fixture).catch((cause: unknown) => cause);
				if (fixture.operation === "probe") {
					expect(outcome, name).toEqual([expect.objectContaining({ ok: false, todo: expect.any(String) })]);
					for (const secret of secretsOf(id, fixture.settings)) expect(JSON.stringify(outcome)).not.toContain(secret);
					continue;
				}
				if (!(outcome instanceof ServiceError)) throw new Error(`${name} did not fail`, { cause: outcome });
				expect({ kind: outcome.kind, retry: outcome.retry }, name).toEqual({ kind, retry });
				expect(outcome.retryAfterMs).toBe(kind === "busy" ? 11_000 : undefined);
				for (const secret of secretsOf(id, fixture.settings)) expect(everythingIn(outcome)).not.toContain(secret);
			}
		},
	);

	it("is unreachable where nobody listens", async () => {
		const [first] = fixturesOf(id, await deadAddress()).filter(({ fixture }) => fixture.operation === "list");
		if (first === undefined) throw new Error("no fixture");
		await expect(run(id, first.fixture)).rejects.toMatchObject({ kind: "unreachable", retry: true });
	});

	it("does not start with settings that do not fit, and quotes no value of them", async () => {
		const [first] = fixturesOf(id, "x");
		if (first === undefined) throw new Error("no fixture");
		for (const name of statusPages[id].secrets) {
			const settings = { ...first.fixture.settings, [name]: "private value" };
			const failure: unknown = await run(id, { ...first.fixture, settings }).catch((cause: unknown) => cause);
			expect(failure).toMatchObject({ kind: "misconfigured" });
			expect(everythingIn(failure as Error)).not.toContain("private value");
		}
	});
});

describe("Statuspage", () => {
	it("gets the key in the header that it asks for, and nowhere else", async () => {
		const sink = await sinkWith(() => ({ status: 200, body: [] }));
		const [first] = fixturesOf("statuspage", sink.address).filter(({ fixture }) => fixture.operation === "list");
		if (first === undefined) throw new Error("no fixture");
		await run("statuspage", first.fixture);
		for (const { headers, path } of sink.requests) {
			expect(headers.authorization).toBe("OAuth f9b1c2d3-test-key");
			expect(path).not.toContain("f9b1c2d3");
		}
	});

	it("reads on when the newest hundred are not all there is, and keeps each event once", async () => {
		const row = (number: number) => ({
			...{ id: `inc${number}`, name: "x", status: "investigating", created_at: "2026-11-03T10:00:00Z" },
		});
		const asked: string[] = [];
		const pages: Record<string, unknown[]> = {
			"/incidents?limit=100&page=1": Array.from({ length: 100 }, (_, index) => row(index)),
			"/incidents/unresolved?page=1&per_page=100": Array.from({ length: 100 }, (_, index) => row(index + 50)),
			"/incidents/unresolved?page=2&per_page=100": [row(150)],
		};
		const sink = await httpSink(({ path }) => {
			const own = path.replace("/v1/pages/p4g31d", "");
			asked.push(own);
			return { status: 200, body: pages[own] ?? [] };
		});
		stops.push(sink.stop);
		const [first] = fixturesOf("statuspage", sink.address).filter(({ fixture }) => fixture.operation === "list");
		if (first === undefined) throw new Error("no fixture");
		const events = (await run("statuspage", first.fixture)) as PageEvent[];
		expect(new Set(events.map(({ id }) => id)).size).toBe(151);
		expect(events.length).toBe(151);
		expect(asked).toContain("/incidents/unresolved?page=2&per_page=100");
	});
});

describe("Statuspage and a page with a memory", () => {
	const start = Date.UTC(2026, 10, 3, 13, 42);
	const mark = "mark-1";
	const draft = (changes: Partial<IncidentDraft> = {}): IncidentDraft => ({
		...{ mark, title: "Portal: fault", body: "We are looking into it.", status: "investigating", impact: "critical" },
		components: ["Portal", "Sign-in"],
		...changes,
	});
	async function practice(limit?: StatuspageOptions["limit"]) {
		const clock = { now: start };
		const desk = createStatuspage({ now: () => clock.now, port: 0, ...(limit === undefined ? {} : { limit }) });
		await desk.listen();
		stops.push(() => desk.close());
		const { apiUrl, pageId, apiKey } = desk;
		const page = bound("statuspage", { apiUrl, pageId, apiKey });
		const statuses = () => Object.fromEntries(desk.state.components.map(({ name, status }) => [name, status]));
		const later = (minutes: number) => {
			clock.now += minutes * 60_000;
			return clock.now;
		};
		return { desk, page, statuses, later };
	}

	it("opens one incident however often it is asked, moves it on, and resolves it with its components", async () => {
		const { desk, page, statuses, later } = await practice();
		const opened = await page.open(draft(), start);
		expect(await page.open(draft(), later(1))).toEqual(opened);
		expect(statuses()).toMatchObject({ Portal: "major_outage", "Sign-in": "major_outage", Mail: "operational" });

		const identified = draft({ status: "identified", body: "The cause is known." });
		const moved = await page.update(opened.id, identified, later(10));
		expect(await page.update(opened.id, identified, later(1))).toEqual(moved);
		expect(moved.updates.map(({ status, author }) => [status, author])).toEqual([
			["investigating", "us"],
			["identified", "us"],
		]);

		await page.update(opened.id, draft({ status: "resolved", body: "It works again." }), later(10));
		expect(statuses()).toMatchObject({ Portal: "operational", "Sign-in": "operational" });
		expect(desk.state.incidents.length).toBe(1);
		const [seen] = await page.list(later(1));
		expect(seen).toMatchObject({ status: "resolved", origin: "helpdesk", resolvedAt: start + 22 * 60_000 });
		expect(await page.list(later(25 * 60))).toEqual([]);
	});

	it("sees what somebody else opens, and does not take it for ours", async () => {
		const { desk, page, later } = await practice();
		desk.report({ name: "Mail is slow", body: "We see queues.", components: ["Mail"] });
		const [theirs] = await page.list(later(1));
		expect(theirs).toMatchObject({ title: "Mail is slow", origin: "page", components: ["Mail"] });
		expect(theirs?.updates.map(({ author }) => author)).toEqual(["them"]);
		await page.open(draft({ components: ["Mail"] }), later(1));
		expect((await page.list(later(1))).map(({ origin }) => origin).sort()).toEqual(["helpdesk", "page"]);
	});

	it.each([420, 429] as const)("is asked to come back later by %d", async (status) => {
		const { page, later } = await practice({ perMinute: 3, status });
		await page.list(start);
		await expect(page.list(later(0))).rejects.toMatchObject({ kind: "busy", retry: true });
	});
});
