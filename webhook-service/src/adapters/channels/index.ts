import { type ChannelRow, channelRow } from "../bind.ts";
import { email } from "./email.ts";
import { webhook } from "./webhook.ts";

/** Every way to reach people. */
export const channels = {
	email: channelRow(email),
	webhook: channelRow(webhook),
} as const satisfies Record<string, ChannelRow>;

export type ChannelId = keyof typeof channels;
