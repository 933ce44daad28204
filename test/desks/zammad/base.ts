import { randomBytes } from "node:crypto";
import type { DeskState, PriorityRow, StateRow, UserRow } from "./state.ts";

/** Logins of the people of a practice desk. All of them are invented. */
export const people = {
	admin: "admin@desk.example",
	agents: ["noor@desk.example", "lou@desk.example", "robin@desk.example"],
	bot: "stipt@desk.example",
	customers: [
		"mo@stad-voorbeeld.example",
		"jo@stad-voorbeeld.example",
		"sacha@commune-exemple.example",
		"kim@gemeinde-muster.example",
		"charlie@agency-sample.example",
	],
} as const;

/** Values of impact and urgency, as a real desk would have them in a select. */
const levels = { high: "High", medium: "Medium", low: "Low" };

const states: Omit<StateRow, "id">[] = [
	{ name: "new", state_type_id: 1, state_type: "new", ignore_escalation: false },
	{ name: "open", state_type_id: 2, state_type: "open", ignore_escalation: false },
	{ name: "pending reminder", state_type_id: 3, state_type: "pending reminder", ignore_escalation: true },
	{ name: "closed", state_type_id: 5, state_type: "closed", ignore_escalation: true },
	{ name: "merged", state_type_id: 6, state_type: "merged", ignore_escalation: true },
	{ name: "removed", state_type_id: 7, state_type: "removed", ignore_escalation: true },
	{ name: "pending close", state_type_id: 4, state_type: "pending action", ignore_escalation: true },
].map((state) => ({
	...state,
	next_state_id: state.name === "pending close" ? 4 : null,
	default_create: state.name === "new",
	default_follow_up: state.name === "open",
	active: state.name !== "removed",
}));

const priorities: PriorityRow[] = [
	{ id: 1, name: "1 low", default_create: false, ui_icon: "low-priority", ui_color: "low-priority", active: true },
	{ id: 2, name: "2 normal", default_create: true, ui_icon: null, ui_color: null, active: true },
	{ id: 3, name: "3 high", default_create: false, ui_icon: "important", ui_color: "high-priority", active: true },
];

type Person = Pick<UserRow, "login" | "firstname" | "lastname" | "role_ids" | "organization_id" | "writes">;

const persons: Person[] = [
	{ login: "-", firstname: "-", lastname: "", role_ids: [], organization_id: null, writes: null },
	{ login: people.admin, firstname: "Desk", lastname: "Admin", role_ids: [1, 2], organization_id: null, writes: "en" },
	...people.agents.map((login, index) => ({
		login,
		firstname: ["Noor", "Lou", "Robin"][index] ?? login,
		lastname: ["Voorbeeld", "Exemple", "Sample"][index] ?? "",
		role_ids: [2],
		organization_id: null,
		writes: (["nl", "fr", "en"] as const)[index] ?? "en",
	})),
	{ login: people.bot, firstname: "Stipt", lastname: "Bot", role_ids: [1, 2], organization_id: null, writes: null },
	...people.customers.map((login, index) => ({
		login,
		firstname: ["Mo", "Jo", "Sacha", "Kim", "Charlie"][index] ?? login,
		lastname: ["Burger", "Inwoner", "Citoyen", "Bürger", "Resident"][index] ?? "",
		role_ids: [3],
		organization_id: [1, 1, 2, 3, 4][index] ?? null,
		writes: (["nl", "nl", "fr", "de", "en"] as const)[index] ?? "en",
	})),
];

/**
 * A desk that has been installed and set up and has no tickets: groups Users, Portal and Test environment, agents,
 * customers, the account of the service, and (when asked) the selects `impact` and `urgency` on tickets.
 */
export function baseState(now: number, { attributes }: { attributes: boolean }): DeskState {
	const at = new Date(now).toISOString();
	const fresh = { created_at: at, updated_at: at, created_by_id: 1, updated_by_id: 1 };
	const users = persons.map((person, index) => ({
		...person,
		id: index + 1,
		email: person.login === "-" ? "" : person.login,
		groups: person.role_ids.includes(2) ? [1, 2, 3] : [],
		active: person.login !== "-",
		updated_at: at,
		updated_by_id: 1,
	}));
	const names = ["Users", "Portal", "Test environment"];
	const organizations = ["Stad Voorbeeld", "Commune d'Exemple", "Gemeinde Musterstadt", "Sample Agency"];
	return {
		roles: [
			{ id: 1, name: "Admin", permissions: ["admin", "user_preferences", "report", "knowledge_base.editor"] },
			{ id: 2, name: "Agent", permissions: ["ticket.agent", "user_preferences", "chat.agent", "cti.agent"] },
			{ id: 3, name: "Customer", permissions: ["ticket.customer", "user_preferences.password"] },
		],
		states: states.map((state, index) => ({ ...state, id: index + 1 })),
		priorities,
		groups: names.map((name, index) => ({
			id: index + 1,
			name,
			note: index === 0 ? "Standard Group/Pool for Tickets." : null,
			updated_at: at,
		})),
		organizations: organizations.map((name, index) => ({ id: index + 1, name, updated_at: at })),
		users,
		attributes: attributes
			? ["impact", "urgency"].map((name, index) => ({
					id: 53 + index,
					name,
					display: index === 0 ? "Impact" : "Urgency",
					position: 1600 + index,
					options: levels,
					to_create: false,
					created_by_id: 2,
					created_at: at,
				}))
			: [],
		tickets: [],
		articles: [],
		history: [],
		webhooks: [],
		triggers: [
			{
				id: 1,
				name: "auto reply (on new tickets)",
				condition: {
					"ticket.action": { operator: "is", value: "create" },
					"ticket.state_id": { operator: "is not", value: 4 },
					"article.type_id": { operator: "is", value: [1, 5, 11] },
					"article.sender_id": { operator: "is", value: 2 },
				},
				perform: {
					"notification.email": {
						recipient: "article_last_sender",
						subject: "Thanks for your inquiry (#{ticket.title})",
						body: "<div>Your request <b>(Ticket##{ticket.number})</b> has been received and will be reviewed by our support staff.</div>",
					},
				},
				disable_notification: true,
				note: "Overview of your request.",
				active: true,
				...fresh,
			},
		],
		tokens: [],
		httpLogs: [],
		ids: { trigger: 3, user: users.length, attribute: 54, webhook: 0, ticket: 0, article: 0, history: 0, token: 0 },
		sessionKey: randomBytes(32).toString("base64"),
	};
}
