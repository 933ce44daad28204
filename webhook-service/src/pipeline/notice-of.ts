import type { Notice } from "../adapters/channels/channel.ts";
import type { StoredAlert } from "../store/store.ts";
import type { EvaluatedTicket } from "./evaluated.ts";
import { acknowledgeLink } from "./links.ts";
import type { Ports } from "./ports.ts";
import type { Receiver } from "./tell-roles.ts";

/** What one receiver of an alert is told, as the ticket stands now. */
export function noticeOf(
	alert: StoredAlert,
	{
		receiver,
		kind,
		isPossiblyRepeated,
		request,
	}: {
		receiver: Receiver;
		kind: Notice["kind"];
		isPossiblyRepeated: boolean;
		request?: NonNullable<Notice["request"]>;
	},
	{ ticket, policy, evaluation }: EvaluatedTicket,
	ports: Ports,
): Notice {
	const clock = evaluation.clocks.find(({ goal, cycle }) => goal === alert.goal && cycle === alert.cycle);
	const service = policy.services.find(({ id }) => id === evaluation.service);
	const priority = policy.priorities.find(({ id }) => id === evaluation.priority);
	const plain = (text: string) => ({ nl: text, fr: text, de: text, en: text });
	const { snapshot, ref } = ticket;
	return {
		key: `${alert.id}.${receiver.key}`,
		alert: alert.id,
		kind,
		role: receiver.role.name,
		language: receiver.role.language,
		to: receiver.to,
		ticket: { ...ref, number: snapshot?.number ?? ref.ticket, title: snapshot?.title ?? "", url: snapshot?.url ?? "" },
		priority: { id: evaluation.priority, name: priority?.name ?? plain(evaluation.priority) },
		service: service?.name ?? plain(evaluation.service),
		goal: alert.goal,
		deadline: clock?.deadline ?? null,
		remainingMs: clock?.remaining ?? null,
		zone: (clock?.calendar ? policy.calendars[clock.calendar]?.zone : undefined) ?? "Europe/Brussels",
		rung: alert.rung,
		occurrence: alert.occurrence,
		acknowledgeUrl: acknowledgeLink(alert.id, ports.time(), ports),
		now: ports.time(),
		possiblyRepeated: isPossiblyRepeated,
		...(request === undefined ? {} : { request }),
	};
}
