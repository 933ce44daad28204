import { verify } from "@stipt/shared/verify/verify";
import { type Command, UsageError } from "./command.ts";
import { typed } from "./options.ts";

export const verifyProof: Command = {
	name: "verify",
	usage: "FILE|-",
	summary: "reckons proofs again, without the engine that made them, and says what does not add up",
	options: {
		FILE: "one proof or a list of them, as `stipt explain … --json` prints; - reads standard input",
	},
	async run(args, { out, err, readFile }) {
		const [path, ...rest] = typed(args, {}).words;
		if (path === undefined || rest.length > 0) throw new UsageError("Expected one file of proofs, or -.");
		const read = readJson(await readFile(path));
		if (!read.isJson) {
			err(`Expected JSON in ${path === "-" ? "standard input" : path}, found other text.`);
			return 1;
		}
		const proofs: unknown[] = Array.isArray(read.value) ? read.value : [read.value];
		if (proofs.length === 0) {
			err("Expected a proof, found an empty list.");
			return 1;
		}
		let wrong = 0;
		for (const [index, proof] of proofs.entries()) {
			const { holds, faults } = verify(proof);
			out(`${nameOf(proof, index)}: ${holds ? "adds up" : "does not add up"}`);
			for (const fault of faults) out(`  ${fault}`);
			if (!holds) wrong += 1;
		}
		return wrong === 0 ? 0 : 1;
	},
};

function readJson(text: string): { isJson: true; value: unknown } | { isJson: false } {
	try {
		return { isJson: true, value: JSON.parse(text) };
	} catch {
		return { isJson: false };
	}
}

/** What a proof calls itself, its place when it says nothing. */
function nameOf(proof: unknown, index: number): string {
	const isObject = typeof proof === "object" && proof !== null;
	const id = isObject && "id" in proof && typeof proof.id === "string" ? proof.id.slice(0, 60) : `proof ${index + 1}`;
	const ticket = isObject && "ticket" in proof ? proof.ticket : null;
	const isNamed = typeof ticket === "object" && ticket !== null && "number" in ticket;
	return isNamed ? `${id} of ticket ${String(ticket.number).slice(0, 60)}` : id;
}
