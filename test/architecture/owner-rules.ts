import ts from "typescript";
import { file, importRule, isIn, isProduct, isTest, type Rule } from "./rule.ts";
import { findings, type Source } from "./source.ts";

const service = "webhook-service/src/";
const at = (...parts: string[]) => service + parts.join("/");

/** A package or module of Node that only these files of the product import. */
function ownedPackage(name: string, sentence: string, owners: string[]): Rule {
	const [first = ""] = owners;
	const owner = first.endsWith("/") ? `${first}own.ts` : first.replace(/\*$/, ".ts");
	return importRule(sentence, (path, { target }) => target === name && isProduct(path) && !isIn(path, ...owners), {
		breaks: file(at("pipeline/decide.ts"), `import { it } from "${name}";`),
		keeps: file(owner, `import { it } from "${name}";`),
	});
}

/** A rule about a use of the language or platform in the product's code. */
function useRule(
	sentence: string,
	{ places, owners, uses }: { places: string[]; owners: string[]; uses: (node: ts.Node) => boolean },
	examples: Pick<Rule, "breaks" | "keeps">,
): Rule {
	return {
		sentence,
		...examples,
		faults(source: Source) {
			const { path } = source;
			if (!isProduct(path) || !isIn(path, ...places) || isIn(path, ...owners)) return [];
			return findings(source, (node) => uses(node) && `${path} → ${node.getText().slice(0, 60)}`);
		},
	};
}

const isMember = (node: ts.Node, object: string, ...members: string[]) =>
	ts.isPropertyAccessExpression(node) && node.expression.getText() === object && members.includes(node.name.text);

/** Reads the time of day. (`performance.now()` measures how long something takes, and is not it.) */
function isClock(node: ts.Node): boolean {
	if (isMember(node, "Date", "now") || isMember(node, "performance", "timeOrigin")) return true;
	if (ts.isNewExpression(node)) return node.expression.getText() === "Date" && (node.arguments?.length ?? 0) === 0;
	return ts.isCallExpression(node) && node.expression.getText() === "Date";
}

const isRandom = (node: ts.Node) =>
	isMember(node, "Math", "random") || isMember(node, "crypto", "randomUUID", "getRandomValues");

/** A name that stands for itself: not a member of something, nor a name that is being declared. */
function isGlobal(node: ts.Node, name: string): boolean {
	if (!ts.isIdentifier(node) || node.text !== name) return false;
	const { parent } = node;
	if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
	if (ts.isQualifiedName(parent)) return parent.left === node;
	return !(
		ts.isPropertyAssignment(parent) ||
		ts.isPropertySignature(parent) ||
		ts.isMethodSignature(parent) ||
		ts.isBindingElement(parent) ||
		ts.isParameter(parent) ||
		ts.isVariableDeclaration(parent) ||
		ts.isImportSpecifier(parent)
	);
}

const searches = [
	"querySelector",
	"querySelectorAll",
	"getElementById",
	"getElementsByClassName",
	"getElementsByTagName",
	"closest",
];

/** Looks for elements elsewhere than in what we have drawn ourselves: a ref's `current`, or what carries our mark. */
function searchesPage(node: ts.Node): boolean {
	if (!ts.isPropertyAccessExpression(node) || !searches.includes(node.name.text)) return false;
	if (ts.isCallExpression(node.parent) && /^`\[\$\{ourMark\}\]`$/.test(node.parent.arguments[0]?.getText() ?? "")) {
		return false;
	}
	return !(ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === "current");
}

/** One owner per dangerous capability. */
export const ownerRules: Rule[] = [
	useRule(
		"the time of day is read only in clock.ts, and nowhere in shared",
		{
			places: ["shared/src/", service, "extension/src/"],
			owners: [at("clock.ts"), "extension/src/lib/clock.ts"],
			uses: isClock,
		},
		{
			breaks: file("shared/src/sla/evaluate.ts", "export const today = () => new Date();"),
			keeps: file("shared/src/sla/evaluate.ts", "export const day = (at: number) => new Date(at);"),
		},
	),
	useRule(
		"no chance in shared; in the service only verify.ts draws lots",
		{
			places: ["shared/src/", service],
			owners: [at("verify.ts"), at("clock.ts")],
			uses: isRandom,
		},
		{
			breaks: file(at("pipeline/act.ts"), "const spread = Math.random() * 10;"),
			keeps: file(at("pipeline/act.ts"), "const most = Math.max(1, 2);"),
		},
	),
	useRule(
		"the environment is read only in config.ts",
		{
			places: ["shared/src/", service, "extension/src/"],
			owners: [at("config.ts")],
			uses: (node) => isMember(node, "process", "env") || isMember(node, "import.meta", "env"),
		},
		{
			breaks: file(at("http/app.ts"), "const port = process.env.PORT;"),
			keeps: file(at("http/app.ts"), "const port = config.port;"),
		},
	),
	ownedPackage("axios", "outgoing HTTP is call.ts's: nobody else imports axios", [at("call.ts")]),
	useRule(
		"outgoing HTTP is call.ts's: nobody else fetches",
		{
			places: ["shared/src/", service, "extension/src/"],
			owners: [at("call.ts"), "extension/src/service/call.ts"],
			uses: (node) => isGlobal(node, "fetch") || isGlobal(node, "XMLHttpRequest") || isGlobal(node, "WebSocket"),
		},
		{
			breaks: file(at("adapters/channels/webhook.ts"), 'await fetch("https://example.org");'),
			keeps: file(at("adapters/channels/webhook.ts"), "await service.fetch(url);"),
		},
	),
	useRule(
		"outgoing HTTP is call.ts's: nobody else makes requests with node:http",
		{
			places: [service],
			owners: [at("call.ts")],
			uses: (node) =>
				(isMember(node, "http", "request", "get") || isMember(node, "https", "request", "get")) &&
				ts.isCallExpression(node.parent),
		},
		{
			breaks: file(at("http/app.ts"), 'http.request("http://example.org");'),
			keeps: file(at("http/app.ts"), "http.createServer(app);"),
		},
	),
	ownedPackage("node:crypto", "crypto is verify.ts's", [at("verify.ts")]),
	ownedPackage("ioredis", "Redis is spoken only by the Redis store, the queues and their workers", [
		at("queues.ts"),
		at("store/redis-*"),
		at("jobs/workers.ts"),
	]),
	ownedPackage("bullmq", "BullMQ is known only to queues.ts and jobs", [at("queues.ts"), at("jobs/")]),
	ownedPackage("express", "Express stops at http", [at("http/"), at("server.ts")]),
	ownedPackage("nodemailer", "mail is sent only by the channel email", [at("adapters/channels/email*")]),
	ownedPackage("pino", "log lines are made only by log.ts", [at("log.ts")]),
	useRule(
		"nobody writes to the console",
		{
			places: ["shared/src/", service, "extension/src/"],
			owners: ["extension/src/lib/report.ts"],
			uses: (node) => isGlobal(node, "console"),
		},
		{
			breaks: file(at("jobs/alarm.ts"), 'console.log("woke");'),
			keeps: file(at("jobs/alarm.ts"), 'log.info({}, "woke");'),
		},
	),
	useRule(
		"chrome is touched only by lib/browser.ts",
		{
			places: ["extension/src/"],
			owners: ["extension/src/lib/browser.ts"],
			uses: (node) =>
				isGlobal(node, "chrome") || isGlobal(node, "browser") || isMember(node, "globalThis", "chrome", "browser"),
		},
		{
			breaks: file("extension/src/popup.tsx", "chrome.tabs.create({ url });"),
			keeps: file("extension/src/popup.tsx", "openTab(url);"),
		},
	),
	useRule(
		"what is known of a host's pages stays in hosts: nobody else searches a page",
		{
			places: ["extension/src/"],
			owners: ["extension/src/hosts/"],
			uses: searchesPage,
		},
		{
			breaks: file("extension/src/overlay/card.tsx", 'document.querySelector(".ticketZoom");'),
			keeps: file("extension/src/hosts/zammad/classic.ts", 'within.querySelector(".ticketZoom");'),
		},
	),
	{
		sentence: "shared is compiled without a platform: no Node, no page",
		faults: ({ path, text }) => {
			if (path !== "shared/tsconfig.json") return [];
			const { lib, types } = JSON.parse(text).compilerOptions;
			const found = JSON.stringify({ lib, types });
			return found === '{"lib":["ES2022"],"types":[]}' ? [] : [`${path} → ${found}`];
		},
		breaks: file("shared/tsconfig.json", '{ "compilerOptions": { "lib": ["ES2022", "DOM"], "types": ["node"] } }'),
		keeps: file("shared/tsconfig.json", '{ "compilerOptions": { "lib": ["ES2022"], "types": [] } }'),
	},
	{
		sentence: "functions and objects, not classes: a class is an error, or the part of the overlay that catches one",
		faults: (source) =>
			isProduct(source.path)
				? findings(source, (node) => {
						if (!ts.isClassLike(node)) return false;
						const parent = node.heritageClauses?.[0]?.types[0]?.expression.getText() ?? "";
						const catches = node.members.some((member) => member.name?.getText() === "componentDidCatch");
						return !parent.endsWith("Error") && !catches && `${source.path} → class ${node.name?.text ?? ""}`;
					})
				: [],
		breaks: file(at("store/a.ts"), "export class Store {}"),
		keeps: file(at("errors.ts"), "export class ServiceError extends Error {}"),
	},
	{
		sentence: "unions, not enums; and in shared and extension no syntax that the extension's builder refuses",
		faults: (source) => {
			if (!isProduct(source.path)) return [];
			const isBuilt = isIn(source.path, "shared/src/", "extension/src/");
			return findings(source, (node) => {
				const what = ts.isEnumDeclaration(node) ? "enum" : isBuilt && refused(node);
				return what && `${source.path} → ${what}`;
			});
		},
		breaks: file("shared/src/sla/a.ts", "const is = /[a--b]/v;"),
		keeps: file("shared/src/sla/a.ts", "const is = /[ab]/u;"),
	},
	{
		sentence: "default exports only where a tool demands one",
		faults: (source) => {
			const demanded = [
				...["extension/src/options.tsx", "extension/src/popup.tsx", "extension/src/sidepanel.tsx"],
				"test/vitest.config.ts",
			];
			if (!isProduct(source.path) && !isTest(source.path)) return [];
			if (isIn(source.path, ...demanded)) return [];
			return findings(source, (node) => isDefaultExport(node) && `${source.path} → export default`);
		},
		breaks: file(at("run.ts"), "export default function run() {}"),
		keeps: file("extension/src/popup.tsx", "export default function Popup() {}"),
	},
];

function refused(node: ts.Node): string | false {
	if (ts.isRegularExpressionLiteral(node)) return /\/[a-z]*v[a-z]*$/.test(node.text) && "regular expression with v";
	if (ts.isImportAttributes(node)) return "import attributes";
	if (ts.isPropertyDeclaration(node))
		return !!node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AccessorKeyword) && "accessor";
	return ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.Using) === ts.NodeFlags.Using && "using";
}

function isDefaultExport(node: ts.Node): boolean {
	if (ts.isExportAssignment(node)) return true;
	if (ts.isExportSpecifier(node)) return node.name.text === "default";
	return (
		ts.canHaveModifiers(node) && !!ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
	);
}
