// How soon the timer is right after an agent's own save in Zammad's own form. What it needs: README.md.
import { rmSync } from "node:fs";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { launch } from "../extension/browser.ts";
import { grantedExtension } from "../extension/built-extension.ts";
import { type OverlayView, overlayView } from "../extension/overlay-view.ts";
import { startLiveService } from "./live-service.ts";
import { wordsOf } from "./words.ts";
import { zammad } from "./zammad.ts";

/** From the click on the page's own button, in milliseconds. */
type Saved = {
	kind: string;
	/** The page's own request was answered. */
	answered: number | null;
	/** The page shows what it was answered. */
	drawn: number | null;
	/** The timer says what is true now. */
	right: number | null;
	/** What it said instead. */
	said?: string;
	load: string;
};

type Save = { kind: string; prepare(): Promise<void>; change(): Promise<void>; right: RegExp; wrong?: RegExp };

const { values } = parseArgs({
	options: {
		rounds: { type: "string", default: "8" },
		/** Every round on one ticket: a further one opens a tab in Zammad, each of which asks for a list at every save. */
		one: { type: "boolean", default: false },
	},
});
const desk = zammad();
const words = wordsOf("en", "zammad");
const service = await startLiveService([desk]);
const extension = grantedExtension([desk.url]);
const browser = await launch(extension, { width: 1280, height: 800 });
const rows: Saved[] = [];
try {
	const options = await browser.page(browser.own("options.html"));
	await options.locator('input[name="link"]').fill(await service.pair("Agent"));
	await options.locator('form[name="pairing"] button[type="submit"]').click();
	await options.getByText(words.says("options.allowed")).waitFor();
	await options.close();
	const page = await browser.context.newPage();
	await desk.signIn(page);
	const overlay = await overlayView(page);
	await service.rest();
	const ask = () => desk.ask("The shared folder is read only", "We can read the files, and change none.");
	let ticket = "";
	for (let round = 0; round < Number(values.rounds); round += 1) {
		ticket = values.one && ticket !== "" ? ticket : await ask();
		await page.goto(`${desk.url}${desk.ticketPath(ticket)}`);
		await overlay.until(async () => /P3/.test(await overlay.text("timer")), "the timer", 60_000);
		await page.waitForTimeout(3_000);
		for (const save of savesOf(page, overlay, ticket)) {
			const row = await measure(page, overlay, ticket, save);
			rows.push(row);
			process.stdout.write(`${JSON.stringify(row)}\n`);
		}
	}
} finally {
	await browser.close();
	rmSync(extension, { recursive: true, force: true });
	await service.close();
}
for (const kind of [...new Set(rows.map((row) => row.kind)), ""]) {
	const some = rows.filter((row) => row.kind.includes(kind));
	const of = (pick: (row: Saved) => number | null) =>
		[0.5, 0.95]
			.map((part) =>
				quantile(
					some.map((row) => pick(row) ?? 15_000),
					part,
				),
			)
			.join(" / ");
	process.stdout.write(
		`${(kind || "all").padEnd(10)} n ${some.length}, ms p50 / p95: answered ${of((row) => row.answered)}, ` +
			`drawn ${of((row) => row.drawn)}, right ${of((row) => row.right)}, ` +
			`right after the answer ${of((row) => (row.right === null || row.answered === null ? null : row.right - row.answered))}\n`,
	);
}

/** One round: two priorities, closed and open again, and an answer to the customer's next message. */
function savesOf(page: Page, overlay: OverlayView, ticket: string): Save[] {
	const form = page.locator(".content.active");
	const choose = (field: string, label: string) => async () => {
		await form.locator(`select[name=${field}]`).selectOption({ label });
	};
	const nothing = async () => undefined;
	return [
		{ kind: "priority", prepare: nothing, change: choose("priority_id", "3 high"), right: /P2/ },
		{ kind: "state", prepare: nothing, change: choose("state_id", "closed"), right: /met|missed/, wrong: /left/ },
		{ kind: "state", prepare: nothing, change: choose("state_id", "open"), right: /Resolution.*left/ },
		{ kind: "priority", prepare: nothing, change: choose("priority_id", "2 normal"), right: /P3/ },
		{
			kind: "reply",
			prepare: async () => {
				await desk.say(ticket, "It still does not work.");
				await overlay.until(
					async () => /First response|Next update/.test(await overlay.text("timer")),
					"the question",
					30_000,
				);
				await page.waitForTimeout(3_000);
			},
			change: async () => {
				await form.locator('[data-type="emailReply"]:visible').last().click();
				await form.locator(".articleNewEdit-body").click();
				await page.keyboard.type("Thank you. We are looking into it.");
			},
			right: /Resolution/,
			wrong: /First response|Next update/,
		},
	];
}

async function measure(page: Page, overlay: OverlayView, ticket: string, save: Save): Promise<Saved> {
	await save.prepare();
	await save.change();
	await page.waitForTimeout(400);
	const wanted = JSON.stringify({ ticket, right: save.right.source, wrong: save.wrong?.source ?? "$^" });
	// The name helper is what tsx writes into functions.
	const found = overlay.inExtension(
		`(() => { const __name = (it) => it; return (${watch})(${wanted}); })()`,
	) as Promise<Pick<Saved, "answered" | "drawn" | "right">>;
	await page.waitForTimeout(100);
	await page.locator(".content.active .js-submit:visible").first().click();
	const row = { kind: save.kind, ...(await found), load: (loadavg()[0] ?? 0).toFixed(1) };
	// The nudges of one save are over before the next.
	await page.waitForTimeout(2_500);
	return row;
}

/** Runs in the extension's own world on the page, so that the time is the page's own. */
async function watch({ ticket, right, wrong }: { ticket: string; right: string; wrong: string }): Promise<unknown> {
	const end = performance.now() + 20_000;
	let clicked = 0;
	performance.setResourceTimingBufferSize(100_000);
	let drawn: number | null = null;
	document.addEventListener(
		"click",
		({ target }) => {
			if (target instanceof Element && target.closest(".js-submit") !== null) clicked ||= performance.now();
		},
		{ capture: true },
	);
	const form = document.querySelector(`#content_permanent_Ticket-${ticket} fieldset.edit[data-ticket-updated-at]`);
	const before = form?.getAttribute("data-ticket-updated-at");
	const updatedAt = () =>
		document
			.querySelector(`#content_permanent_Ticket-${ticket} fieldset.edit[data-ticket-updated-at]`)
			?.getAttribute("data-ticket-updated-at");
	const said = () =>
		[...document.querySelectorAll<HTMLElement>("[data-stipt=timer]")]
			.filter(({ offsetParent }) => offsetParent !== null)
			.map((mount) => chrome.dom.openOrClosedShadowRoot(mount)?.textContent ?? "")
			.join(" ");
	for (;;) {
		await new Promise((wait) => setTimeout(wait, 8));
		if (clicked === 0 && performance.now() < end) continue;
		if (drawn === null && updatedAt() !== before) drawn = Math.round(performance.now() - clicked);
		const text = said();
		const isRight = new RegExp(right).test(text) && !new RegExp(wrong).test(text);
		if (!isRight && performance.now() < end) continue;
		const own = performance
			.getEntriesByType("resource")
			.find(({ name, startTime }) => startTime >= clicked && name.includes(`/api/v1/tickets/${ticket}`));
		const answered = own === undefined ? null : Math.round((own as PerformanceResourceTiming).responseEnd - clicked);
		return {
			answered,
			drawn,
			...(isRight ? { right: Math.round(performance.now() - clicked) } : { right: null, said: text }),
		};
	}
}

function quantile(figures: number[], part: number): number {
	return [...figures].sort((a, b) => a - b)[Math.max(0, Math.ceil(part * figures.length) - 1)] ?? Number.NaN;
}
