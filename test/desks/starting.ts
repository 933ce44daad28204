import { people } from "./zammad/base.ts";
import { createZammadDesk, type ZammadDesk, type ZammadDeskOptions } from "./zammad/desk.ts";

/** People of a practice desk, by what they do. */
export const [agent, colleague] = people.agents;
export const [customer] = people.customers;
export const bot = people.bot;

export const password = "practice";

/** A desk that takes no time for anything. */
export const quick = {
	delivery: [0, 0],
	retries: [0, 0, 0, 0],
	answer: 2_000,
	push: 0,
} satisfies ZammadDeskOptions["timing"];

/** A ticket as a customer opens it. */
export const story = { title: "Printer", group: "Users", article: { body: "It does not print.", type: "web" } };

type Closing = { close(): Promise<void> };

/** Things to close when a test is over. */
export const opened: Closing[] = [];
export async function closeAll(): Promise<void> {
	for (const one of opened.splice(0)) await one.close();
}

/** A listening desk whose clock stands at nine o'clock of a Monday unless another is given. */
export async function startDesk(options: Partial<ZammadDeskOptions> = {}): Promise<ZammadDesk> {
	const now = Date.parse("2027-03-01T09:00:00.000Z");
	const desk = createZammadDesk({ now: () => now, port: 0, timing: quick, password, ...options });
	await desk.listen();
	opened.push(desk);
	return desk;
}

/** One call of a desk's API with a token. */
export async function send(desk: ZammadDesk, token: string, method: string, path: string, body?: unknown) {
	const response = await fetch(`${desk.url}/api/v1${path}`, {
		method,
		headers: {
			Accept: "application/json",
			Authorization: `Token token=${token}`,
			...(body === undefined ? {} : { "Content-Type": "application/json" }),
		},
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
