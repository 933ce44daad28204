import { describe, expect, test } from "vitest";
import { UsageError } from "./command.ts";
import { typed } from "./options.ts";

const known = { texts: ["token", "url"], flags: ["yes"] };

describe("options of a command", () => {
	test("may have a value that begins with a dash", () => {
		const options = typed(["zammad", "--token", "-oWAk_H5", "--yes", "--url", "https://desk.example"], known);
		expect(options.words).toEqual(["zammad"]);
		expect(options.need("token")).toBe("-oWAk_H5");
		expect(options.has("yes")).toBe(true);
		expect(options.need("url")).toBe("https://desk.example");
		expect(typed(["--token=-x", "-"], known)).toMatchObject({ words: ["-"] });
		expect(typed(["--", "--token", "-x"], known).words).toEqual(["--token", "-x"]);
	});

	test("without their value are refused, whatever follows", () => {
		expect(() => typed(["--token", "--yes"], known)).toThrow(UsageError);
		expect(() => typed(["--token"], known)).toThrow(UsageError);
		expect(() => typed(["-oWAk"], known)).toThrow(UsageError);
	});
});
