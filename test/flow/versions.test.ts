import type { Problem } from "@stipt/shared/wire/api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readDraft } from "../../webhook-service/src/pipeline/policy-draft.ts";
import { type PolicyPreview, previewPolicy } from "../../webhook-service/src/pipeline/policy-preview.ts";
import { hours, minutes } from "../support/moved-clock.ts";
import { answered, startService, type TestService } from "../support/service.ts";
import { agent, answer, open, told } from "./opened.ts";
import { changedPolicy, publish } from "./publishing.ts";

const twoHours = "P3: { first-response: 2h";
const oneHour = { [twoHours]: "P3: { first-response: 1h" };
const halfHour = { [twoHours]: "P3: { first-response: 30m" };

describe("a policy that is published again", () => {
	let service: TestService;
	beforeEach(async () => {
		service = await startService({ start: "2026-03-02T09:00:00+01:00" });
		await open(service, "1", { at: "2026-03-02T09:00:00+01:00" });
	});
	afterEach(() => service.stop());

	const first = async (ticket: string) =>
		(await service.view(ticket)).clocks.find(({ goal }) => goal === "first-response");
	const preview = async (text: string) =>
		previewPolicy(readDraft(text, [], service.clock.time()).policy, service.ports);

	test("for new tickets leaves running deadlines as they are", async () => {
		service.clock.advance(minutes(10));
		await publish(service, await changedPolicy(oneHour));
		await open(service, "2", { at: "2026-03-02T09:10:00+01:00" });
		expect(await first("1")).toMatchObject({ deadline: "2026-03-02T10:00:00.000Z" });
		expect(await first("2")).toMatchObject({ deadline: "2026-03-02T09:10:00.000Z" });
	});

	test("that an open ticket was opened before is told late: it still runs on the version of its opening", async () => {
		service.clock.advance(minutes(10));
		await publish(service, await changedPolicy(oneHour));
		await open(service, "3", { at: "2026-03-02T09:05:00+01:00" });
		expect(await first("3")).toMatchObject({ deadline: "2026-03-02T10:05:00.000Z" });
	});

	test("for open tickets counts them anew, names its version and moves the alarm", async () => {
		service.clock.advance(minutes(10));
		const { version } = await publish(service, await changedPolicy(oneHour), { scope: "recompute-open" });
		expect(await first("1")).toMatchObject({ deadline: "2026-03-02T09:00:00.000Z" });
		expect((await service.view("1")).policy.version).toBe(version);
		await service.advance(minutes(20));
		expect(told(service)).toEqual(["1 Team lead: first-response warning"]);
	});

	test("tells one step per ticket of what it makes overdue, and the preview said so before", async () => {
		await open(service, "2", { at: "2026-03-02T09:00:00+01:00" });
		await service.advance(minutes(50));
		const text = await changedPolicy(halfHour);
		const { effects, tickets } = await preview(text);
		expect(tickets).toBe(2);
		expect(effects["new-tickets"]).toMatchObject({ tickets: 0, missed: 0, alerts: { tickets: 0 } });
		expect(effects["recompute-open"]).toMatchObject({
			...{ tickets: 2, missed: 2, deadlines: { moved: 2, earlier: { count: 2, median: minutes(90) } } },
			alerts: { tickets: 2 },
		});
		expect(told(service)).toEqual([]);
		await publish(service, text, { scope: "recompute-open" });
		expect(told(service)).toHaveLength(effects["recompute-open"].alerts.tickets);
		expect(
			told(service)
				.map((line) => line.split(" ")[0])
				.sort(),
		).toEqual(["1", "2"]);
	});

	test("previews nothing and alerts nobody when only the time from now on is for it and nothing is due yet", async () => {
		await publish(service, await changedPolicy(oneHour), { scope: "from-now" });
		expect(told(service)).toEqual([]);
		expect((await first("1"))?.state).toBe("running");
	});

	test("comes into force when its document says, not before", async () => {
		const later = await changedPolicy({ ...oneHour, "mode: promised": "mode: promised\neffectiveFrom: 2026-03-03" });
		const { from } = await publish(service, later, { scope: "recompute-open" });
		expect(new Date(from).toISOString()).toBe("2026-03-02T23:00:00.000Z");
		service.clock.set("2026-03-02T16:30:00+01:00");
		await open(service, "2", { at: "2026-03-02T16:30:00+01:00" });
		expect(await first("2")).toMatchObject({ deadline: "2026-03-03T09:30:00.000Z" });
		service.clock.set("2026-03-03T00:00:00+01:00");
		await service.advance(0);
		expect(await first("2")).toMatchObject({ deadline: "2026-03-03T08:30:00.000Z" });
	});

	test("is withdrawn by what is published before it comes into force", async () => {
		const later = await changedPolicy({ ...oneHour, "mode: promised": "mode: promised\neffectiveFrom: 2026-03-03" });
		await publish(service, later);
		service.clock.advance(minutes(1));
		await publish(service, await changedPolicy());
		service.clock.set("2026-03-04T09:00:00+01:00");
		await open(service, "2", { at: "2026-03-04T09:00:00+01:00" });
		expect(await first("2")).toMatchObject({ deadline: "2026-03-04T10:00:00.000Z" });
	});

	test("goes back to an older version when that one is published again", async () => {
		service.clock.advance(minutes(10));
		await publish(service, await changedPolicy(oneHour), { scope: "recompute-open" });
		service.clock.advance(minutes(10));
		await publish(service, await changedPolicy(), { scope: "recompute-open" });
		expect(await first("1")).toMatchObject({ deadline: "2026-03-02T10:00:00.000Z" });
		expect(await service.ports.store.publications("flow")).toHaveLength(3);
	});

	test("is published once when two people do so at a time", async () => {
		const both = await Promise.allSettled([
			publish(service, await changedPolicy(oneHour), { after: 1 }),
			publish(service, await changedPolicy(halfHour), { after: 1 }),
		]);
		expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
		expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { kind: "conflict" } });
		expect(await service.ports.store.publications("flow")).toHaveLength(2);
	});

	test("changes no closed result, though its calendar of last month is another one", async () => {
		await answer(service, "1", "2026-03-02T09:30:00+01:00");
		service.clock.set("2026-03-02T16:00:00+01:00");
		await service.happen("1", {
			...{ kind: "state-changed", state: "closed", label: "closed", by: agent, at: "2026-03-02T16:00:00+01:00" },
		});
		await open(service, "2", { at: "2026-03-02T16:00:00+01:00" });
		const before = (await service.view("1")).clocks;
		service.clock.set("2026-04-01T09:00:00+02:00");
		await service.advance(0);
		const closed = await changedPolicy({
			"zone: Europe/Brussels": 'zone: Europe/Brussels\n    holidays: ["2026-03-02", "2026-03-03"]',
		});
		await publish(service, closed, { scope: "recompute-open" });
		expect((await service.view("1")).clocks).toEqual(before);
		expect(before.map(({ state }) => state)).toEqual(["met", "met"]);
		expect(await first("2")).toMatchObject({ deadline: "2026-03-04T10:00:00.000Z" });
	});

	test("is previewed over the API by an admin, and by nobody else", async () => {
		const text = await changedPolicy(halfHour);
		const ask = () =>
			service.api("/api/v1/policies/preview", { method: "POST", body: JSON.stringify({ text, apply: "from-now" }) });
		expect((await ask()).status).toBe(403);
		const [token] = await service.ports.store.tokens();
		if (token !== undefined) await service.ports.store.saveToken({ ...token, role: "admin" });
		const answer = await ask();
		expect(answer.status).toBe(200);
		expect(await answered<PolicyPreview>(answer)).toMatchObject({ tickets: 1, publications: 1, apply: "from-now" });
		const faulty = JSON.stringify({ text: text.replace("mode: promised", "mode: perhaps") });
		const refused = await service.api("/api/v1/policies/preview", { method: "POST", body: faulty });
		expect([refused.status, (await answered<Problem>(refused)).problems?.[0]?.found]).toEqual([422, '"perhaps"']);
	});

	test("that promises what was measured before wakes nobody for what was overdue by then", async () => {
		await publish(service, await changedPolicy({ "mode: promised": "mode: measured" }), { scope: "from-now" });
		await service.advance(hours(3));
		expect(told(service)).toEqual([]);
		await publish(service, await changedPolicy(), { scope: "from-now" });
		expect(told(service)).toEqual([]);
	});
});
