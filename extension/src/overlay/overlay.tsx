import { ourMark } from "../hosts/host.ts";
import { hostFor } from "../hosts/index.ts";
import { isAlive, onTold } from "../lib/browser.ts";
import { ask } from "../lib/messages.ts";
import { keptFaults } from "../lib/report.ts";
import { type Session, session } from "./session.ts";

const begun = Symbol.for("stipt.overlay");

/** Runs in a page of a helpdesk. Being put into the same page twice does nothing. */
function begin(): void {
	const here = globalThis as { [begun]?: true };
	if (here[begun]) return;
	here[begun] = true;
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
			if (host !== null && turn === starts) running = session(hello, host, faults);
		} catch (cause) {
			if (isAlive()) faults.add(cause);
		}
	};

	onTold((message) => {
		if (message === "report") return running?.report() ?? null;
		if (message === "changed") void start();
		return null;
	});
	void start();
}

begin();
