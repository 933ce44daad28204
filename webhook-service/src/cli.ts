import { open, readFile, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { createInterface as createQuestions } from "node:readline/promises";
import { text } from "node:stream/consumers";
import { systemTime } from "./clock.ts";
import { calendarEval } from "./commands/calendar-eval.ts";
import { calendarImport } from "./commands/calendar-import.ts";
import { type Command, type Terminal, UsageError } from "./commands/command.ts";
import { connectCommands } from "./commands/connect.ts";
import { disconnect } from "./commands/disconnect.ts";
import { doctor } from "./commands/doctor.ts";
import { explainTicket } from "./commands/explain.ts";
import { importCommand } from "./commands/import.ts";
import { mapping } from "./commands/mapping.ts";
import { policyCheck, policyPreview, policyPublish } from "./commands/policy.ts";
import { policyDiffer } from "./commands/policy-diff.ts";
import { policyPromote, policyShadow, policyShadowStart, policyShadowStop } from "./commands/policy-shadow.ts";
import { policyHistory, policyList, policyShow } from "./commands/policy-versions.ts";
import { rebuild } from "./commands/rebuild.ts";
import { simulate } from "./commands/simulate.ts";
import { tickets } from "./commands/tickets.ts";
import { pair, tokenCreate, tokenRevoke } from "./commands/token.ts";
import { verifyProof } from "./commands/verify.ts";
import { ConfigError, environment, readConfig } from "./config.ts";
import { ServiceError } from "./errors.ts";
import { createLog } from "./log.ts";
import { wire } from "./wiring.ts";

const commands: Command[] = [
	...connectCommands,
	mapping,
	disconnect,
	doctor,
	importCommand,
	rebuild,
	policyCheck,
	policyPreview,
	policyPublish,
	policyList,
	policyShow,
	policyHistory,
	policyDiffer,
	policyShadowStart,
	policyShadowStop,
	policyShadow,
	policyPromote,
	simulate,
	tokenCreate,
	tokenRevoke,
	pair,
	tickets,
	explainTicket,
	verifyProof,
	calendarEval,
	calendarImport,
];

const terminal: Terminal = {
	out: (line) => process.stdout.write(`${line}\n`),
	err: (line) => process.stderr.write(`${line}\n`),
	readFile: (path) => (path === "-" ? text(process.stdin) : readFile(path, "utf8")),
	writeFile: (path, content) => writeFile(path, content),
	async *readLines(path) {
		yield* path === "-" ? createInterface({ input: process.stdin }) : (await open(path)).readLines();
	},
	async confirm(question) {
		if (!process.stdin.isTTY) return null;
		const asking = createQuestions({ input: process.stdin, output: process.stderr });
		const answer = await asking.question(`${question} [y/N] `);
		asking.close();
		return /^y(es)?$/i.test(answer.trim());
	},
	time: systemTime,
	service: () =>
		wire(readConfig(environment), {
			...{ time: systemTime, log: createLog("silent"), patienceMs: 3000, redisAnswersWithinMs: 30_000 },
		}),
};

/** Runs one command. Answers the exit code: 0 yes, 1 no, 2 wrong use. */
async function main(args: string[]): Promise<number> {
	const command = commands.find(({ name }) => name.split(" ").every((word, index) => args[index] === word));
	const isHelp = args.includes("--help") || args.includes("-h") || args[0] === "help";
	if (command === undefined) {
		if (isHelp) terminal.out(overview());
		else
			terminal.err(`Expected a command, found ${args.length === 0 ? "none" : `"${args.join(" ")}"`}.\n${overview()}`);
		return isHelp ? 0 : 2;
	}
	if (isHelp) {
		terminal.out(helpOf(command));
		return 0;
	}
	try {
		return await command.run(args.slice(command.name.split(" ").length), terminal);
	} catch (error) {
		if (error instanceof UsageError) {
			terminal.err(`${error.message}\n${helpOf(command)}`);
			return 2;
		}
		if (error instanceof ServiceError || error instanceof ConfigError || isMissingFile(error)) {
			terminal.err(error.message);
			return 1;
		}
		throw error;
	}
}

function overview(): string {
	const width = Math.max(...commands.map(({ name }) => name.length));
	const lines = commands.map(({ name, summary }) => `  stipt ${name.padEnd(width)}  ${summary}`);
	return [
		"stipt: keeps promises on the helpdesk that you have",
		"",
		...lines,
		"",
		"stipt COMMAND --help says more.",
	].join("\n");
}

function helpOf({ name, usage, summary, options = {} }: Command): string {
	const width = Math.max(0, ...Object.keys(options).map((option) => option.length));
	const lines = Object.entries(options).map(([option, meaning]) => `  ${option.padEnd(width)}  ${meaning}`);
	return [`stipt ${name} ${usage}`, `  ${summary}`, ...lines].join("\n");
}

function isMissingFile(error: unknown): error is Error {
	return error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("E");
}

process.stdout.on("error", () => process.exit(0));
process.exitCode = await main(process.argv.slice(2));
