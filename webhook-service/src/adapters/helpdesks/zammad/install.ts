import { ServiceError } from "../../../errors.ts";
import { expectReply } from "../expect-reply.ts";
import type { Hook } from "../helpdesk.ts";
import { ownUserId, type ZammadContext, zammadApi } from "./api.ts";
import {
	differences,
	findNamed,
	type Shelf,
	triggersFor,
	triggersOf,
	type Wanted,
	wantedTrigger,
	wantedWebhook,
	webhooksOf,
} from "./installed.ts";
import { installFields } from "./matrix-fields.ts";
import type { ZammadSettings } from "./settings.ts";

/** Zammad cuts longer ones without a word: the address would be wrong, or every signature. */
const longest = { endpoint: 300, signature: 200 };

/**
 * Makes Zammad send us its changes: one webhook and two triggers, found again by the mark in their names; and the
 * fields of the matrix where they are asked for.
 *
 * `is not create` in mode `always` is the only pair that fires on every change, merges included, in 5.2 (which drops
 * the two keys that it does not know) and in 6. A condition that leaves our own changes out would lose agents' changes
 * in 5.2; so what we write comes back once, is read, and changes nothing. The names begin with `zz` because triggers
 * run in the order of their names, and ours should see what the others did.
 */
export async function install(
	hook: Hook,
	context: ZammadContext,
): Promise<{ done: string[]; settings: ZammadSettings }> {
	checkLengths(hook);
	const { installToken, ...settings } = context.connection.settings;
	const api = zammadApi(context, installToken);
	const fields = hook.fields === undefined ? [] : await installFields(hook.fields, api);
	const webhook = await ensure(webhooksOf(api), wantedWebhook(hook));
	const triggers: string[] = [];
	for (const trigger of triggersFor(hook.mark)) {
		triggers.push((await ensure(triggersOf(api), wantedTrigger(trigger, webhook.id))).done);
	}
	const { userId: _before, ...fresh } = settings;
	const own = { ...context, connection: { ...context.connection, settings: fresh } };
	const userId = await ownUserId(own, zammadApi(own));
	return { done: [...fields, webhook.done, ...triggers], settings: { ...settings, userId } };
}

/** Finds a row by name; changes what differs, or makes it. */
async function ensure(shelf: Shelf, should: Wanted): Promise<{ id: number; done: string }> {
	const { wanted, known, created } = should;
	const title = `${shelf.what} "${wanted.name}"`;
	const present = await findNamed(shelf, wanted.name);
	if (present === undefined) {
		const made = await shelf.api.send("POST", shelf.path, { ...wanted, ...known, ...created });
		return { id: expectReply(shelf.row, made, shelf.what).id, done: `${title}: made` };
	}
	const differing = differences(present, should);
	const keys = Object.keys(differing);
	if (keys.length > 0) await shelf.api.send("PUT", `${shelf.path}/${present.id}`, differing);
	return { id: present.id, done: `${title}: ${keys.length > 0 ? `changed ${keys.join(", ")}` : "was right already"}` };
}

function checkLengths({ url, secret }: Hook): void {
	if (url.length > longest.endpoint) {
		throw new ServiceError(
			"misconfigured",
			`Expected an address for deliveries of at most ${longest.endpoint} characters, found ${url.length}.`,
		);
	}
	if (secret.length > longest.signature) {
		throw new ServiceError(
			"misconfigured",
			`Expected a secret of at most ${longest.signature} characters, found ${secret.length}.`,
		);
	}
}
