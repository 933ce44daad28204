import { pairingLink } from "@stipt/shared/wire/pairing";
import { newSecret, sha256 } from "../verify.ts";
import { type Command, UsageError } from "./command.ts";
import { typed } from "./options.ts";

const asHint = "a role of the policies, for priorities that only some roles may declare";
const roles = ["agent", "manager", "admin"] as const;

export const tokenCreate: Command = {
	name: "token create",
	usage: "--role agent|manager|admin --name NAME [--user CONNECTION=ID,…] [--as ROLE] [--json]",
	options: {
		"--user CONNECTION=ID": "the person's own user id at a helpdesk, so that the extension can show their tickets",
		"--as ROLE": asHint,
	},
	summary: "makes a personal token for the extension or a script; shown once",
	async run(args, { out, service }) {
		const { need, has, text } = typed(args, { texts: ["role", "name", "user", "as"], flags: ["json"] });
		const role = roleOf(need("role"));
		const name = need("name");
		const who = { name, role, users: usersOf(text("user")), ...actingAs(text("as")) };
		const { ports, close } = await service();
		try {
			const token = `stipt_${newSecret(32)}`;
			const createdAt = ports.time();
			await ports.store.saveToken({ hash: sha256(token), ...who, createdAt, lastUsedAt: null });
			await ports.store.audit({ at: createdAt, by: "command line", what: `made a token for ${name} (${role})` });
			out(has("json") ? JSON.stringify({ token, name, role }) : token);
			return 0;
		} finally {
			await close();
		}
	},
};

export const tokenRevoke: Command = {
	name: "token revoke",
	usage: "--name NAME",
	summary: "makes every token of that name worthless",
	async run(args, { out, err, service }) {
		const name = typed(args, { texts: ["name"] }).need("name");
		const { ports, close } = await service();
		try {
			const found = (await ports.store.tokens()).filter((token) => token.name === name);
			for (const { hash } of found) await ports.store.removeToken(hash);
			if (found.length === 0) {
				err(`Expected the name of a token, found "${name}".`);
				return 1;
			}
			await ports.store.audit({ at: ports.time(), by: "command line", what: `revoked the tokens of ${name}` });
			out(`revoked ${found.length}`);
			return 0;
		} finally {
			await close();
		}
	},
};

/** How long a pairing link is good: to be sent and opened, not to be kept. */
const pairingHours = 24;

export const pair: Command = {
	name: "pair",
	usage: "--name NAME [--role agent|manager|admin] [--user CONNECTION=ID,…] [--as ROLE] [--json]",
	options: {
		"--role ROLE": "default: agent",
		"--user CONNECTION=ID": "the person's own user id at a helpdesk, so that the extension can show their tickets",
		"--as ROLE": asHint,
	},
	summary: "makes a link that sets up one person's extension; good once, for a day",
	async run(args, { out, service }) {
		const { need, has, text } = typed(args, { texts: ["role", "name", "user", "as"], flags: ["json"] });
		const role = roleOf(text("role") ?? "agent");
		const name = need("name");
		const who = { name, role, users: usersOf(text("user")), ...actingAs(text("as")) };
		const { ports, close } = await service();
		try {
			const secret = newSecret(32);
			const expiresAt = ports.time() + pairingHours * 3_600_000;
			await ports.store.savePairing({ hash: sha256(secret), ...who, expiresAt });
			await ports.store.audit({
				at: ports.time(),
				by: "command line",
				what: `made a pairing link for ${name} (${role})`,
			});
			const link = pairingLink(ports.publicUrl, secret);
			out(has("json") ? JSON.stringify({ link, name, role, expiresAt: new Date(expiresAt).toISOString() }) : link);
			return 0;
		} finally {
			await close();
		}
	},
};

function roleOf(text: string): (typeof roles)[number] {
	const role = roles.find((known) => known === text);
	if (role === undefined) throw new UsageError(`Expected --role ${roles.join(", ")}, found "${text}".`);
	return role;
}

function actingAs(role: string | undefined): { as?: string } {
	return role === undefined ? {} : { as: role };
}

function usersOf(text: string | undefined): Record<string, string> {
	const pairs = (text ?? "").split(",").filter((pair) => pair !== "");
	return Object.fromEntries(
		pairs.map((pair) => {
			const [connection, id, ...rest] = pair.split("=");
			if (!connection || !id || rest.length > 0)
				throw new UsageError(`Expected --user CONNECTION=ID, found "${pair}".`);
			return [connection, id];
		}),
	);
}
