import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { PageEvent } from "@stipt/shared/status/page-event";
import { type Language, languages, type Words } from "@stipt/shared/wire/language";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { letterOf } from "../webhook-service/src/adapters/channels/email-letter.ts";
import {
	type AcknowledgePage,
	acknowledgePage,
	brokenLinkPage,
} from "../webhook-service/src/http/pages/acknowledge.ts";
import { homePage } from "../webhook-service/src/http/pages/home.ts";
import { acknowledgementEntry, readAcknowledgement } from "../webhook-service/src/http/pages/read-acknowledgement.ts";
import { statusHtml } from "../webhook-service/src/http/pages/status.ts";
import { statusJson } from "../webhook-service/src/http/pages/status-json.ts";
import type { StatusReport } from "../webhook-service/src/http/pages/status-report.ts";
import { statusRss } from "../webhook-service/src/http/pages/status-rss.ts";
import { chromiumPath } from "./extension/browser.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const now = Date.UTC(2026, 10, 3, 13, 42);
const zone = "Europe/Brussels";
const hostile = `"'><script>window.harmed = 1</script><img src=x onerror="window.harmed = 1">&amp;\u0000\u202E{title}`;
const everywhere = (text: string): Words => ({ nl: text, fr: text, de: text, en: text });

function event(changes: Partial<PageEvent>): PageEvent {
	return {
		...{ connection: "built-in", id: "desk.12.0", url: null, kind: "incident", title: "Fault", status: "identified" },
		...{ impact: "critical", components: ["Web portal"], startedAt: now - 50 * minute, scheduledFor: null },
		...{ scheduledUntil: null, resolvedAt: null, updatedAt: now, origin: "helpdesk" },
		updates: [
			{ at: now - 50 * minute, status: "investigating", body: "Looking", author: "us", words: texts("Looking") },
			{ at: now - 5 * minute, status: "identified", body: "Two\nlines", author: "them" },
		],
		...changes,
	};
}
const texts = (text: string): Words => ({ nl: `nl ${text}`, fr: `fr ${text}`, de: `de ${text}`, en: `en ${text}` });

const events: PageEvent[] = [
	event({ words: texts("Fault") }),
	event({
		...{ connection: "page", id: "m1", url: "https://status.example.org/m1", kind: "maintenance", title: "Move" },
		...{ status: "scheduled", impact: "maintenance", scheduledFor: now + day, scheduledUntil: now + day + 90 * minute },
	}),
	event({
		id: "old",
		status: "resolved",
		impact: "minor",
		resolvedAt: now - 3 * day,
		startedAt: now - 3 * day - 61 * minute,
	}),
];
const report = (language: Language, changes: Partial<StatusReport> = {}): StatusReport => ({
	events,
	components: [
		{ name: "Web portal", status: "major_outage" },
		{ name: "Login", status: "degraded" },
		{ name: "API", status: "operational" },
		{ name: "Documents", status: "under_maintenance" },
		{ name: "Search", status: "unknown" },
	],
	...{ language, now, zone, title: "Example status", baseUrl: "https://stipt.example.org" },
	...changes,
});

const open: AcknowledgePage["state"] = {
	...{ kind: "open", action: "/alerts/a1?lang=en", hidden: { expires: "1793972520000", signature: "c2ln+/=" } },
	startOfHours: Date.UTC(2026, 10, 4, 7, 30),
};
const alert = (language: Language, changes: Partial<AcknowledgePage> = {}): AcknowledgePage => ({
	...{ language, now, zone, address: "/alerts/a1?expires=1793972520000&signature=c2ln" },
	ticket: { number: "64012", title: "Login page gives an error", url: "https://desk.example.org/#ticket/zoom/12" },
	priority: { id: "P1", name: { nl: "Kritiek", fr: "Critique", de: "Kritisch", en: "Critical" } },
	service: { nl: "Webportaal", fr: "Portail web", de: "Webportal", en: "Web portal" },
	...{ goal: "first-response", deadline: now - 12 * minute, remainingMs: -12 * minute, rung: { step: 2, of: 4 } },
	state: open,
	...changes,
});
const problems: AcknowledgePage["state"] = {
	...open,
	entered: { name: "", promise: "own", own: "soon" },
	problems: [
		{ field: "name", problem: "name" },
		{ field: "own", problem: "own" },
	],
};
type NoticeKind = Parameters<typeof letterOf>[0]["kind"];
function mail(language: Language, kind: NoticeKind, changes: Partial<Parameters<typeof letterOf>[0]> = {}): string {
	const { ticket, priority, service, goal, deadline, remainingMs, rung } = alert(language);
	return letterOf({
		...{ key: "k", alert: "a1", kind, role: texts("role"), language, to: ["a@example.org"], priority, service, goal },
		...{
			ticket: { connection: "desk", ticket: "12", ...ticket },
			deadline,
			remainingMs,
			zone,
			rung,
			occurrence: 1,
			now,
		},
		...{ acknowledgeUrl: "https://stipt.example.org/alerts/a1?signature=c2ln", possiblyRepeated: true },
		...changes,
	}).html;
}

/** Every page there is, in a language. */
const pages: Record<string, (language: Language) => string> = {
	"status page": (language) => statusHtml(report(language)),
	"quiet status page": (language) => statusHtml(report(language, { events: [], components: [] })),
	"acknowledgement page": (language) => acknowledgePage(alert(language)),
	"acknowledgement page with problems": (language) => acknowledgePage(alert(language, { state: problems })),
	confirmation: (language) =>
		acknowledgePage(alert(language, { state: { kind: "confirmed", by: "Desk lead", nextPromise: now + day } })),
	"page of an acknowledged alert": (language) =>
		acknowledgePage(alert(language, { state: { kind: "already", by: "Desk lead", at: now, nextPromise: now + day } })),
	"page of a solved ticket": (language) => acknowledgePage(alert(language, { state: { kind: "solved" } })),
	"expired link": (language) => brokenLinkPage({ language, reason: "expired", address: "/alerts/a1" }),
	"invalid link": (language) => brokenLinkPage({ language, reason: "invalid", address: "/alerts/a1" }),
	"home page": (language) =>
		homePage({
			...{ language, baseUrl: "https://stipt.example.org", helpdesks: 2 },
			parts: [
				{ part: "web", ok: true },
				{ part: "worker", ok: false },
				{ part: "store", ok: true },
			],
		}),
	"warning mail": (language) => mail(language, "warning", { remainingMs: 80 * minute }),
	"breach mail": (language) => mail(language, "breach"),
	"escalation mail": (language) => mail(language, "escalation"),
	"re-opened mail": (language) => mail(language, "re-opened"),
};

let browser: Browser;
let page: Page;
beforeAll(async () => {
	browser = await chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox", "--disable-gpu"] });
	page = await browser.newPage();
	await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
});
afterAll(() => browser?.close());

async function show(html: string, { width = 900, dark = false } = {}): Promise<Page> {
	await page.setViewportSize({ width, height: 800 });
	await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
	await page.setContent(html);
	return page;
}

/** What a person sees of an element. */
async function seen(place: Locator): Promise<string> {
	return (await place.allInnerTexts()).join("\n");
}

const levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const checkAccess = `axe.run(document, { runOnly: ${JSON.stringify(levels)} }).then(({ violations, passes }) => ({
	checked: passes.length,
	found: violations.map(({ id, nodes }) => id + ": " + nodes.map(({ target }) => target.join(" ")).join(", ")),
}))`;

describe.each(Object.entries(pages))("%s", (name, draw) => {
	it("is accessible in light and dark, and fits a narrow phone", async () => {
		for (const dark of [false, true]) {
			await show(draw(languages[name.length % languages.length] ?? "nl"), { dark });
			const { checked, found } = await page.evaluate<{ checked: number; found: string[] }>(checkAccess);
			expect(found, dark ? "dark" : "light").toEqual([]);
			expect(checked).toBeGreaterThan(5);
		}
		await page.setViewportSize({ width: 320, height: 800 });
		expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(320);
	});

	it("says itself in four languages, with nothing left to fill in", async () => {
		const said: string[] = [];
		for (const language of languages) {
			await show(draw(language));
			expect(await page.evaluate<string>("document.documentElement.lang")).toBe(language);
			expect((await page.title()).length).toBeGreaterThan(3);
			expect(await page.locator("h1").count()).toBe(1);
			said.push(await seen(page.locator("[role=main], main")));
		}
		expect(new Set(said).size).toBe(languages.length);
		for (const text of said) expect(text).not.toMatch(/[{}]|undefined|null|NaN|Invalid Date/);
	});
});

describe("pages with languages", () => {
	it("link to the same page in each language, and keep what the address holds", async () => {
		await show(acknowledgePage(alert("fr")));
		const links = await page.locator("header nav a").all();
		expect(await Promise.all(links.map((link) => link.getAttribute("href")))).toEqual(
			languages.map((language) => `/alerts/a1?expires=1793972520000&signature=c2ln&lang=${language}`),
		);
		expect(await seen(page.locator("header nav a[aria-current=true]"))).toBe("FR");
	});
});

describe("foreign text", () => {
	const drawn: [string, string][] = [
		[
			"status page",
			statusHtml(
				report("en", {
					title: hostile,
					components: [{ name: hostile, status: "degraded" }],
					events: [
						event({ title: hostile, url: "javascript:window.harmed=1", connection: "page", components: [hostile] }),
						event({
							words: everywhere(hostile),
							updates: [{ at: now, status: "resolved", body: hostile, author: "them" }],
						}),
					],
				}),
			),
		],
		[
			"acknowledgement page",
			acknowledgePage(
				alert("en", {
					ticket: { number: hostile, title: hostile, url: "javascript:window.harmed=1" },
					service: everywhere(hostile),
					priority: { id: hostile, name: everywhere(hostile) },
					address: `/alerts/a1?expires=${hostile}`,
					state: {
						...open,
						hidden: { signature: hostile },
						entered: { name: hostile, promise: "own", own: hostile },
						problems: [],
					},
				}),
			),
		],
		[
			"page of an acknowledged alert",
			acknowledgePage(alert("en", { state: { kind: "already", by: hostile, at: now, nextPromise: now } })),
		],
		[
			"mail",
			mail("en", "breach", {
				ticket: { connection: "desk", ticket: "1", number: hostile, title: hostile, url: "javascript:window.harmed=1" },
				service: everywhere(hostile),
				role: everywhere(hostile),
			}),
		],
	];
	it.each(drawn)("stays text on the %s", async (_, html) => {
		await show(html);
		expect(await page.evaluate("window.harmed")).toBeUndefined();
		expect(await page.locator("script, img, [onerror]").count()).toBe(0);
		expect(await page.locator('[href^="javascript:"]').count()).toBe(0);
		expect(await seen(page.locator("[role=main], main"))).toContain(`"'><script>window.harmed = 1</script>`);
		expect(html).not.toContain("\u0000");
	});
});

describe("acknowledgement form", () => {
	it("is filled in and sent without script, and reads back as it was meant", async () => {
		const plain = await browser.newPage({ javaScriptEnabled: false });
		const sent: string[] = [];
		await plain.route("http://stipt.example.org/**", async (route) => {
			const request = route.request();
			if (request.method() === "POST") sent.push(`${new URL(request.url()).pathname}?${request.postData()}`);
			await route.fulfill({ contentType: "text/html", body: acknowledgePage(alert("en")) });
		});
		await plain.goto("http://stipt.example.org/alerts/a1");
		expect(await plain.getByLabel("In 1 h").isChecked()).toBe(true);
		await plain.getByLabel("In 2 h").check();
		await plain.getByLabel("Your name").fill("Désk & lead");
		await plain.getByRole("button", { name: "Acknowledge and stop the escalation" }).click();
		await plain.getByLabel("At another time").check();
		await plain.getByLabel("Date and time (Central European Time)").fill("2026-11-04T09:15");
		await plain.getByLabel("Your name").press("Enter");
		await plain.close();
		const read = sent.map((request) => {
			const url = new URL(request, "http://stipt.example.org");
			expect(url.pathname).toBe("/alerts/a1");
			expect(url.searchParams.get("signature")).toBe("c2ln+/=");
			const fields = Object.fromEntries(url.searchParams);
			return readAcknowledgement(acknowledgementEntry(fields), { now, zone, startOfHours: null });
		});
		expect(read).toEqual([
			{ by: "Désk & lead", nextPromise: now + 120 * minute },
			{ problems: [{ field: "name", problem: "name" }] },
		]);
	});

	it("keeps what was entered, and leads from each problem to its field", async () => {
		await show(
			acknowledgePage(
				alert("nl", { state: { ...problems, entered: { name: "", promise: "morning", own: "2026-11-04T09:15" } } }),
			),
		);
		expect(await page.title()).toMatch(/^Er ontbreekt nog iets/);
		expect(await page.locator("#promise-morning").isChecked()).toBe(true);
		expect(await page.locator("#own").inputValue()).toBe("2026-11-04T09:15");
		const links = page.getByRole("alert").getByRole("link");
		expect(await links.count()).toBe(2);
		for (const link of await links.all())
			expect(await page.locator(String(await link.getAttribute("href"))).count()).toBe(1);
		const name = page.locator("#name");
		expect(await name.getAttribute("aria-invalid")).toBe("true");
		expect(await name.getAttribute("aria-describedby")).toBe("name-hint name-problem");
		expect(await seen(page.locator("#name-problem"))).toContain("Vul uw naam in.");
	});

	it("is not there when there is nothing to acknowledge, and broken links tell nothing of the ticket", async () => {
		for (const name of ["confirmation", "page of an acknowledged alert", "page of a solved ticket"]) {
			expect(pages[name]?.("en")).not.toContain("<form");
			expect(pages[name]?.("en")).toContain("64012");
		}
		expect(pages["expired link"]?.("en")).not.toMatch(/<form|64012/);
	});

	it("keeps its address from search engines and from the pages that it links to", () => {
		expect(acknowledgePage(alert("en"))).toContain('<meta name="referrer" content="no-referrer">');
		expect(acknowledgePage(alert("en"))).toContain('content="noindex, nofollow"');
		expect(statusHtml(report("en"))).not.toContain("noindex");
	});
});

describe("status page", () => {
	it("shows open incidents, planned work, components and the past fortnight, in the reader's words", async () => {
		await show(statusHtml(report("de")));
		expect(await page.locator("main h2").allInnerTexts()).toEqual([
			...["Aktuelle Störungen", "Geplante Wartung", "Bereiche", "Die letzten 14 Tage"],
		]);
		const [incident = "", maintenance = "", past = ""] = await page.locator("article").allInnerTexts();
		expect(incident).toMatch(/de Fault\s+Ursache gefunden\s+Kritische Auswirkung/);
		expect(incident).toMatch(/Two\nlines[\s\S]*de Looking/);
		expect(maintenance).toMatch(/Move[\s\S]*Von Mi\., 4\. Nov\., 14:42 bis Mi\., 4\. Nov\., 16:12/);
		expect(past.replaceAll("\u00A0", " ")).toContain("Dauerte 1 Stunde und 1 Minute");
		expect(await seen(page.locator("main li", { hasText: "Search" }))).toContain("Unbekannt");
		expect(await page.locator("main time").first().getAttribute("datetime")).toBe("2026-11-03T13:37:00.000Z");
		expect(await page.locator("article a").getAttribute("href")).toBe("https://status.example.org/m1");
	});

	it("says the same as JSON", () => {
		const json = JSON.parse(statusJson(report("fr")));
		expect(json.page).toEqual({
			...{ title: "Example status", url: "https://stipt.example.org/status", language: "fr", zone },
			asOf: "2026-11-03T13:42:00.000Z",
		});
		expect(json.status).toBe("major_outage");
		expect(json.components).toContainEqual({ name: "Login", status: "degraded" });
		expect(json.incidents).toMatchObject([
			{ title: "fr Fault", status: "identified", startedAt: "2026-11-03T12:52:00.000Z", resolvedAt: null },
		]);
		expect(json.incidents[0].updates).toEqual([
			{ at: "2026-11-03T12:52:00.000Z", status: "investigating", body: "fr Looking" },
			{ at: "2026-11-03T13:37:00.000Z", status: "identified", body: "Two\nlines" },
		]);
		expect(json.maintenance).toMatchObject([{ kind: "maintenance", scheduledUntil: "2026-11-04T15:12:00.000Z" }]);
		expect(json.past).toMatchObject([{ id: "old", resolvedAt: "2026-10-31T13:42:00.000Z" }]);
	});
});

describe("feed", () => {
	type Feed = { fault: string | null; root: string; items: Record<string, string>[] };
	const parse = (rss: string) =>
		page.evaluate<Feed>(`(() => {
				const xml = new DOMParser().parseFromString(${JSON.stringify(rss)}, "application/xml");
				const items = [...xml.querySelectorAll("item")].map((item) =>
					Object.fromEntries([...item.children].map((child) => [child.localName, child.textContent])));
				return { fault: xml.querySelector("parsererror")?.textContent ?? null, root: xml.documentElement.localName, items };
			})()`);

	it("is RSS with an item per update, the newest first", async () => {
		const { fault, root, items } = await parse(statusRss(report("nl")));
		expect(fault).toBeNull();
		expect(root).toBe("rss");
		expect(items.length).toBe(6);
		expect(items.map(({ pubDate }) => Date.parse(pubDate ?? ""))).toEqual(
			items.map(({ pubDate }) => Date.parse(pubDate ?? "")).sort((a, b) => b - a),
		);
		expect(items.map(({ title }) => title)).toContain("[Oorzaak gevonden] nl Fault");
		expect(new Set(items.map(({ guid }) => guid)).size).toBe(6);
		expect(items[0]).toMatchObject({ pubDate: "Tue, 03 Nov 2026 13:37:00 GMT", description: "Two<br>lines" });
	});

	it("stays well-formed and harmless with foreign text, also for readers that take it for HTML", async () => {
		const bad = event({
			title: hostile,
			url: "javascript:1",
			updates: [{ at: now, status: "resolved", body: hostile, author: "them" }],
		});
		const { fault, items } = await parse(
			statusRss(report("en", { title: hostile, events: [bad, event({ updates: [] })] })),
		);
		expect(fault).toBeNull();
		const [first] = items;
		expect(first?.title).toContain("<script>");
		expect(first?.link).toBe("https://stipt.example.org/status?lang=en");
		await show(String(first?.description));
		expect(await page.locator("script, img").count()).toBe(0);
		expect(await seen(page.locator("body"))).toContain("<script>window.harmed = 1</script>");
	});
});
