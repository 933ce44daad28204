/** What an address of Odoo's web client says: the model, where it names one, and the record; `null`: none. */
export type Address = { model: string | null; record: string | null };

/**
 * Reads both forms. The older is `/web#id=19&model=…`; the newer is pairs of which the last is on screen, and names the
 * model of some records only: `/odoo/action-180/15/res.partner/11`.
 */
export function readAddress({ pathname, hash }: URL): Address {
	if (pathname === "/web") {
		const named = new URLSearchParams(hash.slice(1));
		return { model: named.get("model"), record: asId(named.get("id")) };
	}
	const [root, ...parts] = pathname.split("/").filter(Boolean);
	if (root !== "odoo") return { model: null, record: null };
	const record = parts.length > 1 ? asId(parts.at(-1)) : null;
	const owner = (record === null ? parts.at(-1) : parts.at(-2))?.replace(/^m-/, "") ?? "";
	return { model: owner.includes(".") && !owner.startsWith("action-") ? owner : null, record };
}

function asId(text: string | null | undefined): string | null {
	return text != null && /^[1-9]\d*$/.test(text) ? text : null;
}
