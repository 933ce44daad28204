import { formatProof } from "@stipt/shared/sla/proof/format-proof";
import { type Language, languages } from "@stipt/shared/wire/language";
import { knownTicket } from "../pipeline/choose-priority.ts";
import { ticketProofs } from "../pipeline/ticket-proofs.ts";
import { type Command, UsageError } from "./command.ts";
import { typed } from "./options.ts";

export const explainTicket: Command = {
	name: "explain",
	usage: "CONNECTION TICKET [--goal GOAL] [--language nl|fr|de|en] [--json]",
	summary: "prints the proof of every deadline of a ticket, to read or to mail",
	options: {
		"--goal": "only clocks of this goal: pickup, first-response, next-update, resolution or handover",
		"--language": "of the text; default: the policy's",
		"--json": "as JSON, which `stipt verify -` checks",
	},
	async run(args, { out, err, service }) {
		const { words, text, has } = typed(args, { texts: ["goal", "language"], flags: ["json"] });
		const [connection, ticket, ...rest] = words;
		if (connection === undefined || ticket === undefined || rest.length > 0) {
			throw new UsageError("Expected the id of a connection and the helpdesk's id of a ticket.");
		}
		const chosen = languageOf(text("language"));
		const { ports, close } = await service();
		try {
			const found = await knownTicket({ connection, ticket }, ports);
			const goal = text("goal");
			const all = ticketProofs(found, ports);
			const proofs = all.filter((proof) => goal === undefined || proof.goal === goal);
			if (proofs.length === 0) {
				const known = [...new Set(all.map((proof) => proof.goal))].join(", ") || "none";
				err(`Expected a goal that runs on this ticket (${known}), found ${goal ?? "none"}.`);
				return 1;
			}
			if (has("json")) out(JSON.stringify(proofs));
			else out(proofs.map((proof) => formatProof(proof, chosen ?? found.policy.language)).join("\n\n\n"));
			return 0;
		} finally {
			await close();
		}
	},
};

function languageOf(given: string | undefined): Language | undefined {
	const found = languages.find((language) => language === given);
	if (given !== undefined && found === undefined) {
		throw new UsageError(`Expected --language ${languages.join(", ")}, found ${given}.`);
	}
	return found;
}
