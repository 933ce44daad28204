import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { hosts } from "../../extension/src/hosts/index.ts";
import { type Desk, openDesk, says, type Tab } from "./desk.ts";
import { clockView, minute, ticketView } from "./fake-service.ts";
import { fullDetail } from "./full-detail.ts";
import { hostSite } from "./host-site.ts";

/** Axe looks at every element of a page, many times over. */
vi.setConfig({ testTimeout: 120_000 });

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = JSON.stringify({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
const summary = `({ violations }) => violations.flatMap(({ id, nodes }) =>
	nodes.map(({ html, any }) => [id, html.slice(0, 160), ...any.map(({ message }) => message)].join(" ")))`;

/** Faults inside our own closed roots: only the extension's world can look into them. */
async function faultsOf({ overlay }: Tab): Promise<unknown> {
	return overlay.inExtension(`(async () => {
		Object.defineProperty(Element.prototype, "shadowRoot", { configurable: true, get() { return this instanceof HTMLElement ? chrome.dom.openOrClosedShadowRoot(this) : null; } });
		${axe};
		return axe.run({ include: [["[data-stipt]"]] }, { ...${rules}, rules: { region: { enabled: false } } }).then(${summary});
	})()`);
}

/** What a finger cannot hit: buttons, choices and fields of less than 24 by 24 pixels. A link in a line of text may be less. */
async function smallTargets({ overlay }: Tab): Promise<unknown> {
	return overlay.inExtension(`[...document.querySelectorAll("[data-stipt]")].flatMap((one) =>
		[...chrome.dom.openOrClosedShadowRoot(one).querySelectorAll("button:not(p button), select, input:not([type=radio], [type=checkbox])")].flatMap((target) => {
			const { width, height } = target.getBoundingClientRect();
			return width === 0 || (width >= 24 && height >= 24) ? [] : [target.className + " " + width + "x" + height];
		}))`);
}

async function faultsOfPage(page: Page): Promise<unknown> {
	return page.evaluate(`(async () => { ${axe}; return axe.run(document, ${rules}).then(${summary}); })()`);
}

const waiting = {
	nl: "wacht op de klant",
	fr: "attend le client",
	de: "wartet auf den Kunden",
	en: "waiting for the customer",
};

function fill(desk: Pick<Desk, "service">, number: (id: string) => string): void {
	const iso = (instant: number) => new Date(instant).toISOString();
	const clocks = {
		"19": [clockView(), clockView({ goal: "resolution", remainingMs: minute, elapsedMs: 60 * minute })],
		"20": [clockView({ state: "missed", remainingMs: -12 * minute, breachedAt: iso(Date.now()) })],
		"21": [clockView({ state: "paused", pausedBecause: waiting })],
		"22": [clockView({ outsideHours: true, closesAt: null, opensAt: iso(Date.now() + 50 * 60 * minute) })],
		"23": [clockView({ state: "met", metAt: iso(Date.now()), stoppedAt: iso(Date.now()) })],
		"24": [clockView({ promise: "best-effort", deadline: null, remainingMs: null, targetMs: null })],
	};
	for (const [id, own] of Object.entries(clocks))
		desk.service.tickets.set(id, ticketView(id, { number: number(id), clocks: own }));
	const view = desk.service.tickets.get("19");
	if (view === undefined) return;
	desk.service.tickets.set("19", {
		...view,
		confidence: { level: "unsure", reason: "unmapped", since: iso(Date.now() - 8 * minute) },
		escalation: {
			goal: "first-response",
			step: 2,
			of: 4,
			owedAt: iso(Date.now()),
			alert: "a",
			acknowledgedBy: null,
			nextPromise: null,
		},
	});
	desk.service.detail = () => fullDetail(Date.now());
	const usual = desk.service.preview;
	const words = (text: string) => ({ nl: text, fr: text, de: text, en: text });
	desk.service.preview = (shown) => ({
		...usual(shown),
		questions: [{ sets: "impact", ask: words("How many people?"), answers: [{ to: "low", say: words("One person") }] }],
	});
	desk.service.notices = (["incident", "maintenance"] as const).map((kind) => ({
		id: kind,
		page: "status",
		event: kind,
		kind,
		title: `A ${kind}`,
		status: kind === "incident" ? "identified" : "scheduled",
		impact: kind === "incident" ? "major" : "maintenance",
		components: ["Register"],
		services: [],
		text: "What is known so far.",
		url: "https://status.example.org",
		updatedAt: iso(Date.now()),
		tickets: [],
	}));
}

/** What can be done that opens a form. */
const forms = [
	/^Ask for information$/,
	/^Pause$/,
	/^Agree a deadline$/,
	/^Hand over$/,
	/^Ask for escalation$/,
	/^Change the channel$/,
];

/** The interfaces over which every part is looked at; where a practice desk speaks the dialect, its pages. */
const interfaces: readonly {
	name: string;
	host: keyof typeof hosts;
	site: string;
	ticket: string;
	id: string;
	number: string;
	list: string;
	timer: string;
	matrix: string;
}[] = [
	{
		...{ name: "Zammad", host: "zammad", site: "zammad", id: "19", number: "33019" },
		...{ ticket: "/#ticket/zoom/19", list: "/#ticket/view/my_assigned", timer: "timer", matrix: "matrix" },
	},
	{
		...{ name: "Zammad desktop", host: "zammad-desktop", site: "zammad-desktop", id: "1", number: "1" },
		...{ ticket: "/desktop/tickets/1", list: "/desktop/tickets/view/all_open", timer: "timer", matrix: "matrix" },
	},
	{
		...{ name: "Odoo 17", host: "odoo", site: "odoo", id: "19", number: "HT00019" },
		...{ ticket: "/web#id=19&model=helpdesk.ticket&view_type=form", timer: "bar", matrix: "bar" },
		list: "/web#model=helpdesk.ticket&view_type=list",
	},
	{
		...{ name: "Odoo 18", host: "odoo", site: "practice odoo", id: "1", number: "HT00001" },
		...{ ticket: "/odoo/action-184/1", list: "/odoo/action-184", timer: "bar", matrix: "bar" },
	},
	{
		...{ name: "Request Tracker", host: "request-tracker", site: "request-tracker", id: "2", number: "2" },
		...{ ticket: "/Ticket/Display.html?id=2", timer: "timer", matrix: "matrix" },
		list: "/Search/Results.html?Query=Status%3D'__Active__'",
	},
];

/** Turns the whole page dark or light, whatever its own way of doing so is. */
async function turn({ page, overlay }: Tab, shade: "light" | "dark"): Promise<void> {
	await page.evaluate(`(() => {
		const style = document.getElementById("shade") ?? document.head.appendChild(Object.assign(document.createElement("style"), { id: "shade" }));
		style.textContent = ${shade === "dark"} ? "html, body, body :not([data-stipt]) { background-color: #2a2d31 !important; color: #e6e6e6 !important }" : "";
		// As pages do when their theme is changed: something of them is redrawn.
		document.querySelector("#app, .o_action_manager, .main-container").classList.toggle("turned");
	})()`);
	await overlay.until(
		async () =>
			(await overlay.inExtension(
				`[...document.querySelectorAll("[data-stipt]:not([data-stipt=room])")].every((one) => (chrome.dom.openOrClosedShadowRoot(one).firstElementChild?.dataset.shade ?? "${shade}") === "${shade}")`,
			)) === true,
		`${shade} mounts`,
	);
}

/** Everything of ours on the page, in both shades: its faults, each with the state in which it was found. */
function scanner(tab: Tab): { scan(state: string): Promise<void>; found: unknown[] } {
	const found: unknown[] = [];
	return {
		found,
		scan: async (state) => {
			for (const shade of ["dark", "light"] as const) {
				await turn(tab, shade);
				for (const fault of (await faultsOf(tab)) as string[]) found.push(`${state}, ${shade}: ${fault}`);
			}
			for (const target of (await smallTargets(tab)) as string[]) found.push(`${state}: small ${target}`);
		},
	};
}

describe.each(interfaces)("over $name, light and dark", ({ host, site, ticket, id, number, list, timer, matrix }) => {
	let desk: Desk;
	beforeAll(async () => {
		desk = await openDesk(host, { site: await hostSite(site) });
		fill(desk, (one) => number.replace(id, one));
		const view = desk.service.tickets.get("19");
		if (view !== undefined) desk.service.tickets.set(id, { ...view, ticket: id, number });
	});
	afterAll(() => desk.close());

	it("has no fault in bar, card, proof, forms, matrix, guide, undo, errors, banners and badges", async () => {
		const tab = await desk.open(ticket);
		const { overlay, page } = tab;
		const { scan, found } = scanner(tab);
		const banner = (await says(overlay, timer, /First response/)) && (await overlay.mounts()).includes("banner");
		const notices = banner ? "banner" : "corner";
		await says(overlay, notices, /A incident/);
		await overlay.click(notices, "button", /^and 1 more$/);
		await scan("bar and notices");
		await overlay.click(timer, "button", /^Service levels/);
		await overlay.click("panel", "button", /^Acknowledge$/);
		await overlay.click("panel", "radio", /^another time$/);
		await scan("card with an open escalation");
		await overlay.click("panel", "button", /^Proof, line by line$/);
		await says(overlay, "panel", /Proof of first-response/);
		// The same parts, in the same frame: one host's pages show all of them.
		for (const form of host === "zammad" ? forms : forms.slice(0, 1)) {
			await overlay.click("panel", "button", form);
			await overlay.until(
				async () => (await overlay.all("panel", "button")).some(({ name }) => name === "Cancel"),
				"the form",
			);
			await scan(`form ${form.source}`);
			await overlay.click("panel", "button", /^Cancel$/);
		}
		desk.service.refuse = { status: 409, detail: "The ticket is closed." };
		await overlay.click("panel", "button", /^Resume$/);
		await says(overlay, "panel", /The ticket is closed/);
		await scan("an action that was refused");
		await overlay.until(
			async () => /^Resume/.test((await overlay.focused())?.name ?? ""),
			"the focus back on the button",
		);
		await page.keyboard.press("Escape");
		await overlay.until(async () => !(await overlay.mounts()).includes("panel"), "the card to close");
		await overlay.click(matrix, "button", /P3/);
		await says(overlay, "panel", /Would be told/);
		await scan("matrix");
		await overlay.click("panel", "button", /^Help me choose/);
		await says(overlay, "panel", /How many people\?/);
		await scan("guide");
		await overlay.click("panel", "button", /^One person$/);
		await overlay.until(
			async () => /^Impact Low/.test((await overlay.focused())?.name ?? ""),
			"the cell that the answer leads to",
		);
		await page.keyboard.press("Enter");
		await says(overlay, "panel", /Not saved/);
		await scan("a choice that was refused");
		desk.service.refuse = null;
		await overlay.click("panel", "button", /^Impact High, urgency Low/);
		await says(overlay, timer, /saved Undo/);
		await scan("undo");
		expect(found).toEqual([]);
		await page.close();
	});

	it("has no fault in a list", async () => {
		const tab = await desk.open(list);
		const { scan, found } = scanner(tab);
		await tab.overlay.until(async () => (await tab.overlay.mounts()).includes("badge"), "badges");
		await scan("list");
		expect(found).toEqual([]);
		await tab.page.close();
	});
});

describe("over Zammad, light and dark, every state of the timer", () => {
	it("has no fault", async () => {
		const desk = await openDesk("zammad");
		fill(desk, (id) => `330${id}`);
		desk.service.notices = [];
		const tab = await desk.open("/#ticket/zoom/20");
		const { scan, found } = scanner(tab);
		for (const [id, said] of [
			["20", /12 min late/],
			["21", /paused/],
			["22", /outside hours/],
			["23", /met/],
			["24", /best effort/],
			["25", /does not know this ticket/],
		] as const) {
			await tab.page.evaluate(`location.hash = "#ticket/zoom/${id}"`);
			await says(tab.overlay, "timer", said);
			await scan(said.source);
		}
		await tab.page.evaluate('location.hash = "#ticket/zoom/20"');
		await says(tab.overlay, "timer", /12 min late/);
		desk.service.token = "another";
		await tab.overlay.click("timer", "button", /^Service levels/);
		await says(tab.overlay, "timer", /last known/);
		await says(tab.overlay, "panel", /token is no longer accepted/);
		await scan("last known");
		await tab.page.evaluate('location.hash = "#ticket/zoom/26"');
		await says(tab.overlay, "timer", /token is no longer accepted/);
		await scan("refused");
		expect(found).toEqual([]);
		await desk.close();
	});
});

describe.each(["light", "dark"] as const)("in %s", (shade) => {
	it("has no fault in popup, diagnosis, options and side panel", async () => {
		// The icon's count asks at once for what is open.
		const prepare = (service: Desk["service"]) => fill({ service }, (id) => `330${id}`);
		const desk = await openDesk("zammad", { dark: shade === "dark", prepare });
		const popup = await desk.browser.page(desk.browser.own("popup.html"));
		await popup.getByText("Ticket 20").waitFor();
		expect(await faultsOfPage(popup)).toEqual([]);
		const ticket = await desk.open("/#ticket/zoom/19");
		await says(ticket.overlay, "timer", /First response/);
		await ticket.page.evaluate("desk.dropAnchors(19)");
		await ticket.overlay.until(async () => !(await ticket.overlay.mounts()).includes("timer"), "the timer to go");
		await ticket.page.waitForTimeout(2_100);
		const over = await desk.browser.context.newPage();
		// As if it were opened over the ticket: without a screen there is no toolbar to click on.
		await over.addInitScript(`{
			const query = chrome.tabs.query;
			chrome.tabs.query = (wish) => query.call(chrome.tabs, wish.active ? { url: "${desk.site.origin}/*" } : wish);
		}`);
		await over.goto(desk.browser.own("popup.html"));
		await over.getByRole("button", { name: "Copy" }).waitFor();
		expect(await faultsOfPage(over)).toEqual([]);
		const options = await desk.browser.page(desk.browser.own("options.html"));
		await options.getByText("Connected as").waitFor();
		await options.getByRole("button", { name: "Check what Stipt sees" }).click();
		await options.getByText(/I see/).waitFor();
		expect(await faultsOfPage(options)).toEqual([]);
		const panel = await desk.browser.page(desk.browser.own("sidepanel.html"));
		await panel.getByText("Ticket 24").waitFor();
		await panel.getByLabel("Choose ticket 33019").check();
		expect(await faultsOfPage(panel)).toEqual([]);
		desk.service.trouble = 500;
		await panel.getByRole("combobox", { name: "Whose" }).selectOption({ label: "everybody's" });
		await panel.getByRole("alert").waitFor();
		expect(await faultsOfPage(panel)).toEqual([]);
		desk.service.trouble = null;
		await options.bringToFront();
		await options.getByRole("button", { name: "Disconnect" }).click();
		await options.getByText("Connected as").waitFor({ state: "detached" });
		await options.getByLabel("Pairing link").fill("https://stipt.example.org");
		await options.getByRole("button", { name: "Pair", exact: true }).click();
		await options.getByRole("alert").waitFor();
		expect(await faultsOfPage(options)).toEqual([]);
		for (const page of ["popup.html", "sidepanel.html"]) {
			const before = await desk.browser.page(desk.browser.own(page));
			await before.getByRole("button", { name: "Open the options" }).waitFor();
			expect(await faultsOfPage(before)).toEqual([]);
		}
		await desk.close();
	});
});

describe("reduced motion", () => {
	it("moves nothing", async () => {
		const desk = await openDesk("zammad");
		fill(desk, (id) => `330${id}`);
		const { page, overlay } = await desk.open("/#ticket/zoom/19");
		await says(overlay, "timer", /2\/4/);
		const animations = () =>
			overlay.inExtension(
				'chrome.dom.openOrClosedShadowRoot(document.querySelector("[data-stipt=timer]")).getAnimations().length',
			);
		await page.emulateMedia({ reducedMotion: "no-preference" });
		expect(await animations()).toBe(1);
		await page.emulateMedia({ reducedMotion: "reduce" });
		expect(await animations()).toBe(0);
		await overlay.click("timer", "button", /^Service levels/);
		await says(overlay, "panel", /Deadline/);
		const moving = await overlay.inExtension(`[...document.querySelectorAll("[data-stipt]")].flatMap((one) =>
			[...chrome.dom.openOrClosedShadowRoot(one).querySelectorAll("*")].filter((inner) => {
				const { animationName, transitionDuration } = getComputedStyle(inner);
				return animationName !== "none" || transitionDuration.split(", ").some((time) => time !== "0s");
			}).map(({ className }) => className))`);
		expect(moving).toEqual([]);
		await desk.close();
	});
});

describe("forced colours", () => {
	it("draw every part by lines, and mark the focus", async () => {
		const desk = await openDesk("zammad");
		fill(desk, (id) => `330${id}`);
		const { page, overlay } = await desk.open("/#ticket/zoom/19");
		await page.emulateMedia({ forcedColors: "active" });
		await overlay.click("matrix", "button", /P3/);
		await overlay.until(async () => /^Impact/.test((await overlay.focused())?.name ?? ""), "focus in the matrix");
		await page.keyboard.press("ArrowUp");
		const drawn = await overlay.inExtension(`(() => {
			const root = (name) => chrome.dom.openOrClosedShadowRoot(document.querySelector("[data-stipt=" + name + "]"));
			const focused = getComputedStyle(root("panel").activeElement);
			return {
				goal: getComputedStyle(root("timer").querySelector(".goal")).borderTopStyle,
				cell: getComputedStyle(root("panel").querySelector(".cell")).borderTopStyle,
				focus: focused.outlineStyle + " " + focused.outlineWidth,
			};
		})()`);
		expect(drawn).toEqual({ goal: "solid", cell: "solid", focus: "solid 2px" });
		await desk.close();
	});
});

describe.each([
	["Zammad", "zammad", "/#ticket/zoom/19", "timer", "33019"],
	["Odoo", "odoo", "/web#id=19&model=helpdesk.ticket&view_type=form", "bar", "HT00019"],
] as const)("over %s, the keyboard alone", (_, kind, path, timer, number) => {
	it("leads from the timer to the card, its proof, an acknowledgement, the matrix, a choice, undo and back", async () => {
		const desk = await openDesk(kind);
		fill(desk, (id) => number.replace("19", id));
		desk.service.notices = [];
		const { page, overlay } = await desk.open(path);
		await says(overlay, timer, /First response/);
		const focus = async () => (await overlay.focused())?.name ?? "";
		const tabTo = async (mount: string, name: RegExp) => {
			for (let presses = 0; presses < 90; presses += 1) {
				await page.keyboard.press("Tab");
				const isOn = (await page.evaluate("document.activeElement?.dataset.stipt")) === mount;
				if (isOn && name.test(await focus())) return;
			}
			expect(await focus()).toMatch(name);
		};
		await tabTo(timer, /^Service levels/);
		await page.keyboard.press("Enter");
		await says(overlay, "panel", /Deadline/);
		await tabTo("panel", /^Acknowledge$/);
		await page.keyboard.press("Enter");
		await overlay.until(async () => /^in 1 h/.test(await focus()), "the focus on the promise");
		await page.keyboard.press("Tab");
		expect(await focus()).toMatch(/^Acknowledge/);
		await page.keyboard.press("Enter");
		await overlay.until(
			async () => desk.service.tickets.get("19")?.escalation?.acknowledgedBy === "Agent Anna",
			"the acknowledgement",
		);
		await overlay.until(
			async () => (await page.evaluate("document.activeElement?.dataset.stipt")) === "panel",
			"the focus in the panel",
		);
		await tabTo("panel", /^Proof, line by line$/);
		await page.keyboard.press("Enter");
		await says(overlay, "panel", /Proof of first-response/);
		await page.keyboard.press("Escape");
		await overlay.until(async () => /^Service levels/.test(await focus()), "the focus back on the timer");
		await page.keyboard.press("Tab");
		expect(await focus()).toMatch(/P3/);
		await page.keyboard.press("Enter");
		await overlay.until(async () => /^Impact Medium/.test(await focus()), "the current cell");
		await page.keyboard.press("1");
		await overlay.until(async () => /^Impact High, urgency High/.test(await focus()), "P1");
		await page.keyboard.press("Enter");
		await says(overlay, timer, /P1 saved.*Undo/);
		await overlay.until(async () => /P1/.test(await focus()), "the focus back on the priority");
		await page.keyboard.press("Tab");
		expect(await focus()).toBe("Undo");
		await page.keyboard.press("Enter");
		await says(overlay, timer, /P3 saved/);
		expect(desk.service.tickets.get("19")?.priority).toBe("P3");
		await desk.close();
	});
});
