// @ts-check
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cache } from "./folders.mjs";
import { onPath } from "./on-path.mjs";
import { run, tail } from "./run.mjs";

/** A package's program that was unpacked before; `null` when it was not. @param {string} name */
export function unpackedBefore(name) {
	const program = join(cache, name, "start");
	return existsSync(program) ? program : null;
}

/**
 * A program out of Debian's (or Ubuntu's) packages without installing anything: the package and what it needs and this
 * machine lacks are unpacked under `.cache`, once. Needs no root. Answers the program, or why not.
 * @param {{ package: string, file: string }} wanted the package, and the program's path in it
 * @returns {Promise<{ program: string } | { why: string }>}
 */
export async function unpackedProgram({ package: name, file }) {
	const folder = join(cache, name);
	const program = join(folder, "start");
	if (!onPath("apt-get") || !onPath("dpkg")) return { why: "this system has no apt-get" };

	const draft = `${folder}.new`;
	rmSync(draft, { recursive: true, force: true });
	const packages = join(draft, "packages");
	mkdirSync(packages, { recursive: true });
	let why = await fetchPackages(name, packages, []);
	if (why !== null) why = await fetchPackages(name, packages, await ownLists());
	if (why !== null) return { why };
	for (const archive of readdirSync(packages)) {
		const { code, all } = await run("dpkg", ["-x", join(packages, archive), join(draft, "root")]);
		if (code !== 0) return { why: tail(all, 3) };
	}
	rmSync(packages, { recursive: true });
	rmSync(folder, { recursive: true, force: true });
	renameSync(draft, folder);
	const libraries = ["usr/lib", "lib"].flatMap((part) => libraryFolders(folder, join("root", part)));
	writeFileSync(
		program,
		[
			"#!/bin/sh",
			'here=$(cd "$(dirname "$0")" && pwd)',
			`LD_LIBRARY_PATH="${libraries.map((part) => `$here/${part}`).join(":")}" exec "$here/root/${file}" "$@"`,
			"",
		].join("\n"),
	);
	chmodSync(program, 0o755);
	const { code, all } = await run(program, ["--version"]);
	if (code === 0) return { program };
	rmSync(folder, { recursive: true });
	return { why: tail(all, 3) };
}

/**
 * Downloads a package and what it needs and this machine lacks. Answers why not, or `null`.
 * @param {string} name @param {string} into @param {string[]} options of apt-get
 */
async function fetchPackages(name, into, options) {
	const plan = await run("apt-get", [...options, "install", "--simulate", "--no-install-recommends", name]);
	if (plan.code !== 0) return tail(plan.all, 3);
	const lacking = [...plan.out.matchAll(/^Inst (\S+)/gm)].map(([, found]) => String(found));
	const wanted = [...new Set([name, ...lacking])];
	const got = await run("apt-get", [...options, "-o", "APT::Sandbox::User=root", "download", ...wanted], { cwd: into });
	return got.code === 0 ? null : tail(got.all, 3);
}

/** Fetches lists of packages of our own, for a machine that has none or old ones. Answers the options to use them. */
async function ownLists() {
	const lists = join(cache, "apt", "lists");
	const archives = join(cache, "apt", "cache");
	mkdirSync(join(lists, "partial"), { recursive: true });
	mkdirSync(join(archives, "archives", "partial"), { recursive: true });
	const options = ["-o", `Dir::State::Lists=${lists}`, "-o", `Dir::Cache=${archives}`, "-o", "APT::Sandbox::User=root"];
	await run("apt-get", [...options, "update"]);
	return options;
}

/** The folder and those in it such as `x86_64-linux-gnu`. @param {string} base @param {string} part */
function libraryFolders(base, part) {
	if (!existsSync(join(base, part))) return [];
	const machines = readdirSync(join(base, part)).filter((name) => name.includes("-linux-gnu"));
	return [part, ...machines.map((name) => join(part, name))];
}
