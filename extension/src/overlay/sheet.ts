import css from "data-text:./overlay.css";

let made: CSSStyleSheet | null = null;

/** The overlay's style sheet, parsed once for all its roots. */
export function sheet(): CSSStyleSheet {
	if (made === null) {
		made = new CSSStyleSheet();
		made.replaceSync(css);
	}
	return made;
}
