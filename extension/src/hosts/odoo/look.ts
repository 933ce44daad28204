import type { Look } from "../host.ts";

const font =
	'-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Ubuntu, "Noto Sans", Arial, sans-serif';

/** Odoo's own look. The dark one is Enterprise's, and not seen live; community 17 and 18 have none. */
export const look: Look = {
	light: {
		font,
		size: "14px",
		text: "#495057",
		strong: "#212529",
		muted: "#5f676e",
		panel: "#fff",
		raised: "#f1f2f4",
		line: "#dee2e6",
		accent: "#71639e",
		"on-accent": "#fff",
		radius: "4px",
		control: "4px",
		"label-size": "14px",
		"label-case": "none",
		"label-spacing": "0",
		label: "#212529",
		shadow: "0 4px 16px rgba(0,0,0,.18)",
	},
	dark: {
		font,
		size: "14px",
		text: "#d1d5db",
		strong: "#f3f4f6",
		muted: "#a3a9b3",
		panel: "#262a36",
		raised: "#323746",
		line: "#454b5c",
		accent: "#b3a6e0",
		"on-accent": "#1b1d26",
		radius: "4px",
		control: "4px",
		"label-size": "14px",
		"label-case": "none",
		"label-spacing": "0",
		label: "#f3f4f6",
		shadow: "0 4px 18px rgba(0,0,0,.6)",
	},
};
