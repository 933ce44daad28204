import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Terminal } from "../../webhook-service/src/commands/command.ts";
import { explainTicket } from "../../webhook-service/src/commands/explain.ts";
import { verifyProof } from "../../webhook-service/src/commands/verify.ts";
import { hours } from "../support/moved-clock.ts";
import { startService, type TestService } from "../support/service.ts";
import { open } from "./opened.ts";

describe("stipt explain and stipt verify", () => {
	let service: TestService;
	beforeEach(async () => {
		service = await startService({ start: "2026-03-02T09:00:00+01:00" });
		await open(service, "1", { at: "2026-03-02T09:00:00+01:00" });
		service.clock.advance(hours(1));
	});
	afterEach(() => service.stop());

	/** Runs a command as a person at a terminal, with `input` for whatever it reads. */
	async function run({ run: command }: typeof explainTicket, args: string[], input = "") {
		const out: string[] = [];
		const err: string[] = [];
		const terminal: Terminal = {
			out: (line) => out.push(line),
			err: (line) => err.push(line),
			service: async () => ({ ports: service.ports, prefix: "", close: async () => undefined }),
			readFile: async () => input,
			async *readLines() {},
			confirm: async () => null,
			writeFile: async () => undefined,
			time: service.clock.time,
		};
		const code = await command(args, terminal);
		return { code, out: out.join("\n"), err: err.join("\n") };
	}

	test("what explain prints as JSON, verify accepts", async () => {
		const explained = await run(explainTicket, ["desk", "1", "--json"]);
		expect(explained).toMatchObject({ code: 0, err: "" });
		const verified = await run(verifyProof, ["-"], explained.out);
		expect(verified).toMatchObject({ code: 0, err: "" });
		expect(verified.out.split("\n").sort()).toEqual([
			"first-response 1 of ticket 64001: adds up",
			"resolution 1 of ticket 64001: adds up",
		]);
	});

	test("one figure changed, and verify says what does not add up, with exit code 1", async () => {
		const explained = await run(explainTicket, ["desk", "1", "--json", "--goal", "resolution"]);
		const changed = explained.out.replace('"elapsed":3600000', '"elapsed":3600001');
		expect(await run(verifyProof, ["-"], changed)).toEqual({
			code: 1,
			err: "",
			out: [
				"resolution 1 of ticket 64001: does not add up",
				"  The open time used is 3600000 ms, not 3600001 ms: 1 ms too many.",
			].join("\n"),
		});
		for (const nothing of ["[]", "no proof", "{}", "[null]"]) {
			expect((await run(verifyProof, ["-"], nothing)).code).toBe(1);
		}
	});

	test("explain speaks the language that is asked for, of the goal that is asked for", async () => {
		const { out } = await run(explainTicket, ["desk", "1", "--goal", "resolution", "--language", "fr"]);
		expect(out).toMatch(/^Résolution du ticket 64001 : échéance le mar\. 3 mars 2026, 17:00 \(\+01:00\)\n/);
		expect(out).not.toContain("Première réponse");
		const none = await run(explainTicket, ["desk", "1", "--goal", "pickup"]);
		expect(none).toMatchObject({ code: 1, out: "" });
		expect(none.err).toContain("resolution");
		await expect(run(explainTicket, ["desk", "1", "--language", "es"])).rejects.toThrow("nl, fr, de, en");
	});
});
