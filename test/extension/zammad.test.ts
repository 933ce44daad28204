import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Desk, openDesk, reported, says } from "./desk.ts";
import { clockView, hour, matrixPriority, minute, ticketView } from "./fake-service.ts";

const iso = (instant: number) => new Date(instant).toISOString();
const waiting = {
	nl: "wacht op de klant",
	fr: "attend le client",
	de: "wartet auf den Kunden",
	en: "waiting for the customer",
};

let desk: Desk;
beforeAll(async () => {
	desk = await openDesk("zammad");
});
afterAll(() => desk.close());

const put = (id: string, change: Parameters<typeof ticketView>[1] = {}) =>
	desk.service.tickets.set(id, ticketView(id, change));
const one = (change: Parameters<typeof clockView>[0]) => ({ clocks: [clockView(change)] });

describe("the timer on a ticket", () => {
	it("shows the nearest deadline first, in words, and counts down without asking again", async () => {
		put("101", {
			clocks: [
				clockView({ goal: "resolution", deadline: iso(Date.now() + 6 * hour), remainingMs: 6 * hour }),
				clockView({ remainingMs: 5 * minute, deadline: iso(Date.now() + 5 * minute) }),
			],
		});
		const { page, overlay } = await desk.open("/#ticket/zoom/101");
		expect(await says(overlay, "timer", /min \d\d s left/)).toMatch(
			/^Service levels: First response 4 min \d\d s left .*Resolution 5 h 59 min left/,
		);
		const calls = desk.service.calls.length;
		const first = await overlay.text("timer");
		await overlay.until(async () => (await overlay.text("timer")) !== first, "another second", 2_500);
		expect(desk.service.calls.slice(calls).filter(({ path }) => path.endsWith("/101"))).toEqual([]);
		await page.close();
	});

	it.each([
		["running", one({}), /First response 41 min left · ?due|First response 41 min left due .*\d\d:\d\d/],
		["nearly due", one({ remainingMs: 12 * minute, elapsedMs: 48 * minute }), /First response 11 min left/],
		[
			"late",
			one({
				state: "missed",
				remainingMs: -12 * minute,
				deadline: iso(Date.now() - 12 * minute),
				breachedAt: iso(Date.now() - 12 * minute),
			}),
			/First response 12 min late was due/,
		],
		[
			"paused",
			one({ state: "paused", pausedBecause: waiting }),
			/First response paused · 42 min left waiting for the customer/,
		],
		[
			"outside hours",
			one({ outsideHours: true, closesAt: null, opensAt: iso(Date.now() + 50 * hour) }),
			/First response outside hours · 42 min left resumes/,
		],
		["met", one({ state: "met", metAt: iso(Date.now()), stoppedAt: iso(Date.now()) }), /First response met/],
		[
			"met late",
			one({ state: "missed", metAt: iso(Date.now()), stoppedAt: iso(Date.now()), remainingMs: -minute }),
			/First response met 1 min 00 s late/,
		],
		[
			"without a target",
			one({ promise: "best-effort", deadline: null, remainingMs: null, targetMs: null }),
			/First response best effort · 18 min/,
		],
		["without clocks", { clocks: [] }, /No service level runs on this ticket/],
		[
			"unsure",
			{ confidence: { level: "stale", reason: "no-contact", since: iso(Date.now() - 8 * minute) } } as const,
			/as of .*\d\d:\d\d/,
		],
	])("says in words that a clock is %s", async (name, change, words) => {
		const id = String(200 + name.length * 7 + name.charCodeAt(0));
		put(id, change);
		const { page, overlay } = await desk.open(`/#ticket/zoom/${id}`);
		await says(overlay, "timer", words);
		await page.close();
	});

	it("stands still by itself when the hours end", async () => {
		const closes = Date.now() + 3_500;
		put("102", one({ remainingMs: 5 * minute, closesAt: iso(closes) }));
		const { page, overlay } = await desk.open("/#ticket/zoom/102");
		await says(overlay, "timer", /First response 4 min 5\d s left/);
		const still = await says(overlay, "timer", /outside hours · 4 min 5\d s left/);
		await page.waitForTimeout(1_500);
		expect(await overlay.text("timer")).toBe(still);
		await page.close();
	});

	it("opens to its sum, one clock at a time, and closes on Escape with the focus back", async () => {
		put("103");
		const { page, overlay } = await desk.open("/#ticket/zoom/103");
		await overlay.click("timer", "button", /^Service levels: First response 41 min left/);
		const card = await says(overlay, "panel", /Deadline/);
		expect(card).toMatch(
			/First response .*Started .* Target 1 h commitment Used 18 min .*Deadline .*Calendar office .*Policy standard, version 4f1c0a9b/,
		);
		await overlay.click("panel", "button", /^Resolution/);
		await says(overlay, "panel", /Resolution .*Target 6 h 18 min/);
		expect(await overlay.text("panel")).not.toMatch(/Target 1 h commitment/);
		await page.keyboard.press("Escape");
		await overlay.until(async () => !(await overlay.mounts()).includes("panel"), "the panel to close");
		expect((await overlay.focused())?.name).toMatch(/^Service levels/);
		await page.close();
	});

	it("acknowledges an open escalation with a promise of when we hear again", async () => {
		put("104", {
			escalation: {
				goal: "first-response",
				step: 2,
				of: 4,
				owedAt: iso(Date.now()),
				alert: "alert-104",
				acknowledgedBy: null,
				nextPromise: null,
			},
		});
		const { page, overlay } = await desk.open("/#ticket/zoom/104");
		await says(overlay, "timer", /^Service levels: 2\/4/);
		await overlay.click("timer", "button", /^Service levels/);
		await overlay.click("panel", "button", /^Acknowledge$/);
		await overlay.click("panel", "radio", /^in 2 h$/);
		await overlay.click("panel", "button", /^Acknowledge until/);
		await says(overlay, "panel", /Acknowledged by Agent Anna, next word by/);
		const sent = desk.service.calls.find(({ path }) => path === "/api/v1/alerts/alert-104/ack");
		const promised = (sent?.body as { nextPromise?: string } | undefined)?.nextPromise ?? "";
		expect(Math.abs(Date.parse(promised) - Date.now() - 2 * hour)).toBeLessThan(minute);
		await page.close();
	});

	it("asks again soon after the page has learned something new", async () => {
		put("105");
		const { page, overlay } = await desk.open("/#ticket/zoom/105");
		await says(overlay, "timer", /41 min left/);
		put("105", one({ state: "paused", pausedBecause: waiting }));
		await page.evaluate("desk.rebuildForm(105, '2026-11-22T11:00:00.000Z')");
		await says(overlay, "timer", /paused/, 4_000);
		await page.close();
	});

	it("is in the sticky header too, with the nearest deadline alone", async () => {
		put("106");
		const { page, overlay } = await desk.open("/#ticket/zoom/106");
		const sticky = await says(overlay, "sticky", /First response/);
		expect(sticky).not.toMatch(/Resolution/);
		await page.close();
	});
});

describe("the matrix", () => {
	it("shows every cell's priority and deadline before choosing, and the timer follows the choice within 2 s", async () => {
		put("111");
		const { page, overlay } = await desk.open("/#ticket/zoom/111");
		await says(overlay, "matrix", /P3 Medium × Medium/);
		await overlay.click("matrix", "button", /^P3/);
		const cells = await overlay.until(async () => {
			const found = (await overlay.all("panel", "button")).filter(({ name }) => name.startsWith("Impact "));
			return found.length === 9 ? found : null;
		}, "nine cells");
		for (const { name } of cells) {
			const [, impact = "", urgency = ""] = /^Impact (\w+), urgency (\w+)/.exec(name) ?? [];
			expect(name).toContain(`: ${matrixPriority(impact.toLowerCase(), urgency.toLowerCase())} `);
			expect(name).toMatch(/First response due .*\d\d:\d\d/);
		}
		expect(cells.find(({ name }) => name.endsWith("current choice"))?.name).toMatch(/Impact Medium, urgency Medium/);
		expect(desk.service.calls.some(({ method }) => method === "PUT")).toBe(false);
		const chosenAt = performance.now();
		await overlay.click("panel", "button", /^Impact High, urgency Medium/);
		await says(overlay, "timer", /First response 11 min left .*P2/, 2_000);
		expect(performance.now() - chosenAt).toBeLessThan(2_000);
		const sent = desk.service.calls.find(
			({ method, path }) => method === "PUT" && path === "/api/v1/tickets/desk/111/priority",
		);
		expect(sent?.body).toEqual({ impact: "high", urgency: "medium" });
		await says(overlay, "matrix", /P2 High × Medium/);
		await says(overlay, "timer", /P2 saved/);
		await page.close();
	});

	it("is worked by the keyboard alone: arrows look, Enter chooses, the focus returns", async () => {
		put("112");
		const { page, overlay } = await desk.open("/#ticket/zoom/112");
		await overlay.click("matrix", "button", /^P3/);
		await overlay.until(
			async () => /^Impact Medium, urgency Medium/.test((await overlay.focused())?.name ?? ""),
			"focus on the current cell",
		);
		await page.keyboard.press("ArrowUp");
		await page.keyboard.press("ArrowLeft");
		await overlay.until(
			async () => /^Impact High, urgency High: P1 Critical/.test((await overlay.focused())?.name ?? ""),
			"focus on P1",
		);
		await says(overlay, "panel", /P1 Critical .*First response/);
		expect(await overlay.text("panel")).toMatch(/Would be told Service delivery manager/);
		await page.keyboard.press("Escape");
		await overlay.until(async () => !(await overlay.mounts()).includes("panel"), "the panel to close");
		expect((await overlay.focused())?.name).toMatch(/^P3 Medium × Medium/);
		await page.keyboard.press("Enter");
		await overlay.until(async () => /^Impact/.test((await overlay.focused())?.name ?? ""), "focus in the matrix");
		await page.keyboard.press("ArrowDown");
		await page.keyboard.press("Enter");
		await says(overlay, "matrix", /P4 Low × Medium/, 2_000);
		await page.close();
	});

	it("keeps its keys and clicks from the page, whose shortcuts listen on the document", async () => {
		put("113");
		const { page, overlay } = await desk.open("/#ticket/zoom/113");
		await overlay.click("matrix", "button", /^P3/);
		await overlay.until(async () => /^Impact/.test((await overlay.focused())?.name ?? ""), "focus in the matrix");
		await page.keyboard.press("ArrowUp");
		await page.keyboard.press("Control+Shift+D");
		await page.keyboard.press("Escape");
		expect(await page.evaluate("heard")).toEqual([]);
		await page.close();
	});

	it("asks for a reason where a cap would lower the priority, and can do without", async () => {
		put("114");
		const usual = desk.service.preview;
		desk.service.preview = (view) => {
			const preview = usual(view);
			return {
				...preview,
				cells: preview.cells.map((cell) =>
					cell.priority === "P1" ? { ...cell, priority: "P3", cappedFrom: "P1", justificationLiftsCap: true } : cell,
				),
			};
		};
		const { page, overlay } = await desk.open("/#ticket/zoom/114");
		await overlay.click("matrix", "button", /^P3/);
		await overlay.click("panel", "button", /^Impact High, urgency High: P3/);
		await says(overlay, "panel", /Why P1 Critical all the same\?/);
		expect((await overlay.all("panel", "button")).find(({ name }) => name === "Set P1")?.properties["disabled"]).toBe(
			true,
		);
		await page.keyboard.type("The site of the minister is down.");
		await overlay.click("panel", "button", /^Set P1$/);
		await says(overlay, "matrix", /P1 High × High/, 2_000);
		expect(desk.service.calls.filter(({ method }) => method === "PUT").at(-1)?.body).toEqual({
			impact: "high",
			urgency: "high",
			justification: "The site of the minister is down.",
		});
		desk.service.preview = usual;
		await page.close();
	});

	it("stays open and says why when the service refuses, and nothing has moved", async () => {
		put("115");
		desk.service.refuse = { status: 422, detail: "Only a manager may choose P1." };
		const { page, overlay } = await desk.open("/#ticket/zoom/115");
		await overlay.click("matrix", "button", /^P3/);
		await overlay.click("panel", "button", /^Impact High, urgency High/);
		await says(overlay, "panel", /Not saved\. Stipt refused this: Only a manager may choose P1\./);
		expect(await overlay.text("timer")).toMatch(/P3/);
		desk.service.refuse = null;
		await page.close();
	});

	it("warns when the page itself holds an unsaved priority, which saving would write over the choice", async () => {
		put("116");
		const { page, overlay } = await desk.open("/#ticket/zoom/116");
		await says(overlay, "timer", /left/);
		await page.evaluate("desk.touchPriority(116)");
		await overlay.click("matrix", "button", /^P3/);
		await says(overlay, "panel", /unsaved change of priority/);
		await page.close();
	});
});

describe("a page that redraws itself", () => {
	it("shows the ticket on screen when panes are taken out and put back", async () => {
		put("121", { priority: "P1" });
		put("122", { priority: "P4", ...one({ remainingMs: 3 * hour, elapsedMs: 0 }) });
		const { page, overlay } = await desk.open("/#ticket/zoom/121");
		await says(overlay, "timer", /41 min left.*P1/);
		await page.evaluate("location.hash = '#ticket/zoom/122'");
		await says(overlay, "timer", /2 h 59 min left.*P4/);
		desk.service.tickets.set(
			"121",
			ticketView("121", { priority: "P2", ...one({ remainingMs: 7 * hour, elapsedMs: 0 }) }),
		);
		// Longer than an answer is shared between tabs.
		await page.waitForTimeout(1_600);
		await page.evaluate("location.hash = '#ticket/zoom/121'");
		await overlay.until(async () => /P[12]/.test(await overlay.text("timer")), "ticket 121");
		expect(await overlay.text("timer")).not.toMatch(/P4/);
		await says(overlay, "timer", /6 h 59 min left.*P2/);
		expect((await overlay.mounts()).sort()).toEqual(["matrix", "sticky", "timer"]);
		await page.close();
	});

	it("comes back after the sidebar was rebuilt, once", async () => {
		put("123");
		const { page, overlay } = await desk.open("/#ticket/zoom/123");
		await says(overlay, "matrix", /P3/);
		await page.evaluate("desk.changeCustomer(123)");
		await overlay.until(
			async () => (await overlay.mounts()).filter((name) => name === "matrix").length === 1,
			"the matrix again",
		);
		expect(
			await page.evaluate(
				"document.querySelector('.sidebar[data-tab=ticket] > .sidebar-content').firstElementChild.dataset.stipt",
			),
		).toBe("matrix");
		await page.close();
	});

	it("finds the ticket of an address that names its number", async () => {
		put("20", { number: "33020" });
		const { page, overlay } = await desk.open("/#ticket/zoom/number/33020");
		await says(overlay, "timer", /41 min left/);
		await page.close();
	});

	it("leaves a missing ticket and a page without one alone", async () => {
		const { page, overlay } = await desk.open("/#ticket/zoom/404");
		await page.waitForTimeout(1_500);
		expect(await overlay.mounts()).toEqual([]);
		await page.evaluate("location.hash = '#dashboard'");
		await page.waitForTimeout(300);
		expect(await overlay.mounts()).toEqual([]);
		await page.evaluate("desk.logOut()");
		await page.waitForTimeout(300);
		expect(await page.evaluate("document.querySelectorAll('[data-stipt]').length")).toBe(0);
		await page.close();
	});

	it("says in the popup what it could not find, and touches nothing", async () => {
		put("124");
		const { page, overlay } = await desk.open("/#ticket/zoom/124");
		await says(overlay, "timer", /left/);
		await page.evaluate("desk.dropAnchors(124)");
		await overlay.until(async () => (await overlay.mounts()).length === 0, "the mounts to go");
		await reported(desk, page, {
			host: "Zammad",
			ticket: "124",
			found: [],
			missing: ["timer", "sticky", "matrix", "banner"],
			faults: [],
		});
		await page.close();
	});

	it("shows a hostile title as text, and no markup of the service's becomes the page's", async () => {
		put("21", {
			number: "33021",
			title: '<img src=x onerror="document.title=1">',
			policy: { name: "<b>bold</b>", version: "1", mode: "measured" },
		});
		const { page, overlay } = await desk.open("/#ticket/zoom/21");
		await overlay.click("timer", "button", /^Service levels/);
		await says(overlay, "panel", /Policy <b>bold<\/b>, version 1 · measured only/);
		expect(await page.title()).not.toBe("owned");
		await page.close();
	});

	it("does not mount twice when it is put into the page again", async () => {
		put("125");
		const { page, overlay } = await desk.open("/#ticket/zoom/125");
		await says(overlay, "timer", /left/);
		const options = await desk.browser.page(desk.browser.own("options.html"));
		await options.locator("select").selectOption("fr");
		await says(overlay, "timer", /Première réponse encore 4\d min/);
		await options.locator("select").selectOption("browser");
		await says(overlay, "timer", /First response/);
		await options.close();
		expect((await overlay.mounts()).filter((name) => name === "timer")).toHaveLength(1);
		await page.close();
	});
});

describe("a list", () => {
	it("has one timer per row, asked for in one request, and leaves tickets alone that the service does not know", async () => {
		for (const id of ["19", "20", "22", "23"]) put(id);
		put("20", one({ state: "missed", remainingMs: -12 * minute, breachedAt: iso(Date.now() - 12 * minute) }));
		put("22", one({ state: "paused", pausedBecause: waiting }));
		desk.service.tickets.delete("21");
		desk.service.tickets.delete("24");
		await new Promise((resolve) => setTimeout(resolve, 5_100));
		desk.service.calls.length = 0;
		const { page, overlay } = await desk.open("/#ticket/view/my_assigned");
		await overlay.until(
			async () => (await overlay.mounts()).filter((name) => name === "badge").length === 4,
			"four badges",
		);
		expect(
			desk.service.calls
				.filter(({ path, query }) => path === "/api/v1/tickets" && query.includes("ids="))
				.map(({ query }) => query),
		).toEqual(["?connection=desk&ids=19%2C20%2C21%2C22%2C23%2C24"]);
		expect([await overlay.text("badge", 0), await overlay.text("badge", 1), await overlay.text("badge", 2)]).toEqual([
			"41m",
			"−12m",
			"42m",
		]);
		const titles = () =>
			page.evaluate("[...document.querySelectorAll('[data-stipt=badge]')].map(({ title }) => title)");
		// Sentences follow once the timers are painted.
		await expect
			.poll(titles)
			.toEqual([
				expect.stringMatching(/^P3 · First response: On time, 41 minutes left/),
				expect.stringMatching(/^P3 · First response: Late, 12 minutes late/),
				expect.stringMatching(/^P3 · First response: Paused, 42 minutes left, waiting for the customer/),
				expect.stringMatching(/^P3 · First response: On time/),
			]);
		const four = async () => (await overlay.mounts()).filter((name) => name === "badge").length === 4;
		await page.evaluate("desk.redrawRow(20)");
		await overlay.until(four, "the redrawn row's badge", 1_000);
		await page.evaluate("desk.redrawTable()");
		await overlay.until(four, "badges of the new table", 1_000);
		await page.evaluate("location.hash = '#dashboard'");
		await page.waitForTimeout(200);
		await page.evaluate("location.hash = '#ticket/view/my_assigned'");
		await overlay.until(four, "badges after coming back", 1_000);
		expect(
			await page.evaluate(
				"Math.max(...[...document.querySelectorAll('[data-stipt=badge]')].map((badge) => badge.getBoundingClientRect().width))",
			),
		).toBeLessThan(60);
		await page.close();
	});
});

describe("an update of the extension", () => {
	it("leaves one overlay on a page that was open, and it works", async () => {
		put("141");
		const { page, overlay } = await desk.open("/#ticket/zoom/141");
		await says(overlay, "timer", /41 min left/);
		await page.evaluate("document.querySelector('[data-stipt=timer]').old = true");
		const extensions = await desk.browser.page("chrome://extensions");
		// Otherwise an unpacked extension is switched off instead of started again.
		await extensions.evaluate("chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true })");
		await extensions.evaluate(
			`chrome.developerPrivate.reload("${new URL(desk.browser.own("")).host}", { failQuietly: true })`,
		);
		await extensions.close();
		await overlay.until(
			() =>
				page.evaluate(
					"(() => { const timers = document.querySelectorAll('[data-stipt=timer]'); return timers.length === 1 && timers[0].old === undefined; })()",
				),
			"one new timer",
		);
		// The one before has noticed by now that it is orphaned.
		await page.waitForTimeout(1_500);
		expect(
			await page.evaluate("[...document.querySelectorAll('[data-stipt]')].map((one) => one.dataset.stipt).sort()"),
		).toEqual(["banner", "matrix", "sticky", "timer"]);
		await overlay.click("matrix", "button", /^P3/);
		await overlay.click("panel", "button", /^Impact High, urgency Medium/);
		await says(overlay, "timer", /P2/, 2_000);
		await page.close();
	});
});

describe("trouble", () => {
	it("keeps the last known timer, says how old it is, and recovers by itself", async () => {
		put("131");
		const { page, overlay } = await desk.open("/#ticket/zoom/131");
		await says(overlay, "timer", /41 min left/);
		desk.service.trouble = 503;
		await overlay.click("timer", "button", /^Service levels/);
		await says(overlay, "timer", /41 min left.*last known \d\d:\d\d/);
		await says(overlay, "panel", /Stipt is busy\. It tries again by itself\./);
		desk.service.trouble = null;
		await overlay.until(async () => !/last known/.test(await overlay.text("timer")), "the timer to recover", 14_000);
		await page.close();
	});

	it("says calmly that a ticket is not known yet, and shows it as soon as it is", async () => {
		const { page, overlay } = await desk.open("/#ticket/zoom/132");
		await says(overlay, "timer", /^Stipt does not know this ticket yet\. Try again$/);
		put("132");
		await says(overlay, "timer", /41 min left/);
		await page.close();
	});

	it("says when the token is no longer accepted, and where to go", async () => {
		put("133");
		desk.service.token = "another";
		const { page, overlay } = await desk.open("/#ticket/zoom/133");
		await says(overlay, "timer", /Your Stipt token is no longer accepted.*Open the options/);
		const [options] = await Promise.all([
			desk.browser.context.waitForEvent("page"),
			overlay.click("timer", "button", /^Open the options$/),
		]);
		expect(options.url()).toBe(desk.browser.own("options.html"));
		await options.close();
		await page.close();
	});
});
