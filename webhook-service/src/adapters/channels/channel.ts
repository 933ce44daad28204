import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Goal } from "@stipt/shared/sla/fact";
import type { Language, Words } from "@stipt/shared/wire/language";
import type { z } from "zod";
import type { Call } from "../../call.ts";

/** An alert to one role, with everything needed to act. */
export type Notice = {
	/** Idempotency key: the same alert to the same receiver always has the same. */
	key: string;
	/** Id of the alert: what is acknowledged. */
	alert: string;
	/** `request`: somebody asked for this role's attention. */
	kind: "warning" | "breach" | "escalation" | "re-opened" | "request";
	role: Words;
	language: Language;
	/** Receivers of this channel: e-mail addresses; empty for a webhook. */
	to: string[];
	ticket: { connection: string; ticket: string; number: string; title: string; url: string };
	priority: { id: string; name: Words };
	service: Words;
	goal: Goal;
	deadline: Instant | null;
	/** Open milliseconds left; negative when overdue. */
	remainingMs: number | null;
	/** In whose wall clock times are written. */
	zone: string;
	rung: { step: number; of: number };
	occurrence: number;
	/** Signed, expiring; opening it shows, pressing acknowledges. */
	acknowledgeUrl: string;
	now: Instant;
	/** Who asked for attention, and why. */
	request?: { by: string; reason: string };
	/** A first try of this notice may have gone out before a crash. */
	possiblyRepeated: boolean;
};

export type ChannelReceipt = { id: string; detail: string };

/** A way to reach people. Adding one: one file, one row in `index.ts`, one fixture folder. */
export type Channel<Settings = never> = {
	id: string;
	name: string;
	docs: string;
	settings: z.ZodType<Settings>;
	secrets: readonly string[];
	send(notice: Notice, context: { settings: Settings; call: Call }): Promise<ChannelReceipt>;
};
