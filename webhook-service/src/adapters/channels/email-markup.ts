import { html, trustedMarkup } from "../../words/html.ts";
import type { LetterContent } from "./email-letter.ts";

/** Dark bands with white text: at least 5.5 to 1. */
const bands: Record<LetterContent["kind"], string> = {
	warning: "#8a5300",
	breach: "#b3261e",
	escalation: "#8c1d18",
	"re-opened": "#5b3a9e",
	request: "#1f4e79",
};

/** For clients that know a dark mode; the others keep the inline colours. */
const darkStyle = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
	.page { background: #12151b !important; }
	.card { background: #1b2029 !important; border-color: #363e4b !important; }
	.text, .text a { color: #e8ebf0 !important; }
	.muted { color: #b0b8c5 !important; }
	.line { border-color: #363e4b !important; }
	.remark { background: #2a2415 !important; color: #f3e3b5 !important; border-color: #c9962b !important; }
	.button { background: #8ab4f8 !important; }
	.button a { color: #10141b !important; border-color: #8ab4f8 !important; }
	.link { color: #8ab4f8 !important; }
}
@media (max-width: 480px) {
	.inner { padding-left: 20px !important; padding-right: 20px !important; }
	.button, .button a { display: block !important; }
}`;

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** The HTML of an alert: tables and inline styles, because that is what mail programs render alike. */
export function letterMarkup(content: LetterContent): string {
	const { language, ticket, acknowledge } = content;
	const title =
		ticket.url === null
			? html`${ticket.name}`
			: html`<a href="${ticket.url}" class="text" style="color:#1a1f29;text-decoration:underline">${ticket.name}</a>`;
	return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${content.kindName}: ${content.headline}</title>
<style>${trustedMarkup(darkStyle)}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f2f4f7;${font}">
<div role="main">
<div style="display:none;max-height:0;overflow:hidden">${content.headline}. ${ticket.name}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f2f4f7">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background:#ffffff;border:1px solid #d5dae2;border-radius:8px;border-collapse:separate;overflow:hidden">
<tr><td class="inner" style="background:${bands[content.kind]};padding:18px 32px;color:#ffffff;${font}">
<div style="font-size:14px;line-height:20px;font-weight:600">${content.kindName}</div>
<h1 style="margin:2px 0 0;font-size:24px;line-height:32px;font-weight:700;color:#ffffff">${content.headline}</h1>
</td></tr>
<tr><td class="inner" style="padding:24px 32px 28px;${font}">
<h2 class="text" style="margin:0 0 8px;font-size:18px;line-height:26px;font-weight:600;color:#1a1f29" dir="auto">${title}</h2>
<p class="text" style="margin:0 0 16px;font-size:16px;line-height:24px;color:#1a1f29">${content.lead}</p>
${content.remarks.map(
	(remark) =>
		html`<p class="remark" style="margin:0 0 16px;padding:10px 14px;font-size:15px;line-height:22px;background:#fff6e0;color:#4d3800;border-left:4px solid #c9962b">${remark}</p>
`,
)}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 24px">
${content.rows.map(
	({ label, value }) => html`<tr>
<td class="muted line" width="34%" valign="top" style="padding:8px 12px 8px 0;border-top:1px solid #e3e7ed;font-size:15px;line-height:22px;color:#545d6b;${font}">${label}</td>
<td class="text line" valign="top" style="padding:8px 0;border-top:1px solid #e3e7ed;font-size:15px;line-height:22px;color:#1a1f29;font-weight:600;${font}">${value}</td>
</tr>
`,
)}</table>
<table role="presentation" cellpadding="0" cellspacing="0" border="0">
<tr><td class="button" align="center" bgcolor="#0b5cad" style="border-radius:6px;background:#0b5cad">
<a href="${acknowledge.url}" style="display:inline-block;padding:14px 36px;border:1px solid #0b5cad;border-radius:6px;font-size:18px;line-height:24px;font-weight:700;color:#ffffff;text-decoration:none;${font}">${acknowledge.label}</a>
</td></tr>
</table>
<p class="muted" style="margin:12px 0 0;font-size:14px;line-height:21px;color:#545d6b">${acknowledge.hint}</p>
${
	ticket.url === null
		? null
		: html`<p style="margin:16px 0 0;font-size:16px;line-height:24px"><a class="link" href="${ticket.url}" style="color:#0b5cad;font-weight:600">${content.openTicket}</a></p>
`
}</td></tr>
</table>
<p class="muted" style="max-width:600px;margin:16px auto 0;padding:0 12px;font-size:13px;line-height:20px;color:#545d6b;${font}">${content.why}</p>
</td></tr>
</table>
</div>
</body>
</html>
`.markup;
}
