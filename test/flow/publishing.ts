import { readFile } from "node:fs/promises";
import type { Publication, Scope } from "@stipt/shared/simulation/publication";
import { readDraft } from "../../webhook-service/src/pipeline/policy-draft.ts";
import { publishPolicy } from "../../webhook-service/src/pipeline/publish-policy.ts";
import type { TestService } from "../support/service.ts";

/** The policy of the flow tests, changed here and there: each text that is replaced stands in it. */
export async function changedPolicy(changes: Record<string, string> = {}): Promise<string> {
	let text = await readFile(new URL("../fixtures/policies/flow.yaml", import.meta.url), "utf8");
	for (const [before, after] of Object.entries(changes)) {
		if (!text.includes(before)) throw new RangeError(`Expected the policy to hold "${before}"`);
		text = text.replaceAll(before, after);
	}
	return text;
}

/** Publishes a document, and does what its time has come for. */
export async function publish(
	service: TestService,
	text: string,
	{ scope = "new-tickets", after }: { scope?: Scope; after?: number } = {},
): Promise<Publication> {
	const draft = readDraft(text, [], service.clock.time());
	const how = { scope, by: "test", why: "", ...(after === undefined ? {} : { after }) };
	const publication = await publishPolicy(draft, how, service.ports);
	await service.advance(0);
	return publication;
}

/** Lets the time pass until then, and stops at every instant at which something is due. */
export async function live(service: TestService, until: string): Promise<void> {
	const end = Date.parse(until);
	for (;;) {
		const { oldest } = await service.ports.store.wakeSummary();
		if (oldest === null || oldest > end) break;
		await service.advance(Math.max(0, oldest - service.clock.time()));
	}
	await service.advance(end - service.clock.time());
}
