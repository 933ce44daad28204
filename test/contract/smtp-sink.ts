import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

export type Letter = { from: string; to: string[]; raw: string };

/** A mail server on a free port of this machine that keeps what it accepts. */
export async function smtpSink(options: SMTPServerOptions = {}) {
	const letters: Letter[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ["STARTTLS"],
		disableReverseLookup: true,
		onData(stream, session, done) {
			const chunks: Buffer[] = [];
			stream.on("data", (chunk: Buffer) => chunks.push(chunk));
			stream.on("end", () => {
				const { mailFrom, rcptTo } = session.envelope;
				letters.push({
					from: mailFrom === false ? "" : mailFrom.address,
					to: rcptTo.map(({ address }) => address),
					raw: Buffer.concat(chunks).toString("latin1"),
				});
				done();
			});
		},
		...options,
	});
	// A client that goes away in the middle is part of what is tested here.
	server.on("error", () => undefined);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.server.address() as AddressInfo;
	return {
		address: `127.0.0.1:${port}`,
		letters,
		stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
	};
}
