/** What a mail says, decoded: headers by lower-case name, and the two forms of its body. */
export function readMail(raw: string): { headers: Record<string, string>; text: string; html: string } {
	const { headers, body } = split(raw);
	const boundary = /boundary="([^"]+)"/.exec(headers["content-type"] ?? "")?.[1];
	const parts = body.split(`--${boundary}`).map((part) => split(part.replace(/^\r\n/, "")));
	const partOf = (type: string) => {
		const part = parts.find((each) => each.headers["content-type"]?.startsWith(type));
		return part === undefined ? "" : decode(part.body, part.headers["content-transfer-encoding"] ?? "7bit");
	};
	return { headers, text: partOf("text/plain").replaceAll("\r\n", "\n"), html: partOf("text/html") };
}

function split(raw: string): { headers: Record<string, string>; body: string } {
	const [head = "", ...rest] = raw.split("\r\n\r\n");
	const lines = head.replace(/\r\n[ \t]+/g, " ").split("\r\n");
	const headers = Object.fromEntries(
		lines.map((line) => [
			line.slice(0, line.indexOf(":")).toLowerCase(),
			words(line.slice(line.indexOf(":") + 1).trim()),
		]),
	);
	return { headers, body: rest.join("\r\n\r\n") };
}

/** Bytes, one per character, as UTF-8. */
const utf8 = (bytes: string) => Buffer.from(bytes, "latin1").toString("utf8");
const bytesOf = (quoted: string) =>
	quoted.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

function words(value: string): string {
	return value
		.replace(/\?=\s+=\?/g, "?==?")
		.replace(/(=\?utf-8\?[bq]\?[^?]*\?=)+/gi, (run) =>
			utf8(
				[...run.matchAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi)]
					.map(([, kind = "", text = ""]) =>
						kind.toLowerCase() === "b"
							? Buffer.from(text, "base64").toString("latin1")
							: bytesOf(text.replaceAll("_", " ")),
					)
					.join(""),
			),
		);
}

function decode(body: string, encoding: string): string {
	if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
	return encoding === "quoted-printable" ? utf8(bytesOf(body.replaceAll("=\r\n", ""))) : utf8(body);
}
