import { people } from "./base.ts";
import type { Act } from "./deeds.ts";

const minute = 60_000;
const [mo, jo, sacha] = people.customers;
const [noor, lou] = people.agents;

type Seed = {
	/** Minutes before the desk starts. */
	before: number;
	from: string;
	subject: string;
	body: string;
	values?: Record<string, unknown>;
	/** What followed, each some minutes after the one before. */
	steps?: ((act: Act, ticket: number, at: number) => Promise<unknown>)[];
};

const seeds: Seed[] = [
	{
		...{ before: 95, from: mo, subject: "Cannot log in to the portal", values: { category_id: 1, tag_ids: [1] } },
		body: "Since this morning the portal says that my password has expired.",
		steps: [
			(act, ticket, at) => act.assign(noor, ticket, noor, at),
			(act, ticket, at) => act.stage(noor, ticket, "In Progress", at),
			(act, ticket, at) => act.reply(noor, ticket, "Thank you, we are looking into it.", at),
		],
	},
	{
		...{ before: 80, from: jo, subject: "Documents do not open", values: { priority: "2", tag_ids: [2] } },
		body: "Every attachment of case 2026/118 answers with an error.",
	},
	{
		...{ before: 70, from: sacha, subject: "Slow search in the archive", values: { priority: "0" } },
		body: "Searching takes more than a minute.",
		steps: [
			(act, ticket, at) => act.assign(lou, ticket, lou, at),
			(act, ticket, at) => act.reply(lou, ticket, "Which year do you search in?", at),
			(act, ticket, at) => act.stage(lou, ticket, "Awaiting", at),
		],
	},
	{
		...{ before: 60, from: mo, subject: "Signature missing on the printed permit" },
		body: "The permit prints without the signature of the officer.",
		steps: [
			(act, ticket, at) => act.assign(noor, ticket, lou, at),
			(act, ticket, at) => act.note(noor, ticket, "Seen before with the new printer driver.", at),
		],
	},
	{
		...{
			before: 40,
			from: jo,
			subject: "Portal unreachable for the whole team",
			values: { priority: "3", category_id: 1 },
		},
		body: "Nobody here can reach the portal any more.",
	},
	{
		...{ before: 30, from: sacha, subject: "Question about the new form", values: { category_id: 2 } },
		body: "Is the second page mandatory?",
		steps: [(act, ticket, at) => act.stage(noor, ticket, "Done", at)],
	},
	{
		...{ before: 20, from: mo, subject: "Wrong address on letters", values: { priority: "2" } },
		body: "Letters still carry our former address.",
	},
	{
		...{ before: 8, from: jo, subject: "New colleague needs access" },
		body: "Please give our new colleague access to the test environment.",
	},
];

/** The tickets that a new desk begins with. */
export async function seedTickets(act: Act, now: number): Promise<void> {
	for (const { before, from, subject, body, values, steps = [] } of seeds) {
		let at = now - before * minute;
		const ticket = await act.create(
			from,
			{ name: subject, description: `<p>${body}</p>`, team_id: 1, channel_id: 1, ...values },
			at,
		);
		for (const step of steps) {
			at += 4 * minute;
			await step(act, ticket, at);
		}
	}
}
