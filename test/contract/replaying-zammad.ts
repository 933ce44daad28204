import { createHmac } from "node:crypto";
import { type Asked, type Face, serve } from "../desks/serve.ts";
import { agent, bot, colleague, customer, password, quick, story } from "../desks/starting.ts";
import { people } from "../desks/zammad/base.ts";
import { createZammadDesk, type ZammadDesk } from "../desks/zammad/desk.ts";
import { differences, type Shape } from "./recorded-shape.ts";

/** One request that a real Zammad answered, and what it answered and sent. */
export type Exchange = {
	name: string;
	as: string;
	method: string;
	path: string;
	body?: unknown;
	type?: string;
	accept?: null;
	headers?: Record<string, string>;
	status: number;
	shape?: string;
	values?: Record<string, unknown>;
	error?: string;
	human?: boolean;
	/** Id of what it made there, by which later ones name it. */
	makes?: [kind: string, id: number];
	/** How many came; of some changes a real one sends now one more, now one less. */
	deliveries?: number | number[];
	delivery?: { trigger: string; headers: string[]; shape: string; values: Record<string, unknown> };
};
/** What a receiver answered to one delivery, again and again; 0: it closed the connection. */
export type Tries = { name: string; answers: number[]; asked: string[]; ids: number };
export type Replayed = { shapes: Record<string, Shape>; exchanges: Exchange[]; changes: Exchange[]; tries: Tries[] };

const secret = "a-secret-of-the-desk";

export async function startDesk() {
	let now = Date.parse("2026-11-22T15:00:00.000Z");
	const got: Asked[] = [];
	const answers: number[] = [];
	const face: Face = await serve(
		(asked) => {
			got.push(asked);
			const status = answers.shift() ?? 200;
			if (status === 0) return { status: 200, stream: (response) => void response.destroy() };
			return { status, text: "", ...(status > 300 && status < 400 ? { headers: { Location: "/elsewhere" } } : {}) };
		},
		{ port: 0 },
	);
	const desk: ZammadDesk = createZammadDesk({ now: () => now, port: 0, timing: quick, password });
	await desk.listen();
	const token = (login: string, permission: string[]) => ({
		Authorization: `Token token=${desk.act.token(login, permission)}`,
	});
	const basic = (login: string, word: string) => ({
		Authorization: `Basic ${Buffer.from(`${login}:${word}`).toString("base64")}`,
	});
	const headers: Record<string, Record<string, string>> = {
		bot: token(bot, ["admin", "ticket.agent"]),
		agent: token(agent, ["ticket.agent"]),
		colleague: token(colleague, ["ticket.agent"]),
		narrow: token(people.admin, ["ticket.agent"]),
		powerless: token(bot, []),
		installer: token(bot, ["admin.webhook", "admin.trigger", "admin.object"]),
		wrong: { Authorization: "Token token=nobody" },
		nobody: {},
		bearer: { Authorization: `Bearer ${desk.act.token(bot, ["admin", "ticket.agent"])}` },
		"wrong-password": basic(agent, "wrong"),
		password: basic(people.admin, password),
		customer: basic(customer, password),
	};
	const made = new Map<string, number>();
	const idOf = (kind: string, id: number): number => {
		const known = made.get(`${kind} ${id}`);
		if (known !== undefined) return known;
		if (kind !== "ticket") return id;
		const ticket = desk.act.open(customer, story);
		made.set(`ticket ${id}`, ticket.id);
		return ticket.id;
	};
	const number = (id: number) => {
		const here = idOf("ticket", id);
		return desk.state.tickets.find((ticket) => ticket.id === here)?.number ?? "";
	};
	const filled = (text: string) =>
		text
			.replace(/"\{(\w+):(\d+)\}"/g, (_, kind: string, id: string) => String(idOf(kind, Number(id))))
			.replace(/\{number:(\d+)\}/g, (_, id: string) => number(Number(id)))
			.replace(/\{(\w+):(\d+)\}/g, (_, kind: string, id: string) => String(idOf(kind, Number(id))))
			.replaceAll("{agent}", agent)
			.replaceAll("{colleague}", colleague)
			.replaceAll("{customer}", customer)
			.replaceAll("{group}", "Portal");

	const ask = async (exchange: Exchange) => {
		now += 5000;
		const { as, method, path, body, type, accept, headers: more = {}, makes } = exchange;
		const given = typeof body === "string" ? body : JSON.stringify(body);
		const response = await fetch(`${desk.url}${filled(path)}`, {
			method,
			headers: {
				...(accept === null ? {} : { Accept: "application/json" }),
				...(body === undefined ? {} : { "Content-Type": type ?? "application/json" }),
				...headers[as],
				...Object.fromEntries(Object.entries(more).map(([key, value]) => [key, filled(value)])),
			},
			...(body === undefined ? {} : { body: filled(given ?? "") }),
		});
		const text = await response.text();
		const answered: unknown = /^[[{]/.test(text) ? JSON.parse(text) : text;
		if (makes !== undefined && response.ok) made.set(makes.join(" "), (answered as { id: number }).id);
		await desk.deliveries.idle();
		return { status: response.status, answered, sent: got.splice(0) };
	};
	/** The webhook and the two triggers that the recorded deliveries came by. */
	const install = async () => {
		const send = async (path: string, body: unknown): Promise<{ id: number }> => {
			const sent = { "Content-Type": "application/json", Accept: "application/json", ...headers.bot };
			const answer = await fetch(`${desk.url}/api/v1${path}`, {
				method: "POST",
				headers: sent,
				body: JSON.stringify(body),
			});
			return (await answer.json()) as { id: number };
		};
		const { id } = await send("/webhooks", { name: "hook", endpoint: `${face.url}/hook`, signature_token: secret });
		for (const value of ["create", "update"]) {
			const condition = { "ticket.action": { operator: "is", value } };
			const perform = { "notification.webhook": { webhook_id: String(id) } };
			await send("/triggers", { name: `zz ${value}`, condition, perform, active: true });
		}
	};
	/** One change whose delivery is answered so; answers what came. */
	const tried = async (statuses: readonly number[]): Promise<Asked[]> => {
		const { id } = desk.act.open(customer, story);
		await desk.deliveries.idle();
		got.length = 0;
		answers.push(...statuses);
		desk.act.change(agent, id, { priority: "3 high" });
		await desk.deliveries.idle();
		answers.length = 0;
		return got.splice(0);
	};
	const close = async () => {
		await desk.close();
		await face.close();
	};
	return { ask, install, tried, close };
}

export type Replaying = Awaited<ReturnType<typeof startDesk>>;

/** How an answer differs from the recorded one, a line each. */
export function drift(
	exchange: Exchange,
	shapes: Replayed["shapes"],
	{ status, answered }: Awaited<ReturnType<Replaying["ask"]>>,
): string[] {
	const { error, human, shape, values } = exchange;
	if (status !== exchange.status)
		return [`status: expected ${exchange.status}, found ${status} ${JSON.stringify(answered).slice(0, 200)}`];
	if (error !== undefined) {
		const found = answered as { error?: string; error_human?: string };
		return [
			...(firstLine(found.error) === error ? [] : [`error: expected ${error}, found ${firstLine(found.error)}`]),
			...("error_human" in found === human ? [] : [`error_human: expected ${human}, found ${found.error_human}`]),
		];
	}
	return [
		...(shape === undefined ? [] : differences(shapes[shape] ?? "null", answered)),
		...valueDrift(values, answered),
	];
}

/** Ids of errors are random, and later lines quote programs. */
function firstLine(text: string | undefined): string {
	return (text ?? "").split("\n")[0]?.replace(/Error ID [\w-]+:/, "Error ID …:") ?? "";
}

/** How what a change sent differs from what a real one sent, a line each. */
export function deliveryDrift(
	{ deliveries = 0, delivery }: Exchange,
	shapes: Replayed["shapes"],
	sent: readonly Asked[],
): string[] {
	if (![deliveries].flat().includes(sent.length)) return [`deliveries: expected ${deliveries}, found ${sent.length}`];
	const [first] = sent;
	if (first === undefined || delivery === undefined) return [];
	const body = JSON.parse(first.raw.toString("utf8")) as { ticket: Record<string, unknown>; article: unknown };
	const by = (body.ticket.updated_by as { login: string }).login;
	const logins: Record<string, string> = { [agent]: "agent", [colleague]: "colleague", [customer]: "customer" };
	const { article, by: author, ...values } = delivery.values;
	const missing = delivery.headers.filter((name) => first.headers[name.toLowerCase()] === undefined);
	const signature = `sha1=${createHmac("sha1", secret).update(first.raw).digest("hex")}`;
	const trigger = `zz ${delivery.trigger}`;
	return [
		...missing.map((name) => `header ${name}: missing`),
		...(first.headers["x-hub-signature"] === signature ? [] : ["signature: not of these bytes"]),
		...(first.headers["x-zammad-trigger"] === trigger ? [] : [`trigger: expected ${trigger}`]),
		...(logins[by] === author ? [] : [`by: expected ${author}, found ${by}`]),
		...differences(shapes[delivery.shape] ?? "null", body),
		...valueDrift(values, body.ticket),
		...(article === null
			? [...(JSON.stringify(body.article) === "{}" ? [] : ["article: expected none"])]
			: valueDrift(article as Record<string, unknown>, body.article)),
	];
}

function valueDrift(values: Record<string, unknown> | undefined, answered: unknown): string[] {
	if (values === undefined) return [];
	const found = answered as Record<string, unknown>;
	const also: Record<string, unknown> = {
		...found,
		owned: found.owner_id !== 1,
		pending: found.pending_time !== null,
		closed: found.close_at !== null,
	};
	return Object.entries(values).flatMap(([key, value]) =>
		JSON.stringify(also[key]) === JSON.stringify(value)
			? []
			: [`${key}: expected ${JSON.stringify(value)}, found ${JSON.stringify(also[key])}`],
	);
}
