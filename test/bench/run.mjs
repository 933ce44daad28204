/**
 * `npm run bench -- NAME` bundles `test/bench/NAME.ts` as the service is bundled, runs its `bench()` (which returns
 * `BenchResult[]` or a promise of it, see `measuring/alternate.ts`) from the root of the repository, and prints one
 * JSON object on standard output. Whatever a bench prints goes to standard error.
 */
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import os from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

process.env.TZ = "Europe/Brussels";
const root = join(import.meta.dirname, "../..");
process.chdir(root);

const names = readdirSync(import.meta.dirname)
	.filter((file) => file.endsWith(".ts"))
	.map((file) => file.slice(0, -".ts".length))
	.sort();
const [name, ...rest] = process.argv.slice(2);
if (name === undefined || rest.length > 0 || !names.includes(name)) {
	const found = process.argv.slice(2).join(" ") || "none";
	process.stderr.write(`Expected the name of one bench (${names.join(", ")}), found ${found}\n`);
	process.exit(2);
}

const writeAnswer = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

const { bench } = await import(pathToFileURL(await bundle(name)).href);
const results = await bench();
const machine = {
	cpu: os.cpus()[0]?.model ?? "unknown",
	cores: os.cpus().length,
	memoryGb: Math.round(os.totalmem() / 2 ** 30),
	platform: `${os.platform()} ${os.arch()}`,
	node: process.version,
	tz: process.versions.tz,
};
writeAnswer(`${JSON.stringify({ bench: name, machine, results })}\n`, () => process.exit(0));

/** Our own TypeScript in one file that still finds its packages; every source keeps its own place for `import.meta`. */
async function bundle(entry) {
	const folder = join(root, "node_modules/.cache/stipt-bench");
	mkdirSync(folder, { recursive: true });
	const outfile = join(folder, `${entry}.mjs`);
	await build({
		entryPoints: [join(import.meta.dirname, `${entry}.ts`)],
		outfile,
		bundle: true,
		platform: "node",
		format: "esm",
		target: "node20",
		sourcemap: "inline",
		logLevel: "error",
		plugins: [
			{
				name: "own sources only",
				setup({ onResolve, onLoad }) {
					onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
						kind === "entry-point" || path.startsWith("@stipt/") ? undefined : { path, external: true },
					);
					onLoad({ filter: /\.tsx?$/ }, ({ path }) => ({
						contents: readFileSync(path, "utf8")
							.replaceAll("import.meta.dirname", JSON.stringify(dirname(path)))
							.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href)),
						loader: path.endsWith("x") ? "tsx" : "ts",
					}));
				},
			},
		],
	});
	return outfile;
}
