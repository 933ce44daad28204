import { environment, type LiveDesk, type Login, loginOf } from "./live-desk.ts";

const names = ["ZAMMAD_URL", "ZAMMAD_TOKEN", "ZAMMAD_INSTALL_TOKEN", "ZAMMAD_AGENT", "ZAMMAD_CUSTOMER"];

type Zammad = LiveDesk & {
	/** The agent's own. */
	login: Login;
	/** The customer writes again. */
	say(ticket: string, text: string): Promise<void>;
};

/** A Zammad with its classic interface in English. */
export function zammad(): Zammad {
	const said = environment(names);
	const url = said("ZAMMAD_URL").replace(/\/$/, "");
	const agent = loginOf(said("ZAMMAD_AGENT"));
	const customer = loginOf(said("ZAMMAD_CUSTOMER"));

	const call = async (method: string, path: string, { login, password }: Login, body?: object) => {
		const authorization = `Basic ${Buffer.from(`${login}:${password}`).toString("base64")}`;
		const headers = { "content-type": "application/json", authorization };
		const answer = await fetch(`${url}/api/v1/${path}`, {
			method,
			headers,
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		if (!answer.ok) throw new Error(`Expected Zammad to answer ${method} ${path}, found ${answer.status}.`);
		return (await answer.json()) as { id: number };
	};
	const agentId = async () => (await call("GET", "users/me", agent)).id;

	return {
		kind: "zammad",
		url,
		credentials: ["--url", url, "--token", said("ZAMMAD_TOKEN")],
		lent: ["--install-token", said("ZAMMAD_INSTALL_TOKEN")],
		login: agent,
		agent: async () => String(await agentId()),
		ask: async (title, body) => {
			const { id } = await call("POST", "tickets", customer, { title, group: "Users", article: { body, type: "web" } });
			await call("PUT", `tickets/${id}`, agent, { owner_id: await agentId() });
			return String(id);
		},
		say: async (ticket, body) => {
			await call("PUT", `tickets/${ticket}`, customer, { article: { body, type: "web" } });
		},
		signIn: async (page) => {
			await page.goto(`${url}/#login`);
			await page.locator("input[name=username]").fill(agent.login, { timeout: 60_000 });
			await page.locator("input[name=password]").fill(agent.password);
			await page.locator("button[type=submit]").first().click();
			await page.locator(".user-menu").first().waitFor({ timeout: 120_000 });
			// It goes to its first page by itself, a moment later.
			await page.waitForURL((address) => !address.hash.startsWith("#login"), { timeout: 60_000 });
			await page.waitForTimeout(1_500);
		},
		ticketPath: (ticket) => `/#ticket/zoom/${ticket}`,
		listPath: "/#ticket/view/my_assigned",
		narrow: async () => undefined,
		mounts: { timer: "timer", matrix: "matrix" },
		scrolls: ".content.active",
		end: async (page) => {
			const answered = () =>
				page.waitForResponse(
					(answer) => answer.request().method() === "PUT" && /\/tickets\/\d+\?all=true/.test(answer.url()),
					{
						timeout: 20_000,
					},
				);
			const save = async () => {
				const saved = answered();
				saved.catch(() => undefined);
				const [closed] = await page.locator(".content.active select[name=state_id]").selectOption({ label: "closed" });
				await page.locator(".content.active .js-submit:visible").first().click();
				const told = (await saved).request().postDataJSON() as { state_id?: number | string };
				if (String(told.state_id) !== closed) throw new Error("Expected the page to save the state closed.");
			};
			// A note that comes in at that moment has the page draw its form anew.
			await save().catch(save).catch(save);
		},
	};
}
