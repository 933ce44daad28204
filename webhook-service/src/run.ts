import type { Server } from "node:http";
import { systemTime } from "./clock.ts";
import { ConfigError, environment, readConfig } from "./config.ts";
import { ServiceError } from "./errors.ts";
import { createApp } from "./http/app.ts";
import { listen, stopListening } from "./http/listen.ts";
import { startWorkers, type Workers } from "./jobs/workers.ts";
import { createLog, failure } from "./log.ts";
import { wire } from "./wiring.ts";
import { obeyMainThread, startWorkerThread, type WorkerThread } from "./worker-thread.ts";

/** Built programs lie beside each other. */
const workerProgram = new URL("./worker.js", import.meta.url);

/** Runs the web side, the worker, or both (the worker on a thread of its own), until it is told to stop. */
export async function run({ web, worker }: { web: boolean; worker: boolean }): Promise<void> {
	const config = configOrExit();
	const log = createLog(config.logLevel);
	const { ports, prefix, close } = await wire(config, { time: systemTime, log }).catch((error: unknown) => {
		if (!(error instanceof ServiceError)) throw error;
		process.stderr.write(`${error.message}\n`);
		process.exit(1);
	});
	let workers: Workers | WorkerThread | null = null;
	let server: Server | null = null;
	const stop = async () => {
		if (server !== null) await stopListening(server);
		await workers?.close();
		await close();
		process.exit(0);
	};
	for (const signal of ["SIGTERM", "SIGINT"] as const) {
		process.once(signal, () => {
			log.info({ signal }, "stopping");
			void stop();
		});
	}
	obeyMainThread(() => void stop());
	process.on("unhandledRejection", (error) => log.error(failure(error), "bug: nobody waited for this"));
	if (worker && !web) workers = await startWorkers(config.redisUrl, prefix, ports);
	if (web) {
		try {
			const listening = await listen(createApp(ports), { port: config.port, host: config.host });
			server = listening.server;
			log.info({ port: listening.port, worker }, "listening");
			if (worker) workers = startWorkerThread(workerProgram, (code) => process.exit(code === 0 ? 1 : code));
		} catch (error) {
			process.stderr.write(
				`PORT: expected a free port, found ${config.port} taken or not allowed (${String(error)})\n`,
			);
			process.exit(1);
		}
	}
}

function configOrExit() {
	try {
		return readConfig(environment);
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error;
		process.stderr.write(`${error.message}\n`);
		process.exit(1);
	}
}
