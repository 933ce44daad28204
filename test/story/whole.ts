import { randomBytes } from "node:crypto";
import type { TicketView } from "@stipt/shared/wire/api";
import { createMailbox } from "../desks/mailbox/mailbox.ts";
import { createStatuspage } from "../desks/statuspage/statuspage.ts";
import { launch, pair } from "../extension/browser.ts";
import { grantedExtension } from "../extension/built-extension.ts";
import { overlayView } from "../extension/overlay-view.ts";
import { buildPrograms, createProgram, freePort } from "../support/program.ts";
import { startRedis } from "../support/redis-server.ts";
import { answered } from "../support/service.ts";

/** What a helpdesk brings to the story. */
export type Helpdesk = {
	kind: "zammad" | "odoo";
	url: string;
	/** What `stipt connect` wants of it. */
	credentials: string[];
	close(): Promise<void>;
};

/** Everything at once, as users have it: built service, mailbox, status page, and a browser with the built extension. */
export async function startWhole(helpdesk: Helpdesk, { locale = "en-GB", dark = false } = {}) {
	buildPrograms();
	const redis = await startRedis();
	const now = () => Date.now();
	const mailbox = createMailbox({ now, smtpPort: 0, webPort: 0 });
	const page = createStatuspage({ now, port: 0 });
	await Promise.all([mailbox.listen(), page.listen()]);
	const port = String(await freePort());
	const url = `http://127.0.0.1:${port}`;
	const env = { PORT: port, STIPT_URL: url, REDIS_URL: redis.url, STIPT_SECRET: randomBytes(24).toString("hex") };
	const program = createProgram(env);
	program.start();
	await program.ready();
	const { stipt } = program;
	await stipt("policy", "publish", "test/fixtures/policies/story.yaml");
	const smtp = `smtp://127.0.0.1:${mailbox.smtpPort}`;
	await stipt("connect", "email", "--smtp-url", smtp, "--from", "stipt@practice.example", "--allow-private");
	const pageArgs = ["--id", "practice-page", "--url", page.apiUrl, "--page-id", page.pageId, "--key", page.apiKey];
	await stipt("connect", "statuspage", ...pageArgs, "--allow-private");
	const deskArgs = ["--url", helpdesk.url, ...helpdesk.credentials, "--policy", "story", "--allow-private"];
	await stipt("connect", helpdesk.kind, "--id", "desk", ...deskArgs);
	const { token } = JSON.parse(await stipt("token", "create", "--role", "agent", "--name", "Anna", "--json"));
	const browser = await launch(grantedExtension([helpdesk.url]), { locale, dark });
	await pair(browser, { address: url, token });
	return {
		mailbox,
		page,
		browser,
		/** A page of the helpdesk with what the overlay shows on it. */
		async visit(path: string) {
			const tab = await browser.page(`${helpdesk.url}${path}`);
			return { tab, overlay: await overlayView(tab) };
		},
		async view(ticket: string): Promise<TicketView> {
			const headers = { authorization: `Bearer ${token}` };
			return answered(await fetch(`${url}/api/v1/tickets/desk/${ticket}`, { headers }));
		},
		/** Subjects of what a role was told, oldest first. */
		told: (role: "lead" | "manager") =>
			mailbox
				.messages()
				.flatMap(({ recipients, letter }) => (recipients.join().includes(`${role}@`) ? [letter.subject] : [])),
		async close() {
			await browser.close();
			await program.kill("SIGTERM");
			await Promise.all([mailbox.close(), page.close(), helpdesk.close()]);
			await redis.stop();
		},
	};
}

export type Whole = Awaited<ReturnType<typeof startWhole>>;
