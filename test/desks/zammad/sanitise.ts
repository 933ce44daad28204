const kept = new Set(
	"a abbr b blockquote br code dd div dl dt em h1 h2 h3 h4 h5 h6 hr i li ol p pre s small span strong sub sup table tbody td th thead tr u ul".split(
		" ",
	),
);

/** Keeps plain markup of an article and drops scripts, handlers, styles, images and every address but http(s) and mailto. */
export function sanitise(html: string): string {
	return html
		.replace(/<!--[\s\S]*?-->/g, "")
		.replace(/<(script|style|iframe|object|template|svg|math)\b[\s\S]*?(<\/\1\s*>|$)/gi, "")
		.replace(/<(\/?)([a-z][a-z0-9]*)\b([^>]*)>?/gi, (_, slash: string, name: string, attributes: string) => {
			const tag = name.toLowerCase();
			if (!kept.has(tag)) return "";
			if (tag !== "a") return `<${slash}${tag}>`;
			if (slash) return "</a>";
			const address = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(attributes);
			const href = address?.[1] ?? address?.[2] ?? "";
			if (!/^(https?:|mailto:)/i.test(href)) return "<a>";
			return `<a href="${href.replaceAll('"', "&quot;")}" rel="nofollow noreferrer noopener" target="_blank">`;
		})
		.replace(/<a>([\s\S]*?)<\/a>/gi, "$1");
}
