import { join } from "node:path";
import type { Instant } from "@stipt/shared/calendar/calendar";
import { SMTPServer } from "smtp-server";
import { pageFile, pageFolder } from "../page-folder.ts";
import { plainHeaders } from "../plain-page.ts";
import { readerLanguage } from "../reader-language.ts";
import { openSaved } from "../saved.ts";
import { type Answer, type Asked, type Face, isTaken, serve } from "../serve.ts";
import { listPage, messagePage, missingPage, type Opened, type Received, type View } from "./pages.ts";
import { readMail } from "./read-mail.ts";

/** How the mailbox says no: at which word of the conversation, and with which code. */
export type MailRefusal = { at: "sender" | "recipient" | "data"; code: number; message: string };

export type MailboxOptions = {
	now: () => Instant;
	/** 0 takes a free one. */
	smtpPort: number;
	webPort: number;
	host?: string;
	/** Takes free ports when these are somebody else's. */
	orFree?: boolean;
	/** Folder in which messages are kept; memory only without. */
	folder?: string;
	/** Refuses every message from the start. */
	refuse?: MailRefusal;
};

export type Mailbox = {
	readonly url: string;
	readonly smtpPort: number;
	listen(): Promise<void>;
	close(): Promise<void>;
	/** All that arrived, oldest first. */
	messages(): Opened[];
	/** Refuses from now on, or takes again (`null`). */
	refuse(refusal: MailRefusal | null): void;
	/** Stops answering SMTP: connections are refused. */
	hangUp(): Promise<void>;
};

const kept = 500;

function bind(server: SMTPServer, port: number, host: string): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, host, () => {
			server.off("error", reject);
			server.on("error", () => undefined);
			resolve();
		});
	});
}

async function whole(stream: AsyncIterable<Buffer>): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/** A real SMTP sink with a page to read in: what arrives stays here. It can be told to refuse. */
export function createMailbox(options: MailboxOptions): Mailbox {
	const { host = "127.0.0.1", orFree = false, now } = options;
	const file = options.folder === undefined ? null : join(options.folder, "mailbox.json");
	const saved = openSaved<{ last: number; messages: Received[] }>(file, () => ({ last: 0, messages: [] }));
	const box = saved.value;
	const folder = pageFolder("mailbox/page");
	let refusal = options.refuse ?? null;
	let face: Face | undefined;
	let smtp: SMTPServer | undefined;
	let smtpPort = options.smtpPort;

	const no = (at: MailRefusal["at"]): Error | null =>
		refusal?.at === at ? Object.assign(new Error(refusal.message), { responseCode: refusal.code }) : null;

	const receiver = () =>
		new SMTPServer({
			authOptional: true,
			disabledCommands: ["STARTTLS"],
			hideSTARTTLS: true,
			size: 10 * 1024 * 1024,
			disableReverseLookup: true,
			onAuth: (_auth, _session, done) => done(null, { user: "anybody" }),
			onMailFrom: (_address, _session, done) => done(no("sender")),
			onRcptTo: (_address, _session, done) => done(no("recipient")),
			onData(stream, session, done) {
				whole(stream as AsyncIterable<Buffer>).then(
					(raw) => {
						const refused = no("data");
						if (refused) return done(refused);
						const recipients = session.envelope.rcptTo.map(({ address }) => address);
						box.last += 1;
						box.messages.push({ id: box.last, receivedAt: now(), recipients, raw: raw.toString("latin1") });
						box.messages.splice(0, Math.max(0, box.messages.length - kept));
						saved.touch();
						done();
					},
					(error: Error) => done(error),
				);
			},
		});

	const open = (message: Received): Opened => ({ ...message, letter: readMail(Buffer.from(message.raw, "latin1")) });
	const page = (text: string, status = 200): Answer => ({ status, text, headers: plainHeaders });

	const answer = (asked: Asked): Answer => {
		const language = readerLanguage(asked.query.get("lang"), asked.headers["accept-language"] ?? "");
		if (asked.path === "/favicon.ico") return { status: 204 };
		if (asked.path === "/") return page(listPage(box.messages.map(open).reverse(), language));
		if (asked.path === "/messages.json") {
			return {
				status: 200,
				json: box.messages.map(open).map(({ raw: _, letter, ...rest }) => ({ ...rest, ...letter })),
			};
		}
		if (asked.path === "/empty" && asked.method === "POST") {
			box.messages.length = 0;
			saved.touch();
			return { status: 303, text: "", headers: { Location: `/?lang=${language}` } };
		}
		const wanted = /^\/messages\/(\d+)$/.exec(asked.path)?.[1];
		if (wanted !== undefined) {
			const message = box.messages.find(({ id }) => id === Number(wanted));
			if (!message) return page(missingPage(language), 404);
			return page(messagePage(open(message), (asked.query.get("view") ?? "html") as View, language));
		}
		const found = pageFile(folder, asked.path.slice(1));
		if (found) return { status: 200, text: found.content, headers: { "Content-Type": found.type } };
		return page(missingPage(language), 404);
	};

	return {
		get url() {
			return face?.url ?? `http://127.0.0.1:${options.webPort}`;
		},
		get smtpPort() {
			return smtpPort;
		},
		async listen() {
			face = await serve(answer, { port: options.webPort, host, orFree });
			smtp = receiver();
			try {
				await bind(smtp, options.smtpPort, host);
			} catch (error) {
				if (!orFree || !isTaken(error)) throw error;
				smtp = receiver();
				await bind(smtp, 0, host);
			}
			const address = smtp.server.address();
			if (address !== null && typeof address === "object") smtpPort = address.port;
		},
		async close() {
			saved.flush();
			await this.hangUp();
			await face?.close();
		},
		messages: () => box.messages.map(open),
		refuse(next) {
			refusal = next;
		},
		hangUp: () =>
			new Promise((resolve) => {
				if (!smtp) return resolve();
				smtp.close(() => resolve());
				smtp = undefined;
			}),
	};
}
