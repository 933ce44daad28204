import type { PageEvent } from "@stipt/shared/status/page-event";
import { describe, expect, it } from "vitest";
import { goalLine } from "./goal-line.ts";
import { html } from "./html.ts";
import { localInput, localTime, parseLocalInput, zoneName } from "./local-time.ts";
import { acknowledgedNote, escalationNote, pageEventNote } from "./notes.ts";
import { oneLine } from "./one-line.ts";
import { openDuration } from "./open-duration.ts";
import { webAddress } from "./web-address.ts";

const minute = 60_000;
const zone = "Europe/Brussels";

describe("openDuration", () => {
	it.each([
		[0, "0 s"],
		[59_999, "59 s"],
		[minute, "1 min"],
		[80 * minute, "1 h 20 min"],
		[-12.9 * minute, "12 min"],
		[120 * minute, "2 h"],
		[1234 * 60 * minute, "1234 h"],
	])("writes %d ms as %s", (duration, text) => expect(openDuration("en", duration)).toBe(text));

	it("uses each language's units", () => {
		expect(openDuration("nl", 80 * minute)).toBe("1 u 20 min");
		expect(openDuration("fr", 80 * minute)).toBe("1 h 20 min");
		expect(openDuration("de", 80 * minute)).toBe("1 Std. 20 Min.");
	});
	it("gets plurals right in full", () => {
		expect(openDuration("en", 61 * minute, "long")).toBe("1 hour and 1 minute");
		expect(openDuration("en", 122 * minute, "long")).toBe("2 hours and 2 minutes");
		expect(openDuration("nl", 61 * minute, "long")).toBe("1 uur en 1 minuut");
		expect(openDuration("fr", 122 * minute, "long").replaceAll("\u00A0", " ")).toBe("2 heures et 2 minutes");
		expect(openDuration("de", 122 * minute, "long")).toBe("2 Stunden und 2 Minuten");
	});
});

describe("localTime", () => {
	const afternoon = Date.UTC(2026, 10, 3, 13, 30);
	it("writes the zone's wall clock in each language", () => {
		expect(localTime("en", afternoon, { zone })).toBe("Tue, 3 Nov 2026, 14:30 CET");
		expect(localTime("nl", afternoon, { zone })).toBe("di 3 nov 2026, 14:30 CET");
		expect(localTime("fr", afternoon, { zone })).toMatch(/^mar\. 3 nov\. 2026,? (à )?14:30 UTC\+1$/);
		expect(localTime("de", afternoon, { zone })).toMatch(/^Di\.?, 3\. Nov\.? 2026,? (um )?14:30 MEZ$/);
	});
	it("names midnight 00:00", () => {
		expect(localTime("en", Date.UTC(2026, 10, 2, 23, 0), { zone, shape: "brief" })).toContain("00:00");
	});
	it("names a zone in the reader's language, the same all year", () => {
		expect(zoneName("en", zone)).toBe("Central European Time");
		expect(zoneName("nl", zone)).toBe("Midden-Europese tijd");
		expect(zoneName("fr", "UTC")).not.toBe("");
	});
});

describe("parseLocalInput", () => {
	it("reads a wall time in summer and winter", () => {
		expect(parseLocalInput("2026-11-03T14:30", zone)).toBe(Date.UTC(2026, 10, 3, 13, 30));
		expect(parseLocalInput("2026-07-03T14:30:00", zone)).toBe(Date.UTC(2026, 6, 3, 12, 30));
	});
	it("takes the first of two times and moves a skipped one ahead", () => {
		expect(parseLocalInput("2026-10-25T02:30", zone)).toBe(Date.UTC(2026, 9, 25, 0, 30));
		expect(parseLocalInput("2026-03-29T02:30", zone)).toBe(Date.UTC(2026, 2, 29, 1, 30));
	});
	it("undoes localInput in every zone", () => {
		for (const other of [zone, "UTC", "Asia/Kolkata", "Pacific/Chatham", "America/Santiago"]) {
			const instant = Date.UTC(2026, 5, 1, 9, 15);
			expect(parseLocalInput(localInput(instant, other), other)).toBe(instant);
		}
	});
	it.each(["", "tomorrow", "2026-02-30T10:00", "2026-13-01T10:00", "2026-11-03 14:30"])("refuses %j", (text) =>
		expect(parseLocalInput(text, zone)).toBeNull(),
	);
});

describe("oneLine", () => {
	it("drops line ends, controls and characters that turn the direction", () => {
		expect(oneLine("a\r\nBcc: b\u0000\t\u202Ec\u2066d\u200B")).toBe("a Bcc: b cd");
	});
	it("keeps letters, accents and emoji whole, and cuts with an ellipsis", () => {
		expect(oneLine("é👩‍👩‍👧 ok")).toBe("é👩‍👩‍👧 ok");
		expect(oneLine("abcdef", 4)).toBe("abc…");
		expect(oneLine("😀😀😀", 2)).toBe("😀…");
	});
});

describe("html", () => {
	it("escapes what is filled in and keeps what it made", () => {
		const inner = html`<b>${"<&\"'>"}</b>`;
		expect(html`<p title="${'"'}">${[inner, inner]}${null}${0}</p>`.markup).toBe(
			'<p title="&quot;"><b>&lt;&amp;&quot;&#39;&gt;</b><b>&lt;&amp;&quot;&#39;&gt;</b>0</p>',
		);
	});
	it("drops what XML forbids", () => expect(html`${"a\u0000\u000B\uFFFE\uD800b😀"}`.markup).toBe("ab😀"));
});

describe("webAddress", () => {
	it("lets only web addresses be linked", () => {
		expect(webAddress("https://desk.example.org/#1")).toBe("https://desk.example.org/#1");
		for (const other of ["javascript:alert(1)", "data:text/html,x", "/relative", "", null]) {
			expect(webAddress(other)).toBeNull();
		}
	});
});

describe("notes", () => {
	const role = { nl: "dienstverantwoordelijke", fr: "responsable", de: "Verantwortliche", en: "service manager" };
	const event: PageEvent = {
		connection: "page",
		id: "1",
		url: "javascript:alert(1)",
		kind: "incident",
		title: "<script>Mail</script>",
		status: "resolved",
		impact: "major",
		components: [],
		startedAt: 0,
		scheduledFor: null,
		scheduledUntil: null,
		resolvedAt: 1,
		updatedAt: 1,
		updates: [{ at: 1, status: "resolved", body: "Fixed & <b>done</b>", author: "them" }],
		origin: "page",
	};
	it("say which step was taken, for which goal, and who was told", () => {
		const note = escalationNote(
			{ language: "en", zone },
			{
				goal: "first-response",
				deadline: Date.UTC(2026, 10, 3, 13, 30),
				remaining: -12 * minute,
				rung: { step: 2, of: 4 },
				told: [role],
				notTold: [],
			},
		);
		expect(note.text).toBe(
			"Escalation, step 2 of 4: First response: 12 min overdue.\nDeadline: Tue, 3 Nov 2026, 14:30 CET.\nTold: service manager.",
		);
	});
	it("keep foreign text and names as text, and link nothing that is no web address", () => {
		const note = pageEventNote({ language: "nl", zone }, event);
		expect(note.html).toContain("&lt;script&gt;Mail&lt;/script&gt; (Opgelost)");
		expect(note.html).toContain("Fixed &amp; &lt;b&gt;done&lt;/b&gt;");
		expect(note.html).toContain("Het ticket blijft open");
		expect(note.html + note.text).not.toContain("javascript:");
		expect(acknowledgedNote({ language: "fr", zone }, { by: "<i>A\nB", nextPromise: 0 }).html).toContain(
			"&lt;i&gt;A B",
		);
	});
});

describe("goalLine", () => {
	it("says left, overdue, or just the goal", () => {
		expect(goalLine("de", "resolution", 5 * minute)).toBe("Lösung: noch 5 Min.");
		expect(goalLine("fr", "resolution", -5 * minute)).toBe("Résolution : 5 min de retard");
		expect(goalLine("nl", "pickup", null)).toBe("Opname");
	});
});
