import type { Page } from "playwright-core";

/** A helpdesk that really runs, with the people who work in it. */
export type LiveDesk = {
	kind: "zammad" | "odoo";
	url: string;
	/** What `stipt connect` wants of it, and what is lent to install and to take away. */
	credentials: readonly string[];
	lent: readonly string[];
	/** The id there of the agent whose tickets these are. */
	agent(): Promise<string>;
	/** A customer asks for help, and the agent takes it. Answers the ticket's id. */
	ask(subject: string, text: string): Promise<string>;
	signIn(page: Page): Promise<void>;
	ticketPath(ticket: string): string;
	listPath: string;
	/** Narrows the list on screen to the agent's own tickets, where it is not by itself. */
	narrow(page: Page): Promise<void>;
	/** Where the overlay shows the timer, and where its priority is chosen. */
	mounts: { timer: string; matrix: string };
	/** Within what a page scrolls, so that it can be put back to its top. */
	scrolls: string;
	/** Ends the ticket on screen in the page's own form, as an agent does. */
	end(page: Page): Promise<void>;
};

export type Login = { login: string; password: string };

/** What the environment says; everything that is missing is named at once. */
export function environment(names: readonly string[]): (name: string) => string {
	const missing = names.filter((name) => !process.env[name]);
	if (missing.length > 0) throw new Error(`Expected ${missing.join(", ")} in the environment, found none.`);
	return (name) => process.env[name] ?? "";
}

/** `login:password`. */
export function loginOf(text: string): Login {
	const at = text.indexOf(":");
	if (at < 1) throw new Error("Expected login:password, found no colon.");
	return { login: text.slice(0, at), password: text.slice(at + 1) };
}
