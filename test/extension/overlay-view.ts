import type { CDPSession, Page } from "playwright-core";

type DomNode = {
	nodeType: number;
	nodeName: string;
	nodeValue: string;
	backendNodeId: number;
	attributes?: string[];
	children?: DomNode[];
	shadowRoots?: DomNode[];
};

export type Seen = { role: string; name: string; node: number; properties: Record<string, unknown> };

/**
 * What a person sees and hears of the overlay. Its shadow roots are closed, so this looks through the browser's own
 * debugging protocol: texts from the document tree, roles and names from the accessibility tree.
 */
export type OverlayView = {
	/** Names of the mounts on the page, in document order. */
	mounts(): Promise<string[]>;
	/** The text of a mount; badges are numbered from 0. */
	text(mount: string, nth?: number): Promise<string>;
	/** Everything with a role inside a mount. */
	all(mount: string, role?: string): Promise<Seen[]>;
	click(mount: string, role: string, name: RegExp): Promise<void>;
	/** Where the keyboard focus is inside the overlay. */
	focused(): Promise<Seen | null>;
	/** Waits until `check` gives something true. */
	until<T>(check: () => Promise<T>, what: string, timeout?: number): Promise<NonNullable<T>>;
	/** Runs a script in the extension's own world on the page. */
	inExtension(script: string): Promise<unknown>;
};

export async function overlayView(page: Page): Promise<OverlayView> {
	const cdp = await page.context().newCDPSession(page);
	let world: number | null = null;
	cdp.on("Runtime.executionContextCreated", ({ context }) => {
		if (context.auxData?.type === "isolated" && context.origin.startsWith("chrome-extension://")) world = context.id;
	});
	await cdp.send("Runtime.enable");
	await cdp.send("DOM.enable");
	await cdp.send("Accessibility.enable");

	const mounted = async (): Promise<{ name: string; root: DomNode }[]> => {
		const { root } = (await cdp.send("DOM.getDocument", { depth: -1, pierce: true })) as unknown as { root: DomNode };
		const found: { name: string; root: DomNode }[] = [];
		const walk = (node: DomNode): void => {
			const name = attribute(node, "data-stipt");
			const shadow = node.shadowRoots?.[0];
			// The room that is kept for a timer shows nothing.
			if (name !== null && name !== "room" && shadow !== undefined && !isHidden(node))
				found.push({ name, root: shadow });
			for (const child of node.children ?? []) walk(child);
		};
		walk(root);
		return found;
	};
	const rootOf = async (mount: string, nth: number): Promise<DomNode | null> =>
		(await mounted()).filter(({ name }) => name === mount)[nth]?.root ?? null;

	const all: OverlayView["all"] = async (mount, role) => {
		const root = await rootOf(mount, 0);
		if (root === null) return [];
		const inside = new Set<number>();
		const walk = (node: DomNode): void => {
			inside.add(node.backendNodeId);
			for (const child of node.children ?? []) walk(child);
		};
		walk(root);
		const { nodes } = await cdp.send("Accessibility.getFullAXTree");
		return nodes
			.filter(
				({ ignored, backendDOMNodeId }) => !ignored && backendDOMNodeId !== undefined && inside.has(backendDOMNodeId),
			)
			.map((node) => ({
				role: String(node.role?.value ?? ""),
				name: String(node.name?.value ?? ""),
				node: node.backendDOMNodeId ?? 0,
				properties: Object.fromEntries((node.properties ?? []).map(({ name, value }) => [name, value.value])),
			}))
			.filter((seen) => role === undefined || seen.role === role);
	};

	const until: OverlayView["until"] = async (check, what, timeout = 8_000) => {
		const end = performance.now() + timeout;
		for (;;) {
			const value = await check();
			if (value) return value;
			if (performance.now() > end)
				throw new Error(`Expected ${what} within ${timeout} ms, found none. Overlay: ${await dump()}`);
			await page.waitForTimeout(40);
		}
	};
	const dump = async () =>
		JSON.stringify((await mounted()).map(({ name, root }) => [name, textOf(root).slice(0, 300)]));

	return {
		mounts: async () => (await mounted()).map(({ name }) => name),
		text: async (mount, nth = 0) => {
			const root = await rootOf(mount, nth);
			return root === null ? "" : textOf(root).replace(/\s+/g, " ").trim();
		},
		all,
		click: async (mount, role, name) => {
			const target = await until(
				async () => (await all(mount, role)).find((seen) => name.test(seen.name)),
				`a ${role} named ${name} in ${mount}`,
			);
			const { x, y } = await centre(cdp, target.node);
			await page.mouse.click(x, y);
		},
		focused: async () => {
			for (const mount of new Set((await mounted()).map(({ name }) => name))) {
				const found = (await all(mount)).filter(({ properties }) => properties["focused"] === true).at(-1);
				if (found !== undefined) return found;
			}
			return null;
		},
		until,
		inExtension: async (script) => {
			await until(async () => world !== null, "the extension's world");
			const { result, exceptionDetails } = await cdp.send("Runtime.evaluate", {
				expression: script,
				contextId: world ?? 0,
				awaitPromise: true,
				returnByValue: true,
			});
			if (exceptionDetails !== undefined)
				throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
			return result.value;
		},
	};
}

async function centre(cdp: CDPSession, backendNodeId: number): Promise<{ x: number; y: number }> {
	await cdp.send("DOM.scrollIntoViewIfNeeded", { backendNodeId });
	const { model } = await cdp.send("DOM.getBoxModel", { backendNodeId });
	const [left = 0, top = 0, , , right = 0, bottom = 0] = model.border;
	return { x: (left + right) / 2, y: (top + bottom) / 2 };
}

function attribute({ attributes = [] }: DomNode, name: string): string | null {
	const at = attributes.indexOf(name);
	return at % 2 === 0 ? (attributes[at + 1] ?? null) : null;
}

function isHidden(node: DomNode): boolean {
	return /display:\s*none/.test(attribute(node, "style") ?? "");
}

function textOf(node: DomNode): string {
	if (node.nodeType === 3) return node.nodeValue;
	const inner = (node.children ?? []).map(textOf).join("");
	return /^(button|span|p|li|dt|dd|div|td|th|label|section|h2|option|b|bdi)$/i.test(node.nodeName)
		? ` ${inner} `
		: inner;
}
