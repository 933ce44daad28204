import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { afterEach, beforeAll, expect, test } from "vitest";

type Ready = {
	first: boolean;
	desk: { url: string; token: string };
	mailbox: { url: string; smtpPort: number };
	statuspage: { url: string; apiUrl: string; pageId: string; apiKey: string };
};

const program = join(import.meta.dirname, "../.cache/practice-under-test.js");
const children: ChildProcess[] = [];

beforeAll(() =>
	build({
		entryPoints: [join(import.meta.dirname, "desks/practice.ts")],
		outfile: program,
		bundle: true,
		platform: "node",
		format: "esm",
		target: "node20",
		packages: "external",
		alias: { "@stipt/shared": join(import.meta.dirname, "../shared/src") },
	}),
);
afterEach(() => {
	for (const child of children.splice(0)) child.kill("SIGKILL");
});

async function start(folder: string, extra: string[] = []): Promise<{ child: ChildProcess; ready: Ready }> {
	const ports = ["desk", "mailbox", "statuspage", "smtp"].flatMap((name) => [`--${name}-port`, "0"]);
	const child = spawn(process.execPath, [program, "--data", folder, ...ports, ...extra], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	children.push(child);
	if (!child.stdout) throw new Error("Expected an output to read, found none.");
	const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
	return { child, ready: JSON.parse(line) as Ready };
}

const ask = async (url: string, authorization: string) => {
	const response = await fetch(url, { headers: { Accept: "application/json", Authorization: authorization } });
	return { status: response.status, body: await response.json() };
};

test("one bundled process starts desk, mailbox and status page, and says how to reach them", async () => {
	const { child, ready } = await start(mkdtempSync(join(tmpdir(), "practice-")));
	expect(ready.first).toBe(true);
	const token = `Token token=${ready.desk.token}`;
	const tickets = await ask(`${ready.desk.url}/api/v1/tickets/search?query=*&expand=true`, token);
	expect((tickets.body as unknown[]).length).toBeGreaterThan(8);
	for (const path of ["users/me", "version", "webhooks", "triggers", "groups"]) {
		expect([path, (await ask(`${ready.desk.url}/api/v1/${path}`, token)).status]).toEqual([path, 200]);
	}
	const page = await ask(
		`${ready.statuspage.apiUrl}/pages/${ready.statuspage.pageId}/components`,
		`OAuth ${ready.statuspage.apiKey}`,
	);
	expect((page.body as { name: string }[]).map(({ name }) => name)).toEqual(["Portal", "Sign-in", "Mail"]);
	expect((await fetch(ready.desk.url)).headers.get("content-security-policy")).toContain("'strict-dynamic' 'nonce-");
	expect((await fetch(`${ready.desk.url}/assets/desk.js`)).status).toBe(200);
	expect((await fetch(ready.mailbox.url)).status).toBe(200);
	child.kill("SIGTERM");
	expect(await once(child, "exit")).toEqual([0, null]);
});

test("a second start has the same tickets, the same token and the same page, and waits on nobody", async () => {
	const folder = mkdtempSync(join(tmpdir(), "practice-"));
	const first = await start(folder);
	first.child.kill("SIGINT");
	await once(first.child, "exit");
	const second = await start(folder, ["--quiet"]);
	expect(second.ready.first).toBe(false);
	expect(second.ready.desk.token).toBe(first.ready.desk.token);
	expect(second.ready.statuspage.pageId).toBe(first.ready.statuspage.pageId);
	const token = `Token token=${second.ready.desk.token}`;
	const { body } = await ask(`${second.ready.desk.url}/api/v1/tickets/search?query=*&expand=true`, token);
	expect((body as unknown[]).length).toBeGreaterThan(8);
});

test("takes a free port when its own is somebody else's, and names a flag that it does not understand", async () => {
	const first = await start(mkdtempSync(join(tmpdir(), "practice-")), ["--quiet"]);
	const port = new URL(first.ready.desk.url).port;
	const second = await start(mkdtempSync(join(tmpdir(), "practice-")), ["--quiet", "--desk-port", port]);
	expect(second.ready.desk.url).not.toBe(first.ready.desk.url);
	const wrong = spawn(process.execPath, [program, "--desk-port", "none"], { stdio: ["ignore", "ignore", "pipe"] });
	const [text] = (await once(wrong.stderr, "data")) as [Buffer];
	expect(text.toString()).toContain("Expected --desk-port to be a port from 0 to 65535, found none.");
	expect(await once(wrong, "exit")).toEqual([2, null]);
});
