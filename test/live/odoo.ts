import { environment, type LiveDesk, loginOf } from "./live-desk.ts";

const names = [
	...["ODOO_URL", "ODOO_DB", "ODOO_LOGIN", "ODOO_KEY", "ODOO_INSTALL_LOGIN", "ODOO_INSTALL_KEY"],
	...["ODOO_AGENT", "ODOO_CUSTOMER"],
];

/** An Odoo with the helpdesk of the OCA, in English; its team has the stage Done. */
export function odoo(): LiveDesk {
	const said = environment(names);
	const url = said("ODOO_URL").replace(/\/$/, "");
	const database = said("ODOO_DB");
	const agent = loginOf(said("ODOO_AGENT"));
	const customer = loginOf(said("ODOO_CUSTOMER"));

	const rpc = async <Answer>(service: string, method: string, args: unknown[]): Promise<Answer> => {
		const answer = await fetch(`${url}/jsonrpc`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ jsonrpc: "2.0", method: "call", params: { service, method, args } }),
		});
		const { result, error } = (await answer.json()) as { result?: Answer; error?: { data?: { message?: string } } };
		if (result === undefined) throw new Error(`Expected Odoo to answer ${method}, found ${error?.data?.message}.`);
		return result;
	};
	const idOf = async ({ login, password }: typeof agent) => {
		const id = await rpc<number | false>("common", "login", [database, login, password]);
		if (id === false) throw new Error(`Expected Odoo to know ${login}, found a refusal.`);
		return id;
	};
	const asAgent = async <Answer>(model: string, method: string, ...args: unknown[]) =>
		rpc<Answer>("object", "execute_kw", [database, await idOf(agent), agent.password, model, method, args]);

	return {
		kind: "odoo",
		url,
		credentials: ["--url", url, "--db", database, "--login", said("ODOO_LOGIN"), "--key", said("ODOO_KEY")],
		lent: ["--install-login", said("ODOO_INSTALL_LOGIN"), "--install-key", said("ODOO_INSTALL_KEY")],
		agent: async () => String(await idOf(agent)),
		// By telephone: the portal's form wants a category, which few have.
		ask: async (name, description) => {
			const [user] = await asAgent<{ partner_id: [number, string] }[]>(
				"res.users",
				"read",
				[await idOf(customer)],
				["partner_id"],
			);
			const [team] = await asAgent<number[]>("helpdesk.ticket.team", "search", []);
			const values = {
				name,
				description,
				partner_id: user?.partner_id[0],
				team_id: team,
				user_id: await idOf(agent),
				priority: "1",
			};
			return String(await asAgent<number>("helpdesk.ticket", "create", values));
		},
		signIn: async (page) => {
			await page.goto(`${url}/web/login`);
			await page.locator("#login").fill(agent.login);
			await page.locator("#password").fill(agent.password);
			await page.locator("button[type=submit]").first().click();
			await page.locator(".o_main_navbar").waitFor({ timeout: 120_000 });
		},
		ticketPath: (ticket) => `/web#id=${ticket}&model=helpdesk.ticket&view_type=form`,
		listPath: "/web#action=helpdesk_mgmt.helpdesk_ticket_action&model=helpdesk.ticket&view_type=list",
		narrow: async (page) => {
			const [user] = await asAgent<{ name: string }[]>("res.users", "read", [await idOf(agent)], ["name"]);
			await page.locator(".o_searchview_input").fill(user?.name ?? "");
			await page.locator(".o_searchview_autocomplete li", { hasText: "user" }).first().click();
		},
		mounts: { timer: "bar", matrix: "bar" },
		scrolls: ".o_content",
		end: async (page) => {
			const stages = page.locator(".o_statusbar_status");
			const inBar = stages.locator("> button[data-value]", { hasText: "Done" });
			if (!(await inBar.isVisible())) await stages.locator("button.dropdown-toggle:visible").first().click();
			await inBar
				.or(stages.locator(".dropdown-item", { hasText: "Done" }))
				.first()
				.click();
		},
	};
}
