import { ofTicket } from "./of-ticket.ts";
import { articleShown, priorityShown, ticketExpanded } from "./present.ts";
import { groupExpanded, organizationShown, type Shown, userExpanded } from "./present-people.ts";
import { type DeskState, row } from "./state.ts";

/** Attributes of a user that never leave in a delivery. */
const withheld = [
	"last_login",
	"login_failed",
	"preferences",
	"group_ids",
	"groups",
	"authorization_ids",
	"authorizations",
];

function sorted(shown: Shown): Shown {
	return Object.fromEntries(Object.entries(shown).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function user(state: DeskState, id: number): Shown {
	const found = row(state.users, id, "user");
	const shown = userExpanded(state, found);
	for (const name of withheld) delete shown[name];
	const organization = state.organizations.find((candidate) => candidate.id === found.organization_id);
	return sorted({ ...shown, ...(organization ? { organization: organization.name } : {}) });
}

const names = (state: DeskState) => ({ created_by: "-", updated_by: row(state.users, 1, "user").login });

function organization(state: DeskState, id: number | null): Shown {
	const found = state.organizations.find((candidate) => candidate.id === id);
	if (!found) return {};
	const shown = organizationShown(state, found);
	const members = (shown.member_ids as number[]).map((member) => row(state.users, member, "user").login);
	return sorted({ ...shown, ...names(state), members });
}

/** The default body of a delivery: the ticket as it is now, and the article of the change. `null` when either is gone. */
export function payload(
	state: DeskState,
	{ ticket: id, article: articleId }: { ticket: number; article: number | null },
	publicUrl: string,
): Shown | null {
	const ticket = ofTicket(state.tickets, (ticket) => ticket.id, id)[0];
	if (!ticket) return null;
	const article = articleId === null ? null : state.articles.find((candidate) => candidate.id === articleId);
	if (article === undefined) return null;
	const shown = ticketExpanded(state, ticket);
	const body: Shown = {
		ticket: sorted({
			...shown,
			owner: user(state, ticket.owner_id),
			customer: user(state, ticket.customer_id),
			created_by: user(state, ticket.created_by_id),
			updated_by: user(state, ticket.updated_by_id),
			organization: organization(state, ticket.organization_id),
			priority: sorted({
				...priorityShown(state, row(state.priorities, ticket.priority_id, "priority")),
				...names(state),
			}),
			group: sorted(groupExpanded(state, row(state.groups, ticket.group_id, "group"))),
		}),
		article: {},
	};
	if (!article) return body;
	const written = articleShown(state, article);
	body.article = {
		...sorted({
			...written,
			created_by: user(state, article.created_by_id),
			updated_by: user(state, article.updated_by_id),
			attachments: article.attachments.map(({ data: _, ...file }) => ({
				...file,
				url: `${publicUrl}/api/v1/ticket_attachment/${article.ticket_id}/${article.id}/${file.id}`,
			})),
		}),
		accounted_time: 0,
	};
	return body;
}

/** JSON as Rails writes it: compact, with `<`, `>`, `&` and the two line separators escaped, the rest as UTF-8. */
export function railsJson(value: unknown): string {
	const code = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
	return JSON.stringify(value)
		.replace(/[<>&\u2028\u2029]/g, code)
		.replace(/"accounted_time":0}/, '"accounted_time":0.0}');
}
