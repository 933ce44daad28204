import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Evaluation } from "@stipt/shared/sla/evaluation";
import { ServiceError } from "../errors.ts";
import { jobId, type Payload } from "../queues.ts";
import type { Try } from "./act.ts";
import type { EvaluatedTicket } from "./evaluated.ts";
import type { Ports } from "./ports.ts";
import { recordTrouble } from "./record.ts";

/** What stands for "no deadline" where a number is kept. */
const none = 0;
const kept = "deadline-shown";

/** Has the helpdesk's own field show the nearest deadline, where the connection names a field for it. */
export async function enqueueDeadline({ ticket, evaluation, policy }: EvaluatedTicket, ports: Ports): Promise<void> {
	const { ref, revision } = ticket;
	const { settings } = await ports.connections.get(ref.connection);
	if (typeof settings.deadlineField !== "string" || policy.mode !== "promised") return;
	const deadline = nearest(evaluation);
	const shown = await ports.store.readWritten(ref, kept);
	if ((shown ?? none) === (deadline ?? none)) return;
	const id = jobId("set-deadline", ref.connection, ref.ticket, deadline ?? "none", revision);
	await ports.queues.add("action", { kind: "set-deadline", ...ref, deadline }, { id });
}

/** Writes the nearest deadline, unless it has changed meanwhile. What the helpdesk cannot show is said once. */
export async function actDeadline(
	{ connection, ticket, deadline }: Extract<Payload<"action">, { kind: "set-deadline" }>,
	attempt: Try,
	ports: Ports,
): Promise<void> {
	const ref = { connection, ticket };
	const { connection: known, bound } = await ports.connections.helpdesk(connection);
	const field = known.settings.deadlineField;
	if (typeof field !== "string") return;
	try {
		const { outcome, left } = await bound.write(ticket, { kind: "set-deadline", field, deadline }, ports.time());
		ports.log.info({ ...ref, field, outcome, left }, "deadline shown");
		await ports.store.saveWritten(ref, kept, deadline ?? none);
		for (const what of left) await recordTrouble(ref, { where: "showing the deadline in the helpdesk", what }, ports);
	} catch (error) {
		const canRetry = !(error instanceof ServiceError) || error.retry;
		if (canRetry && !attempt.isLast) throw error;
		await ports.store.saveWritten(ref, kept, deadline ?? none);
		const what = error instanceof Error ? error.message : String(error);
		await recordTrouble(ref, { where: "showing the deadline in the helpdesk", what }, ports);
	}
}

function nearest({ clocks }: Evaluation): Instant | null {
	const deadlines = clocks.flatMap(({ stoppedAt, deadline, promise }) =>
		stoppedAt === null && deadline !== null && promise !== "best-effort" ? [deadline] : [],
	);
	return deadlines.length === 0 ? null : Math.min(...deadlines);
}
