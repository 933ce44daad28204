import { forecastAlerts } from "@stipt/shared/simulation/forecast-alerts";
import type { Ledger } from "@stipt/shared/simulation/ledger";
import { simulate } from "@stipt/shared/simulation/simulate";
import { evaluate } from "@stipt/shared/sla/evaluate";
import type { TicketView } from "@stipt/shared/wire/api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { keptLedgers } from "../../webhook-service/src/pipeline/policy-ledgers.ts";
import { startService, type TestService } from "../support/service.ts";
import { answer, open, told } from "./opened.ts";
import { live } from "./publishing.ts";

const at = (time: string) => `2026-03-${time}:00+01:00`;

describe("a simulation of the policy in force over what a service lived through", () => {
	let service: TestService;
	let ledgers: Ledger[];
	beforeEach(async () => {
		service = await startService({ start: at("02T09:00") });
		await open(service, "1", { at: at("02T09:00") });
		await live(service, at("02T09:20"));
		await open(service, "2", { at: at("02T09:20"), priority: "3 high" });
		await live(service, at("02T10:30"));
		const alert = service.channel.sent.at(-1)?.alert;
		await service.api(`/api/v1/alerts/${alert}/ack`, {
			method: "POST",
			body: JSON.stringify({ nextPromise: at("02T12:00") }),
		});
		await service.settle();
		await live(service, at("02T11:40"));
		await answer(service, "1", at("02T11:40"));
		await live(service, at("02T15:00"));
		await open(service, "3", { at: at("02T15:00"), group: "Elsewhere" });
		await live(service, at("03T10:00"));
		await answer(service, "3", at("03T10:00"));
		await live(service, at("05T12:00"));
		ledgers = [];
		for await (const ledger of keptLedgers("desk", service.ports)) ledgers.push(ledger);
	});
	afterEach(() => service.stop());

	test("forecasts the alerts that really went out, to the millisecond", () => {
		const recorded = ledgers.flatMap(({ ticket, facts }) =>
			facts.flatMap((fact) =>
				fact.kind === "alerted" && fact.outcome === "sent"
					? [{ ticket, at: fact.at, goal: fact.goal, step: fact.step, occurrence: fact.occurrence, roles: fact.roles }]
					: [],
			),
		);
		const forecast = ledgers.flatMap(({ ticket, facts, inForce, heardSince }) =>
			inForce === undefined
				? []
				: forecastAlerts(facts, inForce, { until: service.clock.time(), heardSince }).alerts.map((alert) => ({
						...{ ticket, at: alert.at, goal: alert.step.goal, step: alert.step.step },
						...{ occurrence: alert.step.occurrence, roles: alert.step.roles },
					})),
		);
		const inOrder = (alerts: typeof recorded) =>
			alerts.sort((a, b) => a.at - b.at || a.ticket.localeCompare(b.ticket) || a.step.localeCompare(b.step));
		expect(recorded.length).toBe(told(service).length);
		expect(recorded.length).toBeGreaterThan(8);
		expect(inOrder(forecast)).toEqual(inOrder(recorded));
	});

	test("moves no deadline and flips nothing, and counts what agents see", async () => {
		const policy = await service.ports.policies.inForce("flow");
		const to = service.clock.time();
		const report = simulate(ledgers, policy, { to, tzData: "test" });
		expect(report).toMatchObject({
			tickets: 3,
			compared: 3,
			flips: { toMissed: 0, toMet: 0 },
			deadlines: { moved: 0 },
		});
		expect(report.alerts).toMatchObject({ draft: told(service).length, recorded: told(service).length });
		expect(report.alerts.inForce).toBe(report.alerts.draft);
		const views: TicketView[] = await Promise.all(["1", "2", "3"].map((ticket) => service.view(ticket)));
		const seen = views.flatMap(({ clocks }) => clocks.filter(({ state }) => state === "missed")).length;
		const missed = report.attainment.reduce((sum, { draft }) => sum + draft.missed, 0);
		expect(missed).toBe(seen);
		for (const { ticket, facts } of ledgers) {
			const clocks = evaluate(facts, policy, to).clocks.map(({ goal, deadline }) => [goal, deadline]);
			const shown = views.find((view) => view.ticket === ticket)?.clocks ?? [];
			expect(clocks).toEqual(
				shown.map(({ goal, deadline }) => [goal, deadline === null ? null : Date.parse(deadline)]),
			);
		}
	});
});
