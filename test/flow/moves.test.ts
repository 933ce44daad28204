import { readFile } from "node:fs/promises";
import type { FactBody } from "@stipt/shared/sla/fact";
import type { TicketAction } from "@stipt/shared/wire/ticket-action";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { act } from "../../webhook-service/src/pipeline/act.ts";
import { hours, minutes } from "../support/moved-clock.ts";
import { startService, type TestService } from "../support/service.ts";
import { agent, open } from "./opened.ts";

const nine = "2026-03-02T09:00:00+01:00";
const ref = { connection: "desk", ticket: "1" };

/** The policy of the flow tests, whose first response is passed on when it is missed, and later taken up by the manager. */
async function policyThatMoves(): Promise<string> {
	const text = await readFile(new URL("../fixtures/policies/flow.yaml", import.meta.url), "utf8");
	return text
		.replace(
			"    groups: [Portal]\n",
			`    groups: [Portal, Second line, Supplier desk]
    lines:
      - { id: first, name: First line, groups: [Portal] }
      - { id: second, name: Second line, groups: [Second line, Supplier desk], minimum: 2h }
      - { id: away, name: Away, groups: [Elsewhere] }
`,
		)
		.replace("note: true }", "note: true, moveTo: { line: second, owner: nobody } }")
		.replace(
			"notify: [manager] }\n",
			`notify: [manager] }
      - { id: last, at: deadline + 1h, notify: [manager], moveTo: { owner: boss@example.com } }
`,
		);
}

let service: TestService;
beforeEach(async () => {
	service = await startService({ start: nine, policy: await policyThatMoves() });
	await open(service, "1", { at: nine });
});
afterEach(() => service.stop());

const nowText = () => new Date(service.clock.time()).toISOString();
const moves = () => service.helpdesk.writes.flatMap(({ write }) => (write.kind === "move" ? [write] : []));
const troubles = async () => (await service.ports.store.troubles(20)).map(({ what }) => what).join("\n");
const counted = () => service.ports.store.counts("desk");
const moved = (label: string, by: { kind: "agent" | "us"; id?: string } = agent): FactBody => ({
	...{ kind: "group-changed", label, by },
});
const handOver = async (to: string, key: string) => {
	const action: TicketAction = { kind: "hand-over", to, text: "Restarted twice.", key };
	const answer = await service.api("/api/v1/tickets/desk/1/actions", { method: "POST", body: JSON.stringify(action) });
	expect(answer.status).toBe(200);
	await service.settle();
};

describe("a hand-over to a line", () => {
	test("moves the ticket to that line's group beside its note, and comes back as nothing new", async () => {
		service.clock.advance(hours(1));
		await handOver("second", "a");
		expect(moves()).toEqual([{ kind: "move", group: "Second line" }]);
		expect(service.helpdesk.notes("1")).toEqual(["Anna hands this ticket over to Second line:\nRestarted twice."]);
		const before = await service.ports.store.readTicket(ref);
		for (let echo = 0; echo < 5; echo += 1) await service.deliver(`echo-${echo}`, "1");
		await service.settle();
		expect((await service.ports.store.readTicket(ref)).facts).toEqual(before.facts);
		await handOver("second", "a");
		expect(moves()).toHaveLength(1);
		expect(await counted()).not.toHaveProperty("loops");
		expect((await service.view("1")).confidence.level).toBe("fresh");
	});

	test("back to the line in whose group it still is moves nothing", async () => {
		service.helpdesk.resist();
		await handOver("second", "a");
		service.clock.advance(minutes(1));
		await handOver("first", "b");
		expect(moves()).toEqual([{ kind: "move", group: "Second line" }]);
	});

	test("to a line whose group belongs to another service moves nothing: nothing else would be promised", async () => {
		await handOver("away", "a");
		expect(moves()).toEqual([]);
	});

	test("of a ticket that somebody moved meanwhile is shown as a conflict and not fought over", async () => {
		service.helpdesk.happen("1", { ...moved("Test environment"), at: nowText() });
		await handOver("second", "a");
		expect(moves()).toEqual([]);
		expect(await troubles()).toContain('found it in "Test environment": somebody moved it meanwhile');
		expect((await service.view("1")).confidence).toMatchObject({ level: "unsure", reason: "write-conflict" });
		expect(await counted()).toMatchObject({ conflicts: 1 });
	});

	test("that a form which was open meanwhile puts back is shown once and not fought over", async () => {
		await handOver("second", "a");
		service.clock.advance(minutes(1));
		await service.happen("1", { ...moved("Portal"), at: nowText() });
		expect(await troubles()).toContain(
			'Expected the group "Second line" that was chosen through Stipt, found "Portal"',
		);
		service.clock.advance(minutes(1));
		await service.happen("1", { kind: "owner-changed", owner: "4", by: agent, at: nowText() });
		expect(await counted()).toMatchObject({ conflicts: 1 });
		expect(moves()).toHaveLength(1);
	});

	test("that the helpdesk undoes at once is shown, and tried no second time", async () => {
		service.helpdesk.resist();
		await handOver("second", "a");
		expect(await troubles()).toContain('Expected the group "Second line" that it was moved to, found "Portal"');
		expect(moves()).toHaveLength(1);
		expect(await counted()).toMatchObject({ conflicts: 1 });
	});

	test("is not made any more when a later hand-over has taken its place, or the ticket is done with", async () => {
		await handOver("second", "a");
		service.clock.advance(minutes(1));
		await handOver("first", "b");
		const late = { kind: "move", ...ref, cause: "s-action-key-a", from: "Portal", group: "Second line" } as const;
		await act({ ...late, askedAt: Date.parse(nine) }, { isLast: true }, service.ports);
		service.clock.advance(minutes(1));
		await service.happen("1", { kind: "state-changed", state: "closed", label: "closed", by: agent, at: nowText() });
		await act({ ...late, cause: "s-later", askedAt: service.clock.time() }, { isLast: true }, service.ports);
		expect(moves()).toEqual([
			{ kind: "move", group: "Second line" },
			{ kind: "move", group: "Portal" },
		]);
	});
});

describe("a step of a ladder that names where the ticket goes", () => {
	test("moves it when it is taken, each step once, and no loop is counted", async () => {
		await service.advance(hours(1));
		expect(moves()).toEqual([]);
		await service.advance(hours(1) + 1);
		expect(moves()).toEqual([{ kind: "move", group: "Second line", owner: null }]);
		await service.advance(minutes(30));
		expect(moves()).toHaveLength(1);
		await service.advance(minutes(30));
		expect(moves()).toEqual([
			{ kind: "move", group: "Second line", owner: null },
			{ kind: "move", owner: "boss@example.com" },
		]);
		expect(await counted()).not.toHaveProperty("loops");
		expect(await troubles()).toBe("");
	});

	test("moves it too when a higher step, which moves nothing, is owed at the same time", async () => {
		await service.stopWorking();
		service.clock.advance(hours(2) + minutes(40));
		await service.startWorking();
		await service.advance(0);
		expect(moves()).toEqual([{ kind: "move", group: "Second line", owner: null }]);
	});

	test("moves it to where a lower step says, when the higher one only says to whom", async () => {
		await service.stopWorking();
		service.clock.advance(hours(3) + minutes(10));
		await service.startWorking();
		await service.advance(0);
		expect(moves()).toHaveLength(2);
		const wanted = [
			{ kind: "move", group: "Second line" },
			{ kind: "move", owner: "boss@example.com" },
		];
		expect(moves()).toEqual(expect.arrayContaining(wanted));
	});

	test("says so when the owner may not have tickets of that group", async () => {
		service.helpdesk.lack([
			'owner: Expected boss@example.com, found nobody after writing; an owner needs "full" access',
		]);
		await service.advance(hours(3) + 1);
		expect(await troubles()).toContain("owner: Expected boss@example.com, found nobody after writing");
	});
});
