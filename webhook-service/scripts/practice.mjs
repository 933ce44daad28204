// @ts-check
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { startChild } from "./child.mjs";
import { deskBuild, inRoot } from "./folders.mjs";
import { Problem } from "./problem.mjs";
import { stipt } from "./service.mjs";
import { step } from "./step.mjs";

/** @typedef {import("./home.mjs").Home} Home */
/** @typedef {Record<string, string | undefined>} Environment */

/**
 * Where the practice desk is, and the token for the extension.
 * @typedef {{ desk: string, mailbox: string, statusPage: string, token: string }} Practice
 */

/**
 * What the practice desk says of itself when it is ready.
 * @typedef {{ desk: { url: string, token: string }, mailbox: { url: string, smtpHost: string, smtpPort: number },
 *   statuspage: { url: string, apiUrl: string, pageId: string, apiKey: string } }} Desk
 */

const policy = inRoot("shared", "policies", "practice.yaml");
/** Ids of the connections that the practice desk brings. */
const ids = { desk: "practice", page: "practice-page", mail: "practice-mail" };
const kept = "practice.json";

/**
 * Starts the practice desk and connects it, as one connects a real one, unless a real helpdesk is connected or none is
 * wanted; then what it brought is disconnected.
 * @param {{ wanted: boolean, env: Environment, home: Home,
 *   started: (child: import("./child.mjs").Child, options: { isVital: boolean }) => unknown }} options
 * @returns {Promise<Practice | null>}
 */
export async function setUpPractice({ wanted, env, home, started }) {
	if (wanted && !(await hasRealHelpdesk(env))) {
		try {
			return await step("Starting the practice desk", async () => {
				const { child, desk } = await startDesk(home);
				started(child, { isVital: false });
				return connectPractice(desk, { env, home });
			});
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			process.stderr.write(`${error.message}\nThe rest goes on without it.\n`);
			return null;
		}
	}
	if (home.read(kept)) {
		await step("Disconnecting the practice desk", async () => {
			for (const id of Object.values(ids)) await stipt(["disconnect", id, "--leave"], env);
			home.forget(kept);
		});
	}
	return null;
}

/** @param {Environment} env */
async function hasRealHelpdesk(env) {
	/** @type {{ what: string }[]} */
	const findings = JSON.parse(await stipt(["doctor", "--json", "--offline"], env, { mayFail: true }));
	return findings.some(({ what }) => {
		const [, id, adapter = ""] = /^connection (\S+) \((\w+)\)/.exec(what) ?? [];
		return ["zammad", "odoo"].includes(adapter) && id !== ids.desk;
	});
}

/** On the ports that it had, if it can. @param {Home} home */
async function startDesk(home) {
	const file = home.path("practice-ready.json");
	const last = readDesk(file);
	rmSync(file, { force: true });
	const ports = last && {
		"--desk-port": new URL(last.desk.url).port,
		"--mailbox-port": new URL(last.mailbox.url).port,
		"--statuspage-port": new URL(last.statuspage.url).port,
		"--smtp-port": String(last.mailbox.smtpPort),
	};
	const command = [process.execPath, deskBuild, "--data", home.path("practice"), "--ready-file", file];
	const child = startChild("The practice desk", [...command, ...Object.entries(ports ?? {}).flat()], {
		log: home.log("practice"),
	});
	const end = Date.now() + 20_000;
	while (child.isRunning() && Date.now() < end) {
		const desk = readDesk(file);
		if (desk) return { child, desk };
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	await child.stop();
	throw new Problem(`The practice desk did not start:\n${child.lastWords()}`);
}

/** @param {string} file @returns {Desk | null} `null` until it is written whole */
export function readDesk(file) {
	try {
		return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
	} catch {
		return null;
	}
}

/**
 * Connects the desk, its status page and its mailbox by the command line. What was done before for the same desk,
 * service and policy is not done again.
 * @param {Desk} desk
 * @param {{ env: Environment, home: Home }} options
 * @returns {Promise<Practice>}
 */
export async function connectPractice({ desk, mailbox, statuspage }, { env, home }) {
	const already = home.read(kept);
	const token = typeof already?.token === "string" ? already.token : await newToken(env);
	const text = readFileSync(policy);
	const done = createHash("sha256")
		.update(JSON.stringify([desk, mailbox, statuspage, env.STIPT_URL, env.REDIS_URL]))
		.update(text)
		.digest("hex");
	if (already?.done !== done) {
		const smtp = `smtp://${mailbox.smtpHost}:${mailbox.smtpPort}`;
		await stipt(["policy", "publish", policy], env);
		await connectOne("email", ids.mail, { "smtp-url": smtp, from: "stipt@practice.example" }, env);
		await connectOne(
			"statuspage",
			ids.page,
			{
				name: "Practice status page",
				url: statuspage.apiUrl,
				"page-id": statuspage.pageId,
				key: statuspage.apiKey,
			},
			env,
		);
		await connectOne(
			"zammad",
			ids.desk,
			{ name: "Practice desk", url: desk.url, token: desk.token, policy: "practice" },
			env,
		);
	}
	const practice = { desk: desk.url, mailbox: mailbox.url, statusPage: statuspage.url, token };
	home.keep(kept, { ...practice, done });
	return practice;
}

/**
 * `stipt connect …`. A value that begins with a dash stays one, by the equals sign.
 * @param {string} kind @param {string} id @param {Record<string, string>} options @param {Environment} env
 */
function connectOne(kind, id, options, env) {
	const typed = Object.entries({ id, ...options }).map(([name, value]) => `--${name}=${value}`);
	return stipt(["connect", kind, ...typed, "--allow-private", "--without-check", "--json"], env);
}

/** @param {Environment} env */
async function newToken(env) {
	const made = await stipt(["token", "create", "--role", "agent", "--name", "practice", "--json"], env);
	return String(JSON.parse(made).token);
}
