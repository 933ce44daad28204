import type { StoredConnection } from "../store/store.ts";

/** What can be connected: which adapter it is, what must be typed, and what becomes of it. */
export type ConnectionKind = {
	kind: StoredConnection["kind"];
	adapter: string;
	summary: string;
	/** Names of the options that it cannot do without. */
	needs: readonly string[];
	settings(need: (name: string) => string, text: (name: string) => string | undefined): Record<string, unknown>;
	/** Options of its own that it can do without, and what they mean. */
	options?: Record<string, string>;
	/** Which option is the secret that its deliveries are signed with; absent: we draw one, and install it there. */
	hookSecret?: string;
	/** Options used to install and then forgotten, and which setting each is. */
	forInstall?: Record<string, string>;
};

const deadlineOption = { "--deadline-field NAME": "a date and time field that shows people the nearest deadline" };

function deadlineField(text: (name: string) => string | undefined): { deadlineField?: string } {
	const name = text("deadline-field");
	return name === undefined ? {} : { deadlineField: name };
}

export const connectionKinds: Record<string, ConnectionKind> = {
	zammad: {
		kind: "helpdesk",
		adapter: "zammad",
		summary: "connects a Zammad: looks at it, takes over its words, installs webhook and triggers",
		needs: ["url", "token"],
		settings: (need, text) => ({ token: need("token"), ...deadlineField(text) }),
		options: deadlineOption,
		forInstall: { "install-token": "installToken" },
	},
	odoo: {
		kind: "helpdesk",
		adapter: "odoo",
		summary: "connects an Odoo: looks at it, takes over its words, installs automation rules",
		needs: ["url", "db", "login", "key"],
		settings: (need, text) => ({
			...{ db: need("db"), login: need("login"), key: need("key") },
			...(text("tickets") === undefined ? {} : { dialect: text("tickets") }),
			...deadlineField(text),
		}),
		options: {
			"--tickets KIND": "oca, enterprise or project (default: the helpdesk that it has, else tasks)",
			...deadlineOption,
		},
		forInstall: { "install-login": "installLogin", "install-key": "installKey" },
	},
	generic: {
		kind: "helpdesk",
		adapter: "generic",
		summary: "connects any other system that speaks the documented shape",
		needs: ["url", "token", "secret"],
		hookSecret: "secret",
		settings: (need, text) => ({
			token: need("token"),
			...(text("host") === undefined ? {} : { host: text("host") }),
			...deadlineField(text),
		}),
		options: {
			"--host NAME": "which of the overlay's hosts its pages are, e.g. request-tracker",
			...deadlineOption,
		},
	},
	statuspage: {
		kind: "status-page",
		adapter: "statuspage",
		summary: "connects an Atlassian Statuspage",
		needs: ["url", "page-id", "key"],
		settings: (need) => ({ apiUrl: need("url"), pageId: need("page-id"), apiKey: need("key") }),
	},
	email: {
		kind: "channel",
		adapter: "email",
		summary: "connects an SMTP server for alerts",
		needs: ["smtp-url", "from"],
		settings: (need) => ({ url: need("smtp-url"), from: need("from") }),
	},
	webhook: {
		kind: "channel",
		adapter: "webhook",
		summary: "connects a receiver of signed webhooks for alerts",
		needs: ["url", "secret"],
		settings: (need) => ({ url: need("url"), secret: need("secret") }),
	},
};
