// @ts-check
// Makes what Node runs: the service's three programs, its ready-made policies, and the practice desk.
import { chmodSync, cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { deskBuild, inRoot, service, serviceBuild } from "./folders.mjs";

/** @type {import("esbuild").BuildOptions} */
const forNode = {
	bundle: true,
	platform: "node",
	format: "esm",
	target: "node20",
	packages: "external",
	alias: { "@stipt/shared": inRoot("shared", "src") },
	sourcemap: true,
	logLevel: "warning",
};

const programs = ["server", "worker", "cli"];

rmSync(serviceBuild, { recursive: true, force: true });
await build({
	...forNode,
	entryPoints: programs.map((program) => join(service, "src", `${program}.ts`)),
	outdir: serviceBuild,
	banner: { js: "#!/usr/bin/env node" },
});
for (const program of programs) chmodSync(join(serviceBuild, `${program}.js`), 0o755);
cpSync(inRoot("shared", "policies"), join(serviceBuild, "policies"), { recursive: true });

// With its packages inside, so that it also runs where only the service's are installed.
await build({
	...forNode,
	packages: "bundle",
	entryPoints: [inRoot("test", "desks", "practice.ts")],
	outfile: deskBuild,
	banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
});
