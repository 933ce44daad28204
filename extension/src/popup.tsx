import { askTab, currentTab, openOptions, openSidePanel, version } from "./lib/browser.ts";
import { now } from "./lib/clock.ts";
import { ask, type OpenTickets, type Report, type Telling } from "./lib/messages.ts";
import { Diagnosis } from "./pages/diagnosis.tsx";
import { Page, speechFor, useLoaded } from "./pages/page.tsx";
import { TicketLine } from "./pages/ticket-line.tsx";
import type { Speech } from "./words/speech.ts";

const loadSetup = () => ask("setup", null);
/** The panel has room for more. */
const mostShown = 8;
const loadOpen = () => ask("open", { whose: "own" });

/** Open tickets by urgency, and what the overlay sees on the page under the popup. */
export default function Popup() {
	const setup = useLoaded(loadSetup);
	const open = useLoaded(loadOpen);
	const report = useLoaded(reportOfTab);
	if (setup.value === null) return null;
	const speech = speechFor(setup.value.language);
	const { say } = speech;
	const isSetUp = setup.value.me !== null && setup.value.hasToken;
	return (
		<Page speech={speech} title="Stipt" name="popup">
			<h1 className="heard">Stipt</h1>
			{isSetUp ? (
				open.value === null ? (
					<section>
						<p className="muted">{say("popup.loading")}</p>
					</section>
				) : (
					open.value.map((one) => <OpenList key={one.connection.id} speech={speech} open={one} many={open.value} />)
				)
			) : (
				<section>
					<p>{say("failure.not-set-up")}</p>
					<button type="button" className="main" onClick={() => void openOptions()}>
						{say("openOptions")}
					</button>
				</section>
			)}
			{isSetUp && <ThisPage speech={speech} report={report.value} />}
			<footer>
				{isSetUp && (
					<button type="button" className="link" onClick={() => void openSidePanel().then(() => close())}>
						{say("popup.panel")}
					</button>
				)}
				<button type="button" className="link" onClick={() => void openOptions()}>
					{say("popup.options")}
				</button>
				<span className="muted">{say("popup.version", { version: version() })}</span>
			</footer>
		</Page>
	);
}

async function reportOfTab(): Promise<Report | null> {
	const tab = await currentTab();
	if (tab === null) return null;
	return ((await askTab(tab, "report" satisfies Telling)) ?? null) as Report | null;
}

function OpenList({ speech, open, many }: { speech: Speech; open: OpenTickets; many: OpenTickets[] | null }) {
	const { say } = speech;
	const { connection, answer } = open;
	const list = answer.ok ? answer.loaded : answer.last;
	const title = say(typeof connection.user === "string" ? "popup.own" : "popup.mine");
	const heading = (many?.length ?? 0) > 1 ? `${title} · ${connection.name}` : title;
	return (
		<section aria-label={heading}>
			<h2>
				<bdi>{heading}</bdi>
			</h2>
			{!answer.ok && (
				<p className="wrong">{say(`failure.${answer.failure.kind}`, { detail: answer.failure.detail ?? "–" })}</p>
			)}
			{list?.value.tickets.length === 0 && <p className="muted">{say("popup.none")}</p>}
			<ul className="tickets">
				{list?.value.tickets.slice(0, mostShown).map((view) => (
					<TicketLine key={view.ticket} speech={speech} loaded={{ value: view, receivedAt: list.receivedAt }} />
				))}
			</ul>
			{list !== null && (
				<p className="muted">{say("popup.age", { time: speech.moment(Date.parse(list.value.asOf), now()) })}</p>
			)}
		</section>
	);
}

function ThisPage({ speech, report }: { speech: Speech; report: Report | null }) {
	const { say } = speech;
	const names = (slots: Report["found"]) =>
		slots.length === 0
			? "–"
			: new Intl.ListFormat(speech.locale, { type: "conjunction" }).format(slots.map((slot) => say(`slot.${slot}`)));
	return (
		<section aria-labelledby="page">
			<h2 id="page">{say("popup.page")}</h2>
			{report === null ? (
				<p className="muted">{say("popup.notHere")}</p>
			) : (
				<>
					<p>
						{report.ticket !== null
							? say("popup.sees", { host: report.host, ticket: report.ticket })
							: report.rows > 0
								? speech.count("popup.seesList", report.rows).replace("{host}", report.host)
								: say("popup.seesNothing", { host: report.host })}
					</p>
					{report.ticket !== null && <p className="muted">{say("popup.found", { names: names(report.found) })}</p>}
					{report.missing.length > 0 && (
						<p className="wrong">{say("popup.missing", { names: names(report.missing) })}</p>
					)}
					{report.faults.length > 0 && (
						<div className="wrong faults">
							{say("popup.faults")}
							<ul>
								{report.faults.map((fault) => (
									<li key={fault}>{fault}</li>
								))}
							</ul>
						</div>
					)}
					{report.receivedAt !== null && (
						<p className="muted">{say("popup.age", { time: speech.moment(report.receivedAt, now()) })}</p>
					)}
					<Diagnosis speech={speech} report={report} />
				</>
			)}
		</section>
	);
}
