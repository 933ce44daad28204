import { createTransport } from "nodemailer";
import { afterEach, describe, expect, test } from "vitest";
import { createMailbox, type Mailbox } from "./mailbox/mailbox.ts";
import { closeAll, opened } from "./starting.ts";

afterEach(closeAll);

describe("the practice mailbox", () => {
	async function startMailbox(): Promise<Mailbox> {
		const box = createMailbox({ now: () => Date.parse("2027-03-01T09:00:00.000Z"), smtpPort: 0, webPort: 0 });
		await box.listen();
		opened.push(box);
		return box;
	}
	const post = (box: Mailbox) =>
		createTransport({ host: "127.0.0.1", port: box.smtpPort, secure: false, ignoreTLS: true }).sendMail({
			from: "Stipt <stipt@practice.example>",
			to: "team-lead@practice.example",
			subject: "Gemist – “P1” für Sie",
			text: "Bevestigen: https://desk.example/a?b=1&c=2.",
			html: '<p>Größe <a href="https://desk.example/a">Bevestigen</a></p><script>alert(1)</script>',
		});

	test("takes mail, shows it as text, and shuts its HTML in a frame without scripts", async () => {
		const box = await startMailbox();
		await post(box);
		const [message] = (await (await fetch(`${box.url}/messages.json`)).json()) as Record<string, string>[];
		expect(message).toMatchObject({ subject: "Gemist – “P1” für Sie", to: "team-lead@practice.example" });
		expect(message?.html).toContain("<p>Größe");
		const page = await (await fetch(`${box.url}/messages/1?lang=nl`)).text();
		expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="&lt;base');
		expect(page).not.toContain("<script>alert");
		const text = await (await fetch(`${box.url}/messages/1?view=text`)).text();
		expect(text).toContain('<a href="https://desk.example/a?b=1&amp;c=2" target="_blank" rel="noreferrer">');
	});

	test.each([
		["recipient", 550],
		["sender", 421],
		["data", 452],
	] as const)("refuses at the %s with %i when told to, and takes mail again after", async (at, code) => {
		const box = await startMailbox();
		box.refuse({ at, code, message: "No" });
		await expect(post(box)).rejects.toMatchObject({ responseCode: code });
		box.refuse(null);
		await post(box);
		expect(box.messages().length).toBe(1);
	});

	test("refuses connections once it has hung up", async () => {
		const box = await startMailbox();
		await box.hangUp();
		await expect(post(box)).rejects.toMatchObject({ code: "ESOCKET" });
	});
});
