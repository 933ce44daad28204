import * as fail from "./failure.ts";
import type { Value } from "./state.ts";

type Leaf = [string, string, unknown];

/** Reads the value that a domain's left side names; throws for a field that does not exist. */
export type Reach = (path: string, leaf: Leaf) => Value;

/** Whether a record is of a domain, in Polish notation as Odoo takes it. */
export function matches(domain: readonly unknown[], reach: Reach): boolean {
	const stack: boolean[] = [];
	for (const part of [...domain].reverse()) {
		if (part === "!") stack.push(!stack.pop());
		else if (part === "&" || part === "|") {
			const [a = true, b = true] = [stack.pop(), stack.pop()];
			stack.push(part === "&" ? a && b : a || b);
		} else stack.push(holds(asLeaf(part), reach));
	}
	return stack.every(Boolean);
}

/** The fields that a domain names. */
export function namesIn(domain: readonly unknown[]): string[] {
	return domain.filter(Array.isArray).map((leaf) => String(leaf[0]));
}

function asLeaf(part: unknown): Leaf {
	if (!Array.isArray(part) || part.length !== 3) throw fail.value(`Invalid leaf ${JSON.stringify(part)}`);
	if (typeof part[0] !== "string") throw fail.attribute("'int' object has no attribute 'split'");
	return [part[0], String(part[1]), part[2]];
}

/** A leaf in Python's own writing, for messages. */
export function leafText([path, operator, right]: Leaf): string {
	return `(${python(path)}, ${python(operator)}, ${python(right)})`;
}

function python(value: unknown): string {
	if (typeof value === "string") return `'${value}'`;
	if (value === true) return "True";
	if (value === false) return "False";
	if (value === null || value === undefined) return "None";
	return Array.isArray(value) ? `[${value.map(python).join(", ")}]` : String(value);
}

/** ISO texts reach the database, which reads past the `T` and the `Z`. */
const comparable = (value: unknown): unknown =>
	typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) ? value.replace("T", " ").replace(/Z$/, "") : value;

function holds(leaf: Leaf, reach: Reach): boolean {
	const [path, operator] = leaf;
	const left = path === "id" || !/^\d+$/.test(path) ? reach(path, leaf) : false;
	const right = comparable(leaf[2]);
	const list = Array.isArray(left) ? left : null;
	const equals = (value: unknown) =>
		list === null
			? left === value || (left === 0 && value === false && typeof left !== "number")
			: value === false
				? list.length === 0
				: list.includes(value as number);
	const among = () => (Array.isArray(right) ? right : [right]).some((value) => equals(value));
	switch (operator) {
		case "=":
		case "==":
			return Array.isArray(right) ? among() : equals(right);
		case "!=":
		case "<>":
			return !(Array.isArray(right) ? among() : equals(right));
		case "in":
			return among();
		case "not in":
			return !among();
		case "like":
			return String(left || "").includes(String(right));
		case "ilike":
			return String(left || "")
				.toLowerCase()
				.includes(String(right).toLowerCase());
		case "not ilike":
			return !String(left || "")
				.toLowerCase()
				.includes(String(right).toLowerCase());
		case "=ilike":
			return String(left || "").toLowerCase() === String(right).toLowerCase();
	}
	if (left === false || right === false) return false;
	const [a, b] = [left as string | number, right as string | number];
	if (operator === ">") return a > b;
	if (operator === ">=") return a >= b;
	if (operator === "<") return a < b;
	if (operator === "<=") return a <= b;
	throw fail.value(`Invalid operator in ${leafText(leaf)}`);
}

/** Reads a domain that a rule keeps as Python text: literals alone. Throws what Python would. */
export function pythonDomain(text: string): unknown[] {
	const json = text
		.replace(/'((?:[^'\\]|\\.)*)'/g, (_, inner: string) => JSON.stringify(inner))
		.replaceAll("(", "[")
		.replaceAll(")", "]")
		.replace(/\bTrue\b/g, "true")
		.replace(/\bFalse\b/g, "false")
		.replace(/\bNone\b/g, "null")
		.replace(/,\s*\]/g, "]");
	try {
		const read: unknown = JSON.parse(json);
		if (Array.isArray(read)) return read;
	} catch {
		// Told below, as for what is no list.
	}
	throw fail.value(`invalid syntax while evaluating\n'${text}'`);
}
