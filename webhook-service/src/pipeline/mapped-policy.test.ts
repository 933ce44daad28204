import type { Policy, Service } from "@stipt/shared/policy/policy";
import { describe, expect, test } from "vitest";
import { mappedPolicy } from "./mapped-policy.ts";

const service = (id: string, groups: string[], lines: { id: string; groups: string[] }[] = []) =>
	({ id, groups, lines }) as unknown as Service;
const policy = {
	services: [
		service("desk", []),
		service(
			"portal",
			["Portal"],
			[
				{ id: "first", groups: ["Portal"] },
				{ id: "second", groups: [] },
			],
		),
	],
} as unknown as Policy;
const groupsOf = (mapped: Policy) => mapped.services.map(({ id, groups }) => [id, groups]);

describe("a policy for one helpdesk", () => {
	test("is the policy itself when no group is mapped", () => {
		expect(mappedPolicy(policy, {})).toBe(policy);
		expect(mappedPolicy(policy, { groups: {} })).toBe(policy);
	});

	test("takes a group to the service and the line that the mapping says", () => {
		const mapped = mappedPolicy(policy, { groups: { Webshop: { service: "portal", line: "second" } } });
		expect(groupsOf(mapped)).toEqual([
			["desk", []],
			["portal", ["Portal", "Webshop"]],
		]);
		expect(mapped.services[1]?.lines.map(({ groups }) => groups)).toEqual([["Portal"], ["Webshop"]]);
		expect(groupsOf(policy)[1]).toEqual(["portal", ["Portal"]]);
	});

	test("leaves the service for all other groups without any, and makes no second one", () => {
		const mapped = mappedPolicy(policy, { groups: { Portal: { service: "desk" } } });
		expect(mapped.services[0]?.groups).toEqual([]);
		expect(mapped.services[1]?.groups).not.toEqual([]);
		expect(mapped.services[1]?.groups).not.toContain("Portal");
	});

	test("is the same object for the same policy and mapping", () => {
		const groups = { Webshop: { service: "portal" } };
		expect(mappedPolicy(policy, { groups })).toBe(mappedPolicy(policy, { groups: { ...groups } }));
	});
});
