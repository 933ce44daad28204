import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { languages } from "@stipt/shared/wire/language";
import { beforeAll, describe, expect, it } from "vitest";
import { builtExtension, overlayScript } from "./built-extension.ts";

let folder = "";
beforeAll(() => {
	folder = builtExtension();
}, 120_000);

const read = (path: string) => readFileSync(join(folder, path), "utf8");

describe("the built extension", () => {
	it("asks for no address and no more rights than it uses at installation", () => {
		const manifest = JSON.parse(read("manifest.json")) as Record<string, unknown>;
		expect(manifest["manifest_version"]).toBe(3);
		expect(manifest["permissions"]).toEqual(["sidePanel", "storage", "scripting", "alarms", "webRequest"]);
		expect(manifest["optional_permissions"]).toEqual(["notifications"]);
		expect(manifest["optional_host_permissions"]).toEqual(["http://*/*", "https://*/*"]);
		for (const absent of [
			"host_permissions",
			"content_scripts",
			"web_accessible_resources",
			"externally_connectable",
		]) {
			expect(manifest).not.toHaveProperty(absent);
		}
	});

	it.each(languages)("has a name and a description in %s", (language) => {
		const messages = JSON.parse(read(`_locales/${language}/messages.json`)) as Record<string, { message: string }>;
		expect(messages["extensionName"]?.message).toBe("Stipt");
		expect(messages["extensionDescription"]?.message.length).toBeGreaterThan(20);
		expect(JSON.stringify(messages)).not.toContain("$");
	});

	it("keeps the overlay's script within 30 kB, compressed", () => {
		expect(gzipSync(readFileSync(overlayScript(folder)), { level: 9 }).length).toBeLessThanOrEqual(30_720);
	});

	it("holds no markup that is made from text, and no call of the network outside the background", () => {
		const scripts = readdirSync(folder).filter((name) => name.endsWith(".js"));
		expect(scripts.length).toBe(5);
		for (const name of scripts)
			expect(read(name), name).not.toMatch(/\bfetch\(|XMLHttpRequest|insertAdjacentHTML|\beval\(|new Function/);
		expect(read("static/background/index.js")).toMatch(/\bfetch\(/);
	});
});
