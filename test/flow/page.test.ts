import type { PageEvent } from "@stipt/shared/status/page-event";
import type { NoticeList } from "@stipt/shared/wire/api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ServiceError } from "../../webhook-service/src/errors.ts";
import { pageMark } from "../../webhook-service/src/pipeline/page-rules.ts";
import { minutes } from "../support/moved-clock.ts";
import { answered, startService, type TestService } from "../support/service.ts";
import { agent, open } from "./opened.ts";

describe("a ticket and the status page", () => {
	let service: TestService;
	beforeEach(async () => {
		service = await startService({ start: "2026-03-02T09:00:00+01:00" });
	});
	afterEach(() => service.stop());

	const choose = (ticket: string, impact: string, urgency: string) =>
		service.api(`/api/v1/tickets/desk/${ticket}/priority`, {
			method: "PUT",
			body: JSON.stringify({ impact, urgency }),
		});
	const said = () => service.page.calls.map(({ call, draft }) => `${call} ${draft.status}`);

	test("P1 opens an incident, which follows the ticket and resolves with it", async () => {
		await open(service, "1", { at: "2026-03-02T09:00:00+01:00" });
		expect(said()).toEqual([]);
		await choose("1", "high", "high");
		await service.settle();
		expect(said()).toEqual(["open investigating"]);
		expect(service.page.calls[0]?.draft).toMatchObject({
			title: "Portal: disruption",
			body: "Looking into it.",
			components: ["Portal"],
		});
		await service.happen("1", { kind: "owner-changed", owner: "4", by: agent, at: "2026-03-02T09:01:00+01:00" });
		const { notices } = await answered<NoticeList>(await service.api("/api/v1/notices?connection=desk"));
		expect(notices.map(({ page, tickets }) => [page, tickets])).toEqual([["built-in", ["1"]]]);
		await service.advance(minutes(2));
		expect(said().slice(1)).toEqual(["update identified"]);
		await service.happen("1", {
			kind: "state-changed",
			state: "solved",
			label: "closed",
			by: agent,
			at: "2026-03-02T09:02:00+01:00",
		});
		expect(said().slice(2)).toEqual(["update resolved"]);
		const own = await service.ports.store.readPageEvent("built-in", pageMark({ connection: "desk", ticket: "1" }, 1));
		expect(own?.event.updates.map(({ status }) => status)).toEqual(["investigating", "identified", "resolved"]);
	});

	test("what we wrote ourselves comes back without an echo", async () => {
		await open(service, "1", { at: "2026-03-02T09:00:00+01:00" });
		await choose("1", "high", "high");
		await service.settle();
		for (let round = 0; round < 3; round += 1) await service.readPages();
		expect(said()).toEqual(["open investigating"]);
		expect(service.helpdesk.notes("1")).toEqual([]);
	});

	test("an incident that somebody opened on the page is a banner for every agent and a note in linked tickets", async () => {
		await open(service, "1", { at: "2026-03-02T09:00:00+01:00" });
		const at = service.clock.time();
		const event: PageEvent = {
			...{
				connection: "page",
				id: "theirs",
				url: "https://page.example/theirs",
				kind: "incident",
				title: "Sign-in is slow",
			},
			...{ status: "investigating", impact: "minor", components: ["Portal"], startedAt: at, scheduledFor: null },
			...{ scheduledUntil: null, resolvedAt: null, updatedAt: at, origin: "page" },
			updates: [{ at, status: "investigating", body: "We are looking into it.", author: "them" }],
		};
		service.page.write(event);
		await service.readPages();
		const { notices } = await answered<NoticeList>(await service.api("/api/v1/notices?connection=desk"));
		expect(notices).toMatchObject([
			{ title: "Sign-in is slow", services: ["portal"], tickets: [], page: "page", event: "theirs" },
		]);
		const linked = await service.api("/api/v1/tickets/desk/1/page-events", {
			method: "POST",
			body: JSON.stringify({ connection: "page", event: "theirs" }),
		});
		expect(linked.status).toBe(200);
		await service.settle();
		expect(service.helpdesk.notes("1")).toHaveLength(1);
		service.page.write({
			...event,
			status: "resolved",
			updates: [...event.updates, { at, status: "resolved", body: "Fixed.", author: "them" }],
		});
		await service.readPages();
		await service.readPages();
		expect(service.helpdesk.notes("1")).toHaveLength(2);
		expect(service.helpdesk.notes("1")[1]).toContain("Fixed.");
		expect((await answered<NoticeList>(await service.api("/api/v1/notices?connection=desk"))).notices).toEqual([]);
	});

	test.each([420, 429])("a page that answers %i is tried again, and the incident opens once", async (status) => {
		service.page.fail(new ServiceError("busy", `POST https://page.example: answered ${status}`, { retryAfterMs: 20 }));
		await open(service, "1", { at: "2026-03-02T09:00:00+01:00" });
		await choose("1", "high", "high");
		await new Promise((resolve) => setTimeout(resolve, 60));
		service.page.fail(null);
		await service.settle();
		expect(said()).toEqual(["open investigating"]);
	});

	test("an incident goes on when the priority falls, until the ticket is solved", async () => {
		await open(service, "1", { at: "2026-03-02T09:00:00+01:00" });
		await choose("1", "high", "high");
		await service.settle();
		service.clock.advance(minutes(1));
		await choose("1", "low", "low");
		await service.settle();
		expect(said()).toEqual(["open investigating"]);
	});

	test("what was P1 before the helpdesk was connected opens no incident, until something about it changes", async () => {
		await service.ports.store.saveConnection({ ...service.connection, createdAt: service.clock.time() });
		service.clock.advance(minutes(10));
		const before = "2026-03-02T08:00:00+01:00";
		const raised = { kind: "assessed", impact: "high", urgency: "high", by: agent } as const;
		service.helpdesk.happen("1", { ...raised, at: "2026-03-02T08:01:00+01:00" });
		await open(service, "1", { at: before });
		expect((await service.view("1")).priority).toBe("P1");
		expect(said()).toEqual([]);
		await service.happen("1", { kind: "group-changed", label: "Portal", by: agent, at: "2026-03-02T09:05:00+01:00" });
		expect(said()).toEqual(["open investigating"]);
	});
});
