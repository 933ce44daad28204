import { useCallback, useEffect, useState } from "react";
import { readStored, writeStored } from "../lib/browser.ts";
import { type Filter, filters, type Named, type Order, orders } from "./burn-order.ts";

/** What the side panel is narrowed to. A line that is chosen once is the person's own from then on. */
export type PanelChoices = {
	whose: "own" | "all";
	filter: Filter;
	order: Order;
	/** `null`: every one. With its name, as no ticket of it may be open now. */
	service: Named | null;
	line: Named | null;
};

const key = "panel";
const first: PanelChoices = { whose: "own", filter: "every", order: "burn", service: null, line: null };

/** What the person chose, also the last time; `null` until that is read. */
export function usePanelChoices(): [PanelChoices | null, (change: Partial<PanelChoices>) => void] {
	const [choices, setChoices] = useState<PanelChoices | null>(null);
	useEffect(() => {
		readStored(key).then(
			(stored) => setChoices(readChoices(stored)),
			() => setChoices(first),
		);
	}, []);
	const change = useCallback(
		(changed: Partial<PanelChoices>) => {
			const next = { ...(choices ?? first), ...changed };
			setChoices(next);
			writeStored(key, next).catch(() => undefined);
		},
		[choices],
	);
	return [choices, change];
}

/** Choices as stored; what is missing or unreadable is as on the first day. */
export function readChoices(stored: unknown): PanelChoices {
	const { whose, filter, order, service, line } = (stored ?? {}) as Record<string, unknown>;
	return {
		whose: whose === "all" ? "all" : "own",
		filter: filters.find((one) => one === filter) ?? first.filter,
		order: orders.find((one) => one === order) ?? first.order,
		service: readNamed(service),
		line: readNamed(line),
	};
}

function readNamed(stored: unknown): Named | null {
	const { id, name } = (stored ?? {}) as Record<string, unknown>;
	return typeof id === "string" && id !== "" && typeof name === "string" ? { id, name } : null;
}
