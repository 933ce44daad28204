/**
 * A note's last line, by which a repeat is recognised. Helpdesks strip comments and unknown attributes from HTML,
 * so the mark is visible, but small.
 */
export function withMark(html: string, mark: string): string {
	return `${html}<p><small>stipt:${escaped(mark)}</small></p>`;
}

/** Whether a message carries exactly this mark; one that only begins with it does not count. */
export function carriesMark(html: string, mark: string): boolean {
	const needle = `stipt:${escaped(mark)}`;
	for (let at = html.indexOf(needle); at >= 0; at = html.indexOf(needle, at + 1)) {
		const next = html[at + needle.length];
		if (next === undefined || next === "<" || /\s/.test(next)) return true;
	}
	return false;
}

function escaped(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
