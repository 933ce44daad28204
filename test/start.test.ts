import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readEnvironment } from "../webhook-service/scripts/environment.mjs";
import { requireNode } from "../webhook-service/scripts/node-version.mjs";
import { ConfigError, readConfig, variables } from "../webhook-service/src/config.ts";
import { ownHome, processesOf, runStart } from "./support/running-start.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** What an environment is refused for; `null` when it is not. */
function refusal(read: () => unknown): string | null {
	try {
		read();
		return null;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

const samples: Record<string, string[]> = {
	PORT: ["", "0", "8420", "65535", "65536", "-1", "80a", "8420.5"],
	STIPT_HOST: ["", "0.0.0.0", "::1", "stipt.example", "a b"],
	STIPT_URL: ["", "https://stipt.example/", "stipt.example", "ftp://stipt.example"],
	REDIS_URL: ["redis://127.0.0.1:6379", "rediss://:word@redis.example:6380/1", "http://127.0.0.1", "localhost:6379"],
	STIPT_SECRET: ["x".repeat(31), "x".repeat(32)],
	STIPT_DEMO: ["", "0", "1", "yes"],
	STIPT_LOG: ["", "silent", "error", "warn", "info", "debug"],
	STIPT_RETENTION_DAYS: ["", "1", "3650", "0", "3651", "a year"],
};

describe("the environment", () => {
	const enough = { REDIS_URL: "redis://127.0.0.1:6379", STIPT_SECRET: "x".repeat(32) };
	const cases = Object.entries(samples).flatMap(([name, values]) => values.map((value) => ({ name, value })));

	it.each(cases)("is judged alike by start and service: $name=$value", ({ name, value }) => {
		const environment = { ...enough, [name]: value };
		const [start, service] = [readEnvironment, readConfig].map((read) => refusal(() => read(environment)));
		const own = (said: string | null | undefined) => said?.split("\n").find((line) => line.startsWith(`${name}:`));
		expect(own(start)).toBe(own(service));
	});

	it("has samples, a place in the README and a default there for every variable", () => {
		expect(Object.keys({ ...samples, STIPT_HOME: [] }).sort()).toEqual(Object.keys(variables).sort());
		for (const [name, variable] of Object.entries(variables)) {
			const row = readme.split("\n").find((line) => line.startsWith(`| \`${name}\` |`));
			expect(row, `a row of the README's table for ${name}`).toBeDefined();
			if (/^\S+$/.test(variable.default)) expect(row).toContain(variable.default);
		}
	});

	it("is refused with all that is wrong at once, and secrets stay unsaid", () => {
		const wrong = { PORT: "high", STIPT_LOG: "loud", STIPT_SECRET: "too short", REDIS_URL: "http://u:pass@h" };
		const said = refusal(() => readEnvironment(wrong)) ?? "";
		expect(said.split("\n")).toEqual([
			'PORT: expected a port from 0 to 65535, found "high"',
			"REDIS_URL: expected a redis or rediss address, found another value (not shown)",
			"STIPT_SECRET: expected at least 32 characters, found another value (not shown)",
			'STIPT_LOG: expected silent, error, warn or info, found "loud"',
		]);
		expect(refusal(() => readConfig({}))).toBe(
			new ConfigError([
				{ name: "REDIS_URL", expected: variables.REDIS_URL.expected, found: "nothing" },
				{ name: "STIPT_SECRET", expected: variables.STIPT_SECRET.expected, found: "nothing" },
			]).message,
		);
	});
});

describe("the version of Node", () => {
	it.each(["18.20.4", "20.18.3", "20.9.0"])("%s is too old", (version) => {
		expect(() => requireNode(version)).toThrow(`Node: expected 20.19.0 or newer, found ${version}.`);
	});

	it.each(["20.19.0", "20.19.1", "20.20.0", "22.0.0", "24.1.0"])("%s will do", (version) => {
		expect(() => requireNode(version)).not.toThrow();
	});
});

describe("npm start", { timeout: 240_000 }, () => {
	let own: ReturnType<typeof ownHome>;
	let env: Record<string, string>;
	beforeEach(() => {
		own = ownHome();
		env = { STIPT_HOME: own.home, STIPT_DEMO: "0", PORT: "0" };
	});
	afterEach(async () => {
		for (const { id } of processesOf(own.home)) process.kill(id, "SIGKILL");
		await gone();
		own.remove();
	});
	const gone = () => vi.waitUntil(() => processesOf(own.home).length === 0, { timeout: 10_000, interval: 50 });

	it("is stopped by a wrong variable, before anything runs", async () => {
		const start = runStart({ ...env, PORT: "http", STIPT_DEMO: "maybe" });
		expect(await start.exited).toBe(1);
		expect(start.output()).toContain('PORT: expected a port from 0 to 65535, found "http"');
		expect(start.output()).toContain('STIPT_DEMO: expected 0 or 1, found "maybe"');
		expect(start.output()).not.toContain("…");
	});

	it("is stopped by a port that is taken, which it names", async () => {
		const server = createServer();
		const port = await new Promise<number>((resolve) => {
			server.listen(0, "127.0.0.1", () => {
				const address = server.address();
				resolve(typeof address === "object" && address !== null ? address.port : 0);
			});
		});
		const start = runStart({ ...env, PORT: String(port) });
		expect(await start.exited).toBe(1);
		expect(start.output()).toContain(`PORT: expected a free port, found ${port} taken`);
		server.close();
	});

	it("becomes ready, keeps its data to itself, and leaves no process behind", async () => {
		const start = runStart(env);
		const address = await start.running();
		expect((await fetch(`${address}/ready`)).status).toBe(200);
		expect(start.output().split("Stipt runs.")[1]?.trim().split("\n").length).toBeLessThan(12);
		for (const file of ["secret", "environment.json", "redis/password", "redis/redis.conf"]) {
			expect(statSync(join(own.home, file)).mode & 0o077, file).toBe(0);
		}
		expect(processesOf(own.home).some(({ command }) => /^\S*(redis|valkey)-server 127/.test(command))).toBe(true);
		start.signal("SIGINT");
		expect(await start.exited).toBe(0);
		expect(processesOf(own.home)).toEqual([]);
		await expect(fetch(`${address}/health`)).rejects.toThrow();
	});

	it("refuses a data folder that another start uses", async () => {
		const first = runStart(env);
		await first.running();
		const second = runStart(env);
		expect(await second.exited).toBe(1);
		expect(second.output()).toContain("STIPT_HOME: expected a data folder that nobody uses");
		first.signal("SIGTERM");
		expect(await first.exited).toBe(0);
	});

	it("takes along what it started when it is killed", async () => {
		const start = runStart(env);
		await start.running();
		expect(processesOf(own.home).length).toBeGreaterThan(2);
		start.signal("SIGKILL");
		await gone();
	});

	it("ends, with the last words, when the service ends by itself", async () => {
		const start = runStart(env);
		await start.running();
		const service = processesOf(own.home).find(({ command }) => /^\S*node\b.*server\.js --with-worker/.test(command));
		expect(service).toBeDefined();
		if (service) process.kill(service.id, "SIGKILL");
		expect(await start.exited).toBe(1);
		expect(start.output()).toContain("The service ended by itself. Its last words:");
		expect(processesOf(own.home)).toEqual([]);
	});

	it("connects the practice desk, and keeps token and tickets for the next start", async () => {
		const tokenOf = (output: string) => /token (stipt_\S+)/.exec(output)?.[1];
		const tickets = async (address: string, token: string) => {
			const headers = { authorization: `Bearer ${token}` };
			const answer = await fetch(`${address}/api/v1/tickets?connection=practice&limit=200`, { headers });
			expect(answer.status).toBe(200);
			return ((await answer.json()) as { tickets: { number: string }[] }).tickets.map(({ number }) => number);
		};
		const first = runStart({ ...env, STIPT_DEMO: "1" });
		const address = await first.running();
		const token = tokenOf(first.output()) ?? "";
		await vi.waitUntil(async () => (await tickets(address, token)).length > 0, { timeout: 90_000, interval: 500 });
		const known = await tickets(address, token);
		first.signal("SIGINT");
		expect(await first.exited).toBe(0);

		const second = runStart({ ...env, STIPT_DEMO: "1" });
		const again = await second.running();
		expect(tokenOf(second.output())).toBe(token);
		expect(await tickets(again, token)).toEqual(expect.arrayContaining(known));
		second.signal("SIGINT");
		expect(await second.exited).toBe(0);
		expect(processesOf(own.home)).toEqual([]);
	});
});
