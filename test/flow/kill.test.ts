import { randomBytes } from "node:crypto";
import type { TicketList, TicketView } from "@stipt/shared/wire/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMailbox, type Mailbox } from "../desks/mailbox/mailbox.ts";
import { people } from "../desks/zammad/base.ts";
import { createZammadDesk, type ZammadDesk } from "../desks/zammad/desk.ts";
import { buildPrograms, createProgram, freePort } from "../support/program.ts";
import { type RedisServer, startRedis } from "../support/redis-server.ts";
import { answered } from "../support/service.ts";

const tickets = 12;
const kills = 6;

describe("the service, killed again and again while a dozen tickets run out of time", () => {
	let redis: RedisServer;
	let desk: ZammadDesk;
	let mailbox: Mailbox;
	let program: ReturnType<typeof createProgram>;
	let token: string;

	beforeAll(async () => {
		buildPrograms();
		redis = await startRedis({ appendonly: true });
		desk = createZammadDesk({
			now: () => Date.now(),
			port: 0,
			timing: { delivery: [0, 0], retries: [300, 600, 900, 1200], push: 0 },
		});
		mailbox = createMailbox({ now: () => Date.now(), smtpPort: 0, webPort: 0 });
		await Promise.all([desk.listen(), mailbox.listen()]);
		const port = String(await freePort());
		const secret = randomBytes(24).toString("hex");
		const env = { PORT: port, STIPT_URL: `http://127.0.0.1:${port}`, REDIS_URL: redis.url, STIPT_SECRET: secret };
		program = createProgram(env);
		program.start();
		await program.ready();
		await program.stipt("policy", "publish", "test/fixtures/policies/seconds.yaml");
		const bot = desk.act.token(people.bot, ["ticket.agent", "admin.webhook", "admin.trigger"]);
		const mail = ["--smtp-url", `smtp://127.0.0.1:${mailbox.smtpPort}`, "--from", "stipt@practice.example"];
		await program.stipt("connect", "email", ...mail, "--allow-private");
		await program.stipt(
			"connect",
			"zammad",
			"--url",
			desk.url,
			"--token",
			bot,
			"--policy",
			"seconds",
			"--allow-private",
		);
		token = JSON.parse(await program.stipt("token", "create", "--role", "agent", "--name", "Anna", "--json")).token;
	}, 60_000);
	afterAll(async () => {
		await program.kill("SIGKILL");
		await Promise.all([desk.close(), mailbox.close()]);
		await redis.stop();
	});

	test("loses nothing, and does nothing twice", async () => {
		const opened = Array.from({ length: tickets }, (_, index) =>
			desk.act.open(people.customers[0], {
				title: `Forgotten ${index}`,
				group: "Users",
				article: { subject: "", body: "Nobody answers", type: "web", sender: "Customer" },
			}),
		);
		for (let kill = 0; kill < kills; kill += 1) {
			await new Promise((wait) => setTimeout(wait, 700 + 150 * kill));
			await program.kill("SIGKILL");
			program.start();
			await program.ready();
		}
		const views = async (): Promise<TicketView[]> => {
			const ids = opened.map(({ id }) => id).join(",");
			const answer = await fetch(`${program.url}/api/v1/tickets?connection=zammad&ids=${ids}`, {
				headers: { authorization: `Bearer ${token}` },
			});
			return (await answered<TicketList>(answer)).tickets;
		};
		await expect
			.poll(async () => (await views()).map(({ escalation }) => escalation?.step), { timeout: 60_000, interval: 500 })
			.toEqual(opened.map(() => 3));
		const notes = () => desk.state.articles.filter(({ body }) => body.includes("stipt:"));
		const marks = () => notes().map(({ ticket_id, body }) => `${ticket_id} ${/stipt:\w+/.exec(body)?.[0]}`);
		const isNoted = () => opened.every(({ id }) => notes().some(({ ticket_id }) => ticket_id === id));
		await expect.poll(isNoted, { timeout: 30_000, interval: 200 }).toBe(true);
		expect(new Set(marks()).size).toBe(marks().length);
		expect(notes().every(({ internal }) => internal)).toBe(true);

		const told = (number: string) =>
			mailbox
				.messages()
				.filter(({ recipients, letter }) => recipients.join().includes("manager@") && letter.subject.includes(number))
				.map(({ letter }) => letter.messageId);
		const untold = () => opened.filter(({ number }) => told(number).length === 0).map(({ number }) => number);
		await expect.poll(untold, { timeout: 30_000, interval: 200 }).toEqual([]);
		for (const { number } of opened) expect(new Set(told(number)).size, `distinct mails about ${number}`).toBe(1);
	}, 120_000);
});
