import { escapeHtml } from "../escape-html.ts";

/** The page of the web client: everything else is made by its scripts. */
export function shell(options: { language: string; dark: boolean; pace: number }): string {
	const theme = options.dark ? ' data-theme="dark"' : "";
	return `<!DOCTYPE html>
<html lang="${escapeHtml(options.language)}"${theme}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, user-scalable=no">
<title>Odoo</title>
<link rel="stylesheet" href="/assets/desk.css">
<link rel="stylesheet" href="/assets/icons.css">
<script type="module" src="/assets/desk.js" data-pace="${options.pace}"></script>
</head>
<body class="o_web_client">
</body>
</html>
`;
}

const colours = ["#9c3f97", "#6fa834", "#2f7bbf", "#b7651d", "#2b8a84", "#8a5a3b", "#5b56b5"];

/** A person's picture: the first letter on a colour. */
export function avatar(id: number, name: string): string {
	const colour = colours[id % colours.length] ?? "#666";
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 180 180" height="180" width="180"><rect fill="${colour}" height="180" width="180"/><text fill="#fff" font-size="96" text-anchor="middle" x="90" y="125" font-family="sans-serif">${escapeHtml(name.slice(0, 1).toUpperCase())}</text></svg>`;
}
