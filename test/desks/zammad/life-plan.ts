import { createHash } from "node:crypto";
import type { Instant } from "@stipt/shared/calendar/calendar";
import { people } from "./base.ts";
import type { TicketRow } from "./state.ts";

export const second = 1000;
export const minute = 60 * second;

/** Emergencies come again after this long; when the first comes, its first answer and its end. */
export const emergency = { again: 30 * minute, first: 40 * second, answered: 12 * minute, solved: 20 * minute };

/** What will happen to a ticket as long as nobody else takes it up. */
export type Plan = {
	agent: string;
	answerAt: Instant;
	/** The agent asks something back and the ticket waits for the customer. */
	asks: boolean;
	/** When the customer writes again, and how long the agent then takes. */
	remindAt: Instant | null;
	replyAfter: number;
	solveAt: Instant;
};

/** Chance that is the same for the same seed: by a ticket's id and by what is decided. */
export type Dice = {
	/** From 0 up to 1. */
	roll(id: number, what: string): number;
	between(id: number, what: string, least: number, most: number): number;
	pick<T>(list: readonly T[], id: number, what: string): T;
};

export function diceOf(seed: string): Dice {
	const roll = (id: number, what: string) =>
		createHash("sha256").update(`${seed}:${id}:${what}`).digest().readUInt32BE(0) / 2 ** 32;
	return {
		roll,
		between: (id, what, least, most) => Math.round(least + roll(id, what) * (most - least)),
		pick(list, id, what) {
			const found = list[Math.floor(roll(id, what) * list.length)];
			if (found === undefined) throw new Error("Expected something to pick from, found nothing.");
			return found;
		},
	};
}

export const isEmergency = ({ custom }: TicketRow): boolean => custom.impact === "high" && custom.urgency === "high";

/** Two tickets of the time before are the reader's own: answered, and not solved. */
const readers = [10, 13];

/** What will happen to a ticket. `before`: it belongs to the time before the desk was started. */
export function planOf(ticket: TicketRow, { roll, between, pick }: Dice, before: boolean): Plan {
	const { id, priority_id: priority } = ticket;
	const at = Date.parse(ticket.created_at);
	const [reader, ...colleagues] = people.agents;
	const agent = before && readers.includes(id) ? reader : pick(colleagues, id, "agent");
	if (isEmergency(ticket)) {
		const { answered, solved } = emergency;
		const late = { answerAt: at + answered, replyAfter: answered, solveAt: at + solved };
		return { agent, asks: false, remindAt: at + 3 * minute, ...late };
	}
	const urgent = priority === 3;
	const forgotten = !urgent && id > 20 && roll(id, "forgotten") < 0.12;
	const answerAt =
		at +
		(forgotten
			? between(id, "late", 9 * minute, 16 * minute)
			: between(id, "answer", 25 * second, (urgent ? 55 : 130) * second));
	const asks = !urgent && roll(id, "asks") < 0.3;
	const reminds = asks || roll(id, "reminds") < 0.3;
	const [least, most] = urgent ? [3, 5] : priority === 1 ? [18, 40] : [4, 8];
	return {
		agent,
		answerAt,
		asks,
		remindAt: reminds ? answerAt + between(id, "remind", 60 * second, 170 * second) : null,
		replyAfter: between(id, "reply", 20 * second, 80 * second),
		solveAt: Math.max(answerAt + minute, at + between(id, "solve", least * minute, most * minute)),
	};
}
