import { type AddressInfo, createServer } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Notice } from "../../webhook-service/src/adapters/channels/channel.ts";
import { type ChannelId, channels } from "../../webhook-service/src/adapters/channels/index.ts";
import { createCall } from "../../webhook-service/src/call.ts";
import { ServiceError } from "../../webhook-service/src/errors.ts";
import type { StoredConnection } from "../../webhook-service/src/store/store.ts";
import { deadAddress, httpSink, type ReceivedRequest, type SinkAnswer } from "./http-sink.ts";
import { readMail } from "./read-mail.ts";
import { fixtureNames, requestFixtures } from "./request-fixtures.ts";
import { type Letter, smtpSink } from "./smtp-sink.ts";

type Settings = Record<string, unknown>;
type Fixture = { settings: Settings; notice: Notice; expected: ExpectedLetter | ExpectedRequest };
type ExpectedLetter = {
	envelope: { from: string; to: string[] };
	headers: Record<string, string>;
	headersAbsent?: string[];
	text?: string[];
	textHas?: string[];
	textLacks?: string[];
	htmlHas?: string[];
	htmlLacks?: string[];
};
type ExpectedRequest = { method: string; path: string; headers: Record<string, string>; body: unknown };

const ids = Object.keys(channels) as ChannelId[];
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
	vi.useRealTimers();
	await Promise.all(stops.splice(0).map((stop) => stop()));
});
function kept<T extends { stop: () => Promise<void> }>(sink: T): T {
	stops.push(sink.stop);
	return sink;
}

function connectionOf(adapter: ChannelId, settings: Settings): StoredConnection {
	return {
		id: "out",
		kind: "channel",
		adapter,
		name: "Out",
		url: "",
		settings,
		hookSecrets: [],
		allowPrivate: true,
		mapping: null,
		policy: null,
		createdAt: 0,
	};
}

const call = createCall({ allowPrivate: true, timeoutMs: 300 });
const send = async (adapter: ChannelId, settings: Settings, notice: Notice) =>
	channels[adapter].bind(connectionOf(adapter, settings), call).send(notice);

/** The first fixture of a channel, sent somewhere else. */
function sample(adapter: ChannelId, address: string): Fixture {
	const [first] = requestFixtures<Fixture>(adapter, address);
	if (first === undefined) throw new Error(`no fixture of ${adapter}`);
	return first.fixture;
}

async function failureOf(adapter: ChannelId, settings: Settings, notice: Notice): Promise<ServiceError> {
	const failure: unknown = await send(adapter, settings, notice).then(
		() => new Error("nothing failed"),
		(cause: unknown) => cause,
	);
	if (!(failure instanceof ServiceError)) throw failure;
	return failure;
}

function everythingIn(error: ServiceError): string {
	const cause = error.cause instanceof Error ? `${error.cause.message} ${error.cause.stack}` : String(error.cause);
	return `${error.message} ${error.stack} ${cause} ${JSON.stringify(error.problems ?? [])}`;
}

it("a row without fixtures fails, and says what to add where", () => {
	expect(() => fixtureNames("pigeon")).toThrow(
		'"pigeon" has no fixtures: write down what it sends in test/fixtures/requests/pigeon/',
	);
});

describe.each(ids)("channel %s", (id) => {
	it("has fixtures, a matching id and settings that its fixtures satisfy", () => {
		expect(fixtureNames(id).length).toBeGreaterThan(0);
		expect(channels[id].id).toBe(id);
		for (const { name, fixture } of requestFixtures<Fixture>(id, "127.0.0.1:1")) {
			expect(channels[id].settings.safeParse(fixture.settings).error, name).toBeUndefined();
		}
	});

	it.each(fixtureNames(id))("sends what is written down in %s", async (file) => {
		const mail = kept(await smtpSink());
		const web = kept(await httpSink(() => ({ status: 204 })));
		const isMail = (fixture: Fixture) => "envelope" in fixture.expected;
		const fixtures = (address: string) =>
			requestFixtures<Fixture>(id, address).flatMap(({ name, fixture }) => (name === file ? [fixture] : []));
		for (const { settings, notice, expected } of fixtures(isMail(sample(id, "x")) ? mail.address : web.address)) {
			const receipt = await send(id, settings, notice);
			expect(receipt.id).not.toBe("");
			expect(mail.letters.length + web.requests.length).toBe(1);
			if ("envelope" in expected) compareLetter(mail.letters[0], expected);
			else compareRequest(web.requests[0], expected);
		}
	});

	it("does not send with settings that do not fit, and quotes no value of them", async () => {
		const { settings, notice } = sample(id, "127.0.0.1:1");
		for (const name of Object.keys(settings)) {
			const failure = await failureOf(id, { ...settings, [name]: "private-value" }, notice);
			expect(failure.kind, name).toBe("misconfigured");
			expect(everythingIn(failure)).not.toContain("private-value");
		}
		expect((await failureOf(id, {}, notice)).kind).toBe("misconfigured");
	});
});

function compareLetter(letter: Letter | undefined, expected: ExpectedLetter) {
	if (letter === undefined) throw new Error("no letter arrived");
	expect({ from: letter.from, to: letter.to }).toEqual(expected.envelope);
	const mail = readMail(letter.raw);
	expect(mail.headers).toMatchObject(expected.headers);
	for (const name of expected.headersAbsent ?? []) expect(mail.headers).not.toHaveProperty(name);
	if (expected.text !== undefined) expect(mail.text.trimEnd().split("\n")).toEqual(expected.text);
	for (const part of expected.textHas ?? []) expect(mail.text).toContain(part);
	for (const part of expected.textLacks ?? []) expect(mail.text).not.toContain(part);
	for (const part of expected.htmlHas ?? []) expect(mail.html).toContain(part);
	for (const part of expected.htmlLacks ?? []) expect(mail.html).not.toContain(part);
}

function compareRequest(request: ReceivedRequest | undefined, expected: ExpectedRequest) {
	if (request === undefined) throw new Error("no request arrived");
	const { method, path, headers, body } = request;
	expect({ method, path, body: JSON.parse(body) }).toEqual({
		method: expected.method,
		path: expected.path,
		body: expected.body,
	});
	expect(headers).toMatchObject(expected.headers);
}

describe("mail that cannot be sent", () => {
	const password = "correct-horse-battery";
	const refuse = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });

	it.each([
		["a receiver that does not exist", 550, "refused", false],
		["a full mailbox", 452, "busy", true],
		["a server that goes down", 421, "busy", true],
	] as const)("%s (%d) is %s", async (_, code, kind, retry) => {
		const sink = kept(
			await smtpSink({ onRcptTo: ({ address }, _session, done) => done(refuse(code, `no ${address}`)) }),
		);
		const { settings, notice } = sample("email", sink.address);
		const failure = await failureOf("email", settings, notice);
		expect({ kind: failure.kind, retry: failure.retry }).toEqual({ kind, retry });
		expect(failure.message).toContain(`SMTP ${sink.address}`);
		expect(failure.message).toContain(String(code));
		expect(everythingIn(failure)).not.toContain("first@example.org");
	});

	it("a refused message (554 after its text) is refused for good", async () => {
		const sink = kept(
			await smtpSink({
				onData(stream, _session, done) {
					stream.resume().on("end", () => done(refuse(554, "5.7.1 looks like spam")));
				},
			}),
		);
		const { settings, notice } = sample("email", sink.address);
		expect(await failureOf("email", settings, notice)).toMatchObject({ kind: "refused", retry: false });
	});

	it("a receiver that is refused does not keep the others from hearing", async () => {
		const sink = kept(
			await smtpSink({
				onRcptTo: ({ address }, _session, done) =>
					address.startsWith("first") ? done(refuse(550, "unknown")) : done(),
			}),
		);
		const { settings, notice } = sample("email", sink.address);
		expect((await send("email", settings, notice)).detail).toContain("accepted for 1 of 2");
		expect(sink.letters.map(({ to }) => to)).toEqual([["second@example.org"]]);
	});

	it("a wrong password is denied and told nowhere", async () => {
		const sink = kept(
			await smtpSink({
				authOptional: false,
				allowInsecureAuth: true,
				onAuth: (auth, _session, done) => done(refuse(535, `5.7.8 wrong: ${auth.username} ${auth.password}`)),
			}),
		);
		const { settings, notice } = sample("email", sink.address);
		const failure = await failureOf("email", { ...settings, user: "stipt", password }, notice);
		expect(failure).toMatchObject({ kind: "denied", retry: false });
		expect(everythingIn(failure)).not.toContain(password);
	});

	it("a right password, also from the address, is used", async () => {
		const seen: unknown[] = [];
		const sink = kept(
			await smtpSink({
				authOptional: false,
				allowInsecureAuth: true,
				onAuth: (auth, _session, done) => {
					seen.push(auth.username, auth.password);
					done(null, { user: "stipt" });
				},
			}),
		);
		const { settings, notice } = sample("email", sink.address);
		await send("email", { ...settings, url: `smtp://st%40ipt:p%2Fw@${sink.address}` }, notice);
		expect(seen).toEqual(["st@ipt", "p/w"]);
	});

	it("nobody listening is unreachable", async () => {
		const { settings, notice } = sample("email", await deadAddress());
		expect(await failureOf("email", settings, notice)).toMatchObject({ kind: "unreachable", retry: true });
	});

	it("a certificate that nobody vouches for is no connection, and is named", async () => {
		// The server warns of its built-in certificate, which has expired: that is what this is about.
		const warned = vi.spyOn(console, "warn").mockReturnValue();
		const printed = vi.spyOn(console, "error").mockReturnValue();
		const sink = kept(await smtpSink({ disabledCommands: [] }));
		const { settings, notice } = sample("email", sink.address);
		const failure = await failureOf("email", settings, notice);
		warned.mockRestore();
		printed.mockRestore();
		expect(failure).toMatchObject({ kind: "unreachable", retry: true });
		expect(failure.message).toContain("ESOCKET CERT_HAS_EXPIRED");
	});

	it("a server that says nothing is unreachable within the time given", async () => {
		const silent = createServer(() => undefined);
		await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
		stops.push(() => new Promise<void>((resolve) => silent.close(() => resolve())));
		const { port } = silent.address() as AddressInfo;
		const { settings, notice } = sample("email", `127.0.0.1:${port}`);
		const failure = await failureOf("email", { ...settings, timeoutMs: 200 }, notice);
		expect(failure).toMatchObject({ kind: "unreachable", retry: true });
	});

	it("a role without an address is misconfigured", async () => {
		const { settings, notice } = sample("email", "127.0.0.1:1");
		const failure = await failureOf("email", settings, { ...notice, to: [] });
		expect(failure).toMatchObject({ kind: "misconfigured", retry: false });
		expect(failure.message).toBe("Expected at least one e-mail address of service manager, found none.");
	});
});

describe("mail settings", () => {
	const parse = (settings: Settings) => channels.email.settings.safeParse(settings);
	it("take an address apart, and what stands beside it wins", () => {
		expect(parse({ url: "smtps://u:p@mail.example.org", from: "a@example.org" }).data).toEqual({
			...{ host: "mail.example.org", secure: true, user: "u", password: "p" },
			...{ from: "a@example.org", timeoutMs: 15_000 },
		});
		expect(parse({ url: "smtp://[::1]:25", from: "a@example.org", port: 2525 }).data).toMatchObject({
			...{ host: "::1", port: 2525, secure: false },
		});
	});
	it.each([
		[{ url: "https://mail.example.org", from: "a@example.org" }],
		[{ host: "mail.example.org", from: "nobody" }],
		[{ host: "mail.example.org", from: "a@example.org\r\nBcc: b@example.org" }],
		[{ host: "mail.example.org", from: "a@example.org", port: 70_000 }],
		[{ host: "mail.example.org", from: "a@example.org", passwort: "x" }],
	])("refuse %j", (settings) => expect(parse(settings).success).toBe(false));
});

describe("webhook that cannot be sent", () => {
	const answers: [string, SinkAnswer, string, boolean][] = [
		["400", { status: 400, body: { error: "no" } }, "refused", false],
		["401", { status: 401 }, "denied", false],
		["404", { status: 404 }, "unknown", false],
		["410", { status: 410 }, "unknown", false],
		["302", { status: 302, headers: { location: "/elsewhere" } }, "refused", false],
		["429", { status: 429, headers: { "retry-after": "7" } }, "busy", true],
		["500", { status: 500 }, "unreachable", true],
		["silence", "silence", "unreachable", true],
	];
	it.each(answers)("%s is classified, and neither secret nor path is told", async (_, answer, kind, retry) => {
		const sink = kept(await httpSink(() => answer));
		const { settings, notice } = sample("webhook", sink.address);
		const failure = await failureOf("webhook", settings, notice);
		expect({ kind: failure.kind, retry: failure.retry }).toEqual({ kind, retry });
		expect(failure.retryAfterMs).toBe(kind === "busy" ? 7000 : undefined);
		expect(failure.message).toContain(`Webhook ${sink.address}`);
		for (const secret of [String(settings.secret), "4f1c2d", "pathkey"]) {
			expect(everythingIn(failure)).not.toContain(secret);
		}
	});
	it("nobody listening is unreachable", async () => {
		const { settings, notice } = sample("webhook", await deadAddress());
		const failure = await failureOf("webhook", settings, notice);
		expect(failure).toMatchObject({ kind: "unreachable", retry: true });
		expect(everythingIn(failure)).not.toContain("4f1c2d");
	});
	it.each([
		"",
		"whsec_",
		"whsec_c2hvcnQ=",
		"c3RpcHQgdGVzdCBzaWduaW5nIHNlY3JldCAwMQ==",
		"whsec_not base64 at all, but long",
	])("the signing secret %j is not accepted", (secret) => {
		const { settings } = sample("webhook", "127.0.0.1:1");
		expect(channels.webhook.settings.safeParse({ ...settings, secret }).success).toBe(false);
	});
	it.each(["ftp://example.org/x", "example.org/x", "javascript:alert(1)"])("the address %j is not accepted", (url) => {
		const { settings } = sample("webhook", "127.0.0.1:1");
		expect(channels.webhook.settings.safeParse({ ...settings, url }).success).toBe(false);
	});
});

describe("webhook signature", () => {
	async function signed() {
		const sink = kept(await httpSink(() => ({ status: 200 })));
		const { settings, notice } = sample("webhook", sink.address);
		await send("webhook", settings, notice);
		const [request] = sink.requests;
		if (request === undefined) throw new Error("no request arrived");
		vi.useFakeTimers({ toFake: ["Date"], now: notice.now + 1000 });
		return { ...request, secret: String(settings.secret), sentAt: notice.now };
	}
	it("is accepted by any Standard Webhooks receiver", async () => {
		const { body, headers, secret } = await signed();
		expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
	});
	it("stays the same for a repeat at the same moment, and its id for every repeat", async () => {
		const sink = kept(await httpSink(() => ({ status: 200 })));
		const { settings, notice } = sample("webhook", sink.address);
		await send("webhook", settings, notice);
		await send("webhook", settings, notice);
		await send("webhook", settings, { ...notice, now: notice.now + 60_000, possiblyRepeated: true });
		const [first, second, third] = sink.requests.map(({ headers }) => headers);
		expect(second?.["webhook-signature"]).toBe(first?.["webhook-signature"]);
		expect(third?.["webhook-signature"]).not.toBe(first?.["webhook-signature"]);
		expect(third?.["webhook-id"]).toBe(first?.["webhook-id"]);
	});
	it("does not pass with another secret, body, id or time, nor cut off or missing, nor late or early", async () => {
		const { body, headers, secret, sentAt } = await signed();
		const verify = (changes: Record<string, string>, changedBody = body, key = secret) =>
			new Webhook(key).verify(changedBody, { ...headers, ...changes });
		const signature = headers["webhook-signature"] ?? "";
		const wrong = [
			() => verify({}, body, "whsec_YW5vdGhlciBzaWduaW5nIHNlY3JldCwgYXMgbG9uZw=="),
			() => verify({}, body.replace("P1", "P2")),
			() => verify({}, `${body} `),
			() => verify({ "webhook-id": "other" }),
			() => verify({ "webhook-timestamp": String(Number(headers["webhook-timestamp"]) + 1) }),
			() => verify({ "webhook-signature": signature.slice(0, -4) }),
			() => verify({ "webhook-signature": signature.replace("v1,", "v2,") }),
			() => verify({ "webhook-signature": "" }),
		];
		for (const attempt of wrong) expect(attempt).toThrow();
		for (const minutes of [-6, 6]) {
			vi.setSystemTime(sentAt + minutes * 60_000);
			expect(() => verify({})).toThrow(/too (old|new)/);
		}
	});
});
