import { createTransport } from "nodemailer";
import { z } from "zod";
import { ServiceError } from "../../errors.ts";
import { oneLine } from "../../words/one-line.ts";
import type { Channel, Notice } from "./channel.ts";
import { smtpFailure } from "./email-failure.ts";
import { letterOf } from "./email-letter.ts";

const server = z.strictObject({
	host: z.string("a host name").min(1, "a host name"),
	port: z.int("a port").min(1, "a port from 1 to 65535").max(65_535, "a port from 1 to 65535").optional(),
	/** TLS from the first byte; otherwise STARTTLS when the server offers it. */
	secure: z.boolean("true or false").default(false),
	user: z.string("a text").min(1, "a user name").optional(),
	password: z.string("a text").min(1, "a password").optional(),
	/** `stipt@example.org` or `Stipt <stipt@example.org>`. */
	from: z
		.string("an address")
		.refine((from) => domainOf(from) !== null, "an address such as Stipt <stipt@example.org>"),
	timeoutMs: z.int("milliseconds").positive("milliseconds").default(15_000),
});

/** `url` (`smtp://user:password@host:port`, `smtps://…`) stands for host, port, secure, user and password. */
const settings = z.preprocess(spreadUrl, server);
export type EmailSettings = z.infer<typeof settings>;

/** Alerts by mail, over SMTP. The one place where nodemailer opens a connection. */
export const email: Channel<EmailSettings> = {
	id: "email",
	name: "E-mail (SMTP)",
	docs: "https://nodemailer.com/smtp/",
	settings,
	secrets: ["password", "url"],
	async send(notice, { settings: { host, secure, user, password, from, timeoutMs, ...rest } }) {
		if (notice.to.length === 0) {
			throw new ServiceError("misconfigured", `Expected at least one e-mail address of ${notice.role.en}, found none.`);
		}
		const port = rest.port ?? (secure ? 465 : 587);
		const where = `SMTP ${host}:${port}`;
		const transport = createTransport({
			host,
			port,
			secure,
			...(user === undefined ? {} : { auth: { user, pass: password ?? "" } }),
			requireTLS: user !== undefined && !secure && !isThisMachine(host),
			connectionTimeout: timeoutMs,
			greetingTimeout: timeoutMs,
			dnsTimeout: timeoutMs,
			socketTimeout: timeoutMs,
			disableFileAccess: true,
			disableUrlAccess: true,
		});
		const letter = letterOf(notice);
		try {
			const sent = await transport.sendMail({
				from,
				to: notice.to,
				subject: letter.subject,
				text: letter.text,
				html: letter.html,
				date: new Date(notice.now),
				...headersOf(notice, domainOf(from) ?? host),
			});
			const accepted = `accepted for ${sent.accepted.length} of ${notice.to.length}`;
			return { id: sent.messageId, detail: `${where}: ${accepted} (${oneLine(sent.response, 120)})` };
		} catch (cause) {
			throw smtpFailure(where, cause);
		} finally {
			transport.close();
		}
	},
};

/** What makes a repeat recognisable, keeps the alerts of one ticket together and auto-replies away. */
function headersOf(notice: Notice, domain: string) {
	const { connection, ticket } = notice.ticket;
	return {
		messageId: `<${idPart(notice.key)}@${domain}>`,
		references: `<${idPart(`stipt.${connection}.${ticket}`)}@${domain}>`,
		priority: notice.kind === "warning" ? ("normal" as const) : ("high" as const),
		headers: {
			"Auto-Submitted": "auto-generated",
			"X-Auto-Response-Suppress": "All",
			"X-Stipt-Alert": oneLine(notice.alert),
			"Content-Language": notice.language,
		},
	};
}

/** Any text as the left side of a Message-ID; different texts stay different. */
function idPart(text: string): string {
	return text.replace(/[^A-Za-z0-9.-]|(?<![A-Za-z0-9])\.|\.(?![A-Za-z0-9])/gu, (character) =>
		[...new TextEncoder().encode(character)].map((byte) => `_${byte.toString(16)}`).join(""),
	);
}

/** The domain of `name@domain` or `Name <name@domain>`. */
function domainOf(from: string): string | null {
	const address = /<([^<>]*)>\s*$/.exec(from)?.[1] ?? from;
	return /^[^\s@<>]+@([A-Za-z0-9.-]*[A-Za-z0-9])$/.exec(address.trim())?.[1] ?? null;
}

function isThisMachine(host: string): boolean {
	return host === "localhost" || host === "::1" || host.startsWith("127.");
}

function spreadUrl(input: unknown): unknown {
	if (typeof input !== "object" || input === null || !("url" in input)) return input;
	const { url, ...rest } = input;
	if (typeof url !== "string" || !URL.canParse(url)) return { ...rest, host: undefined };
	const { protocol, hostname, port, username, password } = new URL(url);
	if (protocol !== "smtp:" && protocol !== "smtps:") return { ...rest, host: undefined };
	return {
		host: hostname.replace(/^\[|\]$/g, ""),
		...(port === "" ? {} : { port: Number(port) }),
		secure: protocol === "smtps:",
		...(username === "" ? {} : { user: decodeURIComponent(username) }),
		...(password === "" ? {} : { password: decodeURIComponent(password) }),
		...rest,
	};
}
