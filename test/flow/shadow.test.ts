import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { policyPromote, policyShadow } from "../../webhook-service/src/commands/policy-shadow.ts";
import { startShadow, wouldHaveAlerted } from "../../webhook-service/src/pipeline/policy-shadow.ts";
import { minutes } from "../support/moved-clock.ts";
import { startService, type TestService } from "../support/service.ts";
import { answer, open, told } from "./opened.ts";
import { changedPolicy, live, publish } from "./publishing.ts";

const silent = { "name: flow": "name: stricter", "mode: promised": "mode: measured" };

describe("a policy that runs in silence beside the promised one", () => {
	let service: TestService;
	beforeEach(async () => {
		service = await startService({ start: "2026-03-02T09:00:00+01:00" });
		await publish(service, await changedPolicy({ ...silent, "P3: { first-response: 2h": "P3: { first-response: 1h" }));
		await startShadow("desk", "stricter", "Anna", service.ports);
		await open(service, "1", { at: "2026-03-02T09:00:00+01:00" });
	});
	afterEach(() => service.stop());

	const run = async (command: typeof policyPromote, args: string[]) => {
		const lines: string[] = [];
		const nothing = async () => "";
		const say = (line: string) => lines.push(line);
		const code = await command.run(args, {
			...{ out: say, err: say, time: service.clock.time, confirm: async () => null, readFile: nothing },
			...{ writeFile: async () => {}, readLines: async function* () {} },
			service: async () => ({ ports: service.ports, prefix: "", close: async () => {} }),
		});
		return { code, text: lines.join("\n") };
	};

	test("tells nobody, shows nothing, and lists what it would have alerted", async () => {
		await live(service, "2026-03-02T09:50:00+01:00");
		await answer(service, "1", "2026-03-02T09:50:00+01:00");
		await live(service, "2026-03-02T13:00:00+01:00");
		expect(told(service)).toEqual([]);
		const view = await service.view("1");
		expect(view.policy).toMatchObject({ name: "flow", mode: "promised" });
		expect(view.clocks.find(({ goal }) => goal === "first-response")?.deadline).toBe("2026-03-02T10:00:00.000Z");
		const found = await wouldHaveAlerted("stricter", service.ports);
		expect(found.map(({ at, ticket, step }) => [new Date(at).toISOString(), ticket, step.goal, step.step])).toEqual([
			["2026-03-02T08:30:00.000Z", "1", "first-response", "warning"],
		]);
		const { text } = await run(policyShadow, ["stricter"]);
		expect(text).toContain("would have alerted 1 time");
		expect(text).toMatch(/09:30 .*desk 1 +first-response warning +lead/);
	});

	test("is not asked to alert twice of what a higher step says, as the live service is not", async () => {
		await live(service, "2026-03-02T10:20:00+01:00");
		const found = await wouldHaveAlerted("stricter", service.ports);
		expect(found.map(({ step }) => step.step)).toEqual(["warning", "missed"]);
	});

	test("becomes the next version of the promised one with one command, its silence ended", async () => {
		const { code, text } = await run(policyPromote, ["stricter", "--why", "two weeks of silence"]);
		expect(text).toContain("P3");
		expect([code, text]).toEqual([0, expect.stringContaining("published flow")]);
		expect(await service.ports.store.shadows()).toEqual({});
		const [, second] = await service.ports.store.publications("flow");
		expect(second).toMatchObject({ scope: "new-tickets", why: "two weeks of silence" });
		await open(service, "2", { at: "2026-03-02T09:00:00+01:00" });
		expect((await service.view("2")).policy).toMatchObject({
			name: "flow",
			mode: "promised",
			version: second?.version,
		});
	});

	test("is not promoted unasked where somebody would be alerted at once", async () => {
		await service.advance(minutes(50));
		const refused = await run(policyPromote, ["stricter", "--apply", "recompute-open"]);
		expect([refused.code, refused.text]).toEqual([1, expect.stringContaining("--yes")]);
		expect(await service.ports.store.publications("flow")).toHaveLength(1);
		const agreed = await run(policyPromote, ["stricter", "--apply", "recompute-open", "--yes"]);
		expect(agreed.code).toBe(0);
		await service.advance(0);
		expect(told(service)).toHaveLength(1);
	});

	test("must be measured, and not the policy of the helpdesk itself", async () => {
		await expect(startShadow("desk", "flow", "Anna", service.ports)).rejects.toThrow("mode: measured");
		await expect(startShadow("nowhere", "stricter", "Anna", service.ports)).rejects.toThrow("nowhere");
	});
});
