// @ts-check
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cache } from "./folders.mjs";
import { onPath } from "./on-path.mjs";
import { run, tail } from "./run.mjs";

/**
 * A program out of Debian's (or Ubuntu's) packages without installing anything: the package and what it needs and this
 * machine lacks are unpacked under `.cache`, once. Needs no root. Answers the program, or why not.
 * @param {{ package: string, file: string }} wanted the package, and the program's path in it
 * @returns {Promise<{ program: string } | { why: string }>}
 */
export async function unpackedProgram({ package: name, file }) {
	const folder = join(cache, name);
	const program = join(folder, "start");
	if (existsSync(program)) return { program };
	if (!onPath("apt-get") || !onPath("dpkg")) return { why: "this system has no apt-get" };

	const draft = `${folder}.new`;
	rmSync(draft, { recursive: true, force: true });
	mkdirSync(join(draft, "packages"), { recursive: true });
	const fetched = (await fetchPackages(name, join(draft, "packages"), [])) ?? null;
	const failed = fetched && (await fetchPackages(name, join(draft, "packages"), await ownLists()));
	if (failed) return { why: failed };
	for (const archive of readdirSync(join(draft, "packages"))) {
		const { code, all } = await run("dpkg", ["-x", join(draft, "packages", archive), join(draft, "root")]);
		if (code !== 0) return { why: tail(all, 3) };
	}
	rmSync(join(draft, "packages"), { recursive: true });
	rmSync(folder, { recursive: true, force: true });
	renameSync(draft, folder);
	const libraries = ["usr/lib", "lib"].flatMap((part) => machineFolders(join(folder, "root", part)));
	writeFileSync(
		program,
		`#!/bin/sh\nLD_LIBRARY_PATH="${libraries.join(":")}" exec "${join(folder, "root", file)}" "$@"\n`,
	);
	chmodSync(program, 0o755);
	const { code, all } = await run(program, ["--version"]);
	if (code === 0) return { program };
	rmSync(folder, { recursive: true });
	return { why: tail(all, 3) };
}

/**
 * Downloads a package and what it needs and this machine lacks. Answers why not, or nothing.
 * @param {string} name @param {string} into @param {string[]} options of apt-get
 */
async function fetchPackages(name, into, options) {
	const plan = await run("apt-get", [...options, "install", "--simulate", "--no-install-recommends", name]);
	if (plan.code !== 0) return tail(plan.all, 3);
	const lacking = [...plan.out.matchAll(/^Inst (\S+)/gm)].map(([, found]) => String(found));
	const wanted = [...new Set([name, ...lacking])];
	const got = await run("apt-get", [...options, "-o", "APT::Sandbox::User=root", "download", ...wanted], { cwd: into });
	return got.code === 0 ? undefined : tail(got.all, 3);
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

/** Folders such as `x86_64-linux-gnu`. @param {string} folder */
function machineFolders(folder) {
	if (!existsSync(folder)) return [];
	return [
		folder,
		...readdirSync(folder)
			.filter((name) => /-linux-gnu/.test(name))
			.map((name) => join(folder, name)),
	];
}
