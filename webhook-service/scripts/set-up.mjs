// @ts-check
import { buildAll } from "./builds.mjs";
import { unpackedBefore } from "./debian-package.mjs";
import { staleBuilds } from "./freshness.mjs";
import { installPackages, needsPackages } from "./install.mjs";
import { requireNode } from "./node-version.mjs";
import { redisOnPath, unpackedRedis } from "./redis-program.mjs";
import { step } from "./step.mjs";

/** Installs the packages when they are missing or older than the lock file. */
export async function setUpPackages() {
	requireNode(process.versions.node);
	if (needsPackages()) await step("Installing packages (npm ci)", installPackages);
}

/** Builds what is missing or older than its sources. */
export async function setUpBuilds() {
	const stale = staleBuilds();
	if (stale.length > 0) await step(`Building ${stale.join(" and ")}`, () => buildAll(stale));
}

/** Finds a Redis, or fetches one. Answers the program. */
export async function setUpRedis() {
	const here = (await redisOnPath()) ?? unpackedBefore("redis-server");
	return here ?? (await step("Fetching Redis (nothing is installed on the system)", unpackedRedis));
}
