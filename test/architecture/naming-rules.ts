import { posix } from "node:path";
import { file, isCode, isIn, isProduct, type Rule } from "./rule.ts";

const service = "webhook-service/src/";
const ownFolders = ["shared/src/", "webhook-service/", "extension/src/", "test/"];
const notOurs = ["test/fixtures/", "test/extension/pages/"];

const topLevel = [
	"extension",
	"webhook-service",
	"shared",
	"test",
	"docker-compose.yml",
	"package.json",
	"package-lock.json",
	"tsconfig.json",
	"README.md",
	"LICENSE",
	"CONTRIBUTING.md",
	"CHANGELOG.md",
];

const nameless = /^(utils?|helpers?|common|shared|misc|managers?|types|constants|interfaces|enums|lib-?utils)$/;
const suffix = /-(manager|handler|helper|util|utils|impl)$/;

const secretShapes: [string, RegExp][] = [
	["a private key", /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{32}/],
	["a cloud access key", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
	["a GitHub token", /\bgh[pousr]_[A-Za-z0-9]{36}\b/],
	["a Slack token", /\bxox[abprs]-[A-Za-z0-9-]{20,}/],
	["a JSON web token", /\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}/],
];

/** A long text without spaces that is given to something called a secret. */
const givenSecret = /\b(?:\w*(?:secret|password|token|api_?key))\s*[:=]\s*["'`]([A-Za-z0-9+/_=-]{24,})["'`]/i;

/** How files are called and where they lie, and what their text never holds. `today`: as `2026-12-01`. */
export const namingRules = (today: string): Rule[] => [
	{
		sentence: "the top level is fixed",
		faults: ({ path }) => {
			const [first = ""] = path.split("/");
			return first.startsWith(".") || topLevel.includes(first) ? [] : [path];
		},
		breaks: file("scripts/release.mjs"),
		keeps: file(".ci/run"),
	},
	{
		sentence: "files and folders are kebab-case",
		faults: ({ path }) => {
			if (!isIn(path, ...ownFolders) || isIn(path, ...notOurs)) return [];
			const names = path
				.split("/")
				.filter((name) => !["README.md", "Dockerfile", "tsconfig.json", "package.json"].includes(name));
			return names.every((name) => /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/.test(name)) ? [] : [path];
		},
		breaks: file(`${service}pipeline/makeFacts.ts`),
		keeps: file(`${service}pipeline/make-facts.ts`),
	},
	{
		sentence: "nothing is called utils, helpers, common, manager, types or constants, or ends in such a suffix",
		faults: ({ path }) => {
			if (!isIn(path, ...ownFolders) || isIn(path, ...notOurs)) return [];
			const names = path
				.split("/")
				.slice(1)
				.map((name) => name.replace(/\..*$/, ""));
			return names.some((name) => nameless.test(name) || suffix.test(name)) ? [path] : [];
		},
		breaks: file(`${service}pipeline/utils.ts`),
		keeps: file(`${service}pipeline/links.ts`),
	},
	{
		sentence:
			"Plasmo's special folders and entries are not used: they turn stray files into scripts that run everywhere",
		faults: ({ path }) => {
			const inside = /^extension\/(?:src\/)?(.+)$/.exec(path)?.[1] ?? "";
			return /^(contents?|background|tabs|sandbox(es)?|newtab|devtools)(\/|\.tsx?$)/.test(inside) &&
				inside !== "background.ts"
				? [path]
				: [];
		},
		breaks: file("extension/src/contents/timer.tsx"),
		keeps: file("extension/src/background.ts"),
	},
	{
		sentence: "only background, options, popup and side panel stand at the top of the extension",
		faults: ({ path }) =>
			posix.dirname(path) === "extension/src" &&
			!["background.ts", "options.tsx", "popup.tsx", "sidepanel.tsx"].includes(posix.basename(path))
				? [path]
				: [],
		breaks: file("extension/src/overlay.tsx"),
		keeps: file("extension/src/overlay/overlay.tsx"),
	},
	{
		sentence: "what is left to do carries a date, and the date is still to come",
		faults: ({ path, text }) => {
			if (!isCode(path) && !path.endsWith(".mjs")) return [];
			return text.split("\n").flatMap((line, index) => {
				const found = /\b(?:TO[D]O|FIX[M]E|XX[X])\b(?: \[(\d{4}-\d\d-\d\d)\])?/.exec(line);
				return found && (found[1] === undefined || found[1] < today) ? [`${path}:${index + 1} → ${line.trim()}`] : [];
			});
		},
		breaks: file(`${service}run.ts`, ["// TO", "DO [2020-01-01]: drop Node 18"].join("")),
		keeps: file(`${service}run.ts`, ["// TO", "DO [2999-01-01]: drop Node 20"].join("")),
	},
	{
		sentence: "no secret stands in a file",
		faults: ({ path, text }) => {
			const shapes = secretShapes.filter(([, shape]) => shape.test(text)).map(([what]) => `${path} → ${what}`);
			const given = isProduct(path) && givenSecret.test(text) ? [`${path} → a secret written in code`] : [];
			return [...shapes, ...given];
		},
		breaks: file(`${service}http/api.ts`, `const token = "${"k3".repeat(16)}";`),
		keeps: file(`${service}http/api.ts`, "const token = newSecret();"),
	},
];
