import { escapeHtml } from "./escape-html.ts";

const style = `
:root { color-scheme: light dark; --text: #24292e; --quiet: #57606a; --line: #d0d7de; --page: #fff; --link: #0b5cad; --mark: #f3f6f9; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e6e6; --quiet: #a9b1ba; --line: #3d444d; --page: #1c1f24; --link: #7db7f5; --mark: #262b32; } }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: .5rem 0; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 0; }
a { color: var(--link); } .quiet { color: var(--quiet); }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; } td:first-child { white-space: nowrap; }
dl { margin: 1rem 0; } dl div { display: flex; gap: .75rem; } dt { min-width: 6rem; color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
nav { display: flex; gap: .25rem; margin: 1rem 0 -1px; } nav a { padding: .4rem .9rem; border: 1px solid var(--line); border-radius: 6px 6px 0 0; text-decoration: none; }
nav a[aria-current] { background: var(--mark); font-weight: 600; }
iframe { width: 100%; height: 34rem; border: 1px solid var(--line); background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line); background: var(--mark); padding: 1rem; margin: 0; }
button { font: inherit; padding: .4rem .9rem; margin-top: 1rem; min-height: 2.5rem; cursor: pointer; }
label { display: block; margin: .75rem 0 .25rem; } input, select, textarea { font: inherit; width: 100%; box-sizing: border-box; padding: .4rem .6rem; min-height: 2.5rem; }
article { border: 1px solid var(--line); border-radius: 6px; padding: 1rem; margin: .75rem 0; } article ol { list-style: none; padding: 0; margin: .75rem 0 0; } article li { margin: .5rem 0; }
.pill { display: inline-block; padding: 0 .6rem; border-radius: 1rem; border: 1px solid currentcolor; font-size: .875rem; } .row { display: flex; justify-content: space-between; gap: 1rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
.good { color: #12703c; } .bad { color: #b3261e; } @media (prefers-color-scheme: dark) { .good { color: #6cd19a; } .bad { color: #ff9c94; } }
fieldset { border: 1px solid var(--line); border-radius: 6px; margin: 1rem 0; } fieldset label { display: flex; gap: .5rem; align-items: center; } fieldset input { width: auto; min-height: 1.5rem; }
`;

/** A page of a practice service: no frills, readable, light and dark as the reader's system is. `body` is HTML. */
export function plainPage(page: { language: string; title: string; body: string; script?: string }): string {
	const script = page.script === undefined ? "" : `<script type="module" src="${page.script}"></script>`;
	return `<!DOCTYPE html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
<style>${style}</style>
${script}
</head>
<body>
${page.body}
</body>
</html>
`;
}

/** Headers that go with such a page: nothing from elsewhere, scripts only from its own files. */
export const plainHeaders = {
	"Content-Type": "text/html; charset=utf-8",
	"Content-Security-Policy":
		"default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'self'",
	"X-Content-Type-Options": "nosniff",
	"Cache-Control": "no-store",
};
