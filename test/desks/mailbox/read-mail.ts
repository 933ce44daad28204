/** A message as a person reads it. */
export type Letter = {
	from: string;
	to: string;
	cc: string;
	subject: string;
	/** `Date` of the message, as written. */
	date: string;
	messageId: string;
	/** All header fields by lower-case name, decoded, the last one of a name. */
	headers: Record<string, string>;
	text: string;
	html: string;
	attachments: { filename: string; type: string; size: number }[];
};

type Part = { headers: Record<string, string>; body: Buffer };

function decode(bytes: Buffer, charset: string): string {
	try {
		return new TextDecoder(charset).decode(bytes);
	} catch {
		return bytes.toString("utf8");
	}
}

function quotedPrintable(text: string, underscore: boolean): Buffer {
	const joined = (underscore ? text.replaceAll("_", " ") : text).replace(/=\r?\n/g, "");
	const bytes = joined.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
	return Buffer.from(bytes, "latin1");
}

/** Encoded words of a header field (RFC 2047) as text; white space between two of them belongs to neither. */
export function headerText(value: string): string {
	return value
		.replace(/(=\?[^?]+\?[bq]\?[^?]*\?=)\s+(?==\?)/gi, "$1")
		.replace(/=\?([^?]+)\?([bq])\?([^?]*)\?=/gi, (_, charset: string, kind: string, data: string) =>
			decode(kind.toLowerCase() === "b" ? Buffer.from(data, "base64") : quotedPrintable(data, true), charset),
		);
}

function split(raw: Buffer): Part {
	const end = raw.indexOf("\r\n\r\n");
	const head = raw.subarray(0, end < 0 ? raw.length : end).toString("utf8");
	const headers: Record<string, string> = {};
	for (const line of head.replace(/\r\n[ \t]+/g, " ").split("\r\n")) {
		const colon = line.indexOf(":");
		if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
	}
	return { headers, body: end < 0 ? Buffer.alloc(0) : raw.subarray(end + 4) };
}

function parameter(field: string, name: string): string | null {
	const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, "i").exec(field);
	return found ? (found[1] ?? found[2] ?? "") : null;
}

function content({ headers, body }: Part): Buffer {
	const encoding = (headers["content-transfer-encoding"] ?? "").toLowerCase();
	if (encoding === "base64") return Buffer.from(body.toString("latin1"), "base64");
	if (encoding === "quoted-printable") return quotedPrintable(body.toString("latin1"), false);
	return body;
}

function partsOf(body: Buffer, boundary: string): Part[] {
	const pieces = body
		.toString("latin1")
		.split(new RegExp(`(?:^|\\r\\n)--${boundary.replace(/[^A-Za-z0-9]/g, "\\$&")}(?:--)?[ \\t]*(?:\\r\\n|$)`));
	return pieces.slice(1, -1).map((piece) => split(Buffer.from(piece, "latin1")));
}

function collect(part: Part, letter: Letter): void {
	const type = part.headers["content-type"] ?? "text/plain";
	const boundary = parameter(type, "boundary");
	if (type.toLowerCase().startsWith("multipart/") && boundary !== null) {
		for (const inner of partsOf(part.body, boundary)) collect(inner, letter);
		return;
	}
	const disposition = part.headers["content-disposition"] ?? "";
	const filename = parameter(disposition, "filename") ?? parameter(type, "name");
	const bytes = content(part);
	const [kind = ""] = type.toLowerCase().split(";");
	if (filename !== null || /^attachment/i.test(disposition) || !/^text\/(plain|html)$/.test(kind.trim())) {
		letter.attachments.push({ filename: headerText(filename ?? ""), type: kind.trim(), size: bytes.length });
		return;
	}
	const text = decode(bytes, parameter(type, "charset") ?? "utf-8").replaceAll("\r\n", "\n");
	if (kind.trim() === "text/html") letter.html += text;
	else letter.text += text;
}

/** Reads a message as it came over SMTP. What is not understood is left out, never thrown. */
export function readMail(raw: Buffer): Letter {
	const whole = split(raw);
	const headers = Object.fromEntries(Object.entries(whole.headers).map(([name, value]) => [name, headerText(value)]));
	const letter: Letter = {
		from: headers.from ?? "",
		to: headers.to ?? "",
		cc: headers.cc ?? "",
		subject: headers.subject ?? "",
		date: headers.date ?? "",
		messageId: headers["message-id"] ?? "",
		headers,
		text: "",
		html: "",
		attachments: [],
	};
	collect(whole, letter);
	return letter;
}
