import {
	field,
	helpdeskManager,
	helpdeskPersonal,
	helpdeskUser,
	internal,
	type Model,
	model,
	portal,
	unused,
} from "./model.ts";
import { idOf, idsOf, textOf } from "./state.ts";

const readonly = true;
const managed = { write: [helpdeskManager], create: [helpdeskManager], unlink: [helpdeskManager] };

const ticket = model(
	"helpdesk.ticket",
	"Helpdesk Ticket",
	{
		number: field("char", "Ticket number", { readonly }),
		name: field("char", "Title", { required: true }),
		description: field("html", "Description", { required: true }),
		user_id: field("many2one:res.users", "Assigned user", { tracked: true }),
		user_ids: unused("many2many:res.users", "Users"),
		stage_id: field("many2one:helpdesk.ticket.stage", "Stage", { tracked: true }),
		partner_id: field("many2one:res.partner", "Contact"),
		partner_name: field("char", "Partner Name"),
		partner_email: field("char", "Email"),
		last_stage_update: field("datetime", "Last Stage Update"),
		assigned_date: field("datetime", "Assigned Date"),
		closed_date: field("datetime", "Closed Date"),
		closed: field("boolean", "Closed", {
			readonly,
			compute: (row, look) => look("helpdesk.ticket.stage", row.stage_id)?.closed ?? false,
		}),
		unattended: field("boolean", "Unattended", { readonly }),
		tag_ids: field("many2many:helpdesk.ticket.tag", "Tags"),
		company_id: field("many2one:res.company", "Company", { required: true }),
		channel_id: field("many2one:helpdesk.ticket.channel", "Channel", {
			help: "Channel indicates where a ticket comes from, such as a phone call or an email",
		}),
		category_id: field("many2one:helpdesk.ticket.category", "Category"),
		team_id: field("many2one:helpdesk.ticket.team", "Team"),
		priority: field("selection", "Priority", {
			selection: [
				["0", "Low"],
				["1", "Medium"],
				["2", "High"],
				["3", "Very High"],
			],
		}),
		kanban_state: field("selection", "Kanban State", {
			selection: [
				["normal", "Default"],
				["done", "Ready for next stage"],
				["blocked", "Blocked"],
			],
		}),
		color: field("integer", "Color Index"),
		sequence: field("integer", "Sequence"),
		active: field("boolean", "Active"),
		email_cc: field("char", "Email cc"),
		access_token: field("char", "Security Token"),
		access_url: field("char", "Portal Access URL", { readonly, compute: (row) => `/my/ticket/${row.id}` }),
		access_warning: unused("text", "Access warning"),
		attachment_ids: unused("one2many:ir.attachment", "Media Attachments"),
		message_ids: unused("one2many:mail.message", "Messages"),
		message_follower_ids: field("one2many:mail.followers", "Followers", { compute: (row) => idsOf(row.followers) }),
		message_partner_ids: field("many2many:res.partner", "Followers (Partners)", {
			compute: (row) => idsOf(row.followers),
		}),
		message_is_follower: unused("boolean", "Is Follower"),
		has_message: field("boolean", "Has Message", { readonly, compute: () => true }),
		message_needaction: unused("boolean", "Action Needed"),
		message_needaction_counter: unused("integer", "Number of Actions"),
		message_has_error: unused("boolean", "Message Delivery error"),
		message_has_error_counter: unused("integer", "Number of errors"),
		message_has_sms_error: unused("boolean", "SMS Delivery error"),
		message_attachment_count: unused("integer", "Attachment Count"),
		website_message_ids: unused("one2many:mail.message", "Website Messages"),
		rating_ids: unused("one2many:rating.rating", "Ratings"),
		activity_ids: unused("one2many:mail.activity", "Activities"),
		activity_state: unused("selection", "Activity State"),
		activity_user_id: unused("many2one:res.users", "Responsible User"),
		activity_type_id: unused("many2one:mail.activity.type", "Next Activity Type"),
		activity_type_icon: unused("char", "Activity Type Icon"),
		activity_date_deadline: unused("date", "Next Activity Deadline"),
		my_activity_date_deadline: unused("date", "My Activity Deadline"),
		activity_summary: unused("char", "Next Activity Summary"),
		activity_exception_decoration: unused("selection", "Activity Exception Decoration"),
		activity_exception_icon: unused("char", "Icon"),
		display_name: field("char", "Display Name", {
			readonly,
			compute: (row) => `${textOf(row.number)} - ${textOf(row.name)}`,
		}),
	},
	{
		order: "priority desc, sequence, number desc, id desc",
		rights: {
			read: [internal, portal],
			write: [helpdeskManager, helpdeskUser, helpdeskPersonal],
			create: [helpdeskManager, helpdeskUser, helpdeskPersonal],
			unlink: [helpdeskManager],
		},
	},
);

const stage = model(
	"helpdesk.ticket.stage",
	"Helpdesk Ticket Stage",
	{
		name: field("char", "Stage Name", { required: true }),
		sequence: field("integer", "Sequence"),
		active: field("boolean", "Active"),
		unattended: field("boolean", "Unattended"),
		closed: field("boolean", "Closed"),
		close_from_portal: field("boolean", "Close from portal"),
		fold: field("boolean", "Folded in Kanban"),
		mail_template_id: field("many2one:mail.template", "Email Template"),
		company_id: field("many2one:res.company", "Company"),
		team_ids: field("many2many:helpdesk.ticket.team", "Helpdesk Teams"),
	},
	{ order: "sequence, id", rights: managed },
);

const team = model(
	"helpdesk.ticket.team",
	"Helpdesk Ticket Team",
	{
		name: field("char", "Name", { required: true }),
		user_ids: field("many2many:res.users", "Members"),
		active: field("boolean", "Active"),
		company_id: field("many2one:res.company", "Company"),
		color: field("integer", "Color Index"),
	},
	{ rights: managed },
);

const named = (name: string, label: string, more: Model["fields"] = {}): Model =>
	model(
		name,
		label,
		{ name: field("char", "Name", { required: true }), active: field("boolean", "Active"), ...more },
		{ rights: managed },
	);

/** The selects that a desk may have on tickets beside Odoo's own fields. */
export function matrixFields(): Model["fields"] {
	const selection: [string, string][] = [
		["high", "High"],
		["medium", "Medium"],
		["low", "Low"],
	];
	return {
		x_impact: field("selection", "Impact", { selection }),
		x_urgency: field("selection", "Urgency", { selection }),
	};
}

export const helpdeskModels: Model[] = [
	ticket,
	stage,
	team,
	named("helpdesk.ticket.channel", "Helpdesk Ticket Channel"),
	named("helpdesk.ticket.category", "Helpdesk Ticket Category"),
	named("helpdesk.ticket.tag", "Helpdesk Ticket Tag", { color: field("integer", "Color") }),
];

/** The stage that a ticket of a team starts in: the first by order. */
export const firstStage = <T extends { id: number; sequence?: unknown; team_ids?: unknown }>(
	stages: T[],
	team: number,
): T | undefined =>
	stages
		.filter(({ team_ids }) => !Array.isArray(team_ids) || team_ids.length === 0 || team_ids.includes(team))
		.sort((a, b) => idOf(a.sequence as number) - idOf(b.sequence as number) || a.id - b.id)[0];
