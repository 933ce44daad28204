import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { createMailbox } from "./mailbox/mailbox.ts";
import { createStatuspage } from "./statuspage/statuspage.ts";
import { people } from "./zammad/base.ts";
import { createZammadDesk } from "./zammad/desk.ts";
import { createLife } from "./zammad/life.ts";

/** What the account of the service may do: read and write tickets, and install webhook and triggers. */
const permissions = ["ticket.agent", "admin.webhook", "admin.trigger", "admin.object", "admin.group", "admin.version"];

const usage = `Starts a practice helpdesk, a practice mailbox and a practice status page, and prints where they are as one line of JSON.

  --data DIR               where their state is kept (.stipt/practice)
  --desk-port N            8421   --mailbox-port N  8422   --statuspage-port N  8423   --smtp-port N  8425
                           a port that is taken is replaced by a free one, 0 takes a free one
  --host ADDRESS           network interface (127.0.0.1)
  --desk-url URL           address under which people see the desk, when it is another
  --language nl|en         language of the desk's pages (en)
  --seed TEXT              another seed, other people (practice)
  --quiet                  nobody writes or answers by themselves
  --ready-file FILE        the line of JSON goes there too`;

function fail(message: string): never {
	process.stderr.write(`${message}\n\n${usage}\n`);
	process.exit(2);
}

function readOptions() {
	const text = { type: "string" } as const;
	const yes = { type: "boolean", default: false } as const;
	try {
		const { values } = parseArgs({
			options: {
				data: { ...text, default: ".stipt/practice" },
				"desk-port": { ...text, default: "8421" },
				"mailbox-port": { ...text, default: "8422" },
				"statuspage-port": { ...text, default: "8423" },
				"smtp-port": { ...text, default: "8425" },
				host: { ...text, default: "127.0.0.1" },
				"desk-url": text,
				language: { ...text, default: "en" },
				seed: { ...text, default: "practice" },
				"ready-file": text,
				quiet: yes,
				help: yes,
			},
		});
		return values;
	} catch (error) {
		return fail(error instanceof Error ? error.message : String(error));
	}
}

function port(name: string, value: string): number {
	const number = Number(value);
	if (!/^\d+$/.test(value) || number > 65_535) fail(`Expected --${name} to be a port from 0 to 65535, found ${value}.`);
	return number;
}

const options = readOptions();
if (options.help) {
	process.stdout.write(`${usage}\n`);
	process.exit(0);
}
const { host, language } = options;
if (language !== "nl" && language !== "en") fail(`Expected --language to be nl or en, found ${language}.`);

const now = () => Date.now();
const folder = resolve(options.data);
const orFree = true;
const desk = createZammadDesk({
	now,
	port: port("desk-port", options["desk-port"]),
	host,
	orFree,
	folder,
	language,
	...(options["desk-url"] === undefined ? {} : { publicUrl: options["desk-url"] }),
});
const mailbox = createMailbox({
	now,
	smtpPort: port("smtp-port", options["smtp-port"]),
	webPort: port("mailbox-port", options["mailbox-port"]),
	host,
	orFree,
	folder,
});
const statuspage = createStatuspage({
	now,
	port: port("statuspage-port", options["statuspage-port"]),
	host,
	orFree,
	folder,
});

await Promise.all([desk.listen(), mailbox.listen(), statuspage.listen()]);
const first = desk.fresh;
const token =
	desk.state.tokens.find(({ label }) => label === "stipt")?.value ?? desk.act.token(people.bot, permissions, "stipt");

const life = createLife(desk, { seed: options.seed });
let beat: NodeJS.Timeout | undefined;
if (!options.quiet) {
	life.begin(now());
	beat = setInterval(() => life.tick(now()), 2_000);
}

let stopping = false;
async function stop(): Promise<void> {
	if (stopping) return;
	stopping = true;
	clearInterval(beat);
	await Promise.all([desk.close(), mailbox.close(), statuspage.close()]);
	process.exit(0);
}
process.once("SIGTERM", () => void stop());
process.once("SIGINT", () => void stop());

// Whoever started this may die without a word: then it belongs to somebody else from that moment.
const parent = process.ppid;
setInterval(() => {
	if (process.ppid !== parent) void stop();
}, 1_000).unref();

const ready = JSON.stringify({
	ready: true,
	first,
	data: folder,
	desk: { url: desk.url, login: people.bot, token },
	mailbox: { url: mailbox.url, smtpHost: host === "0.0.0.0" ? "127.0.0.1" : host, smtpPort: mailbox.smtpPort },
	statuspage: {
		url: statuspage.url,
		apiUrl: statuspage.apiUrl,
		pageId: statuspage.pageId,
		apiKey: statuspage.apiKey,
		components: statuspage.state.components.map(({ name }) => name),
	},
});
if (options["ready-file"] !== undefined) writeFileSync(options["ready-file"], `${ready}\n`, { mode: 0o600 });
process.stdout.write(`${ready}\n`);
