/** An instant as Python writes it: UTC, a space, microseconds unless they are zero. `micro`: 0 to 999. */
export function pythonStamp(at: number, micro: number): string {
	const [seconds = "", millis = "000"] = new Date(at).toISOString().replace("T", " ").replace("Z", "").split(".");
	const fraction = `${millis}${String(micro % 1000).padStart(3, "0")}`;
	return fraction === "000000" ? seconds : `${seconds}.${fraction}`;
}

/** The same, cut to the second: what Odoo shows, and what it keeps in fields that it fills itself. */
export const cut = (stamp: string): string => stamp.slice(0, 19);
