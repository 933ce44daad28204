import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ServiceError } from "../../../errors.ts";
import type { ZammadApi } from "./api.ts";
import { installFields, lookAtFields, removeFields } from "./matrix-fields.ts";

const option = (value: string) => ({ value, name: value });
const wanted = { impact: [option("high"), option("low")], urgency: [option("high"), option("low")] };

function attribute(name: string, more: Record<string, unknown> = {}) {
	const pending = { to_create: false, to_migrate: false, to_delete: false, to_config: false };
	const data_option = { options: { high: "High", low: "Low" }, note: "Made by Stipt." };
	return {
		id: name === "impact" ? 50 : 51,
		object: "Ticket",
		name,
		data_type: "select",
		data_option,
		...pending,
		...more,
	};
}

/** A Zammad with these attributes, which records what it is asked and refuses what it is told to. */
function zammad(rows: Record<string, unknown>[], refuses: (call: string) => boolean = () => false) {
	const calls: string[] = [];
	const send: ZammadApi["send"] = async (method, path) => {
		const call = `${method} ${path}`;
		if (path !== "/users/me") calls.push(call);
		if (refuses(call)) throw new ServiceError("refused", "answered 422 (Can't delete, is referenced)");
		return path === "/object_manager_attributes" && method === "GET" ? rows : { id: 6 };
	};
	return { calls, api: { send, find: async () => undefined } };
}

const migrate = "POST /object_manager_attributes_execute_migrations";
const discard = "POST /object_manager_attributes_discard_changes";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

async function later<T>(work: Promise<T>): Promise<T> {
	await vi.advanceTimersByTimeAsync(100_000);
	return work;
}

describe("fields of the matrix", () => {
	test("are missing, pending, somebody else's or right", async () => {
		const other = attribute("urgency", { data_option: { options: [{ name: "A", value: "a" }] } });
		const { api } = zammad([attribute("impact"), other, attribute("country", { data_option: {} })]);
		expect((await lookAtFields(wanted, api)).map(({ name, found }) => [name, found])).toEqual([
			["impact", "right"],
			["urgency", "other"],
		]);
		const pending = zammad([attribute("impact", { to_create: true })]);
		expect((await lookAtFields(wanted, pending.api)).map(({ found }) => found)).toEqual(["pending", "missing"]);
	});

	test("are made and migrated once, and a person is told to restart what did not restart by itself", async () => {
		const { api, calls } = zammad([]);
		const done = await later(installFields(wanted, api));
		expect(calls.filter((call) => call === "POST /object_manager_attributes").length).toBe(2);
		expect(calls.at(-1)).toBe(migrate);
		expect(done.at(-1)).toContain("restart all of Zammad's processes");
	});

	test("that are right cost no migration", async () => {
		const { api, calls } = zammad([attribute("impact"), attribute("urgency")]);
		expect(await installFields(wanted, api)).toEqual([
			'field "impact": was right already',
			'field "urgency": was right already',
		]);
		expect(calls).not.toContain(migrate);
	});

	test("whose removal is refused are unmarked at once, and nothing is migrated away", async () => {
		const rows = [attribute("impact"), attribute("urgency")];
		const { api, calls } = zammad(rows, (call) => call.startsWith("DELETE") && call.endsWith("/51"));
		const { removed, left } = await removeFields(api);
		expect(removed).toEqual([]);
		expect(left[0]).toMatch(/field "urgency": Zammad keeps it .*no field was removed/);
		expect(calls.at(-1)).toBe(discard);
		expect(calls).not.toContain(migrate);
	});

	test("that somebody else made are never removed", async () => {
		const { api, calls } = zammad([attribute("impact", { data_option: { options: {} } })]);
		expect(await removeFields(api)).toEqual({ removed: [], left: [] });
		expect(calls.some((call) => call.startsWith("DELETE"))).toBe(false);
	});
});
