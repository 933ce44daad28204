import type { Duration, Instant } from "@stipt/shared/calendar/calendar";
import type { TicketView } from "@stipt/shared/wire/api";
import { useCallback, useEffect, useState } from "react";
import { openOptions } from "./lib/browser.ts";
import { every, now } from "./lib/clock.ts";
import { ask, type OpenTickets, type TakenAlert } from "./lib/messages.ts";
import type { Loaded } from "./overlay/ticking.ts";
import { type Filter, filters, inBurnOrder, type Named, namedAmong, type Order, orders } from "./pages/burn-order.ts";
import { Page, speechFor, useLoaded } from "./pages/page.tsx";
import { type PanelChoices, usePanelChoices } from "./pages/panel-choices.ts";
import { TakeAlerts } from "./pages/take-alerts.tsx";
import { TicketLine } from "./pages/ticket-line.tsx";
import type { Speech } from "./words/speech.ts";

const askEvery: Duration = 15_000;
const loadSetup = () => ask("setup", null);

/** The person's tickets beside whatever page is open, in the order in which they burn. */
export default function SidePanel() {
	const setup = useLoaded(loadSetup);
	const [choices, change] = usePanelChoices();
	if (setup.value === null || choices === null) return null;
	const speech = speechFor(setup.value.language);
	const isSetUp = setup.value.me !== null && setup.value.hasToken;
	return (
		<Page speech={speech} title={speech.say("panel.title")} name="sidepanel">
			<h1>{speech.say("panel.title")}</h1>
			{isSetUp ? (
				<Lists speech={speech} choices={choices} change={change} />
			) : (
				<section>
					<p>{speech.say("failure.not-set-up")}</p>
					<button type="button" className="main" onClick={() => void openOptions()}>
						{speech.say("openOptions")}
					</button>
				</section>
			)}
		</Page>
	);
}

type ListsProps = { speech: Speech; choices: PanelChoices; change(changed: Partial<PanelChoices>): void };

function Lists({ speech, choices, change }: ListsProps) {
	const { say } = speech;
	const { whose, filter, order, service, line } = choices;
	const [loaded, setLoaded] = useState<{ whose: "own" | "all"; lists: OpenTickets[] } | null>(null);
	const [chosen, setChosen] = useState<readonly string[]>([]);
	const [at, setAt] = useState<Instant>(now());

	const load = useCallback(
		() =>
			ask("open", { whose }).then(
				(found) => setLoaded({ whose, lists: found }),
				() => undefined,
			),
		[whose],
	);
	useEffect(() => {
		void load();
		return every(askEvery, () => void load());
	}, [load]);
	useEffect(() => every(1_000, () => setAt(now())), []);

	// An answer to what was asked before is none to what is asked now.
	const lists = loaded?.whose === whose ? loaded.lists : null;
	const views = (lists ?? []).flatMap(({ answer }) => viewsOf(answer.ok ? answer.loaded : answer.last));
	const services = namedAmong(views, ({ service, serviceName }) => ({
		id: service,
		name: serviceName === undefined ? service : speech.of(serviceName),
	}));
	const lines = namedAmong(views, ({ line }) => (line == null ? null : { id: line.id, name: speech.of(line.name) }));
	const shown = inBurnOrder(views, { filter, order, service: service?.id ?? null, line: line?.id ?? null, now: at });
	const takeable = shown.flatMap((loaded) => takenAlert(loaded.value) ?? []);
	const taken = takeable.filter(({ alert }) => chosen.includes(alert));
	const turn = (alert: string) =>
		setChosen(chosen.includes(alert) ? chosen.filter((one) => one !== alert) : [...chosen, alert]);

	return (
		<>
			<section className="filters" aria-label={say("panel.filters")}>
				<Choice<"own" | "all">
					label={say("panel.whose")}
					value={whose}
					onChoose={(one) => change({ whose: one })}
					options={["own", "all"]}
					text={(one) => say(`panel.whose.${one}`)}
				/>
				<Choice<Filter>
					label={say("panel.show")}
					value={filter}
					onChoose={(one) => change({ filter: one })}
					options={filters}
					text={(one) => say(`panel.show.${one}`)}
				/>
				<Choice<Order>
					label={say("panel.order")}
					value={order}
					onChoose={(one) => change({ order: one })}
					options={orders}
					text={(one) => say(`panel.order.${one}`)}
				/>
				{(services.length > 1 || service !== null) && (
					<NamedChoice
						label={say("panel.service")}
						every={say("panel.service.every")}
						value={service}
						among={services}
						onChoose={(one) => change({ service: one })}
					/>
				)}
				{(lines.length > 1 || line !== null) && (
					<NamedChoice
						label={say("panel.line")}
						every={say("panel.line.every")}
						value={line}
						among={lines}
						onChoose={(one) => change({ line: one })}
					/>
				)}
			</section>
			{(lists ?? []).map(({ connection, answer }) =>
				answer.ok ? null : (
					<p key={connection.id} className="wrong" role="alert">
						<bdi>{connection.name}</bdi>:{" "}
						{say(`failure.${answer.failure.kind}`, { detail: answer.failure.detail ?? "–" })}{" "}
						{answer.last !== null && say("popup.age", { time: speech.moment(answer.last.receivedAt, at) })}
					</p>
				),
			)}
			{lists === null ? (
				<p className="muted">{say("popup.loading")}</p>
			) : (
				<p className="muted" role="status">
					{speech.count("panel.count", shown.length)}
				</p>
			)}
			<ul className="tickets">
				{shown.map((loaded) => {
					const one = takenAlert(loaded.value);
					return (
						<TicketLine key={`${loaded.value.connection}|${loaded.value.ticket}`} speech={speech} loaded={loaded}>
							{one !== null && (
								<input
									type="checkbox"
									aria-label={say("panel.choose", { number: loaded.value.number })}
									checked={chosen.includes(one.alert)}
									onChange={() => turn(one.alert)}
								/>
							)}
						</TicketLine>
					);
				})}
			</ul>
			{taken.length > 0 && (
				<TakeAlerts
					speech={speech}
					taken={taken}
					done={() => {
						setChosen([]);
						void load();
					}}
				/>
			)}
		</>
	);
}

/** One of several by name, or every one. */
function NamedChoice({
	label,
	every,
	value,
	among,
	onChoose,
}: {
	label: string;
	every: string;
	value: Named | null;
	among: readonly Named[];
	onChoose(one: Named | null): void;
}) {
	// What was chosen the last time may have no ticket now.
	const all = value === null || among.some(({ id }) => id === value.id) ? among : [...among, value];
	const named = (id: string) => all.find((one) => one.id === id) ?? null;
	return (
		<Choice
			label={label}
			value={value?.id ?? ""}
			onChoose={(id) => onChoose(named(id))}
			options={["", ...all.map(({ id }) => id)]}
			text={(id) => named(id)?.name ?? every}
		/>
	);
}

function Choice<Option extends string>({
	label,
	value,
	options,
	text,
	onChoose,
}: {
	label: string;
	value: Option;
	options: readonly Option[];
	text(option: Option): string;
	onChoose(option: Option): void;
}) {
	return (
		<label>
			<span>{label}</span>
			<select value={value} onChange={(event) => onChoose(event.currentTarget.value as Option)}>
				{options.map((option) => (
					<option key={option} value={option}>
						{text(option)}
					</option>
				))}
			</select>
		</label>
	);
}

function viewsOf(list: Loaded<{ tickets: TicketView[] }> | null): Loaded<TicketView>[] {
	return (list?.value.tickets ?? []).map((value) => ({ value, receivedAt: list?.receivedAt ?? 0 }));
}

function takenAlert({ connection, ticket, escalation }: TicketView): TakenAlert | null {
	if (escalation?.alert == null || escalation.acknowledgedBy !== null) return null;
	return { connection, ticket, alert: escalation.alert };
}
