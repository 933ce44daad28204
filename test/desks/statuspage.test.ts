import { afterEach, describe, expect, test } from "vitest";
import { closeAll, opened } from "./starting.ts";
import { createStatuspage } from "./statuspage/statuspage.ts";

let now = Date.parse("2027-03-01T09:00:00.000Z");
afterEach(closeAll);

describe("the practice status page", () => {
	type Shown = {
		id: string;
		incident_updates: { status: string; affected_components: unknown }[];
		components: unknown[];
		length: number;
	};

	async function startPage(limit?: { perMinute: number; status: 420 | 429 }) {
		const page = createStatuspage({ now: () => now, port: 0, ...(limit ? { limit } : {}) });
		await page.listen();
		opened.push(page);
		const ask = async (method: string, path: string, incident?: unknown) => {
			const response = await fetch(`${page.apiUrl}/pages/${page.pageId}${path}`, {
				method,
				headers: { Authorization: `OAuth ${page.apiKey}`, "Content-Type": "application/json" },
				...(incident === undefined ? {} : { body: JSON.stringify({ incident }) }),
			});
			return { status: response.status, body: (await response.json()) as Shown };
		};
		return { page, ask };
	}

	test("opens, follows and ends an incident, and keeps its metadata", async () => {
		const { page, ask } = await startPage();
		const [portal] = page.state.components;
		const made = await ask("POST", "/incidents", {
			name: "Portal down",
			body: "Looking",
			components: { [portal?.id ?? ""]: "major_outage" },
			component_ids: [portal?.id],
			metadata: { stipt: { mark: "abc" } },
		});
		expect(made.status).toBe(201);
		expect(made.body).toMatchObject({
			status: "investigating",
			impact: "critical",
			metadata: { stipt: { mark: "abc" } },
		});
		expect(made.body.components).toMatchObject([{ name: "Portal", status: "major_outage" }]);
		now += 60_000;
		const path = `/incidents/${made.body.id}`;
		await ask("PATCH", path, { status: "monitoring", body: "Better" });
		const { body } = await ask("PATCH", path, {
			status: "resolved",
			body: "Done",
			components: { [portal?.id ?? ""]: "operational" },
		});
		expect(body.incident_updates.map(({ status }) => status)).toEqual(["resolved", "monitoring", "investigating"]);
		expect(body.incident_updates[0]?.affected_components).toMatchObject([
			{ old_status: "major_outage", new_status: "operational" },
		]);
		expect((await ask("GET", "/incidents/unresolved")).body).toEqual([]);
		expect((await ask("GET", "/incidents")).body.length).toBe(1);
		expect((await ask("DELETE", path)).status).toBe(200);
		expect((await ask("GET", path)).status).toBe(404);
	});

	test("refuses a wrong key, a wrong status, and metadata that is not made of objects", async () => {
		const { page, ask } = await startPage();
		const { status } = await fetch(`${page.apiUrl}/pages/${page.pageId}`, {
			headers: { Authorization: "OAuth wrong" },
		});
		expect(status).toBe(401);
		expect((await ask("POST", "/incidents", { name: "x", status: "broken" })).status).toBe(422);
		expect((await ask("POST", "/incidents", { name: "x", metadata: { mark: "text" } })).status).toBe(422);
		expect((await ask("POST", "/incidents", { body: "no name" })).status).toBe(422);
	});

	test("answers 420 beyond its limit until a minute has passed", async () => {
		const { ask } = await startPage({ perMinute: 2, status: 420 });
		const statuses = [];
		for (let i = 0; i < 3; i++) statuses.push((await ask("GET", "/components")).status);
		expect(statuses).toEqual([200, 200, 420]);
		now += 61_000;
		expect((await ask("GET", "/components")).status).toBe(200);
	});

	test("takes an incident by hand from its own form alone, and shows it to everybody", async () => {
		const { page } = await startPage();
		const form = {
			name: "<i>Mail</i> is late",
			body: "We know",
			status: "identified",
			component: page.state.components[2]?.id ?? "",
		};
		const hand = (origin: string) =>
			fetch(`${page.url}/incidents`, {
				method: "POST",
				body: new URLSearchParams(form),
				headers: { Origin: origin },
				redirect: "manual",
			});
		expect((await hand("http://elsewhere.example")).status).toBe(403);
		expect((await hand(page.url)).status).toBe(303);
		const html = await (await fetch(`${page.url}/?lang=de`)).text();
		expect(html).toContain("&lt;i&gt;Mail&lt;/i&gt; is late");
		const summary = (await (await fetch(`${page.url}/api/v2/summary.json`)).json()) as {
			status: { indicator: string };
			incidents: { name: string; status: string }[];
		};
		expect(summary.status.indicator).toBe("major");
		expect(summary.incidents).toMatchObject([{ name: form.name, status: "identified" }]);
	});
});
