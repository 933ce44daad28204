import { randomBytes } from "node:crypto";
import type { TicketView } from "@stipt/shared/wire/api";
import { createMailbox } from "../desks/mailbox/mailbox.ts";
import { buildPrograms, createProgram, freePort } from "../support/program.ts";
import { startRedis } from "../support/redis-server.ts";
import type { LiveDesk } from "./live-desk.ts";

/** What the connections are called; on the helpdesk, what we install there bears this mark. */
const idOf: Readonly<Record<LiveDesk["kind"], string>> = { zammad: "rz", odoo: "ro" };

/** The built service with a Redis and a mailbox of its own, connected to helpdesks that really run. */
export async function startLiveService(desks: readonly LiveDesk[]) {
	buildPrograms();
	const redis = await startRedis({ appendfsync: "everysec" });
	const mailbox = createMailbox({ now: () => Date.now(), smtpPort: 0, webPort: 0 });
	await mailbox.listen();
	const port = String(await freePort());
	const url = `http://127.0.0.1:${port}`;
	const program = createProgram({
		...{ PORT: port, STIPT_URL: url, REDIS_URL: redis.url },
		STIPT_SECRET: randomBytes(24).toString("hex"),
	});
	program.start();
	await program.ready();
	/** Says what went wrong without what was typed, which holds secrets. */
	const stipt = (...args: string[]) =>
		program.stipt(...args).catch((cause: { stderr?: string }) => {
			throw new Error(`stipt ${args.slice(0, 2).join(" ")}: ${cause.stderr}`);
		});
	const connected: LiveDesk[] = [];

	const close = async () => {
		for (const desk of connected) await stipt("disconnect", idOf[desk.kind], ...desk.lent, "--yes");
		await program.kill("SIGTERM");
		await mailbox.close();
		await redis.stop();
	};
	try {
		await stipt("policy", "publish", "test/live/policy.yaml");
		const smtp = `smtp://127.0.0.1:${mailbox.smtpPort}`;
		await stipt("connect", "email", "--smtp-url", smtp, "--from", "stipt@practice.example", "--allow-private");
		for (const desk of desks) {
			const names = ["--id", idOf[desk.kind], "--name", desk.kind === "odoo" ? "Odoo" : "Zammad", "--policy", "story"];
			const connect = () =>
				stipt("connect", desk.kind, ...desk.credentials, ...desk.lent, ...names, "--allow-private", "--yes");
			// A helpdesk that is busy breaks off; what is there already is left alone.
			await connect().catch(connect).catch(connect);
			connected.push(desk);
		}
		const { token } = JSON.parse(await stipt("token", "create", "--role", "manager", "--name", "Story", "--json"));
		const asked = async <Told>(
			desk: LiveDesk,
			ticket: string,
			method = "GET",
			path = "",
			body?: object,
		): Promise<Told> => {
			const answer = await fetch(`${url}/api/v1/tickets/${idOf[desk.kind]}/${ticket}${path}`, {
				method,
				headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			});
			if (!answer.ok) throw new Error(`Expected an answer about ticket ${ticket}${path}, found ${answer.status}.`);
			return (await answer.json()) as Told;
		};
		return {
			url,
			/** A pairing link for the desks' agent. */
			async pair(name: string): Promise<string> {
				const users = await Promise.all(desks.map(async (desk) => `${idOf[desk.kind]}=${await desk.agent()}`));
				return (await stipt("pair", "--name", name, "--role", "manager", "--user", users.join())).trim();
			},
			/** Has a ticket read at once, until it is known. */
			async know(desk: LiveDesk, ticket: string): Promise<void> {
				for (let tries = 0; tries < 60; tries += 1) {
					await asked(desk, ticket, "POST", "/nudge");
					if (
						await asked(desk, ticket).then(
							() => true,
							() => false,
						)
					)
						return;
					await new Promise((wait) => setTimeout(wait, 1_100));
				}
				throw new Error(`Expected ticket ${ticket} to be known within a minute, it was not.`);
			},
			/** Waits until what the helpdesks had before is read: a new connection takes it all in, and keeps them busy. */
			async rest(): Promise<void> {
				for (let quiet = 0; quiet < 4; ) {
					// It fails where it has something to warn of, and says all the same.
					const said = await program.stipt("doctor", "--json").catch(({ stdout }: { stdout: string }) => stdout);
					const findings = JSON.parse(said) as { what: string; found: string }[];
					const intake = findings.find(({ what }) => what === "queue intake")?.found ?? "";
					quiet = intake.startsWith("0 waiting, 0 delayed, 0 active") ? quiet + 1 : 0;
					await new Promise((wait) => setTimeout(wait, 3_000));
				}
			},
			/** A ticket as the service sees it; fails while it does not. */
			view: (desk: LiveDesk, ticket: string) => asked<TicketView>(desk, ticket),
			choose: (desk: LiveDesk, ticket: string, impact: string, urgency: string) =>
				asked<TicketView>(desk, ticket, "PUT", "/priority", { impact, urgency }),
			pause: (desk: LiveDesk, ticket: string, reason: string) =>
				asked<TicketView>(desk, ticket, "POST", "/actions", { kind: "pause", owner: "customer", reason }),
			/** Subjects of what a role was told about a ticket, oldest first. */
			told: (role: "team-lead" | "service-manager", about: string) =>
				mailbox
					.messages()
					.filter(({ recipients, letter }) => recipients.join().includes(`${role}@`) && letter.subject.includes(about))
					.map(({ letter }) => letter.subject),
			close,
		};
	} catch (cause) {
		await close();
		throw cause;
	}
}

export type LiveService = Awaited<ReturnType<typeof startLiveService>>;
