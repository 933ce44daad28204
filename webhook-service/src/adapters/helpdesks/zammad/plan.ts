import type { Hook, PlanStep } from "../helpdesk.ts";
import { type ZammadContext, zammadApi } from "./api.ts";
import {
	differences,
	findNamed,
	triggersFor,
	triggersOf,
	type Wanted,
	wantedTrigger,
	wantedWebhook,
	webhooksOf,
} from "./installed.ts";
import { type FieldState, lookAtFields } from "./matrix-fields.ts";

const migration =
	"Zammad runs its database migration (also other pending changes of fields); 6.5 and newer restart by themselves and " +
	"are away for some seconds, older ones must be restarted by you when they run more than one process.";

/** What `install` would do, as it is now. */
export async function plan(hook: Hook, context: ZammadContext): Promise<PlanStep[]> {
	const api = zammadApi(context, context.connection.settings.installToken);
	const webhook = await findNamed(webhooksOf(api), wantedWebhook(hook).wanted.name);
	const steps: PlanStep[] = [
		step(`webhook "${wantedWebhook(hook).wanted.name}"`, webhook, wantedWebhook(hook), {
			does: `sends tickets that changed, signed, to ${hook.url}`,
			undo: "admin, Manage, Webhook: delete it after the two triggers",
		}),
	];
	for (const trigger of triggersFor(hook.mark)) {
		const found = await findNamed(triggersOf(api), trigger.name);
		const when =
			trigger.operator === "is" ? "a ticket is created" : "anything else happens to a ticket, merges included";
		steps.push(
			step(`trigger "${trigger.name}"`, found, wantedTrigger(trigger, webhook?.id ?? 0), {
				does: `calls the webhook when ${when}; changes nothing and mails nobody`,
				undo: "admin, Manage, Trigger: delete it, or set it inactive to pause",
			}),
		);
	}
	if (hook.fields === undefined) return steps;
	return [...steps, ...(await lookAtFields(hook.fields, api)).map(fieldStep)];
}

function step(
	what: string,
	found: Parameters<typeof differences>[0] | undefined,
	should: Wanted,
	words: Pick<PlanStep, "does" | "undo">,
): PlanStep {
	const differs = found === undefined ? [] : Object.keys(differences(found, should));
	return {
		what,
		...words,
		found: found === undefined ? "missing" : differs.length > 0 ? "differs" : "right",
		differs,
		cost: null,
	};
}

function fieldStep({ name, found, values }: FieldState): PlanStep {
	const words = {
		what: `field "${name}" of tickets`,
		does: "lets agents see and choose it in Zammad itself; without it, it lives in our ledger and as a note",
		undo: "admin, System, Objects, Ticket: delete it and update the database; what it holds goes too",
	};
	if (found === "other") {
		const instead = `somebody else's, with ${values.join(", ") || "no values"}: it stays as it is`;
		return { ...words, found: "right", differs: [instead], cost: null };
	}
	if (found === "right") return { ...words, found, differs: [], cost: null };
	return {
		...words,
		found: "missing",
		differs: found === "pending" ? ["waits for its migration"] : [],
		cost: migration,
	};
}
