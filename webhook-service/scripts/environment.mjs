// @ts-check
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { root } from "./folders.mjs";
import { Problem } from "./problem.mjs";

/**
 * What `npm start` was told by the environment. `null`: it sees to that itself.
 * @typedef {{ port: number, host: string, url: string | null, redisUrl: string | null, secret: string | null,
 *   home: string, demo: boolean }} Settings
 */

/**
 * The variables, as `src/config.ts` has them; here without any package, because they are checked before those are
 * installed. A test holds the two together.
 * @type {Record<string, { expected: string, isRight: (value: string) => boolean, default: string | null, isSecret?: true }>}
 */
const variables = {
	PORT: { expected: "a port from 0 to 65535", isRight: isWhole(0, 65535), default: "8420" },
	STIPT_HOST: {
		expected: "an IP address or host name",
		isRight: (value) => /^[\w.:-]+$/.test(value),
		default: "127.0.0.1",
	},
	STIPT_URL: { expected: "an http or https address", isRight: isAddress("http:", "https:"), default: null },
	REDIS_URL: {
		expected: "a redis or rediss address",
		isRight: isAddress("redis:", "rediss:"),
		default: null,
		isSecret: true,
	},
	STIPT_SECRET: {
		expected: "at least 32 characters",
		isRight: (value) => value.length >= 32,
		default: null,
		isSecret: true,
	},
	STIPT_HOME: { expected: "a folder", isRight: isFolder, default: ".stipt" },
	STIPT_DEMO: { expected: "0 or 1", isRight: (value) => value === "0" || value === "1", default: "1" },
	STIPT_LOG: {
		expected: "silent, error, warn or info",
		isRight: (value) => ["silent", "error", "warn", "info"].includes(value),
		default: "info",
	},
	STIPT_RETENTION_DAYS: {
		expected: "a whole number of days from 1 to 3650",
		isRight: isWhole(1, 3650),
		default: "400",
	},
};

/**
 * Reads the environment. Throws a `Problem` that names every wrong variable, what was expected and what was found.
 * @param {Record<string, string | undefined>} environment
 * @returns {Settings}
 */
export function readEnvironment(environment) {
	/** @type {string[]} */
	const problems = [];
	/** @param {string} name */
	const read = (name) => {
		const variable = variables[name];
		if (!variable) throw new RangeError(`Expected a variable of the table, found ${name}.`);
		const value = environment[name] || variable.default;
		if (value === null || variable.isRight(value)) return value;
		const found = variable.isSecret ? "another value (not shown)" : `"${value}"`;
		problems.push(`${name}: expected ${variable.expected}, found ${found}`);
		return value;
	};
	const values = Object.fromEntries(Object.keys(variables).map((name) => [name, read(name)]));
	if (problems.length > 0) throw new Problem(problems.join("\n"));
	return {
		port: Number(values.PORT),
		host: String(values.STIPT_HOST),
		url: values.STIPT_URL?.replace(/\/+$/, "") ?? null,
		redisUrl: values.REDIS_URL ?? null,
		secret: values.STIPT_SECRET ?? null,
		home: resolve(root, String(values.STIPT_HOME)),
		demo: values.STIPT_DEMO === "1",
	};
}

/** @param {number} least @param {number} most @returns {(value: string) => boolean} */
function isWhole(least, most) {
	return (value) => /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most;
}

/** @param {string[]} protocols @returns {(value: string) => boolean} */
function isAddress(...protocols) {
	return (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

/** A folder, or nothing yet. @param {string} value */
function isFolder(value) {
	return statSync(resolve(root, value), { throwIfNoEntry: false })?.isDirectory() ?? true;
}
