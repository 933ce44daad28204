import { explain } from "@stipt/shared/sla/explain";
import { knownTicket } from "../pipeline/choose-priority.ts";
import { localTime } from "../words/local-time.ts";
import { openDuration } from "../words/open-duration.ts";
import { type Command, UsageError } from "./command.ts";
import { typed } from "./options.ts";

export const explainTicket: Command = {
	name: "explain",
	usage: "CONNECTION TICKET [--json]",
	summary: "prints the sum behind every deadline of a ticket",
	async run(args, { out, service }) {
		const { words, has } = typed(args, { flags: ["json"] });
		const [connection, ticket, ...rest] = words;
		if (connection === undefined || ticket === undefined || rest.length > 0) {
			throw new UsageError("Expected the id of a connection and the helpdesk's id of a ticket.");
		}
		const { ports, close } = await service();
		try {
			const found = await knownTicket({ connection, ticket }, ports);
			const explanation = explain(found.ticket.facts, found.policy, ports.time());
			if (has("json")) out(JSON.stringify(explanation));
			else for (const line of lines(explanation, found.policy.calendars)) out(line);
			return 0;
		} finally {
			await close();
		}
	},
};

type Explained = ReturnType<typeof explain>;

function lines({ policy, clocks }: Explained, calendars: Record<string, { zone: string }>): string[] {
	return clocks.flatMap(({ clock, rule, startedBy, stretches, sum, standstills }) => {
		const zone = (clock.calendar === null ? undefined : calendars[clock.calendar]?.zone) ?? "UTC";
		const at = (instant: number) => localTime("en", instant, { zone });
		const duration = (ms: number) => openDuration("en", ms);
		const target =
			rule.target === null
				? "best effort"
				: "duration" in rule.target
					? duration(rule.target.duration)
					: `${rule.target.workingDays} working days`;
		const deadline = clock.deadline === null ? "no deadline" : at(clock.deadline);
		return [
			`${clock.goal} (${clock.state}): ${deadline}`,
			`  started ${at(clock.startedAt)} (${startedBy})`,
			`  policy ${policy.name} ${policy.version}: service ${rule.service}, priority ${rule.priority}: ${target} on calendar ${clock.calendar ?? "-"}`,
			...stretches.map(({ start, end, ms }) => `  ${at(start)} to ${at(end)}: ${duration(ms)}`),
			...standstills.map(({ start, end }) => `  stands still from ${at(start)}${end === null ? "" : ` to ${at(end)}`}`),
			`  sum ${duration(sum)}`,
		];
	});
}
