import type { Instant } from "@stipt/shared/calendar/calendar";
import type { Fact } from "@stipt/shared/sla/fact";
import type { Redis } from "ioredis";
import { executed } from "./redis-executed.ts";
import { type Keys, member, refOf } from "./redis-keys.ts";
import type { Store, StoredTicket, TicketRef, Wake } from "./store.ts";

/** What of the store is about tickets. */
export type TicketPart = Pick<
	Store,
	| "readTicket"
	| "readTickets"
	| "appendFacts"
	| "replaceFacts"
	| "saveReading"
	| "knownStamps"
	| "knownSince"
	| "forgetKnown"
	| "addUnread"
	| "dropUnread"
	| "unreadCount"
	| "unreadBefore"
	| "saveExpected"
	| "readExpected"
	| "saveWritten"
	| "readWritten"
	| "savePolicyOf"
	| "saveDoubt"
	| "saveWake"
	| "readWake"
	| "wakesUntil"
	| "wakeSummary"
	| "saveOpen"
	| "openTickets"
	| "openCount"
	| "allTickets"
>;

/** Adds facts whose ids are new and counts the change: KEYS facts, meta; ARGV id, json, id, json, … */
const appendScript = `
local added = {}
for i = 1, #ARGV, 2 do
	if redis.call('HSETNX', KEYS[1], ARGV[i], ARGV[i + 1]) == 1 then added[#added + 1] = ARGV[i] end
end
if #added > 0 then redis.call('HINCRBY', KEYS[2], 'revision', 1) end
redis.call('PERSIST', KEYS[1])
redis.call('PERSIST', KEYS[2])
return added
`;

/** Puts facts in the place of all that there were: KEYS facts, meta; ARGV id, json, id, json, … */
const replaceScript = `
redis.call('DEL', KEYS[1])
for i = 1, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
redis.call('HINCRBY', KEYS[2], 'revision', 1)
redis.call('PERSIST', KEYS[2])
return 1
`;

/** Takes a ticket out, unless it was put there later than that: KEYS unread; ARGV ticket, instant */
const dropScript = `
local at = redis.call('ZSCORE', KEYS[1], ARGV[1])
if at and tonumber(at) <= tonumber(ARGV[2]) then return redis.call('ZREM', KEYS[1], ARGV[1]) end
return 0
`;

/** How many tickets a batch of all of them holds, about. */
const scanned = 500;

/** Ledgers, what is known about their tickets, and the indexes over them. */
export function redisTickets(redis: Redis, keys: Keys, retentionMs: number): TicketPart {
	const readTickets = async (refs: TicketRef[]): Promise<StoredTicket[]> => {
		if (refs.length === 0) return [];
		const pipeline = redis.pipeline();
		for (const ref of refs) {
			pipeline.hvals(keys.facts(ref));
			pipeline.hgetall(keys.meta(ref));
		}
		const answers = await executed(pipeline);
		return refs.map((ref, index) => {
			const facts = answers[index * 2] as string[];
			const meta = answers[index * 2 + 1] as Record<string, string>;
			return {
				ref,
				facts: facts.map((fact) => JSON.parse(fact) as Fact),
				revision: Number(meta.revision ?? 0),
				snapshot: meta.snapshot === undefined ? null : JSON.parse(meta.snapshot),
				readAt: meta.readAt === undefined ? null : Number(meta.readAt),
				policy: meta.policy ?? null,
				doubt: meta.doubt === undefined ? null : JSON.parse(meta.doubt),
			};
		});
	};
	const readTicket = async (ref: TicketRef): Promise<StoredTicket> => {
		const [ticket] = await readTickets([ref]);
		if (ticket === undefined) throw new RangeError("Expected one ticket, got none");
		return ticket;
	};
	/** Those whose ledgers have not passed their retention. */
	const kept = async (refs: TicketRef[]): Promise<TicketRef[]> => {
		const found = await Promise.all(refs.map((ref) => redis.exists(keys.facts(ref))));
		return refs.filter((_, index) => found[index] === 1);
	};
	return {
		readTickets,
		readTicket,
		async appendFacts(ref, facts) {
			const args = facts.flatMap((fact) => [fact.id, JSON.stringify(fact)]);
			const added =
				facts.length === 0
					? []
					: ((await redis.eval(appendScript, 2, keys.facts(ref), keys.meta(ref), ...args)) as string[]);
			const isNew = new Set(added);
			return { added: facts.filter((fact) => isNew.delete(fact.id)), ticket: await readTicket(ref) };
		},
		async replaceFacts(ref, facts) {
			const args = facts.flatMap((fact) => [fact.id, JSON.stringify(fact)]);
			await redis.eval(replaceScript, 2, keys.facts(ref), keys.meta(ref), ...args);
			return readTicket(ref);
		},
		async saveReading(ref, { snapshot, readAt }) {
			await Promise.all([
				redis.hset(keys.meta(ref), { snapshot: JSON.stringify(snapshot), readAt }),
				redis.zadd(keys.known(ref.connection), snapshot.updatedAt, ref.ticket),
			]);
		},
		async knownStamps(connection, tickets) {
			if (tickets.length === 0) return [];
			const found = await redis.zmscore(keys.known(connection), ...tickets);
			return found.map((stamp) => (stamp === null ? null : Number(stamp)));
		},
		async knownSince(connection, since, limit) {
			const found = await redis.zrevrangebyscore(
				...([keys.known(connection), "+inf", String(since), "WITHSCORES", "LIMIT", 0, limit] as const),
			);
			return scored(found).map(([ticket, updatedAt]) => ({ ticket, updatedAt }));
		},
		async forgetKnown(ref) {
			await redis.zrem(keys.known(ref.connection), ref.ticket);
		},
		async addUnread(connection, ticket, at) {
			return redis.zadd(keys.unread(connection), "NX", String(at), ticket);
		},
		async dropUnread(ref, at) {
			await redis.eval(dropScript, 1, keys.unread(ref.connection), ref.ticket, String(at));
		},
		async unreadCount(connection) {
			return redis.zcard(keys.unread(connection));
		},
		async unreadBefore(connection, before, limit) {
			return redis.zrangebyscore(keys.unread(connection), "-inf", `(${before}`, "LIMIT", 0, limit);
		},
		async saveExpected(ref, field, expected) {
			const key = `expected ${field}`;
			if (expected === null) await redis.hdel(keys.meta(ref), key);
			else await redis.hset(keys.meta(ref), { [key]: JSON.stringify(expected) });
		},
		async readExpected(ref) {
			const found = await redis.hmget(keys.meta(ref), "expected priority", "expected group");
			const [priority = null, group = null] = found.map((text) => (text === null ? null : JSON.parse(text)));
			return { priority, group };
		},
		async saveWritten(ref, kind, causes) {
			await redis.hset(keys.meta(ref), { [`written ${kind}`]: causes });
		},
		async readWritten(ref, kind) {
			const found = await redis.hget(keys.meta(ref), `written ${kind}`);
			return found === null ? null : Number(found);
		},
		async savePolicyOf(ref, policy) {
			await redis.hset(keys.meta(ref), { policy });
		},
		async saveDoubt(ref, doubt) {
			if (doubt === null) await redis.hdel(keys.meta(ref), "doubt");
			else await redis.hset(keys.meta(ref), { doubt: JSON.stringify(doubt) });
		},
		async saveWake(ref, wake) {
			const pipeline = redis.pipeline();
			if (wake === null) pipeline.zrem(keys.wakes, member(ref)).hdel(keys.meta(ref), "wake");
			else {
				pipeline.zadd(keys.wakes, String(wake.wakeAt), member(ref));
				pipeline.hset(keys.meta(ref), { wake: JSON.stringify(wake) });
			}
			await executed(pipeline);
		},
		async readWake(ref) {
			const found = await redis.hget(keys.meta(ref), "wake");
			return found === null ? null : (JSON.parse(found) as Wake);
		},
		async wakesUntil(until, limit) {
			const found = await redis.zrangebyscore(keys.wakes, "-inf", String(until), "WITHSCORES", "LIMIT", 0, limit);
			return scored(found).map(([text, at]) => ({ ref: refOf(text), at }));
		},
		async wakeSummary() {
			const [count, first] = await Promise.all([
				redis.zcard(keys.wakes),
				redis.zrange(keys.wakes, "0", "0", "WITHSCORES"),
			]);
			return { count, oldest: scored(first)[0]?.[1] ?? null };
		},
		async saveOpen(ref, open) {
			const index = keys.open(ref.connection);
			const before = await redis.hget(keys.meta(ref), "openOwner");
			const pipeline = redis.pipeline();
			if (before !== null && before !== (open?.owner ?? "")) {
				pipeline.zrem(keys.openOf(ref.connection, before), ref.ticket);
			}
			if (open === null) {
				pipeline.zrem(index, ref.ticket);
				if (before !== null) pipeline.zrem(keys.openOf(ref.connection, before), ref.ticket);
				pipeline.hdel(keys.meta(ref), "openOwner");
				for (const key of [keys.facts(ref), keys.meta(ref), keys.ticketAlerts(ref)])
					pipeline.pexpire(key, String(retentionMs));
			} else {
				const urgency = Number.isFinite(open.urgency) ? open.urgency : "+inf";
				pipeline.zadd(index, urgency, ref.ticket);
				if (open.owner !== null) pipeline.zadd(keys.openOf(ref.connection, open.owner), urgency, ref.ticket);
				pipeline.hset(keys.meta(ref), { openOwner: open.owner ?? "" });
				for (const key of [keys.facts(ref), keys.meta(ref), keys.ticketAlerts(ref)]) pipeline.persist(key);
			}
			await executed(pipeline);
		},
		async openCount(connection) {
			return redis.zcard(keys.open(connection));
		},
		async openTickets(connection, { limit, owner, offset = 0 }) {
			const index = owner === undefined ? keys.open(connection) : keys.openOf(connection, owner);
			return (await redis.zrange(index, String(offset), String(offset + limit - 1))).map((ticket) => ({
				connection,
				ticket,
			}));
		},
		async allTickets(connection, from) {
			const [next, found] = await redis.zscan(keys.known(connection), from ?? "0", "COUNT", scanned);
			const refs = scored(found).map(([ticket]) => ({ connection, ticket }));
			return { refs: await kept(refs), next: next === "0" ? null : next };
		},
	};
}

/** Pairs of member and score, in whichever shape the protocol gives them. */
function scored(found: unknown): [string, Instant][] {
	const list = found as (string | [string, number])[];
	if (Array.isArray(list[0])) return (list as [string, number][]).map(([text, score]) => [text, Number(score)]);
	const flat = list as string[];
	return flat.flatMap((text, index) => (index % 2 === 0 ? [[text, Number(flat[index + 1])] as [string, number]] : []));
}
