import { createHmac, randomUUID } from "node:crypto";
import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import { payload, railsJson } from "./payload.ts";
import { type DeskState, nextId, type WebhookRow } from "./state.ts";

/** How long a desk takes, in milliseconds. */
export type Timing = {
	/** From a change to the first try of its delivery: at least, at most. */
	delivery: [number, number];
	/** Waits before the second try and each later one. */
	retries: number[];
	/** How long a receiver may take to answer. */
	answer: number;
};

/** One delivery on its way. Its body is made anew for every try. */
export type Job = {
	/** `X-Zammad-Delivery`: the same on every try. */
	id: string;
	trigger: string;
	webhook: string;
	ticket: number;
	article: number | null;
	tries: number;
};

export type Deliveries = {
	add(job: { trigger: string; webhook: string; ticket: number; article: number | null }): void;
	/** What has not arrived and is not given up. */
	waiting(): Job[];
	/** Resolves once nothing is under way. */
	idle(): Promise<void>;
	stop(): void;
};

type Queued = Job & { notBefore: number };

/** One try: the status that came back, 0 for none. */
type Tried = { status: number; text: string };

function post(
	url: URL,
	method: "POST" | "GET",
	headers: Record<string, string>,
	body: Buffer,
	limit: number,
): Promise<IncomingMessage> {
	return new Promise((resolve, reject) => {
		const send = url.protocol === "https:" ? tlsRequest : plainRequest;
		const request = send(url, { method, headers, timeout: limit, agent: false });
		const timer = setTimeout(() => request.destroy(new Error("no answer in time")), limit);
		request.once("error", (error) => {
			clearTimeout(timer);
			reject(error);
		});
		request.once("response", (response) => {
			clearTimeout(timer);
			resolve(response);
		});
		request.end(body);
	});
}

async function read(response: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
	return Buffer.concat(chunks).toString("utf8");
}

/** Sends once. A redirect is followed with a GET that repeats headers and body, as 5.2 does. */
async function send(
	webhook: WebhookRow,
	headers: Record<string, string>,
	body: Buffer,
	limit: number,
): Promise<Tried[]> {
	const tries: Tried[] = [];
	let url = new URL(webhook.endpoint);
	for (let hop = 0; hop < 10; hop++) {
		let response: IncomingMessage;
		try {
			response = await post(url, hop === 0 ? "POST" : "GET", headers, body, limit);
		} catch (error) {
			return [...tries, { status: 0, text: error instanceof Error ? error.message : "" }];
		}
		const text = await read(response).catch(() => "");
		const status = response.statusCode ?? 0;
		tries.push({ status, text });
		const { location } = response.headers;
		if (status < 300 || status >= 400 || location === undefined) return tries;
		url = new URL(location, url);
	}
	return tries;
}

/** A header value as raw UTF-8 bytes. */
const utf8 = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

/** The queue of one worker: deliveries leave in order, one at a time, so a slow receiver holds up all of them. */
export function createDeliveries(options: {
	state: DeskState;
	publicUrl: () => string;
	timing: Timing;
	stamp: () => string;
	changed: () => void;
}): Deliveries {
	const { state, timing } = options;
	const queue: Queued[] = [];
	const waiters: (() => void)[] = [];
	let busy = false;
	let stopped = false;
	let timer: NodeJS.Timeout | undefined;

	const settle = () => {
		if (queue.length > 0 || busy) return;
		for (const resolve of waiters.splice(0)) resolve();
	};

	const log = (webhook: WebhookRow, headers: Record<string, string>, body: Buffer, tried: Tried) => {
		const head = Object.entries(headers).map(([name, value]) => `${name.toLowerCase()}: ${value}`);
		state.httpLogs.push({
			id: nextId(state, "httpLog"),
			url: webhook.endpoint,
			status: String(tried.status),
			request: `${head.join("\n")}\n\n${body.toString("utf8")}`.slice(0, 8000),
			response: tried.text.slice(0, 8000),
			created_at: options.stamp(),
		});
		state.httpLogs.splice(0, Math.max(0, state.httpLogs.length - 200));
		options.changed();
	};

	const attempt = async (job: Queued): Promise<boolean> => {
		const webhook = state.webhooks.find((candidate) => String(candidate.id) === job.webhook);
		const rendered = payload(state, job, options.publicUrl());
		if (!webhook?.active || rendered === null) return true;
		const body = Buffer.from(railsJson(rendered), "utf8");
		const headers: Record<string, string> = {
			"Accept-Encoding": "gzip;q=1.0,deflate;q=0.6,identity;q=0.3",
			Accept: "*/*",
			"User-Agent": "Zammad User Agent",
			"X-Zammad-Trigger": utf8(job.trigger),
			"X-Zammad-Delivery": job.id,
			"Content-Type": "application/json",
		};
		if (webhook.signature_token) {
			headers["X-Hub-Signature"] = `sha1=${createHmac("sha1", webhook.signature_token).update(body).digest("hex")}`;
		}
		Object.assign(headers, { Connection: "close", "Content-Length": String(body.length) });
		const tries = await send(webhook, headers, body, timing.answer);
		if (tries[0]) log(webhook, headers, body, tries[0]);
		const last = tries.at(-1)?.status ?? 0;
		return last >= 200 && last < 300;
	};

	const pump = async () => {
		if (busy || stopped) return;
		busy = true;
		clearTimeout(timer);
		for (;;) {
			const at = performance.now();
			const job = queue.find((candidate) => candidate.notBefore <= at);
			if (!job || stopped) break;
			job.tries += 1;
			const arrived = await attempt(job).catch(() => false);
			const wait = timing.retries[job.tries - 1];
			if (arrived || wait === undefined) queue.splice(queue.indexOf(job), 1);
			else job.notBefore = performance.now() + wait;
		}
		busy = false;
		settle();
		if (queue.length === 0 || stopped) return;
		const next = Math.min(...queue.map((job) => job.notBefore));
		timer = setTimeout(() => void pump(), Math.max(1, next - performance.now()));
		timer.unref();
	};

	return {
		add(job) {
			const [least, most] = timing.delivery;
			const delay = least + Math.random() * (most - least);
			const behind = queue.at(-1);
			const notBefore = Math.max(performance.now() + delay, behind && behind.tries === 0 ? behind.notBefore : 0);
			queue.push({ ...job, id: randomUUID(), tries: 0, notBefore });
			setImmediate(() => void pump());
		},
		waiting: () => queue.map(({ notBefore: _, ...job }) => job),
		idle: () =>
			new Promise((resolve) => {
				waiters.push(resolve);
				settle();
			}),
		stop() {
			stopped = true;
			clearTimeout(timer);
			queue.length = 0;
			settle();
		},
	};
}
