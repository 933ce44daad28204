import css from "data-text:./overlay.css";
import type { Look } from "../hosts/host.ts";

let made: CSSStyleSheet | null = null;
const looks = new Map<Look, CSSStyleSheet>();

/** The overlay's style sheet, parsed once for all its roots. */
export function sheet(): CSSStyleSheet {
	made ??= parsed(css);
	return made;
}

/** A host's look as values of the overlay's custom properties, light and dark, parsed once for all roots. */
export function lookSheet(look: Look): CSSStyleSheet {
	const known = looks.get(look) ?? parsed((["light", "dark"] as const).map((shade) => ruleOf(shade, look)).join("\n"));
	looks.set(look, known);
	return known;
}

function ruleOf(shade: "light" | "dark", look: Look): string {
	const values = Object.entries(look[shade]).map(([token, value]) => `--${token}: ${value};`);
	return `.stipt[data-shade="${shade}"] { ${values.join(" ")} }`;
}

function parsed(text: string): CSSStyleSheet {
	const one = new CSSStyleSheet();
	one.replaceSync(text);
	return one;
}
