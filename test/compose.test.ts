import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readConfig } from "../webhook-service/src/config.ts";

const root = resolve(import.meta.dirname, "..");
const read = (path: string) => readFileSync(resolve(root, path), "utf8");

type Service = {
	profiles?: string[];
	command: string[];
	user?: string;
	read_only?: boolean;
	healthcheck?: { test: string[] };
	environment?: Record<string, string>;
	volumes?: string[];
	ports?: string[];
	build?: { target: string };
	depends_on?: Record<string, { condition: string }>;
};
const compose = parse(read("docker-compose.yml"), { merge: true }) as {
	services: Record<string, Service>;
	volumes: Record<string, unknown>;
};
const services = Object.entries(compose.services);
const dockerfile = read("webhook-service/Dockerfile").split("\n");

/** Fills in `${NAME:-default}` and `${NAME:?reason}` as compose does. */
function filled(text: string, values: Record<string, string>): string {
	return text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_whole, name: string, kind, rest: string) => {
		const value = values[name];
		if (value !== undefined && value !== "") return value;
		if (kind === "-") return rest;
		throw new Error(`${name}: ${rest}`);
	});
}
const environmentOf = (service: string, values: Record<string, string>) =>
	Object.fromEntries(
		Object.entries(compose.services[service]?.environment ?? {}).map(([name, value]) => [name, filled(value, values)]),
	);
const secrets = { STIPT_SECRET: "x".repeat(32), REDIS_PASSWORD: "abc" };

describe("docker-compose.yml", () => {
	it("runs web, worker and Valkey, and the practice desk only when asked", () => {
		const wanted = services.filter(([, { profiles }]) => profiles === undefined).map(([name]) => name);
		expect(wanted).toEqual(["web", "worker", "valkey"]);
		expect(compose.services.practice?.profiles).toEqual(["demo"]);
	});

	it.each(services)(
		"%s runs without root, without a file system to write to, and within reach of nobody it need not be",
		(_name, service) => {
			expect(service.user).toMatch(/^(node|valkey)$/);
			expect(service.read_only).toBe(true);
			for (const port of service.ports ?? []) expect(port).toMatch(/^(127\.0\.0\.1|\$\{STIPT_BIND:-127\.0\.0\.1\}):/);
		},
	);

	it.each(["web", "worker", "valkey", "practice"])("%s has a health check", (name) => {
		expect(compose.services[name]?.healthcheck?.test.length).toBeGreaterThan(1);
	});

	it("keeps Valkey's data on a volume, in an append-only file, and evicts nothing", () => {
		const { command, volumes, ports } = compose.services.valkey ?? { command: [] };
		const said = command.join(" ");
		expect(said).toContain("--appendonly yes --appendfsync everysec");
		expect(said).toContain("--maxmemory-policy noeviction");
		expect(volumes).toEqual(["valkey:/data"]);
		expect(Object.keys(compose.volumes)).toContain("valkey");
		expect(ports).toBeUndefined();
	});

	it("waits for Valkey before web and worker start", () => {
		for (const name of ["web", "worker"]) {
			expect(compose.services[name]?.depends_on).toEqual({ valkey: { condition: "service_healthy" } });
		}
	});

	it.each(["web", "worker", "connect-practice"])("gives %s an environment that its configuration takes", (name) => {
		const config = readConfig(environmentOf(name, secrets));
		expect(config).toMatchObject({ port: 8420, host: "0.0.0.0", redisUrl: "redis://:abc@valkey:6379" });
	});

	it.each(Object.keys(secrets))("refuses to start without %s", (missing) => {
		expect(() => environmentOf("web", { ...secrets, [missing]: "" })).toThrow(missing);
	});

	it("names every variable in .env.example, and no secret there has a value", () => {
		const used = [...read("docker-compose.yml").matchAll(/(?<!\$)\$\{(\w+)/g)].map(([, name]) => name);
		const example = [...read(".env.example").matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]);
		expect(example.map(([name]) => name).sort()).toEqual([...new Set(used)].sort());
		expect(
			example
				.filter(([, value]) => value === "")
				.map(([name]) => name)
				.sort(),
		).toEqual(Object.keys(secrets).sort());
	});
});

describe("the Dockerfile", () => {
	it("copies only what is there, and what the build context holds", () => {
		const copied = dockerfile
			.filter((line) => line.startsWith("COPY ") && !line.includes("--from="))
			.flatMap((line) => line.split(/\s+/).slice(1, -1));
		expect(copied.length).toBeGreaterThan(5);
		const allowed = [...read(".dockerignore").matchAll(/^!(\S+)$/gm)].map(([, path = ""]) => path);
		for (const path of copied) {
			expect(existsSync(resolve(root, path)), path).toBe(true);
			expect(
				allowed.some((place) => path === place || path.startsWith(`${place}/`)),
				path,
			).toBe(true);
		}
	});

	it("has the stages that compose builds, and ends with the service", () => {
		const stages = dockerfile.flatMap((line) => / AS (\w+)$/.exec(line)?.[1] ?? []);
		const targets = services.flatMap(([, { build }]) => build?.target ?? []);
		expect(stages).toEqual(expect.arrayContaining(targets));
		expect(dockerfile.filter((line) => line.startsWith("FROM ")).at(-1)).toBe("FROM service");
	});

	it("leaves no stage that runs as root", () => {
		for (const stage of dockerfile
			.join("\n")
			.split(/^FROM /m)
			.slice(1)) {
			const [name = ""] = /(?<= AS )\w+/.exec(stage) ?? [];
			const user = [...stage.matchAll(/^USER (\w+)$/gm)].at(-1)?.[1];
			if (/^CMD/m.test(stage)) expect(user, name).toBe("node");
		}
	});
});
