import type { ClockView } from "@stipt/shared/wire/api";
import type { Words } from "@stipt/shared/wire/language";
import type { TicketAction, TicketDetail } from "@stipt/shared/wire/ticket-action";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Desk, openDesk, says, type Tab } from "./desk.ts";
import { clockView, hour, minute, ticketView } from "./fake-service.ts";

const words = (text: string): Words => ({ nl: text, fr: text, de: text, en: text });
const iso = (instant: number) => new Date(instant).toISOString();
const role = (id: string, name: string) => ({ id, name: words(name) });
const lead = role("lead", "your team lead");
const manager = role("sdm", "service delivery manager");

let desk: Desk;
let usual: Desk["service"]["detail"];
let usualAct: Desk["service"]["act"];
beforeAll(async () => {
	desk = await openDesk("zammad");
	usual = desk.service.detail;
	usualAct = desk.service.act;
});
afterAll(() => desk.close());

/** Each test has a ticket of its own: answers of a moment ago are shown again. */
let ticket = "300";
beforeEach(() => {
	ticket = String(Number(ticket) + 1);
	Object.assign(desk.service, { detail: usual, act: usualAct, refuse: null, onNudge: () => undefined });
	put();
});

const put = (change: Parameters<typeof ticketView>[1] = {}) =>
	desk.service.tickets.set(ticket, ticketView(ticket, change));
const clocks = (...changes: Partial<ClockView>[]) => ({ clocks: changes.map((change) => clockView(change)) });
const withDetail = (change: Partial<TicketDetail>) => {
	desk.service.detail = (view) => ({ ...usual(view), ...change });
};
const openTicket = () => desk.open(`/#ticket/zoom/${ticket}`);
const openCard = async (): Promise<Tab> => {
	const tab = await openTicket();
	await tab.overlay.click("timer", "button", /^Service levels/);
	await says(tab.overlay, "panel", /Policy standard/);
	return tab;
};
const sent = (): TicketAction[] =>
	desk.service.calls
		.filter(({ method, path }) => method === "POST" && path === `/api/v1/tickets/desk/${ticket}/actions`)
		.map(({ body }) => body as TicketAction);
const type = async ({ page, overlay }: Tab, field: RegExp, text: string) => {
	await overlay.click("panel", "textbox", field);
	await page.keyboard.type(text);
};
/** A field of date and time is typed differently in every locale, so its value is set. */
const setMoment = ({ overlay }: Tab, label: string, instant: number) => {
	const local = new Date(instant)
		.toLocaleString("sv-SE", { timeZone: "Europe/Brussels" })
		.slice(0, 16)
		.replace(" ", "T");
	return overlay.inExtension(`{
		const root = chrome.dom.openOrClosedShadowRoot(document.querySelector("[data-stipt=panel]"));
		const field = [...root.querySelectorAll("label")].find(({ textContent }) => textContent.startsWith("${label}"));
		const input = field.querySelector("input[type=datetime-local]");
		input.value = "${local}";
		input.dispatchEvent(new Event("input", { bubbles: true }));
	}`);
};
/** Moves the clock of the extension, on the page and in the background. */
const shiftClock = async ({ overlay }: Tab, by: number) => {
	const script = `{ globalThis.realNow ??= Date.now; Date.now = () => realNow.call(Date) + (${by}); }`;
	await desk.browser.context.serviceWorkers()[0]?.evaluate(script);
	await overlay.inExtension(script);
};
const closed = ({ page }: Tab) => page.close();

const states: [name: string, clock: Partial<ClockView>, says: RegExp, tone: string][] = [
	["running", {}, /41 min left due .*\d\d:\d\d/, "calm"],
	["soon", { remainingMs: 12 * minute, elapsedMs: 48 * minute }, /11 min left due/, "soon"],
	[
		"missed",
		{ state: "missed", remainingMs: -72 * minute, breachedAt: iso(Date.now() - 20 * hour) },
		/1 h 12 min late was due/,
		"late",
	],
	[
		"paused",
		{
			state: "paused",
			pausedBecause: words("waiting for the customer"),
			pausedOwner: "customer",
			pausedSince: iso(Date.now() - 3 * hour),
			pausedUntil: iso(Date.now() + 50 * hour),
		},
		/paused · 42 min left waiting for the customer .*customer’s turn/,
		"paused",
	],
	[
		"outside hours",
		{ outsideHours: true, closesAt: null, opensAt: iso(Date.now() + 50 * hour) },
		/outside hours · 42 min left resumes \w+ \d\d:\d\d/,
		"closed",
	],
	["met", { state: "met", metAt: iso(Date.now()), stoppedAt: iso(Date.now()) }, /First response met/, "met"],
	[
		"best effort",
		{ promise: "best-effort", deadline: null, remainingMs: null, targetMs: null },
		/best effort · 18 min/,
		"none",
	],
];

describe("the timer's states", () => {
	it.each(states)("%s: in words", async (_, clock, said) => {
		put(clocks(clock));
		const tab = await openTicket();
		await says(tab.overlay, "timer", said);
		await closed(tab);
	});

	it("differ in icon and colour too, each from all others", async () => {
		const looks = new Set<string>();
		for (const [name, clock, , tone] of states) {
			ticket = String(Number(ticket) + 1);
			put(clocks(clock));
			const tab = await openTicket();
			await says(tab.overlay, "timer", /First response/);
			const look = await tab.overlay.inExtension(`(() => {
				const root = chrome.dom.openOrClosedShadowRoot(document.querySelector("[data-stipt=timer]"));
				const goal = root.querySelector(".goal");
				const { color, backgroundColor } = getComputedStyle(goal);
				return [goal.className, goal.querySelector("path").getAttribute("d"), color, backgroundColor].join(" ");
			})()`);
			expect(look, name).toContain(`tone-${tone}`);
			looks.add(String(look).replace(/tone-\w+/, ""));
			await closed(tab);
		}
		expect(looks.size).toBe(states.length);
	});

	it("unsure: since when in the bar, why in the card", async () => {
		put({ confidence: { level: "unsure", reason: "gap", since: iso(Date.now() - 8 * minute) } });
		const tab = await openTicket();
		await says(tab.overlay, "timer", /not sure, as of .*\d\d:\d\d/);
		await tab.overlay.click("timer", "button", /^Service levels/);
		await says(
			tab.overlay,
			"panel",
			/The helpdesk did not announce a change; it is being read now \(since .*\d\d:\d\d\)/,
		);
		await closed(tab);
	});

	it("met late and missed: by how much open time", async () => {
		const stopped = {
			state: "missed",
			stoppedAt: iso(Date.now()),
			breachedAt: iso(Date.now()),
			remainingMs: -25 * minute,
		} as const;
		put(clocks({ ...stopped, metAt: iso(Date.now()) }, { ...stopped, goal: "resolution" }));
		const tab = await openCard();
		await says(tab.overlay, "panel", /First response met 25 min late .*Resolution missed by 25 min/);
		await closed(tab);
	});

	it("paused: in the card since when, until when and on whom it waits too", async () => {
		put(clocks(states.find(([name]) => name === "paused")?.[1] ?? {}));
		const tab = await openCard();
		const card = await tab.overlay.text("panel");
		expect(card).toMatch(/waiting for the customer since .*\d\d:\d\d until \w+ \d\d:\d\d paused/);
		expect(card).toMatch(
			/Paused because waiting for the customer .*Waits for customer Paused since .*Goes on by itself/,
		);
		await closed(tab);
	});

	it("marks a deadline that was agreed, with why", async () => {
		put(clocks({ agreed: { at: iso(Date.now() - hour), reason: "Parts arrive on Friday" } }));
		const tab = await openCard();
		await says(tab.overlay, "timer", /agreed: due .*\d\d:\d\d/);
		await says(tab.overlay, "panel", /Agreed Parts arrive on Friday/);
		await closed(tab);
	});

	it("says when a change of priority made it late at once", async () => {
		put(
			clocks({ state: "missed", remainingMs: -minute, breachedAt: iso(Date.now()), breachedBy: "re-prioritisation" }),
		);
		const tab = await openCard();
		await says(tab.overlay, "panel", /Deadline passed at .* late at once, by a change of priority or service/);
		await closed(tab);
	});

	it("tells the second question from the first, and a line's clock from another's", async () => {
		put(clocks({ goal: "next-update" }, { goal: "next-update", cycle: 2 }, { goal: "handover", line: "second" }));
		const tab = await openCard();
		await says(tab.overlay, "panel", /Next update due .*Next update \(2\) .*Hand-over · second/);
		await closed(tab);
	});
});

describe("whose turn it is", () => {
	const paused = { state: "paused", pausedBecause: words("on hold") } as const;
	it.each([
		["ours while a clock runs", clocks(paused, { goal: "resolution" }), /our turn/],
		["the customer's", clocks({ ...paused, pausedOwner: "customer" }), /customer’s turn/],
		["a supplier's", clocks({ ...paused, pausedOwner: "supplier" }), /supplier’s turn/],
		["nobody's, for planned work", clocks({ ...paused, pausedOwner: "planned" }), /planned work/],
	])("%s", async (_, change, said) => {
		put(change);
		const tab = await openTicket();
		await says(tab.overlay, "timer", said);
		await closed(tab);
	});
});

describe("the time that it shows", () => {
	it("is right after a sleep, and the service's own word corrects it", async () => {
		const tab = await openTicket();
		await says(tab.overlay, "timer", /First response 41 min left/);
		desk.service.trouble = 503;
		await shiftClock(tab, 10 * minute);
		await says(tab.overlay, "timer", /First response 31 min left/);
		desk.service.trouble = null;
		await tab.overlay.click("timer", "button", /^Service levels/);
		await says(tab.overlay, "timer", /First response 4[12] min left/);
		await shiftClock(tab, 0);
		await closed(tab);
	});

	it("does not depend on the browser's own clock being right", async () => {
		put(clocks({ remainingMs: 9 * minute }));
		const tab = await desk.open("/#dashboard");
		await shiftClock(tab, -9 * 24 * hour);
		await tab.page.evaluate(`location.hash = '#ticket/zoom/${ticket}'`);
		await says(tab.overlay, "timer", /First response 8 min 5\d s left/);
		await says(tab.overlay, "timer", /First response 8 min 5[0-5] s left/);
		await shiftClock(tab, 0);
		await closed(tab);
	});
});

describe("the card", () => {
	it("comes with a script of its own, once somebody is near", async () => {
		const tab = await openTicket();
		await says(tab.overlay, "timer", /First response/);
		const isThere = () => tab.overlay.inExtension('globalThis[Symbol.for("stipt.overlay")].panels !== null');
		expect(await isThere()).toBe(false);
		const box = await tab.page.locator("[data-stipt=timer]").boundingBox();
		await tab.page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 10);
		await tab.overlay.until(isThere, "the second script");
		expect(await tab.overlay.mounts()).not.toContain("panel");
		await closed(tab);
	});

	it("proves a clock line by line, in the customer's language first, and copies it as text and as JSON", async () => {
		await desk.browser.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: desk.site.origin });
		const tab = await openCard();
		await tab.overlay.click("panel", "button", /^Proof, line by line$/);
		await says(tab.overlay, "panel", /Proof of first-response in en 2026-11-10/);
		await tab.overlay.click("panel", "radio", /^Nederlands$/);
		await says(tab.overlay, "panel", /Proof of first-response in nl/);
		const clipboard = async () => String(await tab.page.evaluate("navigator.clipboard.readText()"));
		await tab.overlay.click("panel", "button", /^Copy as text$/);
		await says(tab.overlay, "panel", /Copied/);
		expect(await clipboard()).toMatch(/^Proof of first-response in nl\n2026-11-10/);
		await tab.overlay.click("panel", "button", /^Copy as JSON$/);
		await tab.overlay.until(async () => (await clipboard()).startsWith("["), "JSON in the clipboard");
		expect(JSON.parse(await clipboard())).toEqual([{ goal: "first-response", steps: [] }]);
		await closed(tab);
	});

	it("tells who would be told when, and what was sent to whom, with who took it and the next promise", async () => {
		const at = (minutes: number) => iso(Date.now() + minutes * minute);
		const rung = { step: 1, of: 2 };
		withDetail({
			planned: [
				{ at: at(20), goal: "first-response", step: "warning", rung, roles: [lead] },
				{ at: at(60), goal: "resolution", step: "late", rung, roles: [manager] },
			],
			sent: [
				{
					alert: "a1",
					owedAt: at(-30),
					goal: "first-response",
					step: "warning",
					occurrence: 1,
					roles: [lead, manager],
					told: [
						{ role: lead, channel: "email", at: at(-29), outcome: "sent" },
						{ role: manager, channel: "teams", at: at(-29), outcome: "failed" },
					],
					acknowledged: { by: "Agent Bo", at: at(-20), nextPromise: at(40) },
				},
			],
		});
		const tab = await openCard();
		const card = await says(tab.overlay, "panel", /Who would be told, and when/);
		expect(card).toMatch(/\d\d:\d\d your team lead First response .*\d\d:\d\d service delivery manager Resolution/);
		expect(card).toMatch(
			/Told so far .*your team lead · email · .*\d\d:\d\d .*service delivery manager · teams · did not arrive/,
		);
		expect(card).toMatch(/Agent Bo took it at .*\d\d:\d\d, next word by .*\d\d:\d\d/);
		await closed(tab);
	});

	it("says with how much left a line received it, and how much the lines used", async () => {
		withDetail({
			lines: [
				{
					line: "first",
					name: words("First line"),
					receivedAt: iso(Date.now() - 5 * hour),
					passedAt: iso(Date.now() - hour),
					usedMs: 222 * minute,
					leftAtReceiptMs: null,
				},
				{
					line: "second",
					name: words("Second line"),
					receivedAt: iso(Date.now() - hour),
					passedAt: null,
					usedMs: 4 * minute,
					leftAtReceiptMs: 18 * minute,
				},
			],
		});
		const tab = await openCard();
		const card = await says(tab.overlay, "panel", /Support lines/);
		expect(card).toMatch(/First line received this .*First line used 3 h 42 min/);
		expect(card).toMatch(/Second line received this with 18 min left .*Second line has used 4 min/);
		await closed(tab);
	});

	it("names the incidents that the ticket is linked to", async () => {
		withDetail({
			incidents: [
				{
					page: "status",
					event: "e",
					role: "affected",
					title: "Register slow",
					titles: null,
					status: "identified",
					url: "https://status.example.org",
				},
			],
		});
		const tab = await openCard();
		await says(tab.overlay, "panel", /Incidents and maintenance Register slow .*cause found · affects this ticket/);
		await closed(tab);
	});
});

describe("what can be done", () => {
	it("pauses with a reason, whose turn it is and until when; a past moment is refused", async () => {
		desk.service.act = (view, action) =>
			action.kind !== "pause"
				? view
				: {
						...view,
						clocks: view.clocks.map((clock) => ({
							...clock,
							state: "paused",
							pausedBecause: words(action.reason),
							pausedOwner: action.owner,
						})),
					};
		const tab = await openCard();
		await tab.overlay.click("panel", "button", /^Pause$/);
		await type(tab, /^Why/, "The supplier sends a part");
		await tab.overlay.click("panel", "radio", /^supplier$/);
		await setMoment(tab, "Until", Date.now() - 48 * hour);
		await says(tab.overlay, "panel", /Choose a time that is still to come/);
		const pause = async () => (await tab.overlay.all("panel", "button")).find(({ name }) => name === "Pause");
		expect((await pause())?.properties["disabled"]).toBe(true);
		await setMoment(tab, "Until", Date.now() + 48 * hour);
		await tab.overlay.click("panel", "button", /^Pause$/);
		await says(tab.overlay, "panel", /Done: Pause/);
		await says(tab.overlay, "timer", /paused .*The supplier sends a part .*supplier’s turn/);
		const [action] = sent();
		expect(action).toMatchObject({ kind: "pause", reason: "The supplier sends a part", owner: "supplier" });
		const until = action?.kind === "pause" ? Date.parse(action.until ?? "") : 0;
		expect(Math.abs(until - Date.now() - 48 * hour)).toBeLessThan(2 * minute);
		await closed(tab);
	});

	it("asks the customer for information, by keyboard alone", async () => {
		const tab = await openCard();
		await tab.overlay.until(
			async () => (await tab.overlay.all("panel", "button")).some(({ name }) => name === "Ask for information"),
			"the button",
		);
		for (let n = 0; n < 12 && (await tab.overlay.focused())?.name !== "Ask for information"; n++)
			await tab.page.keyboard.press("Tab");
		await tab.page.keyboard.press("Enter");
		await tab.overlay.until(
			async () => /^What you need to know/.test((await tab.overlay.focused())?.name ?? ""),
			"focus in the field",
		);
		await tab.page.keyboard.type("Which screen shows the error?");
		for (let n = 0; n < 9 && !/^Ask for information$/.test((await tab.overlay.focused())?.name ?? ""); n++)
			await tab.page.keyboard.press("Tab");
		await tab.page.keyboard.press("Enter");
		await says(tab.overlay, "panel", /Done: Ask for information/);
		await tab.overlay.until(async () => (await tab.overlay.focused())?.name === "Ask for information", "focus back");
		expect(sent()).toMatchObject([{ kind: "ask-information", reason: "Which screen shows the error?" }]);
		await closed(tab);
	});

	it("resumes at once", async () => {
		withDetail({ pauses: { canPause: false, canResume: true, goals: [] } });
		const tab = await openCard();
		await tab.overlay.click("panel", "button", /^Resume$/);
		await says(tab.overlay, "panel", /Done: Resume/);
		expect(sent()).toMatchObject([{ kind: "resume" }]);
		await closed(tab);
	});

	it("agrees another deadline for a reason, and takes the agreement back", async () => {
		desk.service.act = (view, action) =>
			action.kind !== "agree-deadline"
				? view
				: {
						...view,
						clocks: view.clocks.map((clock) =>
							clock.goal === action.goal
								? { ...clock, agreed: action.deadline === null ? null : { at: iso(Date.now()), reason: action.reason } }
								: clock,
						),
					};
		const tab = await openCard();
		await tab.overlay.click("panel", "button", /^Agree a deadline$/);
		await tab.overlay.click("panel", "radio", /^Resolution$/);
		await setMoment(tab, "New deadline", Date.now() + 72 * hour);
		const submit = async () =>
			(await tab.overlay.all("panel", "button")).find(({ name }) => name === "Agree a deadline");
		expect((await submit())?.properties["disabled"]).toBe(true);
		await type(tab, /^Why/, "The customer is away");
		await tab.overlay.click("panel", "button", /^Agree a deadline$/);
		await says(tab.overlay, "panel", /Done: Agree a deadline/);
		expect(sent()).toMatchObject([{ kind: "agree-deadline", goal: "resolution", reason: "The customer is away" }]);
		await tab.overlay.click("panel", "button", /^Agree a deadline$/);
		await tab.overlay.click("panel", "radio", /^Resolution$/);
		await tab.overlay.click("panel", "checkbox", /^Take the agreement back$/);
		await type(tab, /^Why/, "Back already");
		await tab.overlay.click("panel", "button", /^Take the agreement back$/);
		await tab.overlay.until(async () => sent().length === 2, "the second action");
		expect(sent()[1]).toMatchObject({
			kind: "agree-deadline",
			goal: "resolution",
			deadline: null,
			reason: "Back already",
		});
		await closed(tab);
	});

	it("hands over to a line, with what it needs to know", async () => {
		withDetail({
			handOverTo: [
				{ line: "second", name: words("Second line") },
				{ line: "third", name: words("Third line") },
			],
		});
		const tab = await openCard();
		await tab.overlay.click("panel", "button", /^Hand over$/);
		const submit = async () => (await tab.overlay.all("panel", "button")).find(({ name }) => name === "Hand over");
		await tab.overlay.click("panel", "radio", /^Third line$/);
		expect((await submit())?.properties["disabled"]).toBe(true);
		await type(tab, /^What the next line needs to know/, "Restarted twice; log attached");
		await tab.overlay.click("panel", "button", /^Hand over$/);
		await says(tab.overlay, "panel", /Done: Hand over/);
		expect(sent()).toMatchObject([{ kind: "hand-over", to: "third", text: "Restarted twice; log attached" }]);
		await closed(tab);
	});

	it("changes the channel, which decides what is promised", async () => {
		const tab = await openCard();
		await tab.overlay.click("panel", "button", /^Change the channel$/);
		const offered = (await tab.overlay.all("panel", "radio")).map(({ name }) => name);
		expect(offered).toEqual(["e-mail", "telephone", "chat", "another system", "something else"]);
		await tab.overlay.click("panel", "radio", /^telephone$/);
		await tab.overlay.click("panel", "button", /^Change the channel$/);
		await says(tab.overlay, "panel", /Done: Change the channel/);
		expect(sent()).toMatchObject([{ kind: "change-channel", channel: "phone" }]);
		await closed(tab);
	});

	it("logs the telephone call that is outstanding", async () => {
		let isOutstanding = true;
		desk.service.detail = (view) => ({ ...usual(view), phoneOutstanding: isOutstanding });
		desk.service.act = (view) => {
			isOutstanding = false;
			return view;
		};
		const tab = await openCard();
		await says(tab.overlay, "panel", /The customer still has to be telephoned/);
		await tab.overlay.click("panel", "button", /^I have called$/);
		await tab.overlay.until(
			async () => !/has to be telephoned/.test(await tab.overlay.text("panel")),
			"the call to be logged",
		);
		expect(sent()).toMatchObject([{ kind: "phoned" }]);
		await closed(tab);
	});

	it("asks for escalation, level after level", async () => {
		withDetail({
			escalation: [
				{ level: 1, role: lead, asked: { by: "Agent Bo", at: iso(Date.now() - hour), reason: "x" }, canAsk: true },
				{ level: 2, role: manager, asked: null, canAsk: true },
				{ level: 3, role: role("director", "director"), asked: null, canAsk: false },
			],
		});
		const tab = await openCard();
		await tab.overlay.click("panel", "button", /^Ask for escalation$/);
		const form = await says(tab.overlay, "panel", /your team lead: asked by Agent Bo, .*\d\d:\d\d/);
		expect(form).not.toContain("director");
		await type(tab, /^Why/, "No answer since noon");
		await tab.overlay.click("panel", "button", /^Ask for escalation$/);
		await says(tab.overlay, "panel", /Done: Ask for escalation/);
		expect(sent()).toMatchObject([{ kind: "ask-escalation", level: 2, reason: "No answer since noon" }]);
		await closed(tab);
	});

	it("keeps what was typed when the service refuses, says why beside it, and tries the same with the same key", async () => {
		const tab = await openCard();
		await tab.overlay.click("panel", "button", /^Pause$/);
		await type(tab, /^Why/, "Waiting");
		desk.service.refuse = { status: 409, detail: "The ticket is closed." };
		await tab.overlay.click("panel", "button", /^Pause$/);
		await says(tab.overlay, "panel", /The ticket changed meanwhile.*The ticket is closed\./);
		desk.service.refuse = { status: 422, detail: "At most 5 working days." };
		await tab.overlay.click("panel", "button", /^Pause$/);
		await says(tab.overlay, "panel", /Stipt refused this: At most 5 working days\./);
		desk.service.refuse = null;
		await type(tab, /^Why/, " for parts");
		await tab.overlay.click("panel", "button", /^Pause$/);
		await says(tab.overlay, "panel", /Done: Pause/);
		const keys = sent().map(({ key }) => key);
		expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
		expect(keys[1]).toBe(keys[0]);
		expect(keys[2]).not.toBe(keys[0]);
		expect(sent()[2]).toMatchObject({ reason: "Waiting for parts" });
		await closed(tab);
	});

	it("keeps what was typed when the panel closes; Escape closes the form first", async () => {
		const tab = await openCard();
		await tab.overlay.click("panel", "button", /^Pause$/);
		await type(tab, /^Why/, "Half a sentence");
		await tab.page.keyboard.press("Escape");
		await tab.overlay.until(async () => (await tab.overlay.focused())?.name === "Pause", "focus on the button");
		await tab.page.keyboard.press("Escape");
		await tab.overlay.until(async () => !(await tab.overlay.mounts()).includes("panel"), "the panel to close");
		await tab.overlay.click("timer", "button", /^Service levels/);
		await tab.overlay.click("panel", "button", /^Pause$/);
		await tab.overlay.click("panel", "button", /^Pause$/);
		await says(tab.overlay, "panel", /Done: Pause/);
		expect(sent()).toMatchObject([{ reason: "Half a sentence" }]);
		await closed(tab);
	});
});

describe("faster than the helpdesk", () => {
	it("announces the page's own change within 300 ms, and the timer is right within a second", async () => {
		const tab = await openTicket();
		await says(tab.overlay, "timer", /41 min left/);
		let announcedAt = 0;
		desk.service.onNudge = () => {
			announcedAt ||= Date.now();
			// As long as it takes to read the ticket back.
			setTimeout(() => put(clocks({ state: "paused", pausedBecause: words("waiting") })), 200);
		};
		await tab.page.evaluate(`desk.rebuildForm(${ticket}, '2026-11-22T11:00:00.000Z')`);
		const changedAt = Date.now();
		await says(tab.overlay, "timer", /paused/, 1_000);
		expect(announcedAt - changedAt).toBeLessThan(300);
		await closed(tab);
	});

	it("announces the page's own save once it is answered well, while the page is busy, once, and no other request", async () => {
		const tab = await openTicket();
		await says(tab.overlay, "timer", /41 min left/);
		const announced: { of: string; at: number }[] = [];
		desk.service.onNudge = (of) => announced.push({ of, at: Date.now() });
		const send = (method: string, path: string) =>
			tab.page.evaluate(`fetch(${JSON.stringify(path)}, { method: "${method}" }).then(({ status }) => status)`);
		await send("GET", `/api/v1/tickets/${ticket}?all=true`);
		await send("PUT", "/api/v1/taskbar/1");
		await send("POST", "/api/v1/tickets/search");
		expect(await send("PUT", `/api/v1/tickets/${ticket}?all=true&refused`)).toBe(422);
		await tab.page.waitForTimeout(400);
		expect(announced).toEqual([]);

		const answeredAt: number = await tab.page.evaluate(`fetch("/api/v1/tickets/${ticket}?all=true", { method: "PUT" })
			.then(() => {
				const answeredAt = Date.now();
				while (Date.now() - answeredAt < 1_000);
				desk.rebuildForm(${ticket}, "2026-11-22T11:00:00.000Z");
				return answeredAt;
			})`);
		expect(announced).toMatchObject([{ of: ticket }]);
		expect((announced[0]?.at ?? 0) - answeredAt).toBeLessThan(600);
		await tab.page.waitForTimeout(1_300);
		expect(announced).toHaveLength(1);

		// A change of several at once in a list, which shows none of them.
		await send("PUT", "/api/v1/tickets/999?all=true");
		await tab.overlay.until(async () => announced.length > 1, "a nudge of the other", 2_000);
		expect(announced[1]?.of).toBe("999");
		await closed(tab);
	});

	it("shows what was read for a save that the background heard, without having it read twice", async () => {
		const tab = await openTicket();
		await says(tab.overlay, "timer", /41 min left/);
		let nudges = 0;
		desk.service.onNudge = () => {
			nudges += 1;
			put(clocks({ state: "paused", pausedBecause: words("waiting") }));
		};
		await tab.page.evaluate(`fetch("/api/v1/tickets/${ticket}?all=true", { method: "PUT" }).then(() => true)`);
		await says(tab.overlay, "timer", /paused/, 1_000);
		await tab.page.waitForTimeout(1_500);
		expect(nudges).toBe(1);
		await closed(tab);
	});

	it("announces changes no more often than the service listens, and none is lost", async () => {
		const tab = await openTicket();
		await says(tab.overlay, "timer", /41 min left/);
		const announced: number[] = [];
		desk.service.onNudge = () => announced.push(Date.now());
		for (let n = 0; n < 5; n++) {
			await tab.page.evaluate(`desk.rebuildForm(${ticket}, '2026-11-22T11:00:0${n}.000Z')`);
			await tab.page.waitForTimeout(120);
		}
		const changedAt = Date.now();
		await tab.overlay.until(async () => (announced.at(-1) ?? 0) > changedAt, "a nudge after the last change", 4_000);
		const told = desk.service.calls.filter(({ path }) => path.endsWith(`/${ticket}/nudge`));
		expect(told.length).toBeLessThanOrEqual(4);
		await closed(tab);
	});

	it("announces a new ticket that the service does not know yet", async () => {
		desk.service.tickets.delete(ticket);
		desk.service.onNudge = () => void setTimeout(put, 100);
		const tab = await openTicket();
		await says(tab.overlay, "timer", /First response 4[12] min left/, 4_000);
		await closed(tab);
	});
});
