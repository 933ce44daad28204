import { newSecret, sha256 } from "../verify.ts";
import { type Command, UsageError } from "./command.ts";
import { typed } from "./options.ts";

const roles = ["agent", "manager", "admin"] as const;

export const tokenCreate: Command = {
	name: "token create",
	usage: "--role agent|manager|admin --name NAME [--json]",
	summary: "makes a personal token for the extension or a script; shown once",
	async run(args, { out, service }) {
		const { need, has } = typed(args, { texts: ["role", "name"], flags: ["json"] });
		const role = roles.find((known) => known === need("role"));
		if (role === undefined) throw new UsageError(`Expected --role ${roles.join(", ")}, found "${need("role")}".`);
		const name = need("name");
		const { ports, close } = await service();
		try {
			const token = `stipt_${newSecret(32)}`;
			const createdAt = ports.time();
			await ports.store.saveToken({ hash: sha256(token), name, role, createdAt, lastUsedAt: null });
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
