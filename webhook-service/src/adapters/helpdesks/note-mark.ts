/**
 * A note's last line, by which a repeat is recognised. Helpdesks strip comments and unknown attributes from HTML,
 * so the mark is visible, but small. With `trace` it is a link: what only we know travels in its address.
 */
export function withMark(html: string, mark: string, trace?: string): string {
	const text = `stipt:${escaped(mark)}`;
	const line = trace === undefined ? text : `<a href="${escaped(trace).replaceAll('"', "&quot;")}">${text}</a>`;
	return `${html}<p><small>${line}</small></p>`;
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

/** The marks that a message carries. */
export function marksIn(html: string): string[] {
	return [...html.matchAll(/stipt:([^\s<"]+)/g)].flatMap(([, mark]) => (mark === undefined ? [] : [unescaped(mark)]));
}

function escaped(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function unescaped(text: string): string {
	return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
