import type { Words } from "@stipt/shared/wire/language";
import type { TicketDetail } from "@stipt/shared/wire/ticket-action";
import { hour, minute } from "./fake-service.ts";

const words = (text: string): Words => ({ nl: text, fr: text, de: text, en: text });
const role = (id: string, text: string) => ({ id, name: words(text) });

/** A ticket's detail in which there is something of everything. */
export function fullDetail(now: number): TicketDetail {
	const at = (after: number) => new Date(now + after).toISOString();
	const [lead, manager] = [role("lead", "Team lead"), role("sdm", "Service delivery manager")];
	const rung = { step: 1, of: 2 };
	return {
		planned: [
			{ at: at(20 * minute), goal: "first-response", step: "warning", rung, roles: [lead] },
			{ at: at(3 * hour), goal: "resolution", step: "late", rung, roles: [lead, manager] },
		],
		sent: [
			{
				alert: "a1",
				owedAt: at(-30 * minute),
				goal: "first-response",
				step: "warning",
				occurrence: 1,
				roles: [lead, manager],
				told: [
					{ role: lead, channel: "email", at: at(-29 * minute), outcome: "sent" },
					{ role: manager, channel: "teams", at: at(-29 * minute), outcome: "failed" },
				],
				acknowledged: { by: "Agent Bo", at: at(-20 * minute), nextPromise: at(40 * minute) },
			},
		],
		lines: [
			{
				line: "first",
				name: words("First line"),
				receivedAt: at(-5 * hour),
				passedAt: at(-hour),
				usedMs: 222 * minute,
				leftAtReceiptMs: null,
			},
			{
				line: "second",
				name: words("Second line"),
				receivedAt: at(-hour),
				passedAt: null,
				usedMs: 4 * minute,
				leftAtReceiptMs: 18 * minute,
			},
		],
		handOverTo: [{ line: "third", name: words("Third line") }],
		pauses: { canPause: true, canResume: true, goals: ["resolution"] },
		escalation: [
			{ level: 1, role: lead, asked: { by: "Agent Bo", at: at(-hour), reason: "No answer" }, canAsk: true },
			{ level: 2, role: manager, asked: null, canAsk: true },
		],
		incidents: [
			{
				page: "status",
				event: "e1",
				role: "affected",
				title: "Register answers slowly",
				titles: null,
				status: "identified",
				url: "https://status.example.org",
			},
		],
		phoneOutstanding: true,
		asOf: at(0),
	};
}
