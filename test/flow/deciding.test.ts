import { readFile } from "node:fs/promises";
import type { Preview, TicketView } from "@stipt/shared/wire/api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { answered, startService, type TestService } from "../support/service.ts";
import { open } from "./opened.ts";

const rules = `
deciding:
  customer: first
  restricted:
    - { priorities: [P1], roles: [lead], otherwise: P2 }
  withoutConsensus: lead
`;

describe("who decides on a priority", () => {
	let service: TestService;
	beforeEach(async () => {
		const policy = await readFile(new URL("../fixtures/policies/flow.yaml", import.meta.url), "utf8");
		service = await startService({ start: "2026-03-02T09:00:00+01:00", policy: `${policy}${rules}` });
		await open(service, "1", { at: "2026-03-02T09:00:00+01:00" });
	});
	afterEach(() => service.stop());

	const choose = async (choice: object) =>
		answered<TicketView>(
			await service.api("/api/v1/tickets/desk/1/priority", { method: "PUT", body: JSON.stringify(choice) }),
		);
	const actAs = async (as: string) => {
		const [token] = await service.ports.store.tokens();
		if (token !== undefined) await service.ports.store.saveToken({ ...token, as });
	};
	const preview = async () =>
		answered<Preview>(await service.api("/api/v1/tickets/desk/1/preview", { method: "POST" }));

	test("a role that may not declare it gets what the policy says instead, here and in the helpdesk", async () => {
		expect(await choose({ impact: "high", urgency: "high" })).toMatchObject({ priority: "P2", impact: "high" });
		await service.settle();
		expect(service.helpdesk.writes.map(({ write }) => write)).toMatchObject([
			{ kind: "set-priority", label: "3 high" },
		]);
		await actAs("lead");
		service.clock.advance(1_000);
		expect(await choose({ impact: "high", urgency: "high" })).toMatchObject({ priority: "P1" });
	});

	test("the preview says beforehand what the bearer may not declare, and who decides without agreement", async () => {
		expect(await preview()).toMatchObject({
			restricted: [{ priority: "P1", otherwise: "P2", roles: [{ en: "Team lead" }] }],
			withoutConsensus: { role: { en: "Team lead" }, isYours: false },
		});
		await actAs("lead");
		expect(await preview()).toMatchObject({ restricted: [], withoutConsensus: { isYours: true } });
	});

	test("without the customer's agreement only the deciding role's choice holds, and the trail says so", async () => {
		const before = await service.view("1");
		expect(await choose({ impact: "low", urgency: "high", consensus: false })).toMatchObject({
			priority: before.priority,
		});
		await actAs("lead");
		service.clock.advance(1_000);
		expect(await choose({ impact: "low", urgency: "high", consensus: false })).toMatchObject({ impact: "low" });
		expect((await service.ports.store.auditTrail(1))[0]?.what).toContain("consensus: no");
	});
});
