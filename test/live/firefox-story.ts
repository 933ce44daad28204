// The story of one ticket in Firefox, on a Zammad that really runs. What it needs: README.md.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { builtExtension } from "../extension/built-extension.ts";
import { launchFirefox, type Tab } from "../extension/firefox.ts";
import { startLiveService } from "./live-service.ts";
import { teller } from "./steps.ts";
import { languageOf, wordsOf } from "./words.ts";
import { zammad } from "./zammad.ts";

const [enter, tabulator, up, left] = ["\uE007", "\uE004", "\uE013", "\uE012"];
const patience = 60_000;

const { values } = parseArgs({ options: { pictures: { type: "string" } } });
const desk = zammad();
const words = wordsOf(languageOf("en"), "zammad");
const { says } = words;
const step = teller();
let pictures = 0;

const service = await step("the service is connected", () => startLiveService([desk]));
const firefox = await launchFirefox(builtExtension("firefox-mv3"));
try {
	await story();
} finally {
	await firefox.close();
	await service.close();
}

async function story(): Promise<void> {
	const until = (tab: Tab, text: RegExp, timeout = patience) =>
		tab.until(async () => text.test(await tab.text()), String(text), timeout);
	const anew = async (tab: Tab) => {
		await tab.click(/^Priority P3\. Change/, "button");
		await until(tab, says("matrix.keys"));
	};

	await step("the extension is paired by a link, and allowed on the helpdesk", async () => {
		const options = await firefox.tab(firefox.own("options.html"));
		await until(options, says("options.pairLink"));
		await options.click(/^Pairing link/, "label");
		await options.type(await service.pair("Agent"));
		await options.click(/^Pair$/, "button");
		await until(options, says("options.connected"));
		await options.click(says("options.allow"), "button");
		await until(options, says("options.allowed"));
		await shoot(options, "paired");
	});
	const tab = await firefox.tab(`${desk.url}/#login`);
	await step("the agent signs in", async () => {
		await tab.until(() => tab.run("document.querySelector('input[name=username]') !== null"), "the form", patience);
		await tab.run("document.querySelector('input[name=username]').focus()");
		await tab.type(desk.login.login);
		await tab.press(tabulator);
		await tab.type(desk.login.password);
		await tab.press(enter);
		await tab.until(() => tab.run("document.querySelector('.user-menu') !== null"), "the desk", patience);
	});
	const ticket = await step("a customer asks for help", () => desk.ask(words.subject, words.text));
	await step("the ticket has its timer", async () => {
		await tab.run(`location.hash = "${desk.ticketPath(ticket).slice(2)}"`);
		await until(tab, /First response\s+\d+ min left/);
		await shoot(tab, "timer");
	});
	await step("the matrix chooses by keyboard", async () => {
		await anew(tab);
		await shoot(tab, "matrix");
		for (const key of [up, left, enter]) await tab.press(key);
		await until(tab, /P1 saved/);
		await shoot(tab, "chosen");
	});
	await step("undo takes it back, and it is chosen again", async () => {
		await tab.click(/^Undo$/, "button");
		await until(tab, /P3 saved/);
		await anew(tab);
		for (const key of [up, left, enter]) await tab.press(key);
		await until(tab, /P1 saved/);
	});
	await step("the list shows a timer per row", async () => {
		await tab.run(`location.hash = "${desk.listPath.slice(2)}"`);
		await tab.until(() => tab.run("document.querySelector('[data-stipt=badge]') !== null"), "timers", patience);
		await shoot(tab, "list");
	});
	await step("the sidebar has it too", async () => {
		const sidebar = await firefox.tab(firefox.own("sidepanel.html"));
		await until(sidebar, new RegExp(words.subject));
		await shoot(sidebar, "sidebar");
	});
	await step("a warning, and a card that says who was told", async () => {
		await tab.show();
		await tab.run(`location.hash = "${desk.ticketPath(ticket).slice(2)}"`);
		await until(tab, /[1-4]\/4/, 180_000);
		await shoot(tab, "warning");
		await tab.click(says("timerTitle"), "button");
		await until(tab, says("ladder.sent"));
		await shoot(tab, "card");
	});
	await step("the agent acknowledges, with a promise", async () => {
		await tab.click(/^Acknowledge$/, "button");
		await tab.click(says("alert.confirm"), "button");
		await until(tab, says("alert.done"));
		await shoot(tab, "acknowledged");
	});
	await step("the proof is copied as text", async () => {
		await tab.click(says("proof.show"), "button");
		await tab.click(says("proof.copy"), "button");
		await until(tab, says("proof.copied"));
		await shoot(tab, "proof");
	});
}

async function shoot(tab: Tab, name: string): Promise<void> {
	if (values.pictures === undefined) return;
	mkdirSync(values.pictures, { recursive: true });
	pictures += 1;
	await new Promise((wait) => setTimeout(wait, 700));
	await tab.screenshot(join(values.pictures, `${String(pictures).padStart(2, "0")}-${name}.png`));
}
