// @ts-check
// `npm run fuzz [-- PATH…]`: every property test of the repository, 100,000 cases each, other ones each time.
// FUZZ_RUNS says how many instead.
import { spawn } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const paths = process.argv.slice(2);
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const args = ["run", "--config", "test/vitest.config.ts", "--root", ".", "--testTimeout", "36000000"];
const child = spawn(
	process.execPath,
	[vitest, ...args, ...(paths.length > 0 ? paths : [".properties.test.", "test/fuzz/"])],
	{
		cwd: root,
		env: { FUZZ_RUNS: "100000", ...process.env },
		stdio: "inherit",
	},
);
child.once("exit", (code) => {
	process.exitCode = code ?? 1;
});
