import { escapeHtml } from "../escape-html.ts";

/** The page of the desk: everything else is made by its scripts. */
export function shell(options: {
	language: string;
	dark: boolean;
	csrf: string;
	nonce: string;
	/** `desk`: the classic interface; `desktop`: the new one. */
	page: "desk" | "desktop";
}): string {
	const theme = options.dark ? ' data-theme="dark"' : "";
	return `<!DOCTYPE html>
<html lang="${escapeHtml(options.language)}" dir="ltr"${theme}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Practice desk</title>
<meta name="csrf-param" content="authenticity_token">
<meta name="csrf-token" content="${options.csrf}">
<link rel="stylesheet" href="/assets/${options.page}.css">
<script type="module" src="/assets/${options.page}.js" nonce="${options.nonce}"></script>
</head>
<body>
<div id="app"></div>
<div id="notify"></div>
</body>
</html>
`;
}
