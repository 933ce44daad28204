import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Fact } from "@stipt/shared/sla/fact";
import type { z } from "zod";
import type { Call } from "../call.ts";
import { ServiceError } from "../errors.ts";
import type { StoredConnection } from "../store/store.ts";
import type { Channel, Notice } from "./channels/channel.ts";
import type { Helpdesk, HelpdeskContext, Hook, ImportPart, Installer, Write } from "./helpdesks/helpdesk.ts";
import type { IncidentDraft, StatusPage } from "./status-pages/status-page.ts";

/** Reads a connection's settings with its adapter's schema. Throws `misconfigured` with every fault. */
function settingsOf<Settings>(
	adapter: { name: string; settings: z.ZodType<Settings> },
	connection: StoredConnection,
): Settings {
	const parsed = adapter.settings.safeParse(connection.settings);
	if (parsed.success) return parsed.data;
	const problems = parsed.error.issues.map((issue) => ({
		path: issue.path.join("."),
		expected: issue.message,
		found: "another value",
	}));
	const where = problems.map(({ path, expected }) => `${path}: ${expected}`).join("; ");
	throw new ServiceError("misconfigured", `Settings of connection ${connection.id} (${adapter.name}): ${where}`, {
		problems,
	});
}

/** A helpdesk's adapter with one installation filled in. */
export function bindHelpdesk<Settings>(adapter: Helpdesk<Settings>, connection: StoredConnection, call: Call) {
	const context = (now: Instant) => ({
		connection: {
			id: connection.id,
			url: connection.url,
			settings: settingsOf(adapter, connection),
			mapping: connection.mapping ?? { priorities: {}, states: {} },
		},
		call,
		now,
	});
	return {
		pages: adapter.pages?.(settingsOf(adapter, connection)) ?? adapter.id,
		read: (ticket: string, known: readonly Fact[], now: Instant) => adapter.read(ticket, known, context(now)),
		changedSince: (since: Instant, now: Instant) => adapter.changedSince(since, context(now)),
		present: (tickets: readonly string[], now: Instant) => adapter.present(tickets, context(now)),
		listed: (asked: { part: ImportPart; cursor: string | null; since: Instant | null }, now: Instant) =>
			adapter.listed(asked, context(now)),
		write: (ticket: string, write: Write, now: Instant) => adapter.write(ticket, write, context(now)),
		probe: (now: Instant) => adapter.probe(context(now)),
		discover: async (now: Instant) => (await adapter.discover?.(context(now))) as Record<string, unknown> | undefined,
		vocabulary: async (now: Instant) => (await adapter.vocabulary?.(context(now))) ?? null,
		proposeMapping: (now: Instant) => adapter.proposeMapping(context(now)),
		install: async (hook: Hook, now: Instant) => {
			const { done, settings } = await adapter.install(hook, context(now));
			return { done, settings: settings as Record<string, unknown> };
		},
		installer: bindInstaller(adapter.installer, context),
	};
}

function bindInstaller<Settings>(
	installer: Installer<Settings> | undefined,
	context: (now: Instant) => HelpdeskContext<Settings>,
) {
	if (installer === undefined) return null;
	return {
		plan: (hook: Hook, now: Instant) => installer.plan(hook, context(now)),
		uninstall: (what: { mark: string; fields: boolean }, now: Instant) => installer.uninstall(what, context(now)),
		ring: (mark: string, now: Instant) => installer.ring(mark, context(now)),
		silence: (hook: Hook, since: Instant, now: Instant) => installer.silence(hook, since, context(now)),
	};
}

/** A row of the table of helpdesks: the adapter, whatever its settings, and a way to bind it. */
export function helpdeskRow<Settings>(adapter: Helpdesk<Settings>) {
	const { id, name, docs, settings, secrets, scheme, settleMs, deliveryId, hint } = adapter;
	return {
		...{ id, name, docs, settings, secrets, scheme, settleMs },
		deliveryId: (headers: Record<string, string>, body: Uint8Array) => deliveryId.call(adapter, headers, body),
		hint: (body: unknown) => hint.call(adapter, body),
		forgets: (fact: Fact) => adapter.forgets?.(fact) ?? false,
		bind: (connection: StoredConnection, call: Call) => bindHelpdesk(adapter, connection, call),
	};
}

/** A row of the table of channels. */
export function channelRow<Settings>(adapter: Channel<Settings>) {
	const { id, name, docs, settings, secrets } = adapter;
	return {
		...{ id, name, docs, settings, secrets },
		bind: (connection: StoredConnection, call: Call) => ({
			send: (notice: Notice) => adapter.send(notice, { settings: settingsOf(adapter, connection), call }),
		}),
	};
}

/** A row of the table of status pages. */
export function statusPageRow<Settings>(adapter: StatusPage<Settings>) {
	const { id, name, docs, settings, secrets } = adapter;
	return {
		...{ id, name, docs, settings, secrets },
		bind(connection: StoredConnection, call: Call) {
			const context = (now: Instant) => ({
				connection: { id: connection.id, settings: settingsOf(adapter, connection) },
				call,
				now,
			});
			return {
				probe: (now: Instant) => adapter.probe(context(now)),
				open: (draft: IncidentDraft, now: Instant) => adapter.open(draft, context(now)),
				update: (event: string, draft: IncidentDraft, now: Instant) => adapter.update(event, draft, context(now)),
				list: (now: Instant) => adapter.list(context(now)),
			};
		},
	};
}

export type HelpdeskRow = ReturnType<typeof helpdeskRow>;
export type ChannelRow = ReturnType<typeof channelRow>;
export type StatusPageRow = ReturnType<typeof statusPageRow>;

/** Every adapter that this service has, by table and row. */
export type Adapters = {
	helpdesks: Record<string, HelpdeskRow>;
	channels: Record<string, ChannelRow>;
	statusPages: Record<string, StatusPageRow>;
};
