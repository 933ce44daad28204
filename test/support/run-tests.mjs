// @ts-check
// `npm test`: sets up all that the tests need, then types, style, build and tests. Its last line counts.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startChild } from "../../webhook-service/scripts/child.mjs";
import { inRoot } from "../../webhook-service/scripts/folders.mjs";
import { npm } from "../../webhook-service/scripts/install.mjs";
import { freePort } from "../../webhook-service/scripts/ports.mjs";
import { Problem } from "../../webhook-service/scripts/problem.mjs";
import { untilRedisReady } from "../../webhook-service/scripts/redis-ping.mjs";
import { endRuns, run } from "../../webhook-service/scripts/run.mjs";
import { setUpPackages, setUpRedis } from "../../webhook-service/scripts/set-up.mjs";
import { findChromium } from "./chromium.mjs";

/** Paths of tests, as `npm test -- test/flow`: then only those run. */
const only = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), "stipt-test-"));
/** What failed besides tests. @type {string[]} */
const failures = [];
/** @type {import("../../webhook-service/scripts/child.mjs").Child | null} */
let redis = null;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
	process.on(signal, async () => {
		endRuns();
		await cleanUp();
		process.exit(130);
	});
}

async function cleanUp() {
	await redis?.stop();
	rmSync(scratch, { recursive: true, force: true });
}

/** @param {string} program */
async function startRedis(program) {
	const port = await freePort();
	const settings = [
		"--bind",
		"127.0.0.1",
		"--port",
		String(port),
		"--dir",
		scratch,
		"--save",
		"",
		"--appendonly",
		"no",
	];
	redis = startChild("Redis", [program, ...settings], { log: join(scratch, "redis.log") });
	if (await untilRedisReady({ port, isRunning: redis.isRunning })) return `redis://127.0.0.1:${port}`;
	throw new Problem(`Redis did not start:\n${redis.lastWords()}`);
}

/** @param {string} name */
async function check(name) {
	process.stdout.write(`\n${name}\n`);
	const from = performance.now();
	const { code } = await npm(["run", "-s", name], { show: true });
	process.stdout.write(
		`${name}: ${code === 0 ? "fine" : "FAILED"}, ${Math.round((performance.now() - from) / 1000)} s\n`,
	);
	if (code !== 0) failures.push(name);
}

/** @param {Record<string, string>} found */
async function runVitest(found) {
	const report = join(scratch, "report.json");
	const args = ["run", "--config", "test/vitest.config.ts", "--root", "."];
	const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
	const program = inRoot("node_modules", "vitest", "vitest.mjs");
	const { code } = await run(process.execPath, [program, ...args, ...reporters, ...only], {
		env: { ...process.env, ...found },
		show: true,
	});
	return { code, ...readReport(report) };
}

/** @param {string} file */
function readReport(file) {
	try {
		const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
			readFileSync(file, "utf8"),
		);
		/** @type {{ name: string, status: string, assertionResults: { status: string }[] }[]} */
		const files = testResults;
		const unread = files.filter(
			({ status, assertionResults }) =>
				status === "failed" && !assertionResults.some((test) => test.status === "failed"),
		);
		return {
			passed: numPassedTests,
			failed: numFailedTests,
			skipped: numPendingTests + numTodoTests,
			unread: unread.map(({ name }) => name),
		};
	} catch {
		return { passed: 0, failed: 0, skipped: 0, unread: [] };
	}
}

let passed = 0;
let failed = 0;
try {
	await setUpPackages();
	const redisProgram = await setUpRedis();
	const chromium = await findChromium();
	if (only.length === 0) for (const name of ["typecheck", "lint", "build"]) await check(name);
	const REDIS_URL = await startRedis(redisProgram);
	const tests = await runVitest({ REDIS_URL, REDIS_SERVER: redisProgram, CHROMIUM: chromium });
	passed = tests.passed;
	failed = tests.failed;
	failures.push(...tests.unread);
	if (tests.passed + tests.failed === 0) failures.push("no test ran");
	else if (tests.code !== 0 && tests.failed + tests.unread.length === 0) failures.push("an error outside of the tests");
	if (tests.skipped > 0) process.stdout.write(`${tests.skipped} skipped\n`);
} catch (error) {
	process.stdout.write(
		`\n${error instanceof Problem ? error.message : error instanceof Error ? error.stack : error}\n`,
	);
	failures.push("the set-up");
}
await cleanUp();
for (const failure of failures) process.stdout.write(`FAILED: ${failure}\n`);
failed += failures.length;
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
