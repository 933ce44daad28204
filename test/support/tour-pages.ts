// The tour itself: a browser with the extension on the practice desk. Started by `tour.mjs`, which sees to the rest.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { NoticeList, TicketList, TicketView } from "@stipt/shared/wire/api";
import type { Page } from "playwright-core";
import { launch, pair } from "../extension/browser.ts";
import { grantedExtension } from "../extension/built-extension.ts";
import { overlayView } from "../extension/overlay-view.ts";

/** `pictures`: the folder to write them to; `null` shows a window instead, until it is closed. */
type Tour = { address: string; token: string; desk: string; pictures: string | null };

const tour = JSON.parse(process.argv[2] ?? "{}") as Tour;
const patience = 240_000;

async function ask<Answer>(path: string): Promise<Answer> {
	const answer = await fetch(`${tour.address}/api/v1/${path}`, { headers: { authorization: `Bearer ${tour.token}` } });
	if (!answer.ok) throw new Error(`${path}: expected 200, found ${answer.status}`);
	return (await answer.json()) as Answer;
}

/** Asks until the answer shows something, at most for four minutes: tickets live at their own pace. */
async function until<Found>(what: string, look: () => Promise<Found | undefined>): Promise<Found> {
	const end = Date.now() + patience;
	while (Date.now() < end) {
		const found = await look();
		if (found !== undefined) return found;
		await new Promise((resolve) => setTimeout(resolve, 1_000));
	}
	throw new Error(`Expected ${what} within ${patience / 60_000} minutes, found none.`);
}

const runs = ({ clocks }: TicketView) => clocks.some(({ state }) => state === "running");
const hasTime = ({ clocks }: TicketView) =>
	clocks.some(({ state, remainingMs }) => state === "running" && (remainingMs ?? 0) > 0);

/** A ticket with a clock that runs, the most urgent one that is not late yet if there is one. */
const pickTicket = () =>
	until("a ticket with a running clock", async () => {
		const { tickets } = await ask<TicketList>("tickets?connection=practice&limit=50");
		return tickets.find(hasTime) ?? tickets.find(runs);
	});

async function show(page: Page, ticket: string): Promise<Page> {
	await page.goto(`${tour.desk}/#ticket/zoom/${ticket}`);
	await page.reload();
	return page;
}

async function takePictures(page: Page, folder: string): Promise<void> {
	const overlay = await overlayView(page);
	const shoot = async (name: string) => {
		await page.screenshot({ path: join(folder, `${name}.png`) });
		process.stdout.write(`  ${join(folder, `${name}.png`)}\n`);
	};
	mkdirSync(folder, { recursive: true });

	await show(page, (await pickTicket()).ticket);
	await overlay.until(async () => /left|late|met/.test(await overlay.text("timer")), "the timer", 20_000);
	await shoot("ticket");
	await overlay.click("matrix", "button", /./);
	await overlay.until(async () => /Impact/.test(await overlay.text("panel")), "the matrix", 10_000);
	await shoot("matrix");

	const { tickets: [linked] = [] } = await until("an incident", async () => {
		const { notices } = await ask<NoticeList>("notices?connection=practice");
		return notices.find(({ tickets }) => tickets.length > 0);
	});
	await show(page, linked ?? "");
	await overlay.until(async () => (await overlay.text("banner")) !== "", "the banner", 60_000);
	await shoot("banner");

	await page.goto(`${tour.desk}/#ticket/view/all_open`);
	await page.reload();
	await overlay.until(async () => (await overlay.mounts()).length > 2, "timers in the list", 60_000);
	await page.waitForTimeout(1_000);
	await shoot("list");
}

const extension = grantedExtension([new URL(tour.desk).origin, new URL(tour.address).origin]);
const browser = await launch(extension, { window: tour.pictures === null, width: 1440, height: 810 });
await pair(browser, tour);
const page = browser.context.pages()[0] ?? (await browser.context.newPage());
if (tour.pictures === null) {
	await show(page, (await pickTicket()).ticket);
	process.stdout.write("The practice desk is open. Close its window, or press Ctrl-C, to end the tour.\n");
	await new Promise((resolve) => browser.context.once("close", resolve));
} else {
	await takePictures(page, tour.pictures);
}
// A browser that a person closed may still be busy with its profile, which then stays in the system's temporary folder.
await browser.close().catch(() => undefined);
rmSync(extension, { recursive: true, force: true });
