/** A place in a proof and what stands there, for sentences about it. */
export type Reading = {
	value: unknown;
	path: string;
};

/** A proof does not have the form that it should have. */
export class FormError extends Error {
	override readonly name = "FormError";
}

export function child({ value, path }: Reading, key: string): Reading {
	const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
	if (!isObject) throw new FormError(`${path || "The proof"}: expected an object, found ${shown(value)}.`);
	const fields: Partial<Record<string, unknown>> = value;
	return { value: fields[key], path: path === "" ? key : `${path}.${key}` };
}

export function keys({ value, path }: Reading): string[] {
	if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.keys(value);
	throw new FormError(`${path}: expected an object, found ${shown(value)}.`);
}

export function isNull({ value }: Reading): boolean {
	return value === null;
}

export function text({ value, path }: Reading): string {
	if (typeof value === "string") return value;
	throw new FormError(`${path}: expected a text, found ${shown(value)}.`);
}

export function oneOf<const Word extends string>(reading: Reading, ...words: Word[]): Word {
	const found = words.find((word) => word === reading.value);
	if (found !== undefined) return found;
	throw new FormError(`${reading.path}: expected one of ${words.join(", ")}, found ${shown(reading.value)}.`);
}

export function yes({ value, path }: Reading): boolean {
	if (typeof value === "boolean") return value;
	throw new FormError(`${path}: expected true or false, found ${shown(value)}.`);
}

/** A whole number. */
export function whole({ value, path }: Reading): number {
	if (typeof value === "number" && Number.isSafeInteger(value)) return value;
	throw new FormError(`${path}: expected a whole number, found ${shown(value)}.`);
}

export function list({ value, path }: Reading): Reading[] {
	if (!Array.isArray(value)) throw new FormError(`${path}: expected a list, found ${shown(value)}.`);
	return value.map((element: unknown, index) => ({ value: element, path: `${path}[${index}]` }));
}

/** Days since 1970 of `YYYY-MM-DD`. */
export function date(reading: Reading): number {
	const written = text(reading);
	const found = /^\d{4}-\d{2}-\d{2}$/.test(written) ? Date.parse(`${written}T00:00:00Z`) : Number.NaN;
	if (Number.isFinite(found) && new Date(found).toISOString().startsWith(written)) return found / 86_400_000;
	throw new FormError(`${reading.path}: expected a date YYYY-MM-DD, found ${shown(written)}.`);
}

export function optional<Value>(reading: Reading, read: (reading: Reading) => Value): Value | null {
	return isNull(reading) ? null : read(reading);
}

function shown(value: unknown): string {
	const written = value === undefined ? "nothing" : JSON.stringify(value);
	return written.length > 60 ? `${written.slice(0, 57)}…` : written;
}
