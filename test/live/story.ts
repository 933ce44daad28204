// The whole story of one ticket on a helpdesk that really runs, as its agent lives it. What it needs: README.md.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { type Browser, launch } from "../extension/browser.ts";
import { grantedExtension } from "../extension/built-extension.ts";
import { overlayView } from "../extension/overlay-view.ts";
import type { LiveDesk } from "./live-desk.ts";
import { type LiveService, startLiveService } from "./live-service.ts";
import { odoo } from "./odoo.ts";
import { expectThat, teller } from "./steps.ts";
import { languageOf, others, type Words, wordsOf } from "./words.ts";
import { zammad } from "./zammad.ts";

const agentName = "Agent";
const patience = 120_000;
/** Longer than the first promise of a P1 lasts. */
const wholePromise = 180_000;

const { positionals, values } = parseArgs({
	allowPositionals: true,
	options: { pictures: { type: "string" }, company: { type: "boolean", default: false } },
});

/** One telling: on which helpdesk, in which language, in which shade. */
type Telling = {
	desk: LiveDesk;
	service: LiveService;
	words: Words;
	dark: boolean;
	browser: Browser;
	/** Takes a picture, when pictures are wanted. */
	shoot(page: Page, name: string): Promise<void>;
};

const step = teller();
const wanted = (positionals.length === 0 ? ["zammad"] : positionals).map((text) => {
	const [kind, language = "en", shade = "light"] = text.split("/");
	return { name: text.replaceAll("/", "-"), kind: kind === "odoo" ? "odoo" : "zammad", language, shade } as const;
});
const desks = { zammad, odoo };
const made = Object.fromEntries([...new Set(wanted.map(({ kind }) => kind))].map((kind) => [kind, desks[kind]()]));
const service = await step("the service is connected", () => startLiveService(Object.values(made)));
try {
	for (const { name, kind, language, shade } of wanted) {
		process.stdout.write(`\n${name}\n`);
		const desk = made[kind];
		if (desk === undefined) continue;
		await tell(name, { desk, service, words: wordsOf(languageOf(language), kind), dark: shade === "dark" }).catch(
			(cause) => {
				process.exitCode = 1;
				process.stdout.write(`${cause instanceof Error ? cause.message : cause}\n`);
			},
		);
	}
} finally {
	await service.close();
}

async function tell(name: string, set: Pick<Telling, "desk" | "service" | "words" | "dark">): Promise<void> {
	const { desk, words, dark } = set;
	const faults: string[] = [];
	const extension = grantedExtension([desk.url], ["notifications"]);
	const browser = await launch(extension, { locale: words.locale, dark, width: 1280, height: 800 });
	const telling = { ...set, browser, shoot: photographer(name) };
	try {
		await browser.context.grantPermissions(["clipboard-read", "clipboard-write"]);
		browser.context.on("page", (page) => listen(page, faults));
		await story(telling);
		expectThat(faults.length === 0, "no fault of ours in the browser", faults);
	} catch (cause) {
		for (const page of browser.context.pages()) await telling.shoot(page, "when-it-failed").catch(() => undefined);
		throw cause;
	} finally {
		await browser.close();
		rmSync(extension, { recursive: true, force: true });
	}
}

async function story(telling: Telling): Promise<void> {
	const { desk, words, service, browser, dark, shoot } = telling;
	const goTo = (page: Page, path: string) => visit(page, `${desk.url}${path}`, desk, dark);
	const { says, named } = words;
	const { timer, matrix } = desk.mounts;
	const options = await step("the extension is paired by a link", async () => {
		const page = await browser.page(browser.own("options.html"));
		await page.locator('input[name="link"]').fill(await service.pair(agentName));
		await page.locator('form[name="pairing"] button[type="submit"]').click();
		await page.getByText(says("options.connected")).waitFor({ timeout: patience });
		await page.getByText(says("options.allowed")).waitFor();
		await shoot(page, "paired");
		return page;
	});
	const tab = await browser.context.newPage();
	await step("the agent signs in", () => desk.signIn(tab));
	const overlay = await overlayView(tab);
	if (values.company) await step("other tickets are on the desk", () => fillDesk(desk, service));
	const ticket = await step("a customer asks for help", () => desk.ask(words.subject, words.text));
	const click = async (mount: string, role: string, name: RegExp) => {
		const isThere = async () => (await overlay.all(mount, role)).some((seen) => name.test(seen.name));
		await overlay.until(isThere, `a ${role} named ${name} in ${mount}`, patience);
		await overlay.click(mount, role, name);
	};
	const until = (mount: string, text: RegExp, timeout = patience) =>
		overlay.until(async () => text.test(await overlay.text(mount)), `${text} in ${mount}`, timeout);

	await step("the ticket has its timer", async () => {
		await goTo(tab, desk.ticketPath(ticket));
		await until(timer, new RegExp(`${says("goal.first-response").source}.+${says("left").source}`));
		expectThat(says("ball.us").test(await overlay.text(timer)), "that it is our turn", await overlay.text(timer));
		await shoot(tab, "timer");
		return overlay.text(timer);
	});
	await step("the options page proves what it sees", async () => {
		await options.getByRole("button", { name: says("options.check") }).click();
		await options.getByText(says("options.sees")).waitFor();
		await options.close();
	});
	await step("the matrix says what each choice means", async () => {
		await click(matrix, "button", /P3/);
		await until("panel", says("matrix.keys"));
		const said = await overlay.text("panel");
		for (const key of ["goal.first-response", "goal.resolution", "matrix.alertsTitle"] as const)
			expectThat(says(key).test(said), key, said);
		await shoot(tab, "matrix");
	});
	await step("questions lead to a cell, Enter chooses it", async () => {
		await click("panel", "button", named("matrix.guide"));
		await shoot(tab, "question");
		for (const question of ["1/2", "2/2"]) {
			await until("panel", new RegExp(question));
			await overlay.until(async () => (await overlay.focused())?.role === "button", "an answer in focus", patience);
			await tab.keyboard.press("Enter");
		}
		await until("panel", says("matrix.keys"));
		await shoot(tab, "guided");
		expectThat(/P1/.test((await overlay.focused())?.name ?? ""), "the focus on P1", await overlay.focused());
		await tab.keyboard.press("Enter");
		await until(timer, /P1/);
		await shoot(tab, "chosen");
	});
	await step("undo takes it back", async () => {
		await click(timer, "button", named("matrix.undo"));
		await until(matrix, /P3/);
		await until(timer, new RegExp(`P3.*${says("matrix.saved").source}`));
		await shoot(tab, "undone");
	});
	await step("a click on a cell chooses it", async () => {
		await click(matrix, "button", /P3/);
		await click("panel", "button", new RegExp(`${named("matrix.cell").source}.*P1`));
		await until(timer, /P1/);
		await overlay.until(async () => (await service.view(desk, ticket)).priority === "P1", "P1 in the service");
		return overlay.text(timer);
	});
	await step("the list shows a timer in the ticket's row", async () => {
		await goTo(tab, desk.listPath);
		await desk.narrow(tab);
		const row = tab.locator("tr", { hasText: words.subject }).first();
		await row.locator('[data-stipt="badge"]').waitFor({ timeout: patience });
		await shoot(tab, "list");
	});
	await step("side panel and popup have it too", async () => {
		const panel = await browser.page(browser.own("sidepanel.html"));
		await panel.setViewportSize({ width: 400, height: 800 });
		await panel.locator(".tickets", { hasText: words.subject }).waitFor({ timeout: patience });
		await shootBeside(telling, tab, panel, "side-panel");
		await panel.close();
		const popup = await browser.page(browser.own("popup.html"));
		await popup.setViewportSize({ width: 400, height: 600 });
		// The page under the popup is the one that it speaks of.
		await tab.bringToFront();
		await popup.reload();
		await popup.locator(".tickets", { hasText: words.subject }).waitFor({ timeout: patience });
		await popup
			.getByText(says("popup.seesList.other"))
			.or(popup.getByText(says("popup.seesList.one")))
			.waitFor();
		await shoot(popup, "popup");
		await popup.close();
	});
	await step("half of the promise is gone: a warning, by mail too", async () => {
		await tab.bringToFront();
		await goTo(tab, desk.ticketPath(ticket));
		await until(timer, /[1-4]\/4/, wholePromise);
		await overlay.until(async () => service.told("team-lead", words.subject).length > 0, "a letter", patience);
		await shoot(tab, "warning");
		return service.told("team-lead", words.subject)[0];
	});
	await step("the promise is broken: late, and the next step", async () => {
		await until(timer, says("late"), wholePromise);
		await until(timer, /[2-4]\/4/);
		await toTop(tab, desk);
		await shoot(tab, "late");
	});
	await step("the card says who hears what, and when", async () => {
		await toTop(tab, desk);
		await click(timer, "button", named("timerTitle"));
		for (const key of ["alert.title", "sum.policy", "ladder.planned", "ladder.sent"] as const)
			await until("panel", says(key));
		await toTop(tab, desk);
		await shoot(tab, "card");
	});
	await step("the agent acknowledges, with a promise", async () => {
		await click("panel", "button", named("alert.acknowledge"));
		await until("panel", says("alert.ask"));
		await shoot(tab, "acknowledging");
		await click("panel", "button", named("alert.confirm"));
		await until("panel", says("alert.done"));
		expectThat(!/\d\/4/.test(await overlay.text(timer)), "no bell any more", await overlay.text(timer));
		await toTop(tab, desk);
		await shoot(tab, "acknowledged");
	});
	await step("the proof is copied as text", async () => {
		await click("panel", "button", named("proof.show"));
		await click("panel", "button", named("proof.copy"));
		await until("panel", says("proof.copied"));
		await shoot(tab, "proof");
		const text = await tab.evaluate(() => navigator.clipboard.readText());
		expectThat(text.split("\n").length > 8, "a proof of some lines", text);
		await click("panel", "button", named("proof.show"));
		// The card is narrower without it.
		await tab.waitForTimeout(1_000);
		return `${text.split("\n").length} lines`;
	});
	await step("asking the customer pauses the resolution", async () => {
		await click("panel", "button", named("act.ask"));
		await until("panel", says("field.question"));
		await tab.keyboard.type(words.question);
		await shoot(tab, "asking");
		await click("panel", "button", named("act.ask"));
		await until("panel", says("act.done"));
		await until("panel", says("paused"));
		await shoot(tab, "paused");
	});
	await step("resuming makes it our turn", async () => {
		await click("panel", "button", named("act.resume"));
		await overlay.until(async () => !says("paused").test(await overlay.text(timer)), "no pause", patience);
		await shoot(tab, "resumed");
		await tab.keyboard.press("Escape");
	});
	await step("closed in the page's own form: one met, one missed", async () => {
		await toTop(tab, desk);
		await desk.end(tab);
		await until(timer, new RegExp(`${says("met").source}|${says("missed").source}`));
		await click(timer, "button", named("timerTitle"));
		await until("panel", says("met"));
		await shoot(tab, "closed");
		return overlay.text("panel");
	});
}

/** Tickets with other promises, for pictures of a desk that is in use. */
async function fillDesk(desk: LiveDesk, service: LiveService): Promise<void> {
	for (const [index, [subject, impact, urgency]] of others.entries()) {
		const ticket = await desk.ask(subject, `${subject}.`);
		await service.know(desk, ticket);
		await service.choose(desk, ticket, impact, urgency);
		if (index === 0) await service.pause(desk, ticket, "Which model is wanted?");
	}
}

/** Zammad ends the session of another tab, so everything happens in one. */
async function visit(page: Page, url: string, { kind }: LiveDesk, dark: boolean): Promise<void> {
	await page.goto(url);
	if (kind === "odoo") await page.reload();
	// Neither Zammad 5 nor Odoo's community edition has a dark page of its own: this is the mark of those that have.
	if (dark) await page.evaluate(() => document.documentElement.setAttribute("data-theme", "dark"));
}

/** A note of ours, or a new message, has the page scroll by itself. */
async function toTop(page: Page, { scrolls }: LiveDesk): Promise<void> {
	await page.evaluate((within) => {
		for (const element of document.querySelectorAll(`${within}, ${within} *`))
			if (element.scrollTop > 0) element.scrollTop = 0;
	}, scrolls);
	await page.waitForTimeout(500);
}

function photographer(story: string): Telling["shoot"] {
	let taken = 0;
	return async (page, name) => {
		if (values.pictures === undefined) return;
		const folder = join(values.pictures, story);
		mkdirSync(folder, { recursive: true });
		taken += 1;
		await page.waitForTimeout(700);
		await page.screenshot({ path: join(folder, `${String(taken).padStart(2, "0")}-${name}.png`) });
	};
}

/** The page with the panel at its side, as the browser shows them. */
async function shootBeside({ browser, shoot }: Telling, page: Page, panel: Page, name: string): Promise<void> {
	if (values.pictures === undefined) return;
	const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
	const beside = panel.viewportSize()?.width ?? 0;
	await page.setViewportSize({ width: width - beside - 1, height });
	await page.waitForTimeout(1_500);
	const parts = [await page.screenshot(), await panel.screenshot()].map(
		(part) => `<img src="data:image/png;base64,${part.toString("base64")}">`,
	);
	await page.setViewportSize({ width, height });
	const both = await browser.page("about:blank");
	await both.setContent(`<body style="margin:0;display:flex;background:#d5dbe0;gap:1px">${parts.join("")}</body>`);
	await shoot(both, name);
	await both.close();
}

/** Whatever goes wrong in a page, and what our own scripts complain of. */
function listen(page: Page, faults: string[]): void {
	page.on("pageerror", ({ message, stack }) => faults.push(`${message} ${stack?.split("\n")[1] ?? ""}`));
	page.on("console", (message) => {
		const { url } = message.location();
		if (message.type() === "error" && url.startsWith("chrome-extension:")) faults.push(`${message.text()} ${url}`);
	});
}
