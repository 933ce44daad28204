import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { people as odooPeople } from "../desks/odoo/base.ts";
import { createOdooDesk, type OdooDesk } from "../desks/odoo/desk.ts";
import { people as zammadPeople } from "../desks/zammad/base.ts";
import { createZammadDesk, type ZammadDesk } from "../desks/zammad/desk.ts";
import { says } from "../extension/desk.ts";
import { type Helpdesk, startWhole, type Whole } from "./whole.ts";

const now = () => Date.now();
const shots = process.env.STIPT_PICTURES;

/** What the story needs a helpdesk to do. */
type Stage = {
	name: string;
	locale: string;
	dark: boolean;
	start(): Promise<Helpdesk>;
	/** A customer asks for help; answers the ticket's id. */
	ask(): Promise<string>;
	ticketPath(ticket: string): string;
	listPath: string;
	priorityOf(ticket: string): string;
	highest: string;
	notesIn(ticket: string): string[];
	solve(ticket: string): Promise<void>;
	/** Where the overlay shows the timer, and where its priority is chosen. */
	mounts: { timer: string; matrix: string };
	says: { left: RegExp; cell: RegExp; current: RegExp; late: RegExp };
};

let zammad: ZammadDesk;
let odoo: OdooDesk;

const stages: Stage[] = [
	{
		name: "Zammad",
		locale: "en-GB",
		dark: false,
		async start() {
			zammad = createZammadDesk({ now, port: 0, timing: { delivery: [0, 100], retries: [500, 500, 500, 500] } });
			await zammad.listen();
			const token = zammad.act.token(zammadPeople.bot, ["ticket.agent", "admin.webhook", "admin.trigger"]);
			return { kind: "zammad", url: zammad.url, credentials: ["--token", token], close: () => zammad.close() };
		},
		async ask() {
			const article = { body: "Nobody can sign in.", type: "web" };
			return String(
				zammad.act.open(zammadPeople.customers[0], { title: "Portal is down", group: "Portal", article }).id,
			);
		},
		ticketPath: (ticket) => `/?lang=en#ticket/zoom/${ticket}`,
		listPath: "/?lang=en#ticket/view/all_open",
		priorityOf: (ticket) => String(zammad.state.tickets.find(({ id }) => String(id) === ticket)?.priority_id),
		highest: "3",
		notesIn: (ticket) =>
			zammad.state.articles
				.filter(({ ticket_id, internal }) => String(ticket_id) === ticket && internal)
				.map(({ body }) => body),
		async solve(ticket) {
			zammad.act.change(zammadPeople.agents[0], Number(ticket), { state: "closed" });
		},
		mounts: { timer: "timer", matrix: "matrix" },
		says: {
			left: /First response 29 min left/,
			cell: /^Impact Everyone, urgency Stands still: P1/,
			current: /P3/,
			late: /First response .* late/,
		},
	},
	{
		name: "Odoo",
		locale: "nl-BE",
		dark: true,
		async start() {
			odoo = createOdooDesk({ now, port: 0, pace: 0 });
			await odoo.listen();
			const [login, lent] = [odooPeople.bot, odooPeople.admin];
			const keys = ["--key", odoo.act.key(login), "--install-login", lent, "--install-key", odoo.act.key(lent)];
			return {
				kind: "odoo",
				url: odoo.url,
				credentials: ["--db", odoo.db, "--login", login, ...keys],
				close: () => odoo.close(),
			};
		},
		async ask() {
			const values = { name: "Portaal ligt plat", description: "Niemand kan aanmelden.", priority: "1" };
			return String(await odoo.act.create(odooPeople.customers[0], values));
		},
		ticketPath: (ticket) => `/web?lang=nl&theme=dark#id=${ticket}&model=helpdesk.ticket&view_type=form`,
		listPath: "/web?lang=nl&theme=dark#model=helpdesk.ticket&view_type=list",
		priorityOf: (ticket) =>
			String(odoo.state.tables["helpdesk.ticket"]?.find(({ id }) => String(id) === ticket)?.priority),
		highest: "3",
		notesIn: (ticket) =>
			(odoo.state.tables["mail.message"] ?? [])
				.filter(({ res_id, model }) => model === "helpdesk.ticket" && String(res_id) === ticket)
				.map(({ body }) => String(body))
				.filter((body) => body.includes("stipt:")),
		solve: (ticket) => odoo.act.stage(odooPeople.agents[0], Number(ticket), "Done"),
		mounts: { timer: "bar", matrix: "bar" },
		says: {
			left: /Eerste antwoord nog 29 min/,
			cell: /^Impact Everyone, urgentie Stands still: P1/,
			current: /P3/,
			late: /Eerste antwoord .* te laat/,
		},
	},
];

describe.each(stages)("a ticket in $name", (stage) => {
	let whole: Whole;
	let ticket: string;
	beforeAll(async () => {
		whole = await startWhole(await stage.start(), stage);
	}, 120_000);
	afterAll(() => whole?.close());

	const picture = async (name: string, page: { screenshot(options: { path: string }): Promise<unknown> }) => {
		if (shots !== undefined) await page.screenshot({ path: `${shots}/${stage.name.toLowerCase()}-${name}.png` });
	};

	test("gets its timer, its priority, its alarms, its acknowledgement and its incident, and ends them all", async () => {
		ticket = await stage.ask();
		const { tab, overlay } = await whole.visit(stage.ticketPath(ticket));
		await says(overlay, stage.mounts.timer, stage.says.left, 20_000);

		await overlay.click(stage.mounts.matrix, "button", stage.says.current);
		await picture("matrix", tab);
		await overlay.click("panel", "button", stage.says.cell);
		await says(overlay, stage.mounts.timer, /P1/, 2_000);
		await expect.poll(() => stage.priorityOf(ticket), { timeout: 2_000 }).toBe(stage.highest);

		await expect
			.poll(() => whole.page.state.incidents.map(({ name, status }) => `${name} ${status}`), { timeout: 10_000 })
			.toEqual(["Customer portal: disruption investigating"]);
		await expect.poll(() => whole.told("lead"), { timeout: 30_000 }).toHaveLength(1);
		expect(whole.told("lead")[0]).toMatch(/^\[P1\] Due in 1\d s/);
		await expect.poll(() => whole.told("lead"), { timeout: 30_000 }).toHaveLength(2);
		expect(whole.told("lead")[1]).toMatch(/^\[P1\] Deadline missed/);
		await says(overlay, stage.mounts.timer, stage.says.late);
		await picture("missed", tab);

		const letter = whole.mailbox.messages().at(-1)?.letter.text ?? "";
		const acknowledge = await whole.browser.page(/https?:\S+\/alerts\/\S+/.exec(letter)?.[0] ?? "");
		await acknowledge.locator('input[name="name"]').fill("Bram");
		await acknowledge.locator("#promise-1h").check();
		await acknowledge.locator('button[type="submit"]').click();
		await acknowledge.waitForSelector(".notice.well");
		await picture("acknowledged", acknowledge);
		expect((await whole.view(ticket)).escalation).toMatchObject({ acknowledgedBy: "Bram" });
		await expect
			.poll(() => stage.notesIn(ticket).filter((note) => note.includes("Bram")), { timeout: 5_000 })
			.toHaveLength(1);
		await new Promise((wait) => setTimeout(wait, 7_000));
		expect(whole.told("manager")).toEqual([]);

		const list = await whole.visit(stage.listPath);
		await list.tab.locator('[data-stipt="badge"]').first().waitFor({ timeout: 15_000 });
		await picture("list", list.tab);

		await stage.solve(ticket);
		await expect
			.poll(() => whole.page.state.incidents.map(({ status }) => status), { timeout: 15_000 })
			.toEqual(["resolved"]);
		expect((await whole.view(ticket)).state).toMatch(/solved|closed/);
	}, 180_000);
});
