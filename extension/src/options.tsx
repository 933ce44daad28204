import { languages } from "@stipt/shared/wire/language";
import { useEffect, useState } from "react";
import { hasOrigin, requestOrigin, withdrawOrigin } from "./lib/browser.ts";
import { ask, type Setup } from "./lib/messages.ts";
import { parseAddress } from "./lib/settings.ts";
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
			<ServiceForm {...parts} />
			{setup.value.me !== null && <Helpdesks {...parts} />}
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
		if (await requestOrigin(origin)) await connect();
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
						aria-describedby="address-hint"
						onInput={(event) => setAddress(event.currentTarget.value)}
					/>
					<span className="muted" id="address-hint">
						{say("options.addressHint")}
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
	const allow = async (origin: string) => {
		setDenied((await requestOrigin(origin)) ? null : origin);
		await again();
	};
	const withdraw = async (origin: string) => {
		await withdrawOrigin(origin);
		await again();
	};
	const connections = setup.me?.connections ?? [];
	return (
		<section aria-labelledby="helpdesks">
			<h2 id="helpdesks">{say("options.helpdesks")}</h2>
			<p className="muted">{say(connections.length === 0 ? "options.noHelpdesks" : "options.helpdesksHint")}</p>
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
							<button type="button" className="main" onClick={() => void allow(origin)}>
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
				<select value={setup.language} onChange={(event) => void choose(event.currentTarget.value)}>
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
