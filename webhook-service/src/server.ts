import { run } from "./run.ts";

await run({ web: true, worker: process.argv.includes("--with-worker") });
