import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { hosts } from "../../extension/src/hosts/index.ts";
import { type Desk, openDesk } from "./desk.ts";
import { ticketView } from "./fake-service.ts";
import { hostSite } from "./host-site.ts";

/** Every place that lists tickets, by interface: where it is, what brings it up, and what a ticket is in it. */
const interfaces: readonly {
	host: keyof typeof hosts;
	site: string;
	number: string;
	/** A ticket's page, from which the others are reached without loading anew; absent: each is loaded by itself. */
	start?: string;
	places: readonly (readonly [name: string, path: string, row: string, before?: string])[];
}[] = [
	{
		...{ host: "zammad", site: "zammad", number: "330", start: "/#ticket/zoom/20" },
		places: [
			["an overview", "/#ticket/view/my_assigned", "tr.item"],
			["the activity stream", "/#dashboard", ".activity-entry"],
			["a profile", "/#user/profile/7", ".task-text"],
			["what pops up over a customer", "/#ticket/zoom/19", ".popover .task-text", "desk.popUp()"],
			["the search", "/#ticket/zoom/19", ".nav-tab--search.ticket-popover", "desk.search()"],
		],
	},
	{
		...{ host: "zammad-desktop", site: "zammad-desktop", number: "", start: "/desktop/tickets/1" },
		places: [["an overview", "/desktop/tickets/view/all_open", "tbody tr"]],
	},
	{
		...{ host: "odoo", site: "practice odoo", number: "HT0000" },
		start: "/web#id=1&model=helpdesk.ticket&view_type=form",
		places: [
			["a list", "/web#model=helpdesk.ticket&view_type=list", "tr.o_data_row"],
			["cards", "/web#model=helpdesk.ticket&view_type=kanban", ".o_kanban_record"],
		],
	},
	{
		...{ host: "odoo", site: "practice odoo", number: "HT0000", start: "/odoo/action-184/1" },
		places: [
			["a list of 18", "/odoo/action-184", "tr.o_data_row"],
			["cards of 18", "/odoo/action-184?view_type=kanban", ".o_kanban_record"],
		],
	},
	{
		...{ host: "request-tracker", site: "request-tracker", number: "" },
		places: [["what a search found", "/Search/Results.html?Query=Status%3D'__Active__'", "tbody.list-item"]],
	},
];

const wait = { timeout: 8_000, interval: 50 };

describe.each(interfaces)("lists of $host", ({ host, site, number, start, places }) => {
	let desk: Desk;
	beforeAll(async () => {
		desk = await openDesk(host, { site: await hostSite(site) });
		for (const id of [...Array.from({ length: 30 }, (_, n) => String(n + 1)), "901", "902", "903"])
			desk.service.tickets.set(id, ticketView(id, { number: `${number}${id}` }));
	});
	afterAll(() => desk.close());

	it.each(places)(
		"%s has a timer in each row, and nothing moves, wraps or grows for it",
		async (_, path, row, before) => {
			const page = await desk.browser.context.newPage();
			await page.addInitScript(`
			globalThis.shifts = [];
			new PerformanceObserver((list) => {
				for (const { value, hadRecentInput, sources } of list.getEntries()) if (!hadRecentInput) {
					shifts.push([value, ...sources.map(({ node, previousRect, currentRect }) => [node?.nodeName, node?.className, node?.textContent?.slice(0, 20), [previousRect.x, previousRect.y, previousRect.width, previousRect.height], [currentRect.x, currentRect.y, currentRect.width, currentRect.height]].join(" "))].join(" | "));
				}
			}).observe({ type: "layout-shift", buffered: true });
		`);
			const isTrue = (what: string) => expect.poll(() => page.evaluate(what), wait).toBe(true);
			await page.goto(`${desk.site.origin}${start ?? path}`);
			if (start !== undefined) {
				await isTrue("document.querySelector('[data-stipt=timer], [data-stipt=bar]') !== null");
				await page.evaluate(
					`shifts.length = 0; history.pushState({}, "", ${JSON.stringify(path)}); for (const type of ["popstate", "hashchange"]) dispatchEvent(new Event(type))`,
				);
			}
			if (before !== undefined) {
				await isTrue("document.querySelector('[data-stipt=timer]') !== null");
				await page.evaluate(before);
			}
			const isDone = `(() => {
			const rows = [...document.querySelectorAll(${JSON.stringify(row)})];
			return rows.length > 1 && rows.every((one) => one.querySelectorAll("[data-stipt=badge]").length === 1);
		})()`;
			await isTrue(isDone);
			await page.waitForTimeout(100);
			// A page that is drawn before the browser has woken us up may move once.
			if (start !== undefined) expect(await page.evaluate("shifts")).toEqual([]);
			const heights = `[...document.querySelectorAll(${JSON.stringify(row)})].map((one) => one.getBoundingClientRect().height)`;
			const [withUs, without] = (await page.evaluate(`(() => {
			const withUs = ${heights};
			for (const one of document.querySelectorAll("[data-stipt=badge]")) one.remove();
			return [withUs, ${heights}];
		})()`)) as number[][];
			expect(withUs).toEqual(without);
			await page.close();
		},
	);
});
