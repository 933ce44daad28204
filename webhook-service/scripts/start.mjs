// @ts-check
// `npm start`: everything that the main job needs, on a machine with nothing but Node.
import { readEnvironment } from "./environment.mjs";
import { openHome } from "./home.mjs";
import { requireNode } from "./node-version.mjs";
import { freePort } from "./ports.mjs";
import { setUpPractice } from "./practice.mjs";
import { startPrivateRedis } from "./private-redis.mjs";
import { Problem } from "./problem.mjs";
import { endRuns } from "./run.mjs";
import { requirePort, startService, untilReady } from "./service.mjs";
import { setUpBuilds, setUpPackages, setUpRedis } from "./set-up.mjs";
import { step } from "./step.mjs";
import { whatRuns } from "./what-runs.mjs";

/** @typedef {import("./child.mjs").Child} Child */

/** What we started, the first first. @type {Child[]} */
const children = [];
/** What the main job cannot do without. @type {Child[]} */
const vital = [];
let isStopping = false;

/** Stops all that we started, the last first: Redis is the one that ends when nobody writes any more. */
async function stopAll() {
	endRuns();
	for (const child of [...children].reverse()) await child.stop();
}

async function stop() {
	if (isStopping) process.exit(130);
	isStopping = true;
	process.stdout.write("\nStopping … ");
	await stopAll();
	process.stdout.write("stopped. The data is kept.\n");
	process.exit(0);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
if (process.env.npm_lifecycle_event) stopWithParent();

/** An npm that is told to end does not tell us. */
function stopWithParent() {
	const parent = process.ppid;
	setInterval(() => process.ppid !== parent && !isStopping && stop(), 500).unref();
}

// Whoever read what we print may leave before we do.
process.stdout.on("error", () => {});

/** @param {Child} child @param {{ isVital?: boolean }} [options] */
function started(child, { isVital = true } = {}) {
	children.push(child);
	if (isVital) vital.push(child);
	else child.exited.then(() => isStopping || process.stderr.write(`\n${lastWordsOf(child)}\nThe rest goes on.\n`));
	return child;
}

async function start() {
	requireNode(process.versions.node);
	const settings = readEnvironment(process.env);
	await requirePort(settings);
	await setUpPackages();
	await setUpBuilds();

	const home = openHome(settings.home);
	const port = settings.port || (await freePort(settings.host));
	const env = {
		...process.env,
		NODE_ENV: "production",
		PORT: String(port),
		STIPT_URL: settings.url ?? `http://localhost:${port}`,
		STIPT_SECRET: settings.secret ?? home.secret("secret"),
		REDIS_URL: settings.redisUrl ?? (await ownRedis(home)),
	};
	home.keep("environment.json", {
		...{ PORT: env.PORT, STIPT_URL: env.STIPT_URL },
		...(settings.redisUrl === null ? { REDIS_URL: env.REDIS_URL } : {}),
		...(settings.secret === null ? { STIPT_SECRET: env.STIPT_SECRET } : {}),
	});

	const address = `http://${["0.0.0.0", "::"].includes(settings.host) ? "127.0.0.1" : settings.host}:${port}`;
	const service = started(startService(env, home));
	await step("Starting the service", () => untilReady(address, service));
	const practice = await setUpPractice({ wanted: settings.demo, env, home, started });
	process.stdout.write(`\n${whatRuns({ url: env.STIPT_URL, home: home.folder, practice }).join("\n")}\n`);
	const ended = await Promise.race(vital.map((child) => child.exited.then(() => child)));
	throw new Problem(lastWordsOf(ended));
}

/** @param {import("./home.mjs").Home} home */
async function ownRedis(home) {
	const program = await setUpRedis();
	const redis = await startPrivateRedis(program, home);
	started(redis.child);
	return redis.url;
}

/** @param {Child} child */
const lastWordsOf = (child) => `${child.name} ended by itself. Its last words:\n${child.lastWords()}`;

try {
	await start();
} catch (error) {
	if (!isStopping) {
		isStopping = true;
		await stopAll();
		process.stderr.write(
			`\n${error instanceof Problem ? error.message : error instanceof Error ? error.stack : error}\n`,
		);
		process.exit(1);
	}
}
