/** The address when a link may point there (http or https), else `null`: foreign data can hold `javascript:`. */
export function webAddress(address: string | null): string | null {
	if (address === null || !URL.canParse(address)) return null;
	return ["http:", "https:"].includes(new URL(address).protocol) ? address : null;
}
