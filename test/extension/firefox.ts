import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";

/** A tab of Firefox, as far as a person can see and touch it. */
export type Tab = {
	go(url: string): Promise<void>;
	run<T>(expression: string): Promise<T>;
	/** The text of everything on the page, closed shadow roots included. */
	text(): Promise<string>;
	/** Clicks the innermost element whose text matches; `tag` narrows what kind. */
	click(text: RegExp, tag?: string): Promise<void>;
	type(text: string): Promise<void>;
	press(key: string): Promise<void>;
	/** Brings it in front of the others: a page that nobody sees asks for nothing. */
	show(): Promise<void>;
	screenshot(file: string): Promise<void>;
	until<T>(check: () => Promise<T>, what: string, timeout?: number): Promise<NonNullable<T>>;
};

export type Firefox = {
	tab(url: string): Promise<Tab>;
	/** Address of a page of the extension. */
	own(page: string): string;
	close(): Promise<void>;
};

type Node = {
	type: string;
	sharedId?: string;
	value?: {
		nodeType: number;
		localName?: string;
		nodeValue?: string;
		attributes?: Record<string, string>;
		children?: Node[];
		shadowRoot?: Node | null;
	};
};

const uuid = "6d3f1c52-8a9e-4d2b-9a0e-2f5b7c1d4e60";

export function firefoxPath(): string | null {
	const known = [process.env["FIREFOX"], "/usr/bin/firefox-esr", "/usr/bin/firefox"];
	return known.find((path) => path !== undefined && existsSync(path)) ?? null;
}

/** A Firefox with the extension in `folder`, driven through WebDriver BiDi. Optional permissions are granted without a question. */
export async function launchFirefox(folder: string): Promise<Firefox> {
	const path = firefoxPath();
	if (path === null) throw new Error("Expected Firefox in /usr/bin or in FIREFOX, found none.");
	const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as {
		browser_specific_settings: { gecko: { id: string } };
	};
	const profile = mkdtempSync(join(tmpdir(), "stipt-firefox-"));
	const prefs = {
		"extensions.webextensions.uuids": JSON.stringify({ [manifest.browser_specific_settings.gecko.id]: uuid }),
		"extensions.webextOptionalPermissionPrompts": false,
		"intl.accept_languages": "en-GB",
		"intl.locale.requested": "en-US",
		"browser.shell.checkDefaultBrowser": false,
		"datareporting.policy.dataSubmissionEnabled": false,
		"app.update.enabled": false,
		"browser.aboutwelcome.enabled": false,
		"remote.prefs.recommended": true,
	};
	const lines = Object.entries(prefs).map(
		([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
	);
	writeFileSync(join(profile, "user.js"), lines.join("\n"));
	const firefox = spawn(
		path,
		["--headless", "--remote-debugging-port=0", "--remote-allow-system-access", "--profile", profile, "--no-remote"],
		{
			stdio: ["ignore", "ignore", "pipe"],
			env: { ...process.env, MOZ_HEADLESS_WIDTH: "1440", MOZ_HEADLESS_HEIGHT: "900" },
		},
	);
	const command = await connect(await listening(firefox));
	await command("session.new", { capabilities: {} });
	await command("webExtension.install", { extensionData: { type: "path", path: folder } });
	return {
		own: (page) => `moz-extension://${uuid}/${page}`,
		tab: async (url) => {
			const { context } = (await command("browsingContext.create", { type: "tab" })) as { context: string };
			const made = tabOf(context, command);
			await made.go(url);
			return made;
		},
		close: async () => {
			const ended = new Promise((done) => firefox.once("exit", done));
			await command("browser.close", {}).catch(() => firefox.kill());
			await ended;
			rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}

type Command = (method: string, params: object) => Promise<unknown>;

function listening(firefox: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		let said = "";
		firefox.stderr?.on("data", (chunk) => {
			said += String(chunk);
			const found = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said)?.[1];
			if (found !== undefined) resolve(`${found}/session`);
		});
		firefox.once("exit", (code) => reject(new Error(`Expected Firefox to start, found exit code ${code}: ${said}`)));
	});
}

async function connect(address: string): Promise<Command> {
	const socket = new WebSocket(address);
	await new Promise((resolve, reject) => {
		socket.once("open", resolve);
		socket.once("error", reject);
	});
	const waiting = new Map<
		number,
		(answer: { type: string; result?: unknown; error?: string; message?: string }) => void
	>();
	socket.on("message", (data) => {
		const answer = JSON.parse(String(data));
		waiting.get(answer.id)?.(answer);
	});
	let last = 0;
	return (method, params) =>
		new Promise((resolve, reject) => {
			last += 1;
			waiting.set(last, ({ type, result, error, message }) =>
				type === "success" ? resolve(result) : reject(new Error(`${method}: ${error}: ${message}`)),
			);
			socket.send(JSON.stringify({ id: last, method, params }));
		});
}

function tabOf(context: string, command: Command): Tab {
	const evaluate = async (expression: string, serializationOptions: object = {}) => {
		const answer = (await command("script.evaluate", {
			expression,
			target: { context },
			awaitPromise: true,
			userActivation: true,
			serializationOptions,
		})) as { type: string; result: unknown; exceptionDetails?: { text: string } };
		if (answer.type !== "success") throw new Error(answer.exceptionDetails?.text);
		return answer.result;
	};
	const tree = () =>
		evaluate("document.documentElement", { maxDomDepth: 60, includeShadowTree: "all" }) as Promise<Node>;
	const act = (actions: object[]) => command("input.performActions", { context, actions });

	const until: Tab["until"] = async (check, what, timeout = 15_000) => {
		const end = performance.now() + timeout;
		for (;;) {
			const value = await check();
			if (value) return value;
			if (performance.now() > end)
				throw new Error(`Expected ${what} within ${timeout} ms, found none. Page: ${(await tab.text()).slice(0, 600)}`);
			await new Promise((done) => setTimeout(done, 100));
		}
	};
	const tab: Tab = {
		go: async (url) => {
			await command("browsingContext.navigate", { context, url, wait: "complete" });
		},
		run: async <T>(expression: string) => {
			const result = (await evaluate(`Promise.resolve(${expression}).then((it) => JSON.stringify(it ?? null))`)) as {
				value: string;
			};
			return JSON.parse(result.value) as T;
		},
		text: async () =>
			textOf(await tree())
				.replace(/\s+/g, " ")
				.trim(),
		click: async (text, tag) => {
			const sharedId = await until(
				async () => {
					for (const id of innermost(await tree(), text, tag)) if (await isInView(id)) return id;
					return null;
				},
				`${tag ?? "something"} that says ${text}`,
			);
			const origin = { type: "element", element: { sharedId } };
			await act([
				{
					type: "pointer",
					id: "mouse",
					actions: [
						{ type: "pointerMove", x: 0, y: 0, origin },
						{ type: "pointerDown", button: 0 },
						{ type: "pointerUp", button: 0 },
					],
				},
			]);
		},
		type: (text) => keys([...text]),
		press: (key) => keys([key]),
		show: async () => void (await command("browsingContext.activate", { context })),
		screenshot: async (file) => {
			const { data } = (await command("browsingContext.captureScreenshot", { context })) as { data: string };
			writeFileSync(file, Buffer.from(data, "base64"));
		},
		until,
	};
	const isInView = async (sharedId: string) => {
		const { result } = (await command("script.callFunction", {
			functionDeclaration: `(element) => {
				element.scrollIntoView({ block: "nearest" });
				const { left, right, top, bottom, width } = element.getBoundingClientRect();
				const [x, y] = [(left + right) / 2, (top + bottom) / 2];
				return width > 0 && x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
			}`,
			arguments: [{ sharedId }],
			target: { context },
			awaitPromise: false,
		})) as { result: { value: boolean } };
		return result.value;
	};
	const keys = async (pressed: string[]) => {
		await act([
			{
				type: "key",
				id: "keyboard",
				actions: pressed.flatMap((value) => [
					{ type: "keyDown", value },
					{ type: "keyUp", value },
				]),
			},
		]);
	};
	return tab;
}

function partsOf({ value }: Node): Node[] {
	return [...(value?.shadowRoot ? [value.shadowRoot] : []), ...(value?.children ?? [])];
}

function textOf(node: Node): string {
	const { value } = node;
	if (value === undefined || value.localName === "script" || value.localName === "style") return "";
	if (/display:\s*none/.test(value.attributes?.["style"] ?? "")) return "";
	if (value.nodeType === 3) return value.nodeValue ?? "";
	return ` ${partsOf(node).map(textOf).join("")} `;
}

/** The innermost elements that say it, by shared id, in document order. */
function innermost(node: Node, text: RegExp, tag: string | undefined): string[] {
	const inside = partsOf(node).flatMap((part) => innermost(part, text, tag));
	if (inside.length > 0) return inside;
	const name = node.value?.localName;
	if (name === undefined || node.sharedId === undefined || (tag !== undefined && name !== tag)) return [];
	const said = [textOf(node), node.value?.attributes?.["aria-label"] ?? ""].map((it) => it.replace(/\s+/g, " ").trim());
	return said.some((it) => text.test(it)) ? [node.sharedId] : [];
}
