import { execFile } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { buildPrograms } from "./support/program.ts";

const root = resolve(import.meta.dirname, "..");

/** Runs `stipt` as a person does. */
function stipt(args: string[], { input = "", env = {} }: { input?: string; env?: Record<string, string> } = {}) {
	return new Promise<{ code: number; out: string; err: string }>((done) => {
		const options = { cwd: root, env: { PATH: process.env.PATH ?? "", ...env }, maxBuffer: 50_000_000 };
		const child = execFile(process.execPath, ["webhook-service/dist/cli.js", ...args], options, (error, out, err) => {
			done({ code: error === null ? 0 : Number(error.code), out, err });
		});
		child.stdin?.end(input);
	});
}

beforeAll(() => buildPrograms(), 60_000);

describe("stipt", () => {
	test("says what it can, and what each command wants", async () => {
		const { code, out } = await stipt(["--help"]);
		expect(code).toBe(0);
		for (const command of [
			"connect zammad",
			"connect odoo",
			"connect statuspage",
			"doctor",
			"policy check",
			"explain",
		]) {
			expect(out).toContain(`stipt ${command}`);
			expect(await stipt([...command.split(" "), "--help"])).toMatchObject({ code: 0, err: "" });
		}
	});

	test("exits 2 on wrong use, with nothing on standard output", async () => {
		for (const args of [
			[],
			["dance"],
			["explain"],
			["policy", "check"],
			["token", "create", "--role", "king", "--name", "x"],
		]) {
			expect(await stipt(args)).toMatchObject({ code: 2, out: "" });
		}
		expect((await stipt(["tickets", "--colour"])).err).toContain("--colour");
	});

	test("names every variable that is wrong, with what was expected and found", async () => {
		const { code, err } = await stipt(["tickets"], { env: { PORT: "eighty", STIPT_SECRET: "short" } });
		expect(code).toBe(1);
		expect(err).toContain('PORT: expected a port from 0 to 65535, found "eighty"');
		expect(err).toContain("STIPT_SECRET: expected at least 32 characters");
		expect(err).not.toContain("short");
	});

	test("doctor exits 2 for what is broken, and says what to do: monitoring reads that", async () => {
		const wrong = await stipt(["doctor"], { env: { PORT: "eighty", STIPT_SECRET: "short" } });
		expect([wrong.code, wrong.err]).toEqual([2, ""]);
		expect(wrong.out).toContain('BAD  PORT: "eighty"\n       Set it to a port from 0 to 65535.');
		expect(wrong.out).not.toContain("short");
		const away = await stipt(["doctor"], {
			env: { REDIS_URL: "redis://127.0.0.1:1", STIPT_SECRET: "x".repeat(32) },
		});
		expect(away.code).toBe(2);
		expect(away.out).toMatch(/^BAD {2}redis: .*\n +Start Redis, or check REDIS_URL\.$/m);
	});

	test("lists all faults of a policy with line, path, expected and found", async () => {
		const text = await readFile(join(root, "shared/policies/standard.yaml"), "utf8");
		const broken = text
			.replace("mode: promised", "mode: promissed")
			.replace(/first-response: \w+/, "first-response: 1 day");
		const file = join(await mkdtemp(join(tmpdir(), "stipt-cli-")), "broken.yaml");
		await writeFile(file, broken);
		const { code, out, err } = await stipt(["policy", "check", file]);
		expect([code, out]).toEqual([1, ""]);
		expect(err).toMatch(/broken\.yaml:\d+:\d+ {2}mode {2}expected .* found "promissed" \(did you mean/);
		expect(err).toContain('found "1 day"');
		expect(await stipt(["policy", "check", "shared/policies/standard.yaml"])).toMatchObject({ code: 0 });
	});

	test("answers calendar cases from a file or standard input, and nothing else", async () => {
		const cases = {
			holidaySets: { none: [] },
			calendars: {
				office: { zone: "Europe/Brussels", weekly: { mon: ["09:00-17:00"], tue: ["09:00-17:00"] } },
				empty: { zone: "Europe/Brussels" },
			},
			vectors: [
				{ id: "a", calendar: "office", op: "add", args: { t: "2026-03-02T16:00:00+01:00", ms: 7_200_000 } },
				{ id: "b", calendar: "empty", op: "add", args: { t: "2026-03-02T16:00:00+01:00", ms: 1 } },
				{
					id: "c",
					calendar: "office",
					op: "between",
					args: { a: "2026-03-02T10:00:00+01:00", b: "2026-03-02T12:00:00+01:00" },
				},
			],
		};
		const { code, out, err } = await stipt(["calendar", "eval", "-"], { input: JSON.stringify(cases) });
		expect([code, err]).toEqual([0, ""]);
		const answers = JSON.parse(out);
		expect(answers.map(({ id }: { id: string }) => id)).toEqual(["a", "b", "c"]);
		expect(Date.parse(answers[0].result)).toBe(Date.parse("2026-03-03T10:00:00+01:00"));
		expect(answers.slice(1).map(({ result }: { result: unknown }) => result)).toEqual([
			{ error: "NO_OPEN_TIME" },
			7_200_000,
		]);
		expect(await stipt(["calendar", "eval", "no-such-file"])).toMatchObject({ code: 1, out: "" });
	});

	test("says so when Redis is away", async () => {
		const env = { REDIS_URL: "redis://127.0.0.1:1", STIPT_SECRET: "x".repeat(32) };
		const { code, err } = await stipt(["tickets"], { env });
		expect([code, err.trim()]).toEqual([1, "Redis does not answer."]);
	});
});
