import { describe, expect, it } from "vitest";
import { pairingLink, parsePairingLink } from "./pairing.ts";

const secret = "k7f3Jq0aZ_-1k7f3Jq0aZ_-1";

describe("parsePairingLink", () => {
	it.each(["https://stipt.example.org", "http://127.0.0.1:8080", "https://example.org/stipt"])(
		"reads what pairingLink makes for %s",
		(address) => {
			expect(parsePairingLink(pairingLink(address, secret))).toEqual({ address, secret });
			expect(parsePairingLink(`  ${pairingLink(address, secret)}\n`)).toEqual({ address, secret });
		},
	);

	it.each([
		["nothing", ""],
		["an address alone", "https://stipt.example.org"],
		["a link without its secret", "https://stipt.example.org/pair"],
		["a secret that is too short", "https://stipt.example.org/pair#abc"],
		["another scheme", `javascript://stipt.example.org/pair#${secret}`],
		["a user in the address", `https://me@stipt.example.org/pair#${secret}`],
		["a query", `https://stipt.example.org/?x=/pair#${secret}`],
		["a token", "stipt_k7f3Jq0aZ"],
	])("refuses %s", (_, text) => {
		expect(parsePairingLink(text)).toBeNull();
	});
});
