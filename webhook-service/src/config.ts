import type { LogLevel } from "./log.ts";

export type Config = {
	port: number;
	/** Address to listen on. */
	host: string;
	redisUrl: string;
	/** Secret of this installation: seals other secrets at rest and signs links. */
	secret: string;
	/** Where people and helpdesks reach this service, without a trailing slash. */
	publicUrl: string;
	logLevel: LogLevel;
	/** How long the ledger of a finished ticket is kept. */
	retentionDays: number;
};

export type ConfigProblem = { name: string; expected: string; found: string };

/** Thrown at start when an environment variable is wrong: names each, with what was expected and found. */
export class ConfigError extends Error {
	override readonly name = "ConfigError";
	readonly problems: ConfigProblem[];

	constructor(problems: ConfigProblem[]) {
		super(problems.map(({ name, expected, found }) => `${name}: expected ${expected}, found ${found}`).join("\n"));
		this.problems = problems;
	}
}

type Environment = Record<string, string | undefined>;

/** The environment of this process. The only place that reads it. */
export const environment: Environment = process.env;

/** Every variable of the service, what it means, and its default. The README's table is this one. */
export const variables = {
	PORT: { meaning: "port of the web service", expected: "a port from 0 to 65535", default: "8420" },
	STIPT_HOST: { meaning: "address to listen on", expected: "an IP address or host name", default: "127.0.0.1" },
	STIPT_URL: {
		meaning: "where people and helpdesks reach the service",
		expected: "an http or https address",
		default: "http://localhost:PORT",
	},
	REDIS_URL: {
		meaning: "the Redis or Valkey that keeps everything",
		expected: "a redis or rediss address",
		default: "a private one, started by npm start",
	},
	STIPT_SECRET: {
		meaning: "seals secrets at rest and signs links",
		expected: "at least 32 characters",
		default: "made by npm start, kept in STIPT_HOME",
	},
	STIPT_HOME: { meaning: "folder of the data that npm start keeps", expected: "a folder", default: ".stipt" },
	STIPT_DEMO: {
		meaning: "whether npm start adds the practice desk while no helpdesk is connected",
		expected: "0 or 1",
		default: "1",
	},
	STIPT_LOG: { meaning: "how much is logged", expected: "silent, error, warn or info", default: "info" },
	STIPT_RETENTION_DAYS: {
		meaning: "how long the ledger of a finished ticket is kept",
		expected: "a whole number of days from 1 to 3650",
		default: "400",
	},
} as const;

const logLevels: readonly string[] = ["silent", "error", "warn", "info"] satisfies LogLevel[];

/** Reads the configuration of the service. Throws `ConfigError` with every problem at once. */
export function readConfig(env: Environment): Config {
	const problems: ConfigProblem[] = [];
	const read = (name: keyof typeof variables, isRight: (value: string) => boolean, fallback?: string): string => {
		const value = env[name] === undefined || env[name] === "" ? fallback : env[name];
		if (value === undefined || !isRight(value)) {
			const isSecret = name === "STIPT_SECRET" || name === "REDIS_URL";
			const found = value === undefined ? "nothing" : isSecret ? "another value (not shown)" : `"${value}"`;
			problems.push({ name, expected: variables[name].expected, found });
		}
		return value ?? "";
	};
	const port = read("PORT", (value) => isWhole(value, 0, 65535), variables.PORT.default);
	const config: Config = {
		port: Number(port),
		host: read("STIPT_HOST", (value) => /^[\w.:-]+$/.test(value), variables.STIPT_HOST.default),
		redisUrl: read("REDIS_URL", (value) => isAddress(value, ["redis:", "rediss:"])),
		secret: read("STIPT_SECRET", (value) => value.length >= 32),
		publicUrl: read("STIPT_URL", (value) => isAddress(value, ["http:", "https:"]), `http://localhost:${port}`).replace(
			/\/+$/,
			"",
		),
		logLevel: read("STIPT_LOG", (value) => logLevels.includes(value), variables.STIPT_LOG.default) as LogLevel,
		retentionDays: Number(
			read("STIPT_RETENTION_DAYS", (value) => isWhole(value, 1, 3650), variables.STIPT_RETENTION_DAYS.default),
		),
	};
	read("STIPT_DEMO", (value) => value === "0" || value === "1", variables.STIPT_DEMO.default);
	if (problems.length > 0) throw new ConfigError(problems);
	return config;
}

function isWhole(value: string, least: number, most: number): boolean {
	return /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most;
}

function isAddress(value: string, protocols: string[]): boolean {
	return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}
