import { describe, expect, test } from "vitest";
import { policyWith } from "../sla/testing/policy.ts";
import { lasting, type Publication, promisedSince, timelineOf, versionsFor } from "./publication.ts";

const published = (version: string, at: number, change: Partial<Publication> = {}): Publication => ({
	...{ version, at, from: at, scope: "new-tickets", by: "Anna", why: "" },
	...change,
});
const judging = (publications: Publication[], since: number, now: number) => {
	const versions = versionsFor(publications, { since, now });
	return versions && [versions.first.version, ...versions.later.map(({ version }) => version)];
};

describe("publications", () => {
	test("a ticket begins on the version of its opening, and the first one holds since ever", () => {
		const all = [published("a", 10), published("b", 20)];
		expect(judging(all, 5, 30)).toEqual(["a"]);
		expect(judging(all, 19, 30)).toEqual(["a"]);
		expect(judging(all, 20, 30)).toEqual(["b"]);
		expect(versionsFor([], { since: 5, now: 30 })).toBeNull();
	});

	test("a version for open tickets takes over those that an earlier one left alone", () => {
		const all = [published("a", 10), published("b", 20), published("c", 30, { scope: "from-now" })];
		expect(judging(all, 15, 29)).toEqual(["a"]);
		expect(judging(all, 15, 30)).toEqual(["a", "c"]);
		expect(versionsFor(all, { since: 15, now: 25 })?.nextAt).toBe(30);
	});

	test("what is published before a planned version comes into force withdraws it, unless it is planned for later", () => {
		const planned = published("b", 20, { from: 50 });
		expect(lasting([published("a", 10), planned, published("c", 30)]).map(({ version }) => version)).toEqual([
			"a",
			"c",
		]);
		const both = [published("a", 10), planned, published("c", 30, { from: 90 })];
		expect(lasting(both).map(({ version }) => version)).toEqual(["a", "b", "c"]);
	});

	test("a ticket that was opened before the very first version is in force is measured until then", () => {
		const later = published("a", 10, { from: 50, scope: "from-now" });
		const timeline = (now: number) => {
			const versions = versionsFor([later], { since: 20, now });
			return versions && timelineOf(versions, (version) => policyWith({ version }));
		};
		expect(timeline(49)?.map(({ policy }) => policy.mode)).toEqual(["measured"]);
		expect(timeline(50)?.map(({ policy }) => policy.mode)).toEqual(["measured", "promised"]);
		const inForce = timeline(50);
		expect(inForce && promisedSince(inForce)).toBe(50);
	});
});
