import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { languages } from "@stipt/shared/wire/language";
import { beforeAll, describe, expect, it } from "vitest";
import { builtExtension } from "./built-extension.ts";

const folder = resolve(import.meta.dirname, "../../extension/store");
const text = readFileSync(join(folder, "README.md"), "utf8");
const pictures = readdirSync(folder).filter((name) => name.endsWith(".png"));
/** Chrome's own limit. */
const longest = 132;

let manifest: Record<string, string[]> = {};
let build = "";
beforeAll(() => {
	build = builtExtension();
	manifest = JSON.parse(readFileSync(join(build, "manifest.json"), "utf8")) as Record<string, string[]>;
}, 120_000);

/** Width and height, from a PNG's first chunk. */
function sizeOf(picture: string): [number, number] {
	const bytes = readFileSync(join(folder, picture));
	return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

describe("the store pages", () => {
	it("have six pictures of 1280 × 800, each with what it shows", () => {
		expect(pictures).toHaveLength(6);
		for (const picture of pictures) {
			expect(sizeOf(picture), picture).toEqual([1280, 800]);
			expect(text).toMatch(new RegExp(`^\\| \`${picture}\` \\| .{10,} \\|$`, "m"));
		}
		expect(text.match(/^\| `[\w-]+\.png` \|/gm)).toHaveLength(pictures.length);
	});

	it.each(languages)(
		"say in %s what it is, in the manifest's own words, and why each permission is asked",
		(language) => {
			const section = text.split(/^## /m).find((part) => part.startsWith(`${language}\n`)) ?? "";
			const bold = [...section.matchAll(/^\*\*[^*]+?\s?:\*\* ?(.*)$/gm)].map(([, said]) => said);
			const messages = JSON.parse(readFileSync(join(build, `_locales/${language}/messages.json`), "utf8")) as Record<
				string,
				{ message: string }
			>;
			const short = messages["extensionDescription"]?.message ?? "";
			expect(bold).toEqual([messages["extensionName"]?.message, short, "", expect.stringMatching(/.{30,}/)]);
			expect(short.length).toBeLessThanOrEqual(longest);

			const explained = [...section.matchAll(/^\| (`.+?`) \| .{20,} \|$/gm)].flatMap(([, names = ""]) =>
				[...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
			);
			const asked = ["permissions", "optional_permissions", "optional_host_permissions"].flatMap(
				(kind) => manifest[kind] ?? [],
			);
			expect(explained.sort()).toEqual(asked.sort());
		},
	);
});
