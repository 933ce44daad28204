import { formatDiff, policyDiff } from "@stipt/shared/policy/diff/policy-diff";
import type { Wiring } from "../wiring.ts";
import { type Command, UsageError } from "./command.ts";
import { typed } from "./options.ts";
import { policyNamed } from "./policy-file.ts";

export const policyDiffer: Command = {
	name: "policy diff",
	usage: "A B [--holidays FOLDER] [--json]",
	summary: "says in words what B promises otherwise than A; each is a file, or a published name or version",
	options: { "--holidays FOLDER": "holiday sets beside the ready-made ones" },
	async run(args, terminal) {
		const { words, text, has } = typed(args, { texts: ["holidays"], flags: ["json"] });
		const [a, b, ...rest] = words;
		if (a === undefined || b === undefined || rest.length > 0) throw new UsageError("Expected two policies.");
		let wiring: Wiring | null = null;
		const service = async () => {
			wiring ??= await terminal.service();
			return wiring.ports;
		};
		const close = () => wiring?.close();
		try {
			const quiet = { ...terminal, out: () => {} };
			const before = await policyNamed(a, text("holidays"), quiet, service);
			const after = await policyNamed(b, text("holidays"), quiet, service);
			if (before === null || after === null) return 1;
			const changes = policyDiff(before.policy, after.policy);
			terminal.out(
				has("json") ? JSON.stringify(changes) : changes.length === 0 ? "no difference" : formatDiff(changes),
			);
			return 0;
		} finally {
			await close();
		}
	},
};
