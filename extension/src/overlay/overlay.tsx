import { ourMark } from "../hosts/host.ts";
import { hostFor } from "../hosts/index.ts";
import { isAlive, onTold } from "../lib/browser.ts";
import { ask, isSaved } from "../lib/messages.ts";
import { keptFaults } from "../lib/report.ts";
import { beginMeeting } from "./meeting.ts";
import { type Session, session } from "./session.ts";

/** Runs in a page of a helpdesk. Being put into the same page twice does nothing. */
function begin(): void {
	const meeting = beginMeeting();
	if (meeting === null) return;
	const faults = keptFaults();
	let running: Session | null = null;
	let starts = 0;

	const start = async (): Promise<void> => {
		starts += 1;
		const turn = starts;
		running?.stop();
		running = null;
		// What an earlier version of the extension left behind when it was replaced under this page.
		for (const left of document.querySelectorAll(`[${ourMark}]`)) left.remove();
		try {
			const hello = await ask("hello", null);
			const host = hostFor(hello.connection?.kind ?? "", new URL(location.href));
			if (host !== null && turn === starts) running = session(hello, host, { faults, meeting });
		} catch (cause) {
			if (isAlive()) faults.add(cause);
		}
	};

	onTold((message) => {
		if (message === "report") return running?.report() ?? null;
		if (message === "changed") void start();
		if (isSaved(message)) running?.hear(new URL(message.saved));
		return null;
	});
	void start();
}

begin();
