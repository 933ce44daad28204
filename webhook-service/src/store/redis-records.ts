import type { Publication } from "@stipt/shared/simulation/publication";
import type { PageEvent } from "@stipt/shared/status/page-event";
import type { Redis } from "ioredis";
import { newSecret, seal, unseal } from "../verify.ts";
import { executed } from "./redis-executed.ts";
import { type Keys, member, refOf } from "./redis-keys.ts";
import type { TicketPart } from "./redis-tickets.ts";
import type {
	ConnectionHealth,
	Shadow,
	Store,
	StoredAlert,
	StoredConnection,
	StoredPairing,
	StoredPolicy,
	StoredToken,
} from "./store.ts";

type RecordPart = Omit<Store, keyof TicketPart | "ping">;

/** Longer than any sender retries: Zammad gives up after two minutes, Statuspage after an hour. */
const deliveryMemorySeconds = 48 * 3600;
/** Longer than anybody waits for a delivery of a change that was made on purpose. */
const heardSeconds = 600;
/** Longer than any is good for; whether it still is, is read from what it says. */
const pairingMemorySeconds = 48 * 3600;
const listLength = 10_000;

/** Sets the acknowledgement when there is none: KEYS alert; ARGV json. Answers the one that holds. */
const acknowledgeScript = `
if redis.call('EXISTS', KEYS[1]) == 0 then return nil end
redis.call('HSETNX', KEYS[1], 'acknowledged', ARGV[1])
return redis.call('HGET', KEYS[1], 'acknowledged')
`;

/** Adds a publication to as many as the publisher knew of: KEYS publications; ARGV how many, json. */
const publishScript = `
if redis.call('LLEN', KEYS[1]) ~= tonumber(ARGV[1]) then return 0 end
redis.call('RPUSH', KEYS[1], ARGV[2])
return 1
`;

const unlockScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/** Deliveries, alerts, page events, connections, policies, tokens, and what is recorded of people and troubles. */
export function redisRecords(redis: Redis, keys: Keys, secret: string, retentionMs: number): RecordPart {
	const sealed = (connection: StoredConnection): string =>
		JSON.stringify({
			...connection,
			settings: seal(secret, JSON.stringify(connection.settings)),
			hookSecrets: seal(secret, JSON.stringify(connection.hookSecrets)),
		});
	const opened = (text: string): StoredConnection => {
		const kept = JSON.parse(text) as StoredConnection & { settings: unknown; hookSecrets: unknown };
		return {
			...kept,
			settings: JSON.parse(unseal(secret, String(kept.settings))),
			hookSecrets: JSON.parse(unseal(secret, String(kept.hookSecrets))),
		};
	};
	const alertOf = (fields: Record<string, string>): StoredAlert | null =>
		fields.alert === undefined
			? null
			: {
					...(JSON.parse(fields.alert) as StoredAlert),
					acknowledged: fields.acknowledged === undefined ? null : JSON.parse(fields.acknowledged),
				};
	const readAlert = async (id: string) => alertOf(await redis.hgetall(keys.alert(id)));
	const pushed = async (key: string, entry: unknown) => {
		await executed(
			redis
				.pipeline()
				.lpush(key, JSON.stringify(entry))
				.ltrim(key, 0, listLength - 1),
		);
	};
	const listed = async <Entry>(key: string, limit: number) =>
		(await redis.lrange(key, 0, limit - 1)).map((entry) => JSON.parse(entry) as Entry);
	const publications = async (name: string) =>
		(await redis.lrange(keys.publications(name), 0, -1)).map((entry) => JSON.parse(entry) as Publication);
	const valuesOf = async <Entry>(key: string) => (await redis.hvals(key)).map((entry) => JSON.parse(entry) as Entry);

	return {
		async markDelivery(connection, delivery) {
			const key = keys.delivery(connection, delivery);
			return (await redis.set(key, "1", "EX", deliveryMemorySeconds, "NX")) === "OK";
		},

		async saveHeard(ref, at) {
			await redis.set(keys.heard(ref), at, "EX", heardSeconds);
		},
		async readHeard(ref) {
			const found = await redis.get(keys.heard(ref));
			return found === null ? null : Number(found);
		},

		async saveAlert(alert) {
			const { acknowledged: _, ...rest } = alert;
			await executed(
				redis
					.pipeline()
					.hset(keys.alert(alert.id), { alert: JSON.stringify(rest) })
					.pexpire(keys.alert(alert.id), String(retentionMs))
					.zadd(keys.ticketAlerts(alert.ref), String(alert.owedAt), alert.id),
			);
		},
		readAlert,
		async ticketAlerts(ref) {
			const ids = await redis.zrange(keys.ticketAlerts(ref), "0", "-1");
			return (await Promise.all(ids.map(readAlert))).filter((alert) => alert !== null);
		},
		async acknowledgeAlert(id, acknowledged) {
			const held = await redis.eval(acknowledgeScript, 1, keys.alert(id), JSON.stringify(acknowledged));
			return held === null ? null : readAlert(id);
		},

		async savePageEvent(event, hash) {
			await redis.hset(keys.pageEvents, `${event.connection}|${event.id}`, JSON.stringify({ event, hash }));
		},
		async readPageEvent(connection, id) {
			const found = await redis.hget(keys.pageEvents, `${connection}|${id}`);
			return found === null ? null : (JSON.parse(found) as { event: PageEvent; hash: string });
		},
		async pageEvents() {
			return (await valuesOf<{ event: PageEvent }>(keys.pageEvents)).map(({ event }) => event);
		},
		async linkPageEvent({ ref, connection, event, role }) {
			await redis.hset(keys.pageEventTickets(connection, event), member(ref), role);
		},
		async ticketsOfPageEvent(connection, event) {
			const links = await redis.hgetall(keys.pageEventTickets(connection, event));
			return Object.entries(links).map(([text, role]) => ({
				ref: refOf(text),
				role: role === "source" ? "source" : "affected",
			}));
		},

		async saveConnection(connection) {
			await redis.hset(keys.connections, connection.id, sealed(connection));
		},
		async readConnection(id) {
			const found = await redis.hget(keys.connections, id);
			return found === null ? null : opened(found);
		},
		async connections() {
			const found = (await redis.hvals(keys.connections)).map(opened);
			return found.sort((a, b) => a.createdAt - b.createdAt || a.id.localeCompare(b.id));
		},
		async removeConnection(id) {
			await executed(
				redis
					.pipeline()
					.hdel(keys.connections, id)
					.del(keys.health(id))
					.del(keys.open(id))
					.del(keys.known(id))
					.del(keys.unread(id))
					.hdel(keys.shadows, id),
			);
		},
		async saveHealth(id, health) {
			const fields = Object.fromEntries(Object.entries(health).map(([name, value]) => [name, JSON.stringify(value)]));
			if (Object.keys(fields).length > 0) await redis.hset(keys.health(id), fields);
		},
		async readHealth(id) {
			const found = await redis.hgetall(keys.health(id));
			const read = <Name extends keyof ConnectionHealth>(name: Name): ConnectionHealth[Name] =>
				found[name] === undefined ? null : JSON.parse(found[name]);
			return {
				lastDeliveryAt: read("lastDeliveryAt"),
				lastContactAt: read("lastContactAt"),
				cursor: read("cursor"),
				failure: read("failure"),
				polledAt: read("polledAt"),
				nextPollAt: read("nextPollAt"),
				gap: read("gap"),
				breaker: read("breaker"),
				restored: read("restored"),
			};
		},
		async count(id, counter, by = 1) {
			await redis.hincrby(keys.counters(id), counter, by);
		},
		async counts(id) {
			const found = await redis.hgetall(keys.counters(id));
			return Object.fromEntries(Object.entries(found).map(([name, count]) => [name, Number(count)]));
		},
		async saveImport(id, progress) {
			await redis.set(keys.importing(id), JSON.stringify(progress));
		},
		async readImport(id) {
			const found = await redis.get(keys.importing(id));
			return found === null ? null : JSON.parse(found);
		},

		async publishPolicy(policy, publication, after) {
			await redis.hsetnx(keys.policies, policy.version, JSON.stringify(policy));
			const list = keys.publications(policy.name);
			return (await redis.eval(publishScript, 1, list, String(after), JSON.stringify(publication))) === 1;
		},
		async readPolicy(query) {
			const version = "version" in query ? query.version : (await publications(query.name)).at(-1)?.version;
			const found = version === undefined ? null : await redis.hget(keys.policies, version);
			return found === null ? null : (JSON.parse(found) as StoredPolicy);
		},
		policies: () => valuesOf<StoredPolicy>(keys.policies),
		publications,

		async shadows() {
			const found = Object.entries(await redis.hgetall(keys.shadows));
			return Object.fromEntries(found.map(([id, shadow]) => [id, JSON.parse(shadow) as Shadow]));
		},
		async saveShadow(connection, shadow) {
			if (shadow === null) await redis.hdel(keys.shadows, connection);
			else await redis.hset(keys.shadows, connection, JSON.stringify(shadow));
		},

		async saveToken(token) {
			await redis.hset(keys.tokens, token.hash, JSON.stringify(token));
		},
		async readToken(hash) {
			const found = await redis.hget(keys.tokens, hash);
			return found === null ? null : (JSON.parse(found) as StoredToken);
		},
		async tokens() {
			return (await valuesOf<StoredToken>(keys.tokens)).sort((a, b) => a.createdAt - b.createdAt);
		},
		async touchToken(hash, at) {
			const found = await redis.hget(keys.tokens, hash);
			if (found === null) return;
			await redis.hset(keys.tokens, hash, JSON.stringify({ ...(JSON.parse(found) as StoredToken), lastUsedAt: at }));
		},

		async removeToken(hash) {
			await redis.hdel(keys.tokens, hash);
		},
		async savePairing(pairing) {
			await redis.set(keys.pairing(pairing.hash), JSON.stringify(pairing), "EX", pairingMemorySeconds);
		},
		async takePairing(hash) {
			const found = await redis.getdel(keys.pairing(hash));
			return found === null ? null : (JSON.parse(found) as StoredPairing);
		},

		audit: (entry) => pushed(keys.audit, entry),
		auditTrail: (limit) => listed(keys.audit, limit),
		reportTrouble: (trouble) => pushed(keys.troubles, trouble),
		troubles: (limit) => listed(keys.troubles, limit),

		async beat(worker, at) {
			await redis.zadd(keys.beats, at, worker);
		},
		async lastBeat() {
			const [worker] = await redis.zrevrange(keys.beats, 0, 0);
			return worker === undefined ? null : Number(await redis.zscore(keys.beats, worker));
		},
		async lock(name, ttlMs) {
			const holder = newSecret(12);
			if ((await redis.set(keys.lock(name), holder, "PX", ttlMs, "NX")) !== "OK") return null;
			return async () => {
				await redis.eval(unlockScript, 1, keys.lock(name), holder);
			};
		},
	};
}
