/** Copies text; `beside` is an element on the page. Answers whether the browser allowed it. */
export async function copyText(text: string, beside: Element): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		// Pages without https have no clipboard, and some pages forbid it: a selection can still be copied.
		return copySelection(text, beside);
	}
}

function copySelection(text: string, beside: Element): boolean {
	const back = (beside.getRootNode() as ShadowRoot).activeElement;
	const field = document.createElement("textarea");
	field.value = text;
	field.style.position = "fixed";
	field.style.opacity = "0";
	beside.after(field);
	field.select();
	const isCopied = document.execCommand("copy");
	field.remove();
	if (back instanceof HTMLElement) back.focus();
	return isCopied;
}
