import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Desk, openDesk, says, type Tab } from "./desk.ts";
import { clockView, minute, ticketView } from "./fake-service.ts";
import { fixtureSite, type Site } from "./fixture-site.ts";
import { overlayView } from "./overlay-view.ts";

/** A page that overrides what scripts build on, before any script of its own runs. */
const hostility = `
	const refuse = () => { throw new Error("hostile"); };
	Element.prototype.attachShadow = refuse;
	for (const name of ["append", "prepend", "before", "after", "closest"]) Element.prototype[name] = refuse;
	Object.defineProperty(Element.prototype, "shadowRoot", { get: refuse });
	EventTarget.prototype.addEventListener = new Proxy(EventTarget.prototype.addEventListener, {
		apply: (add, target, [type, ...rest]) => (type === "hashchange" || target !== document ? Reflect.apply(add, target, [type, ...rest]) : undefined),
	});
	JSON.parse = JSON.stringify = refuse;
	window.MutationObserver = window.CSSStyleSheet = refuse;
	Array.prototype.flatMap = Array.prototype.includes = String.prototype.includes = refuse;
	Array.prototype.toJSON = Object.prototype.toJSON = refuse;
	window.setInterval = refuse;
	Date.now = () => 0;
	window.chrome = { runtime: { id: "page", sendMessage: refuse } };
`;
/** Shown as text, or not at all: what came of it if it were markup. */
const markup = `<img src=x onerror="window.owned=1"><script>window.owned=1</script>`;
const resets = `
	* { all: unset !important; display: inline !important; margin: 40px !important; position: static !important; }
	div { visibility: hidden !important; }
	[data-stipt] { color: red; transform: rotate(90deg); width: 3px; }
	.curtain { position: fixed !important; inset: auto 0 0 0 !important; height: 60px !important; z-index: 2147483647 !important; }
`;

let desk: Desk;
let odoo: Site;
beforeAll(async () => {
	odoo = await fixtureSite("odoo");
	desk = await openDesk("zammad", { also: [odoo.origin] });
});
afterAll(async () => {
	await desk.close();
	await odoo.close();
});

let last = 600;
let id = "";
beforeEach(() => {
	desk.service.trouble = null;
	last += 1;
	id = String(last);
	put(id);
});

const put = (ticket: string, change: Parameters<typeof ticketView>[1] = {}) =>
	desk.service.tickets.set(ticket, ticketView(ticket, change));
const showing = async (path = `/#ticket/zoom/${id}`): Promise<Tab> => {
	const tab = await desk.open(path);
	await says(tab.overlay, "timer", /41 min left/);
	return tab;
};
/** Names of our elements, as the page sees them. */
const ours = (tab: Tab) =>
	tab.page.evaluate("[...document.querySelectorAll('[data-stipt]')].map((one) => one.dataset.stipt).sort()");
const elements = (tab: Tab) => tab.page.evaluate("document.querySelectorAll('*').length");
/** Stops the background, as the browser does when it has been idle for half a minute. */
async function sleepBackground(): Promise<void> {
	const internals = await desk.browser.page("about:blank");
	const cdp = await desk.browser.context.newCDPSession(internals);
	await cdp.send("ServiceWorker.enable");
	await cdp.send("ServiceWorker.stopAllWorkers");
	await internals.close();
}
/** A person who looks into the card does not wait for the next question. */
async function recovers({ overlay }: Tab): Promise<void> {
	await overlay.click("timer", "button", /^Service levels/);
	await overlay.until(async () => !/last known/.test(await overlay.text("timer")), "the timer to recover");
}
const writes = (ticket: string) =>
	desk.service.calls.filter(({ method, path }) => method !== "GET" && path.includes(`/${ticket}/priority`));

describe("a page that is not as expected", () => {
	it("goes on without a place that is gone, and comes back with it", async () => {
		const tab = await showing();
		await tab.page.evaluate(`(() => {
			const meta = document.querySelector(".js-ticketMetaContainer");
			window.kept = [meta.parentElement, meta];
			meta.remove();
		})()`);
		await tab.overlay.until(async () => !(await tab.overlay.mounts()).includes("timer"), "the timer to go");
		await says(tab.overlay, "sticky", /41 min left/);
		await tab.page.evaluate("kept[0].append(kept[1])");
		await says(tab.overlay, "timer", /41 min left/);
		await tab.page.close();
	});

	it("mounts once where an element is there twice", async () => {
		const tab = await showing();
		await tab.page.evaluate(`for (const selector of [".ticketZoom-header", '.sidebar[data-tab="ticket"]', ".ticket-article"]) {
			const one = document.querySelector(selector);
			one.after(one.cloneNode(true));
		}`);
		// What was copied along is an empty element of ours.
		await tab.page.evaluate("location.hash = '#dashboard'");
		await tab.page.evaluate(`location.hash = "#ticket/zoom/${id}"`);
		await says(tab.overlay, "timer", /41 min left/);
		expect((await tab.overlay.mounts()).sort()).toEqual(["matrix", "sticky", "timer"]);
		await tab.page.close();
	});

	it("is not stopped by a page that overrides the language and the document", async () => {
		const page = await desk.browser.context.newPage();
		await page.addInitScript(hostility);
		const site = `${desk.site.origin}/?plain#ticket/zoom/${id}`;
		await page.goto(site);
		const tab: Tab = { page, overlay: await overlayView(page) };
		// The page's own script does not survive its own hostility, so its structure is drawn by hand.
		await tab.page.evaluate(structure(id));
		await says(tab.overlay, "timer", /First response 41 min left/);
		await tab.overlay.click("matrix", "button", /^P3/);
		await tab.overlay.click("panel", "button", /^Impact High, urgency Medium/);
		await says(tab.overlay, "timer", /P2 saved/);
		expect(await tab.page.evaluate("document.querySelector('[data-stipt=timer]').openOrClosedShadowRoot ?? null")).toBe(
			null,
		);
		await tab.page.close();
	});

	it("keeps its shape under resets, rules for our elements and the highest layers", async () => {
		const tab = await showing();
		const height = () => tab.page.evaluate("document.querySelector('[data-stipt=sticky]').offsetHeight");
		const before = await height();
		await tab.page.evaluate(`(() => {
			const style = document.createElement("style");
			style.textContent = ${JSON.stringify(resets)};
			document.head.append(style);
			const curtain = document.createElement("div");
			curtain.className = "curtain";
			document.body.append(curtain);
		})()`);
		expect(
			await tab.page.evaluate(`(() => {
				const { display, position, color, transform, visibility, marginTop } = getComputedStyle(document.querySelector("[data-stipt=timer]"));
				return { display, position, color, transform, visibility, marginTop };
			})()`),
		).toEqual({
			display: "block",
			position: "static",
			color: "rgb(0, 0, 0)",
			transform: "none",
			visibility: "visible",
			marginTop: "10px",
		});
		expect(await height()).toBe(before);
		await tab.overlay.click("timer", "button", /P3/);
		await tab.overlay.click("panel", "button", /^Impact High, urgency Medium/);
		await says(tab.overlay, "timer", /P2 saved/);
		await tab.page.close();
	});

	it("works under the strictest content security policy and trusted types", async () => {
		const tab = await desk.open(`/?strict#ticket/zoom/${id}`);
		const refused: string[] = [];
		tab.page.on("console", (message) => message.type() === "error" && refused.push(message.text()));
		await tab.page.route(`${desk.site.origin}/**`, async (route) => {
			const response = await route.fetch();
			await route.fulfill({
				response,
				headers: {
					...response.headers(),
					"content-security-policy":
						"default-src 'none'; script-src 'self'; style-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
				},
			});
		});
		await tab.page.reload();
		await tab.page.evaluate(structure(id));
		await says(tab.overlay, "timer", /41 min left/);
		refused.length = 0;
		await tab.overlay.click("matrix", "button", /^P3/);
		await tab.overlay.click("panel", "button", /^Impact High, urgency Medium/);
		await says(tab.overlay, "timer", /P2 saved/);
		expect(refused).toEqual([]);
		await tab.page.close();
	});
});

describe("a page that goes on and on", () => {
	it("is redrawn a thousand times and has each mount once, with few calls and nothing left behind", async () => {
		const tab = await showing();
		await tab.page.evaluate(`desk.rebuildForm(${id}, "2026-11-22T10:00:00.000Z")`);
		await tab.page.waitForTimeout(500);
		const before = await elements(tab);
		desk.service.calls.length = 0;
		await tab.page.evaluate(`(async () => {
			for (let n = 0; n < 1000; n += 1) {
				desk.changeCustomer(${id});
				desk.rebuildForm(${id}, "2026-11-22T10:00:00.000Z", {});
				if (n % 20 === 0) await new Promise(requestAnimationFrame);
			}
		})()`);
		await says(tab.overlay, "matrix", /P3/);
		await tab.overlay.until(async () => (await elements(tab)) === before, "as many elements as before");
		expect(await ours(tab)).toEqual(["banner", "matrix", "sticky", "timer"]);
		expect(desk.service.calls.length).toBeLessThan(60);
		await tab.page.close();
	});

	it("is walked through back and forth as often as an hour brings, and leaves nothing behind", async () => {
		put("901", { priority: "P1" });
		put("902", { priority: "P4" });
		const tab = await showing();
		desk.service.calls.length = 0;
		await tab.page.evaluate(`(async () => {
			for (let n = 0; n < 240; n += 1) {
				if (n % 5 === 4)
					await new Promise((done) => {
						addEventListener("popstate", done, { once: true });
						history.back();
					}, 60_000);
				else location.hash = "#ticket/zoom/" + (901 + (n % 2));
				await new Promise((done) => setTimeout(done, 10));
			}
			location.hash = "#ticket/zoom/901";
		})()`);
		await says(tab.overlay, "timer", /41 min left.*P1/);
		expect(await ours(tab)).toEqual(["banner", "matrix", "sticky", "timer"]);
		// A ticket that was asked for a moment ago is not asked for again.
		const reads = desk.service.calls.filter(({ path }) => /\/tickets\/desk\/90[12]$/.test(path));
		expect(reads.length).toBeLessThan(40);
		await tab.page.evaluate("location.hash = '#ticket/zoom/404'");
		await tab.overlay.until(async () => JSON.stringify(await ours(tab)) === "[]", "nothing of ours");
		await tab.page.close();
	});
});

describe("the background", () => {
	it("may be stopped at every step", async () => {
		await sleepBackground();
		const tab = await showing();
		await sleepBackground();
		await tab.overlay.click("timer", "button", /^Service levels/);
		await says(tab.overlay, "panel", /Deadline/);
		await tab.page.keyboard.press("Escape");
		await sleepBackground();
		await tab.overlay.click("matrix", "button", /^P3/);
		await tab.overlay.until(
			async () => (await tab.overlay.all("panel", "button")).some(({ name }) => /^Impact High/.test(name)),
			"the matrix",
		);
		await sleepBackground();
		await tab.overlay.click("panel", "button", /^Impact High, urgency Medium/);
		await says(tab.overlay, "timer", /P2 saved/);
		await sleepBackground();
		await tab.overlay.click("timer", "button", /^Undo/);
		await says(tab.overlay, "timer", /P3 saved/);
		expect(writes(id).map(({ method }) => method)).toEqual(["PUT", "DELETE"]);
		await tab.overlay.click("timer", "button", /^Service levels/);
		await tab.overlay.click("panel", "button", /^Pause$/);
		await tab.overlay.click("panel", "textbox", /^Why/);
		await tab.page.keyboard.type("The customer is away");
		await sleepBackground();
		await tab.overlay.click("panel", "button", /^Pause$/);
		await says(tab.overlay, "panel", /Done: Pause/);
		await sleepBackground();
		await tab.page.evaluate("location.hash = '#ticket/view/my_assigned'");
		put("19");
		await tab.overlay.until(async () => (await tab.overlay.mounts()).includes("badge"), "a timer in the list");
		await sleepBackground();
		const panel = await desk.browser.page(desk.browser.own("sidepanel.html"));
		await panel.getByText("Ticket 19").waitFor();
		await panel.close();
		await tab.page.close();
	});

	it("may be stopped while it waits for the service: the person hears it, and sees what is true", async () => {
		const tab = await showing();
		await tab.overlay.click("matrix", "button", /^P3/);
		await tab.overlay.until(
			async () => (await tab.overlay.all("panel", "button")).some(({ name }) => /^Impact High/.test(name)),
			"the matrix",
		);
		desk.service.trouble = "hang";
		await tab.overlay.click("panel", "button", /^Impact High, urgency Medium/);
		await tab.overlay.until(async () => writes(id).length > 0, "the choice to be sent");
		await sleepBackground();
		desk.service.trouble = null;
		await says(tab.overlay, "panel", /Not saved\. Stipt cannot be reached/);
		await says(tab.overlay, "timer", /41 min left.*P3/);
		await tab.page.close();
	});
});

describe("the service", () => {
	it("is away: the timer goes on, says how old it is, and a choice is refused at once instead of kept for later", async () => {
		const tab = await showing();
		await tab.overlay.click("matrix", "button", /^P3/);
		desk.service.trouble = 502;
		await tab.overlay.click("panel", "button", /^Impact High, urgency Medium/);
		await says(tab.overlay, "panel", /Not saved\. Stipt cannot be reached/);
		await says(tab.overlay, "timer", /41 min left.*last known \d\d:\d\d/);
		desk.service.trouble = null;
		desk.service.calls.length = 0;
		await recovers(tab);
		expect(writes(id)).toEqual([]);
		await tab.page.close();
	});

	it("no longer knows the token: what was known stays, marked as old, and the card says what to do", async () => {
		const tab = await showing();
		const { token } = desk.service;
		desk.service.token = "another";
		await tab.overlay.click("timer", "button", /^Service levels/);
		await says(tab.overlay, "timer", /last known \d\d:\d\d/);
		await says(tab.overlay, "panel", /token is no longer accepted/);
		desk.service.token = token;
		await tab.page.keyboard.press("Escape");
		await recovers(tab);
		await tab.page.close();
	});

	it("no longer knows the ticket: its timer goes", async () => {
		const tab = await showing();
		desk.service.tickets.delete(id);
		await tab.overlay.click("timer", "button", /^Service levels/);
		await says(tab.overlay, "timer", /^Stipt does not know this ticket/);
		expect(await tab.overlay.text("timer")).not.toMatch(/left/);
		await tab.page.close();
	});
});

describe("several at once", () => {
	it("shows each of two tabs its own ticket, and a choice in one reaches the other in a second window", async () => {
		put("911", { priority: "P4" });
		const one = await showing();
		const opening = desk.browser.context.waitForEvent("page");
		const cdp = await desk.browser.context.newCDPSession(one.page);
		await cdp.send("Target.createTarget", { url: `${desk.site.origin}/#ticket/zoom/${id}`, newWindow: true });
		const page = await opening;
		const window: Tab = { page, overlay: await overlayView(page) };
		const other = await desk.open("/#ticket/zoom/911");
		await says(other.overlay, "timer", /P4/);
		await says(window.overlay, "timer", /P3/);
		await one.overlay.click("matrix", "button", /^P3/);
		await one.overlay.click("panel", "button", /^Impact High, urgency Medium/);
		await says(one.overlay, "timer", /P2 saved/);
		await window.overlay.click("timer", "button", /^Service levels/);
		await says(window.overlay, "timer", /P2/);
		expect(await other.overlay.text("timer")).toMatch(/P4/);
		await Promise.all([one, window, other].map((tab) => tab.page.close()));
	});

	it("asks each of two helpdesks for its own tickets alone", async () => {
		const before = desk.service.me;
		desk.service.me = {
			...before,
			connections: [
				...before.connections,
				{ id: "second", kind: "odoo", name: "Second desk", origin: odoo.origin, language: "en" },
			],
		};
		const options = await desk.browser.page(desk.browser.own("options.html"));
		await options.evaluate("chrome.runtime.sendMessage({ kind: 'refresh', body: null })");
		await options.close();
		desk.service.calls.length = 0;
		const first = await showing();
		const page = await desk.browser.page(`${odoo.origin}/web#id=19&model=helpdesk.ticket&view_type=form`);
		const second: Tab = { page, overlay: await overlayView(page) };
		put("19", { number: "HT00019", priority: "P1" });
		await says(second.overlay, "bar", /P1/, 15_000);
		await says(first.overlay, "timer", /P3/);
		const asked = desk.service.calls.map(({ path }) => path);
		expect(asked).toContain("/api/v1/tickets/second/19");
		expect(asked.filter((path) => /desk\/19(\/|$)|second\/6\d\d(\/|$)/.test(path))).toEqual([]);
		await Promise.all([first, second].map((tab) => tab.page.close()));
	});
});

describe("what a person sees", () => {
	it("stays within the window at 200 % zoom", async () => {
		const tab = await showing();
		await tab.page.setViewportSize({ width: 720, height: 450 });
		await tab.overlay.click("timer", "button", /P3/);
		await tab.overlay.until(async () => (await tab.overlay.mounts()).includes("panel"), "the panel");
		await tab.page.waitForTimeout(300);
		const fits =
			await tab.page.evaluate(`[...document.querySelectorAll("[data-stipt=panel], [data-stipt=timer]")].every((one) => {
			const { left, right, top, bottom } = one.getBoundingClientRect();
			return left >= 0 && right <= innerWidth && (one.dataset.stipt === "timer" || (top >= 0 && bottom <= innerHeight));
		})`);
		expect(fits).toBe(true);
		await tab.overlay.click("panel", "button", /^Impact Low, urgency Low/);
		await says(tab.overlay, "timer", /P5/);
		await tab.page.close();
	});

	it("is text, whatever the helpdesk and the service call things: markup, right to left, ten thousand characters", async () => {
		const title = `\u202E${markup}\u05E9\u05DC\u05D5\u05DD ${"long ".repeat(2_000)}`;
		put(id, {
			title,
			priority: "<b>P3</b>",
			impact: markup,
			policy: { name: title, version: markup, mode: "promised" },
			clocks: [clockView({ calendar: markup, remainingMs: 41 * minute + 30_000 })],
		});
		desk.service.notices = [
			{
				id: "long",
				page: "status",
				event: "long",
				kind: "incident",
				title,
				status: "identified",
				impact: "minor",
				components: [markup],
				services: [],
				text: title,
				url: "javascript:window.owned=1",
				updatedAt: new Date().toISOString(),
				tickets: [],
			},
		];
		const tab = await showing();
		await says(tab.overlay, "timer", /<b>P3<\/b>/);
		await tab.page.reload();
		await says(tab.overlay, "timer", /41 min left/);
		await tab.overlay.click("timer", "button", /^Service levels/);
		await says(tab.overlay, "panel", /onerror/);
		expect(await tab.page.evaluate("window.owned ?? null")).toBe(null);
		// No wider than the window, and no taller than it needs to be read.
		expect(await tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
		const heights = (await tab.page.evaluate(
			"[...document.querySelectorAll('[data-stipt=banner], [data-stipt=timer], [data-stipt=sticky]')].map((one) => one.offsetHeight)",
		)) as number[];
		expect(Math.max(...heights)).toBeLessThan(240);
		const panel = await desk.browser.page(desk.browser.own("sidepanel.html"));
		await panel
			.getByText(/long long/)
			.first()
			.waitFor();
		expect(await panel.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
		expect(
			await panel.evaluate("Math.max(...[...document.querySelectorAll('li')].map((one) => one.offsetHeight))"),
		).toBeLessThan(160);
		await panel.close();
		desk.service.notices = [];
		await tab.page.close();
	});
});

describe("scripts of the page", () => {
	it("reach neither the extension nor the inside of our elements", async () => {
		const tab = await showing();
		expect(
			await tab.page.evaluate(`({
				runtime: typeof globalThis.chrome?.runtime?.sendMessage,
				roots: [...document.querySelectorAll("[data-stipt]")].map(({ shadowRoot }) => shadowRoot),
				sheets: document.adoptedStyleSheets.length,
				ours: Object.keys(globalThis).filter((name) => /stipt/i.test(name)),
				meeting: globalThis[Symbol.for("stipt.overlay")] ?? null,
				stored: JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
			})`),
		).toEqual({
			runtime: "undefined",
			roots: expect.arrayContaining([null]),
			sheets: 0,
			ours: [],
			meeting: null,
			stored: JSON.stringify([{}, {}, ""]),
		});
		const loaded = (await tab.page.evaluate(
			`Promise.all(["options.html", "popup.html", "manifest.json"].map((name) => fetch("${desk.browser.own("")}" + name).then(() => name, () => null)))`,
		)) as (string | null)[];
		expect(loaded).toEqual([null, null, null]);
		await tab.page.close();
	});

	it("cannot act through it: forged clicks, keys and messages change nothing", async () => {
		const tab = await showing();
		await tab.overlay.click("matrix", "button", /^P3/);
		await tab.overlay.until(
			async () => /^Impact Medium/.test((await tab.overlay.focused())?.name ?? ""),
			"focus in the matrix",
		);
		desk.service.calls.length = 0;
		await tab.page.evaluate(`(() => {
			for (const one of document.querySelectorAll("[data-stipt]")) {
				const { left, top, width, height } = one.getBoundingClientRect();
				for (let x = left + 4; x < left + width; x += 20) for (let y = top + 4; y < top + height; y += 20) {
					const at = { bubbles: true, composed: true, cancelable: true, clientX: x, clientY: y };
					const under = document.elementFromPoint(x, y) ?? one;
					for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) under.dispatchEvent(new PointerEvent(type, at));
				}
				one.click();
				one.focus();
				for (const key of ["ArrowUp", "Enter", "1"]) (document.activeElement ?? one).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true }));
			}
			for (const kind of ["choose", "undo", "acknowledge", "setup"]) {
				window.postMessage({ kind, body: { ticket: "${id}", choice: { impact: "high", urgency: "high" } } }, "*");
				window.dispatchEvent(new MessageEvent("message", { data: { kind, body: { ticket: "${id}" } } }));
			}
			window.postMessage("changed", "*");
		})()`);
		await tab.page.waitForTimeout(400);
		expect(desk.service.calls.filter(({ method, path }) => method !== "GET" && !path.endsWith("/preview"))).toEqual([]);
		expect(desk.service.tickets.get(id)?.priority).toBe("P3");
		await tab.page.close();
	});
});

describe("an extension that is switched off under an open page", () => {
	it("leaves one calm line where the timer was, which goes when the person moves on", async () => {
		const tab = await showing();
		const extensions = await desk.browser.page("chrome://extensions");
		await extensions.evaluate(
			`chrome.management.setEnabled("${new URL(desk.browser.own("")).host}", false).catch(String)`,
		);
		await extensions.close();
		await says(tab.overlay, "timer", /^Stipt was updated or switched off\. Save your work and reload/);
		expect((await tab.overlay.mounts()).sort()).toEqual(["timer"]);
		await tab.page.evaluate("location.hash = '#dashboard'");
		await tab.overlay.until(async () => JSON.stringify(await ours(tab)) === "[]", "nothing of ours");
		await tab.page.close();
	});
});

/** The parts of a ticket's page that places are found by, drawn without any of the page's own scripts. */
function structure(ticket: string): string {
	return `(() => {
		const make = (tag, className, attributes = {}, ...children) => {
			const node = document.createElement(tag);
			node.className = className;
			for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
			for (const child of children) node.appendChild(child);
			return node;
		};
		const app = document.getElementById("app");
		app.textContent = "";
		app.appendChild(make("div", "navigation", { id: "navigation" }));
		const number = make("span", "js-objectNumber", { "data-number": "Ticket#330${ticket}" });
		app.appendChild(
			make("div", "content active", { id: "content_permanent_Ticket-${ticket}", style: "width: 1000px" },
				make("div", "ticketZoom", {},
					make("div", "ticketZoom-header", {}, make("div", "js-ticketMetaContainer", {}, number)),
					make("div", "ticket-article")),
				make("div", "tabsSidebar", {},
					make("div", "sidebar", { "data-tab": "ticket" }, make("div", "sidebar-content")))));
	})()`;
}
