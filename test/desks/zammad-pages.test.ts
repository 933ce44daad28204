import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { findChromium } from "../support/chromium.mjs";
import { agent, bot, closeAll, colleague, customer, quick, send, startDesk, story } from "./starting.ts";
import { people } from "./zammad/base.ts";
import type { ZammadDesk } from "./zammad/desk.ts";

let browser: Browser;
const faults: string[] = [];

beforeAll(async () => {
	browser = await chromium.launch({
		executablePath: await findChromium(),
		args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
	});
});
afterAll(() => browser?.close());
afterEach(async () => {
	for (const context of browser.contexts()) await context.close();
	await closeAll();
	expect(faults.splice(0)).toEqual([]);
});

async function visit(desk: ZammadDesk, path: string): Promise<Page> {
	const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
	page.on("pageerror", (error) => faults.push(error.message));
	page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
	await page.goto(`${desk.url}/${path}`);
	return page;
}

async function visitTicket(desk: ZammadDesk, id: number, query = ""): Promise<Page> {
	const page = await visit(desk, `${query}#ticket/zoom/${id}`);
	await page.waitForSelector("fieldset.edit[data-ticket-updated-at] select[name=priority_id]");
	await page.waitForSelector('.sidebar[data-tab="customer"] .sidebar-block', { state: "attached" });
	return page;
}

/** Where an overlay hangs things. */
const mounts = {
	meta: ".ticketZoom-header > .flex.vertical.center",
	articles: ".ticketZoom",
	sticky: ".scrollPageHeader",
	bar: ".attributeBar",
	sidebar: '.sidebar[data-tab="ticket"] > .sidebar-content',
	fields: "fieldset.edit > fieldset",
	buttons: ".js-attributeBar",
	metaLine: ".js-ticketMetaContainer",
	title: ".ticketZoom-header .js-ticketTitleContainer",
	tab: ".tasks-navigation a.nav-tab.task",
	body: "body",
};

const hang = async (page: Page) => {
	for (const [name, selector] of Object.entries(mounts)) {
		await page
			.locator(selector)
			.first()
			.evaluate((place, mark) => {
				const foreign = place.ownerDocument.createElement("span");
				foreign.className = "foreign";
				foreign.setAttribute("data-mark", mark);
				place.prepend(foreign);
			}, name);
	}
};

const lost = async (page: Page): Promise<string[]> => {
	const left = await page.$$eval("span.foreign", (marks) => marks.map((mark) => mark.getAttribute("data-mark")));
	return Object.keys(mounts).filter((name) => !left.includes(name));
};

/** Waits until the page has caught up with the desk. */
const caughtUp = (page: Page, desk: ZammadDesk, id: number) =>
	page.waitForSelector(
		`fieldset.edit[data-ticket-updated-at="${desk.state.tickets.find((ticket) => ticket.id === id)?.updated_at}"]`,
	);

async function movingDesk(options: Parameters<typeof startDesk>[0] = {}) {
	let now = Date.parse("2027-03-01T09:00:00.000Z");
	const desk = await startDesk({ now: () => (now += 1000), ...options });
	const { id } = desk.act.open(customer, { ...story, impact: "low" });
	desk.act.write(agent, id, { type: "email", body: "We are looking into it.", to: customer });
	return { desk, id };
}

test("a ticket's page has the containers, ids, classes and fields of the classic interface", async () => {
	const { desk, id } = await movingDesk();
	const page = await visitTicket(desk, id);
	const counts: [string, number][] = [
		[`#app > #content_permanent_Ticket-${id}.content.horizontal.flex.active`, 1],
		["#app > #navigation.navigation.vertical", 1],
		[`.tasks-navigation a.nav-tab.task.is-active[data-key="Ticket-${id}"]`, 1],
		[".tabsSidebar-holder > .scrollPageHeader .ticket-number", 1],
		[".js-ticketTitleContainer > .js-objectTitle[contenteditable]", 2],
		[".ticketZoom-header > .flex.vertical.center > .js-ticketMetaContainer > small.task-subline", 1],
		[`.js-objectNumber[data-number="Ticket#${desk.state.tickets[0]?.number}"]`, 1],
		[".main > .ticketZoom > .ticket-article > .ticket-article-item", 3],
		["#article-1.ticket-article-item.customer", 1],
		[".article-new form.article-add.is-internal[data-type=note]", 1],
		['.tabsSidebar > .sidebar[data-tab="ticket"]:not(.hide) > .sidebar-content > form > fieldset.edit > fieldset', 1],
		['.tabsSidebar > .sidebar.hide[data-tab="customer"]', 1],
		['.tabsSidebar-tabs > .tabsSidebar-tab.active[data-tab="ticket"]', 1],
		[".attributeBar > .js-attributeBar .js-submit", 1],
		[".js-reset.hide", 1],
		[".js-subscriptions form.mentionWidget", 1],
	];
	for (const [selector, count] of counts)
		expect([selector, await page.locator(selector).count()]).toEqual([selector, count]);
	for (const [name, value] of Object.entries({
		group_id: "1",
		state_id: "2",
		priority_id: "2",
		owner_id: "",
		impact: "low",
	})) {
		const select = `.form-group[data-attribute-name="${name}"] select[name="${name}"]`;
		expect([name, await page.locator(select).inputValue()]).toEqual([name, value]);
	}
	const box = async (selector: string) => page.locator(selector).first().boundingBox();
	expect(await box(".main")).toMatchObject({ x: 260, width: 900 });
	expect(await box(".ticketZoom-header")).toMatchObject({ x: 260, width: 838 });
	expect(await box(".textBubble")).toMatchObject({ x: 336 });
	expect(await box(".tabsSidebar")).toMatchObject({ x: 1160, width: 280 });
	expect(await box(".attributeBar")).toMatchObject({ y: 840, height: 60 });
	expect(await page.locator(".scrollPageHeader").evaluate((node) => node.offsetHeight)).toBe(64);
});

test("speaks Dutch when asked, and takes a dark coat", async () => {
	const { desk, id } = await movingDesk();
	const page = await visitTicket(desk, id, "?lang=nl&theme=dark");
	expect(await page.locator("html").getAttribute("lang")).toBe("nl");
	expect(await page.locator('[data-attribute-name="priority_id"] label').textContent()).toBe("Prioriteit");
	expect(await page.locator('select[name="priority_id"] option:checked').textContent()).toBe("2 normaal");
	expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(46, 47, 51)");
});

test.each([
	["a priority", { priority: "3 high" }, ["fields", "buttons", "tab"]],
	[
		"a state",
		{ state: "pending reminder", pending_time: "2030-01-01T00:00:00Z" },
		["fields", "buttons", "metaLine", "tab"],
	],
	["a title", { title: "Another title" }, ["fields", "buttons", "title", "tab"]],
	["a customer", { customer: people.customers[4] }, ["sidebar", "fields", "buttons", "tab"]],
])("%s changed by somebody else costs an overlay what it costs in the real interface", async (_, change, expected) => {
	const { desk, id } = await movingDesk();
	const page = await visitTicket(desk, id);
	await hang(page);
	desk.act.change(colleague, id, change);
	await caughtUp(page, desk, id);
	await page.waitForSelector(`a.nav-tab.is-modified[data-key="Ticket-${id}"]`);
	expect(await lost(page)).toEqual(Object.keys(mounts).filter((name) => expected.includes(name)));
});

test("another page takes the ticket out of the document, and coming back puts the same nodes in again", async () => {
	const { desk, id } = await movingDesk();
	const page = await visitTicket(desk, id);
	await hang(page);
	await page.goto(`${desk.url}/#ticket/view/all_open`);
	await page.waitForSelector("tr.item");
	expect(await page.locator(`#content_permanent_Ticket-${id}`).count()).toBe(0);
	desk.act.change(colleague, id, { title: "Changed meanwhile" });
	await page.goto(`${desk.url}/#dashboard`);
	await page.waitForSelector("#content_permanent_Dashboard.active");
	expect(await page.locator("#content_permanent_TicketOverview").count()).toBe(0);
	await page.waitForSelector('.nav-tab[title$="Changed meanwhile"]');
	await page.goto(`${desk.url}/#ticket/zoom/${id}`);
	await page.waitForSelector(".js-objectTitle >> text=Changed meanwhile");
	expect(await page.locator("#content_permanent_Dashboard.hide").count()).toBe(1);
	expect(await lost(page)).not.toContain("sidebar");
	expect(await lost(page)).not.toContain("meta");
});

test("an article by somebody else is added, and the earlier ones stay", async () => {
	const { desk, id } = await movingDesk();
	const page = await visitTicket(desk, id);
	await page.locator("#article-1").evaluate((node) => node.setAttribute("data-known", "yes"));
	desk.act.write(customer, id, { type: "web", body: "<b>Any</b> news?" });
	await page.waitForSelector("#article-4");
	expect(await page.locator("#article-1[data-known]").count()).toBe(1);
	expect(await page.locator("#article-4 .richtext-content").textContent()).toBe("<b>Any</b> news?");
});

test("a field that the agent touched keeps its value when somebody else changes it, until it is reset", async () => {
	const { desk, id } = await movingDesk();
	const page = await visitTicket(desk, id);
	await page.locator('select[name="priority_id"]').selectOption("1");
	await page.waitForSelector('.form-group.is-changed[data-attribute-name="priority_id"]');
	expect(await page.locator("fieldset.edit.form-changed").count()).toBe(1);
	desk.act.change(colleague, id, { priority: "3 high" });
	await caughtUp(page, desk, id);
	expect(await page.locator('select[name="priority_id"]').inputValue()).toBe("1");
	await page.locator(".js-reset:not(.hide)").click();
	await expect.poll(() => page.locator('select[name="priority_id"]').inputValue()).toBe("3");
});

test("Update writes every field, and so a stale form overwrites what was set meanwhile", async () => {
	const { desk, id } = await movingDesk({ timing: { ...quick, push: 60_000 } });
	const page = await visitTicket(desk, id);
	const token = desk.act.token(bot, ["ticket.agent"]);
	expect((await send(desk, token, "PUT", `/tickets/${id}`, { priority: "3 high" })).status).toBe(200);
	await page.locator('select[name="state_id"]').selectOption("4");
	const [request] = await Promise.all([
		page.waitForRequest((made) => made.method() === "PUT" && made.url().includes(`/tickets/${id}`)),
		page.locator(".js-attributeBar .js-submit").click(),
	]);
	const sent = request.postDataJSON() as Record<string, unknown>;
	expect(sent).toMatchObject({ priority_id: "2", state_id: "4", owner_id: "", impact: "low", urgency: "", id });
	await caughtUp(page, desk, id);
	expect(desk.state.tickets[0]).toMatchObject({ priority_id: 2, state_id: 4 });
});

test("an agent answers from the page: public by mail, or an internal note", async () => {
	const { desk, id } = await movingDesk();
	const page = await visitTicket(desk, id);
	await page.locator(".articleNewEdit-body").click();
	await page.keyboard.type("For colleagues only");
	await page.locator(".js-submit").click();
	await page.waitForSelector("#article-4.is-internal.agent");
	await page.locator("#article-1 .js-ArticleAction[data-type=emailReply]").click();
	await page.keyboard.type("Hello,");
	await page.keyboard.press("Enter");
	await page.keyboard.press("Enter");
	await page.keyboard.type("It works again.");
	await page.locator(".js-submit").click();
	await page.waitForSelector("#article-5.agent:not(.is-internal)");
	expect(desk.state.articles.at(-1)?.body).toBe("Hello,\n\nIt works again.");
	expect(desk.state.articles.at(-1)).toMatchObject({ type_id: 1, sender_id: 1, internal: false, to: customer });
});

test("a list replaces the row of a changed ticket, keeps the others, and drops what is no longer in it", async () => {
	const { desk, id } = await movingDesk();
	const other = desk.act.open(customer, { ...story, title: "Other" });
	const third = desk.act.open(customer, { ...story, title: "Third" });
	const page = await visit(desk, "#ticket/view/all_open");
	await page.waitForSelector(`tr.item[data-id="${id}"]`);
	await page.$$eval("tr.item", (rows) => {
		for (const row of rows) row.setAttribute("data-known", "yes");
	});
	desk.act.change(colleague, id, { priority: "3 high" });
	await page.waitForSelector(`tr.item.item--high-priority[data-id="${id}"]:not([data-known])`);
	expect(await page.locator("tr.item[data-known]").count()).toBe(2);
	desk.act.change(colleague, other.id, { state: "closed" });
	await page.waitForSelector(`tr.item[data-id="${other.id}"]`, { state: "detached" });
	expect(await page.locator(`tr.item[data-id="${third.id}"][data-known]`).count()).toBe(1);
	expect(
		await page
			.locator("th.js-tableHead")
			.evaluateAll((heads) => heads.map((head) => head.getAttribute("data-column-key"))),
	).toEqual(["icon", "title", "customer_id", "group_id", "state_id", "owner_id", "created_at"]);
});

test("a foreign row in a list makes a changed ticket appear twice", async () => {
	const { desk, id } = await movingDesk();
	const page = await visit(desk, "#ticket/view/all_open");
	await page.waitForSelector(`tr.item[data-id="${id}"]`);
	await page.$eval(".js-tableBody", (body) => body.prepend(body.ownerDocument.createElement("tr")));
	desk.act.change(colleague, id, { priority: "3 high" });
	await expect.poll(() => page.locator(`tr.item[data-id="${id}"]`).count()).toBe(2);
});

test("an agent opens a ticket for a customer, and searches for it", async () => {
	const { desk } = await movingDesk();
	const page = await visit(desk, "#ticket/create");
	await page.locator("#Create_title").fill("Screen stays black");
	await page.locator("#Create_body").fill("Since this morning.");
	await page.locator('.ticket-create select[name="impact"]').selectOption("high");
	await page.locator(".ticket-create .js-submit").click();
	await page.waitForSelector("#content_permanent_Ticket-2 .ticketZoom");
	expect(desk.state.tickets[1]).toMatchObject({
		title: "Screen stays black",
		custom: { impact: "high" },
		created_by_id: 3,
	});
	await page.goto(`${desk.url}/#search/black`);
	await page.waitForSelector('#content_permanent_Search tr.item[data-id="2"] a[href="#ticket/zoom/2"]');
});

test("a ticket that is not there shows a message in the same container", async () => {
	const { desk } = await movingDesk();
	const page = await visit(desk, "#ticket/zoom/99");
	await page.waitForSelector("#content_permanent_Ticket-99 > .fullscreenMessage");
	expect(await page.locator(".ticketZoom").count()).toBe(0);
	faults.splice(0);
});
