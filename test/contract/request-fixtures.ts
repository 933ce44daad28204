import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../fixtures/requests");

/** The recorded requests of one adapter; `{sink}` in them becomes `address`. */
export function requestFixtures<T>(adapter: string, address: string): { name: string; fixture: T }[] {
	return fixtureNames(adapter).map((name) => ({
		name,
		fixture: JSON.parse(readFileSync(join(folder, adapter, name), "utf8").replaceAll("{sink}", address)) as T,
	}));
}

/** Fails with what to do when an adapter has no fixtures. */
export function fixtureNames(adapter: string): string[] {
	const own = join(folder, adapter);
	const names = existsSync(own) ? readdirSync(own).filter((name) => name.endsWith(".json")) : [];
	if (names.length > 0) return names.sort();
	throw new Error(
		`"${adapter}" has no fixtures: write down what it sends in test/fixtures/requests/${adapter}/, one .json per case, like the others there.`,
	);
}
