import { languages } from "@stipt/shared/wire/language";
import { useEffect, useState } from "react";
import { hasOrigin, requestNotifications, requestOrigins, withdrawOrigin } from "./lib/browser.ts";
import { ask, type Report, type Setup } from "./lib/messages.ts";
import { type Alerting, parseAddress } from "./lib/settings.ts";
import { Page, speechFor, useLoaded } from "./pages/page.tsx";
import type { Failure } from "./service/failure.ts";
import type { WordKey } from "./words/en.ts";
import type { Speech } from "./words/speech.ts";
import { isLanguageChoice } from "./words/tables.ts";

const loadSetup = () => ask("setup", null);

/** Pairing with the service, one permission per helpdesk, and the language. */
export default function Options() {
	const setup = useLoaded(loadSetup);
	const { again } = setup;
	useEffect(() => {
		// What is stored shows at once; a helpdesk that was connected since follows.
		void ask("refresh", null).then(again);
	}, [again]);
	if (setup.value === null) return null;
	const speech = speechFor(setup.value.language);
	const parts = { setup: setup.value, speech, again };
	const title = speech.say("options.title");
	return (
		<Page speech={speech} title={`Stipt · ${title}`} name="options">
			<h1>{title}</h1>
			<PairForm {...parts} />
			<ServiceForm {...parts} />
			{setup.value.me !== null && <Helpdesks {...parts} />}
			{setup.value.me !== null && <AlertingField {...parts} />}
			<LanguageField {...parts} />
		</Page>
	);
}

type Parts = { setup: Setup; speech: Speech; again(): Promise<void> };

function ServiceForm({ setup, speech, again }: Parts) {
	const { say } = speech;
	const [address, setAddress] = useState(setup.address ?? "");
	const [token, setToken] = useState("");
	const [busy, setBusy] = useState(false);
	const [wrong, setWrong] = useState<WordKey | Failure | null>(null);
	const [unreached, setUnreached] = useState<string | null>(null);

	const connect = async () => {
		const parsed = parseAddress(address);
		if (parsed === null) return setWrong("options.badAddress");
		if (token.trim() === "" && !setup.hasToken) return setWrong("options.noToken");
		setBusy(true);
		setWrong(null);
		const answer = await ask("connect", { address: parsed, token });
		const { origin } = new URL(parsed);
		const isBlocked = !answer.ok && answer.failure.kind === "unreachable" && !(await hasOrigin(origin));
		setUnreached(isBlocked ? origin : null);
		if (!answer.ok) setWrong(answer.failure);
		setBusy(false);
		setToken("");
		await again();
	};
	/** Must ask within the click. */
	const reach = async (origin: string) => {
		if (await requestOrigins([origin])) await connect();
	};
	const disconnect = async () => {
		await ask("disconnect", null);
		await again();
	};
	const { me } = setup;
	return (
		<section aria-labelledby="service">
			<h2 id="service">{say("options.service")}</h2>
			<form
				name="service"
				onSubmit={(event) => {
					event.preventDefault();
					void connect();
				}}
				style={{ display: "grid", gap: 14 }}
			>
				<label>
					{say("options.address")}
					<input
						type="url"
						name="address"
						value={address}
						spellCheck={false}
						autoComplete="off"
						readOnly={setup.preset.includes("address")}
						aria-describedby="address-hint"
						onInput={(event) => setAddress(event.currentTarget.value)}
					/>
					<span className="muted" id="address-hint">
						{say(setup.preset.includes("address") ? "options.preset" : "options.addressHint")}
					</span>
				</label>
				<label>
					{say("options.token")}
					<input
						type="password"
						name="token"
						value={token}
						autoComplete="off"
						aria-describedby="token-hint"
						onInput={(event) => setToken(event.currentTarget.value)}
					/>
					<span className="muted" id="token-hint">
						{say(setup.hasToken ? "options.tokenKept" : "options.tokenHint")}
					</span>
				</label>
				{wrong !== null && (
					<p className="wrong" role="alert">
						{typeof wrong === "string" ? say(wrong) : say(`failure.${wrong.kind}`, { detail: wrong.detail ?? "–" })}
					</p>
				)}
				{unreached !== null && (
					<p className="muted">
						{say("options.reachHint")}{" "}
						<button type="button" className="link" onClick={() => void reach(unreached)}>
							{say("options.reach", { origin: unreached })}
						</button>
					</p>
				)}
				<div className="buttons">
					<button type="submit" className="main" disabled={busy}>
						{say(busy ? "options.connecting" : "options.connect")}
					</button>
					{me !== null && (
						<button type="button" onClick={() => void disconnect()}>
							{say("options.disconnect")}
						</button>
					)}
				</div>
			</form>
			<p role="status" className="good">
				{me === null ? "" : say("options.connected", { name: me.name, role: say(`role.${me.role}`) })}
			</p>
		</section>
	);
}

function Helpdesks({ setup, speech, again }: Parts) {
	const { say } = speech;
	const [denied, setDenied] = useState<string | null>(null);
	const allow = async (origins: readonly string[]) => {
		setDenied((await requestOrigins(origins)) ? null : (origins[0] ?? null));
		await again();
	};
	const withdraw = async (origin: string) => {
		await withdrawOrigin(origin);
		await again();
	};
	const connections = setup.me?.connections ?? [];
	const waiting = [...new Set(connections.map(({ origin }) => origin))].filter((it) => !setup.allowed.includes(it));
	return (
		<section aria-labelledby="helpdesks">
			<h2 id="helpdesks">{say("options.helpdesks")}</h2>
			<p className="muted">{say(connections.length === 0 ? "options.noHelpdesks" : "options.helpdesksHint")}</p>
			{waiting.length > 1 && (
				<button type="button" className="main" onClick={() => void allow(waiting)}>
					{speech.count("options.allowAll", waiting.length)}
				</button>
			)}
			<ul>
				{connections.map(({ id, name, origin }) => (
					<li key={id} className="helpdesk">
						<span>
							<b>
								<bdi>{name}</bdi>
							</b>
							<span className="muted">{origin}</span>
						</span>
						{setup.allowed.includes(origin) ? (
							<span className="buttons">
								<span className="good">✓ {say("options.allowed")}</span>
								<button type="button" className="link" onClick={() => void withdraw(origin)}>
									{say("options.withdraw")}
								</button>
							</span>
						) : (
							<button type="button" className="main" onClick={() => void allow([origin])}>
								{say("options.allow", { origin })}
							</button>
						)}
						{denied === origin && (
							<p className="wrong" role="alert">
								{say("options.denied")}
							</p>
						)}
					</li>
				))}
			</ul>
			{setup.allowed.length > 0 && <Seen speech={speech} />}
		</section>
	);
}

/** Proves that it works: what the overlay sees in the helpdesk's open tabs now. */
function Seen({ speech }: { speech: Speech }) {
	const { say, count } = speech;
	const [reports, setReports] = useState<Report[] | null>(null);
	const look = async () => setReports(await ask("reports", null));
	return (
		<div>
			<button type="button" onClick={() => void look()}>
				{say("options.check")}
			</button>
			<div role="status">
				{reports?.length === 0 && <p className="muted">{say("options.seesNoTab")}</p>}
				{reports !== null && reports.length > 0 && (
					<ul>
						{reports.map(({ host, ticket, number, rows }, index) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: tabs have no other name here
							<li key={index} className={ticket !== null || rows > 0 ? "good" : "muted"}>
								{ticket !== null
									? `✓ ${say("options.sees", { host, number: number ?? ticket })}`
									: rows > 0
										? `✓ ${count("popup.seesList", rows).replace("{host}", host)}`
										: say("popup.seesNothing", { host })}
							</li>
						))}
					</ul>
				)}
			</div>
		</div>
	);
}

/** Notifications of the system, and when to be left alone. */
function AlertingField({ setup, speech, again }: Parts) {
	const { say } = speech;
	const { alerting, preset, me } = setup;
	const isPreset = preset.includes("alerting");
	const [denied, setDenied] = useState(false);
	const change = async (next: Alerting) => {
		await ask("alerting", { alerting: next });
		await again();
	};
	/** Must ask within the click. */
	const turn = async (on: boolean) => {
		const isAllowed = !on || (await requestNotifications());
		setDenied(!isAllowed);
		if (isAllowed) await change({ ...alerting, on });
	};
	const quiet = alerting.quiet ?? { from: "18:00", to: "08:00" };
	const knowsOwn = me?.connections.some(({ user }) => user !== undefined) ?? false;
	return (
		<section aria-labelledby="alerting">
			<h2 id="alerting">{say("options.alerting")}</h2>
			<p className="muted">{say(knowsOwn ? "options.alertingHint" : "options.ownUnknown")}</p>
			{isPreset && <p className="muted">{say("options.preset")}</p>}
			<label className="tick">
				<input
					type="checkbox"
					checked={alerting.on}
					disabled={isPreset}
					onChange={(event) => void turn(event.currentTarget.checked)}
				/>
				<span>{say("options.notify")}</span>
			</label>
			{denied && (
				<p className="wrong" role="alert">
					{say("options.denied")}
				</p>
			)}
			<label className="tick">
				<input
					type="checkbox"
					checked={alerting.quiet !== null}
					disabled={isPreset}
					onChange={(event) => void change({ ...alerting, quiet: event.currentTarget.checked ? quiet : null })}
				/>
				<span>{say("options.quiet")}</span>
			</label>
			{alerting.quiet !== null && (
				<div className="times">
					{(["from", "to"] as const).map((end) => (
						<label key={end}>
							{say(`options.quiet.${end}`)}
							<input
								type="time"
								value={quiet[end]}
								disabled={isPreset}
								onChange={(event) =>
									void change({ ...alerting, quiet: { ...quiet, [end]: event.currentTarget.value } })
								}
							/>
						</label>
					))}
				</div>
			)}
		</section>
	);
}

/** One paste instead of an address and a token. */
function PairForm({ setup, speech, again }: Parts) {
	const { say } = speech;
	const [link, setLink] = useState("");
	const [busy, setBusy] = useState(false);
	const [wrong, setWrong] = useState<Failure | null>(null);
	const pair = async () => {
		setBusy(true);
		const answer = await ask("pair", { link });
		setWrong(answer.ok ? null : answer.failure);
		setBusy(false);
		if (answer.ok) setLink("");
		await again();
	};
	return (
		<section aria-labelledby="pairing">
			<h2 id="pairing">{say("options.pair")}</h2>
			<form
				name="pairing"
				onSubmit={(event) => {
					event.preventDefault();
					void pair();
				}}
				style={{ display: "grid", gap: 14 }}
			>
				<label>
					{say("options.pairLink")}
					<input
						type="text"
						name="link"
						value={link}
						spellCheck={false}
						autoComplete="off"
						aria-describedby="link-hint"
						onInput={(event) => setLink(event.currentTarget.value)}
					/>
					<span className="muted" id="link-hint">
						{say("options.pairHint")}
					</span>
				</label>
				{wrong !== null && (
					<p className="wrong" role="alert">
						{say(`failure.${wrong.kind}`, { detail: wrong.detail ?? "–" })}
					</p>
				)}
				<div className="buttons">
					<button type="submit" className={setup.me === null ? "main" : ""} disabled={busy || link.trim() === ""}>
						{say(busy ? "options.connecting" : "options.pairNow")}
					</button>
				</div>
			</form>
		</section>
	);
}

/** Each language under its own name. */
const languageNames = { nl: "Nederlands", fr: "Français", de: "Deutsch", en: "English" } as const;

function LanguageField({ setup, speech, again }: Parts) {
	const choose = async (language: string) => {
		if (!isLanguageChoice(language)) return;
		await ask("language", { language });
		await again();
	};
	return (
		<section>
			<label>
				{speech.say("options.language")}
				<select
					disabled={setup.preset.includes("language")}
					value={setup.language}
					onChange={(event) => void choose(event.currentTarget.value)}
				>
					<option value="browser">{speech.say("options.browser")}</option>
					{languages.map((language) => (
						<option key={language} value={language} lang={language}>
							{languageNames[language]}
						</option>
					))}
				</select>
			</label>
		</section>
	);
}
