import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";

/** A Redis of a test's own, to be killed and started again. */
export type RedisServer = {
	url: string;
	port: number;
	/** Ends it at once, as a power cut would; what was not yet written to its file is lost. */
	kill(): Promise<void>;
	/** Starts it again on the same port, with what its file holds. */
	restart(): Promise<void>;
	/** Ends it and takes its data away. */
	stop(): Promise<void>;
};

/**
 * Starts a Redis on a free port of the loopback interface, or on `port`. With `appendonly` every write is on disk before
 * it is answered, unless `appendfsync` says every second.
 */
export async function startRedis({
	port,
	appendonly = true,
	appendfsync = "always",
}: {
	port?: number;
	appendonly?: boolean;
	appendfsync?: "always" | "everysec";
} = {}): Promise<RedisServer> {
	const folder = await mkdtemp(join(tmpdir(), "stipt-redis-"));
	const own = port ?? (await freePort());
	const url = `redis://127.0.0.1:${own}`;
	let child: ChildProcess | null = null;

	const start = async () => {
		child = spawn(
			process.env.REDIS_SERVER ?? "redis-server",
			[
				...["--bind", "127.0.0.1", "--port", String(own), "--dir", folder, "--save", "", "--hz", "100"],
				...[
					"--appendonly",
					appendonly ? "yes" : "no",
					"--appendfsync",
					appendfsync,
					"--maxmemory-policy",
					"noeviction",
				],
			],
			{ stdio: "ignore" },
		);
		process.once("exit", endWithUs);
		await untilReady(url, child);
	};
	const end = async (signal: "SIGKILL" | "SIGTERM") => {
		const ending = child;
		child = null;
		process.off("exit", endWithUs);
		if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return;
		const ended = new Promise((resolve) => ending.once("exit", resolve));
		ending.kill(signal);
		await ended;
	};
	const endWithUs = () => child?.kill("SIGKILL");

	await start();
	return {
		url,
		port: own,
		kill: () => end("SIGKILL"),
		restart: start,
		async stop() {
			await end("SIGTERM");
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
	const failed = new Promise<never>((_resolve, reject) => {
		child.once("error", reject);
		child.once("exit", (code) => reject(new Error(`Expected redis-server to run, found it ended with ${code}.`)));
	});
	const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 20 });
	client.on("error", () => undefined);
	try {
		await Promise.race([client.ping(), failed]);
	} finally {
		client.disconnect();
		failed.catch(() => undefined);
	}
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const address = server.address();
			server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
		});
	});
}
