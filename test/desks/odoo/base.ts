import { randomBytes } from "node:crypto";
import { helpdeskManager, helpdeskUser, internal, portal, settings } from "./model.ts";
import { describeModels } from "./registry.ts";
import { pythonStamp } from "./stamp.ts";
import type { DeskState, Row } from "./state.ts";

/** Logins of the people of a practice desk. All of them are invented. */
export const people = {
	admin: "admin@desk.example",
	agents: ["noor@desk.example", "lou@desk.example"],
	bot: "stipt@desk.example",
	customers: ["mo@stad-voorbeeld.example", "jo@stad-voorbeeld.example", "sacha@commune-exemple.example"],
} as const;

type Person = { login: string; name: string; groups: string[]; lang: string; share?: boolean };

const agentGroups = [internal, helpdeskUser];
const persons: Person[] = [
	{ login: "__system__", name: "OdooBot", groups: [settings, internal, helpdeskManager, helpdeskUser], lang: "en_US" },
	{
		...{ login: people.admin, name: "Desk Admin", lang: "en_US" },
		groups: [settings, "base.group_erp_manager", internal, helpdeskManager, helpdeskUser],
	},
	...people.agents.map((login, index) => ({
		...{ login, name: ["Noor Voorbeeld", "Lou Exemple"][index] ?? login, groups: agentGroups, lang: "en_US" },
	})),
	{ login: people.bot, name: "Stipt Bot", groups: agentGroups, lang: "en_US" },
	...people.customers.map((login, index) => ({
		...{ login, name: ["Mo Burger", "Jo Inwoner", "Sacha Citoyen"][index] ?? login, groups: [portal] },
		...{ lang: index === 2 ? "en_US" : "nl_NL", share: true },
	})),
];

const stages: [string, string, Partial<Row>][] = [
	["New", "Nieuw", { unattended: true }],
	["In Progress", "In behandeling", {}],
	["Awaiting", "In afwachting", {}],
	["Done", "Gereed", { closed: true, fold: true, close_from_portal: true, mail_template_id: 1 }],
	["Cancelled", "Geannuleerd", { closed: true, fold: true, close_from_portal: true, mail_template_id: 1 }],
	["Rejected", "Afgewezen", { closed: true, fold: true, mail_template_id: 1 }],
];

const numbered = (rows: Omit<Row, "id">[]): Row[] => rows.map((row, index) => ({ ...row, id: index + 1 }) as Row);

/** A desk that has been installed and set up and has no tickets. `matrix`: selects for impact and urgency on tickets. */
export function baseState(now: number, { matrix }: { matrix: boolean }): DeskState {
	const at = pythonStamp(now, 0);
	const stamps = { create_uid: 1, create_date: at, write_uid: 1, write_date: at, active: true };
	const tables: DeskState["tables"] = {
		"res.company": numbered([{ ...stamps, name: "Practice" }]),
		"res.lang": numbered([
			{ ...stamps, name: "English (US)", code: "en_US" },
			{ ...stamps, name: "Dutch / Nederlands", code: "nl_NL" },
		]),
		"mail.template": numbered([{ ...stamps, name: "Helpdesk Closed Ticket Notification Email" }]),
		"res.partner": numbered(
			persons.map(({ name, login, share, lang }, index) => ({
				...{ ...stamps, name, email: login === "__system__" ? "odoobot@desk.example" : login, lang, is_company: false },
				...{ user_ids: [index + 1], partner_share: share ?? false },
			})),
		),
		"res.users": numbered(
			persons.map(({ name, login, groups, lang, share = false }, index) => ({
				...{ ...stamps, name, login, email: login, lang, tz: "Europe/Brussels", share, partner_id: index + 1 },
				...{ groups: groups.join(","), active: login !== "__system__" },
			})),
		),
		"helpdesk.ticket.stage": numbered(
			stages.map(([name, dutch, flags], index) => ({
				...{ ...stamps, name, "name:nl_NL": dutch, sequence: index + 1, unattended: false, closed: false, fold: false },
				...{ close_from_portal: false, mail_template_id: false, company_id: false, team_ids: [] },
				...(flags as Record<string, boolean | number>),
			})),
		),
		"helpdesk.ticket.team": numbered(
			["Helpdesk", "Portal"].map((name) => ({ ...stamps, name, user_ids: [3, 4], company_id: 1, color: 0 })),
		),
		"helpdesk.ticket.channel": numbered(
			["Web", "Email", "Phone", "Other"].map((name, index) => ({
				...{ ...stamps, name, "name:nl_NL": ["Web", "E-mail", "Telefoon", "Andere"][index] ?? name },
			})),
		),
		"helpdesk.ticket.category": numbered(
			["Fault", "Question"].map((name, index) => ({
				...stamps,
				name,
				"name:nl_NL": ["Storing", "Vraag"][index] ?? name,
			})),
		),
		"helpdesk.ticket.tag": numbered(
			["login", "documents", "printer"].map((name, index) => ({ ...stamps, name, color: index + 1 })),
		),
		"mail.message.subtype": numbered([
			{ ...stamps, name: "Discussions", internal: false, res_model: false, default: true, sequence: 0 },
			{ ...stamps, name: "Note", internal: true, res_model: false, default: false, sequence: 100 },
			{ ...stamps, name: "Activities", internal: true, res_model: false, default: false, sequence: 90 },
			{
				...{ ...stamps, name: "Ticket Created", internal: false, res_model: "helpdesk.ticket", default: false },
				...{ description: "Ticket created", sequence: 10 },
			},
		]),
		"ir.model.data": numbered(
			[
				["mt_comment", 1],
				["mt_note", 2],
				["mt_activities", 3],
			].map(([name, id]) => ({
				...{ ...stamps, module: "mail", name: String(name), model: "mail.message.subtype", res_id: Number(id) },
			})),
		),
	};
	const state: DeskState = {
		tables,
		ids: Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, rows.length])),
		keys: [],
		sessionKey: randomBytes(32).toString("base64url"),
	};
	describeModels(state, { matrix });
	return state;
}
