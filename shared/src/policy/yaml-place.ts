import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter } from "yaml";

/** Keys and positions from the top of a document. */
export type Path = readonly (string | number)[];

/** `services.portal.groups[0]`; a key that is no plain word stands in quotes. */
export function formatPath(path: Path): string {
	return path.reduce<string>((text, key) => {
		if (typeof key === "number") return `${text}[${key}]`;
		if (!/^[\w-]+$/.test(key)) return `${text}[${JSON.stringify(key)}]`;
		return text === "" ? key : `${text}.${key}`;
	}, "");
}

/** What a map holds under a key of its own, or a list at a position. */
export function memberOf(value: unknown, key: string | number): unknown {
	if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
	return (value as Record<string | number, unknown>)[key];
}

/** Line and column of an offset, both from 1. */
export function placeOf(lines: LineCounter, offset: number): { line: number; column: number } {
	const { line, col } = lines.linePos(offset);
	return line === 0 ? { line: 1, column: 1 } : { line, column: col };
}

/** Where the value at a path begins; its key for a map, a list or nothing; else the nearest place around it. */
export function offsetOf(document: Document.Parsed, path: Path, atKey: boolean): number {
	let node: unknown = document.contents;
	let offset = isMap(node) || isSeq(node) || isScalar(node) ? (node.range?.[0] ?? 0) : 0;
	if (path.length === 0) return offset;
	for (const [depth, segment] of path.entries()) {
		if (isAlias(node)) node = node.resolve(document);
		if (isMap(node)) {
			const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(segment));
			if (pair === undefined) return depth === 0 ? 0 : offset;
			if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
			node = pair.value;
		} else if (isSeq(node) && node.items[Number(segment)] !== undefined) {
			node = node.items[Number(segment)];
			if (isMap(node) || isSeq(node) || isScalar(node)) offset = node.range?.[0] ?? offset;
		} else {
			return offset;
		}
	}
	if (atKey) return offset;
	const stands = (isAlias(node) || isScalar(node) || isMap(node) || isSeq(node)) && node.range ? node.range[0] : offset;
	const isBlock = (isMap(node) || isSeq(node)) && !node.flow;
	return isBlock || (isScalar(node) && node.value === null) ? offset : stands;
}

/** The path of the innermost key or item whose text an offset lies in. */
export function pathAt(document: Document.Parsed, offset: number): Path {
	const path: (string | number)[] = [];
	let node: unknown = document.contents;
	while ((isMap(node) || isSeq(node)) && (node.range?.[2] ?? offset) >= offset) {
		const keys = isMap(node) ? node.items.map((item) => item.key) : node.items;
		const index = lastIndexBefore(keys, offset);
		const key = keys[index];
		if (key === undefined) return path;
		path.push(isMap(node) && isScalar(key) ? String(key.value) : index);
		node = isMap(node) ? node.items[index]?.value : key;
	}
	return path;
}

function lastIndexBefore(nodes: readonly unknown[], offset: number): number {
	let found = -1;
	for (const [index, node] of nodes.entries()) {
		if ((isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)) && (node.range?.[0] ?? offset + 1) <= offset) {
			found = index;
		}
	}
	return found;
}
