import { type Host, isOurs } from "../hosts/host.ts";
import { settled } from "../lib/clock.ts";

/** How long a page must be quiet after a redraw, and the longest that it is waited for. */
const quiet = 60;
const longest = 300;

type Listeners = {
	/** Something was redrawn just now, and has not been painted yet. Must be quick. */
	redrawn(): void;
	/** The page shows something else, or has redrawn itself. */
	changed(): void;
	/** Something moved: a scroll, a resize. */
	moved(): void;
};

export type Watch = { look(): void; stop(): void };

/** Watches a host's page: its address, and the redrawing of its root, and what opens over it. `look` finds the root again. */
export function watchPage(host: Host, { redrawn, changed, moved }: Listeners): Watch {
	let root: Element | null = null;
	let isObserving = false;
	let waitingSince: number | null = null;
	const act = () => {
		waitingSince = null;
		changed();
	};
	const whenQuiet = settled(quiet, act);
	const observer = new MutationObserver((records) => {
		if (records.every(isOnlyOurs)) return;
		redrawn();
		waitingSince ??= performance.now();
		if (performance.now() - waitingSince > longest) act();
		else whenQuiet();
	});

	// The address may be ahead of what is drawn, or behind it: look at once, and again when it is quiet.
	const navigated = () => {
		changed();
		whenQuiet();
	};
	const stop = new AbortController();
	const { signal } = stop;
	whenAddressChanges(navigated, signal);
	addEventListener("resize", moved, { signal });
	document.addEventListener("scroll", moved, { capture: true, passive: true, signal });
	document.addEventListener("visibilitychange", navigated, { signal });

	return {
		look: () => {
			const found = host.root({ url: new URL(location.href), document });
			if (found === root && isObserving) return;
			observer.disconnect();
			isObserving = true;
			root = found;
			if (root === null) {
				// The page is still being read, or shows something that has no such root.
				observer.observe(document, { childList: true, subtree: true });
				return;
			}
			observer.observe(root, {
				childList: true,
				subtree: true,
				characterData: true,
				attributeFilter: ["class", "data-ticket-updated-at", "aria-current"],
			});
			// Menus and cards that pop up hang in the body itself.
			observer.observe(document.body, { childList: true });
		},
		stop: () => {
			observer.disconnect();
			stop.abort();
		},
	};
}

/** Calls `act` whenever the page goes somewhere else without being loaded anew. */
export function whenAddressChanges(act: () => void, signal?: AbortSignal): void {
	const options = signal === undefined ? {} : { signal };
	(globalThis as { navigation?: EventTarget }).navigation?.addEventListener("currententrychange", act, options);
	addEventListener("hashchange", act, options);
	addEventListener("popstate", act, options);
}

function isOnlyOurs({ type, addedNodes, removedNodes }: MutationRecord): boolean {
	return type === "childList" && [...addedNodes, ...removedNodes].every(isOurs);
}
