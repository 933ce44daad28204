import { field, internal, type Model, model, portal, settings, unused } from "./model.ts";

const readonly = true;
const onlySettings = { rights: { read: [settings] } };
const required = true;

const partner = model(
	"res.partner",
	"Contact",
	{
		name: field("char", "Name"),
		email: field("char", "Email"),
		active: field("boolean", "Active"),
		is_company: field("boolean", "Is a Company"),
		user_ids: field("one2many:res.users", "Users"),
		partner_share: field("boolean", "Share Partner", { readonly }),
		lang: field("char", "Language"),
	},
	{ rights: { read: [internal, portal], create: [internal], write: [internal] } },
);

const user = model("res.users", "User", {
	name: field("char", "Name"),
	login: field("char", "Login", { required }),
	email: field("char", "Email"),
	partner_id: field("many2one:res.partner", "Related Partner", { required }),
	share: field("boolean", "Share User", { readonly }),
	active: field("boolean", "Active"),
	lang: field("char", "Language"),
	tz: field("char", "Timezone"),
	groups_id: unused("many2many:res.groups", "Groups"),
});

const message = model(
	"mail.message",
	"Message",
	{
		subject: field("char", "Subject"),
		date: field("datetime", "Date"),
		body: field("html", "Contents"),
		parent_id: field("many2one:mail.message", "Parent Message"),
		model: field("char", "Related Document Model"),
		res_id: field("many2one_reference", "Related Document ID"),
		record_name: field("char", "Message Record Name"),
		message_type: field("selection", "Type", {
			selection: [
				["email", "Incoming Email"],
				["comment", "Comment"],
				["email_outgoing", "Outgoing Email"],
				["notification", "System notification"],
				["auto_comment", "Automated Targeted Notification"],
				["user_notification", "User Specific Notification"],
			],
		}),
		subtype_id: field("many2one:mail.message.subtype", "Subtype"),
		is_internal: field("boolean", "Employee Only"),
		email_from: field("char", "From"),
		author_id: field("many2one:res.partner", "Author"),
		author_guest_id: unused("many2one:mail.guest", "Guest"),
		partner_ids: field("many2many:res.partner", "Recipients"),
		tracking_value_ids: field("one2many:mail.tracking.value", "Tracking values", { group: settings }),
		message_id: field("char", "Message-Id"),
		reply_to: field("char", "Reply-To"),
	},
	{
		rec: "record_name",
		order: "id desc",
		rights: { read: [], create: [internal], write: [internal], unlink: [internal] },
	},
);

const subtype = model("mail.message.subtype", "Message subtypes", {
	name: field("char", "Message Type", { required }),
	description: field("text", "Description"),
	internal: field("boolean", "Internal Only"),
	res_model: field("char", "Model"),
	default: field("boolean", "Default"),
	sequence: field("integer", "Sequence"),
});

const tracking = model(
	"mail.tracking.value",
	"Mail Tracking Value",
	{
		field_id: field("many2one:ir.model.fields", "Field"),
		field_info: unused("json", "Removed field information"),
		old_value_integer: field("integer", "Old Value Integer"),
		old_value_char: field("char", "Old Value Char"),
		new_value_integer: field("integer", "New Value Integer"),
		new_value_char: field("char", "New Value Char"),
		mail_message_id: field("many2one:mail.message", "Message ID"),
	},
	{ ...onlySettings, order: "id desc", rec: "field_id" },
);

const rule = model(
	"base.automation",
	"Automation Rule",
	{
		name: field("char", "Automation Rule Name", { required }),
		model_id: field("many2one:ir.model", "Model", { required }),
		trigger: field("selection", "Trigger", { required }),
		trigger_field_ids: field("many2many:ir.model.fields", "Trigger Fields"),
		filter_domain: field("char", "Apply on"),
		filter_pre_domain: field("char", "Before Update Domain"),
		action_server_ids: field("one2many:ir.actions.server", "Actions"),
		active: field("boolean", "Active"),
	},
	onlySettings,
);

const action = model(
	"ir.actions.server",
	"Server Action",
	{
		name: field("char", "Action Name", { required }),
		model_id: field("many2one:ir.model", "Model", { required }),
		state: field("selection", "Type"),
		webhook_url: field("char", "Webhook URL"),
		webhook_field_ids: field("many2many:ir.model.fields", "Webhook Fields"),
		code: field("text", "Python Code"),
		base_automation_id: field("many2one:base.automation", "Automation Rule"),
		sequence: field("integer", "Sequence"),
	},
	onlySettings,
);

const descriptions = [
	model(
		"ir.model",
		"Models",
		{ name: field("char", "Model Description"), model: field("char", "Model") },
		onlySettings,
	),
	model(
		"ir.model.fields",
		"Fields",
		{
			name: field("char", "Field Name"),
			model: field("char", "Model Name"),
			model_id: field("many2one:ir.model", "Model"),
			field_description: field("char", "Field Label"),
			ttype: field("char", "Field Type"),
			relation: field("char", "Related Model"),
			store: field("boolean", "Stored"),
			tracking: field("integer", "Enable Ordered Tracking"),
		},
		{ ...onlySettings, rec: "field_description" },
	),
	model(
		"ir.model.data",
		"Model Data",
		{
			name: field("char", "External Identifier"),
			module: field("char", "Module"),
			model: field("char", "Model Name"),
			res_id: field("many2one_reference", "Record ID"),
		},
		{ rights: { read: ["base.group_erp_manager"] } },
	),
];

const short = [
	model("res.company", "Companies", { name: field("char", "Company Name") }),
	model("res.lang", "Languages", {
		name: field("char", "Name"),
		code: field("char", "Locale Code"),
		active: field("boolean", "Active"),
	}),
	model("res.users.apikeys", "Users API Keys", {
		name: field("char", "Description"),
		user_id: field("many2one:res.users", "User"),
		scope: field("char", "Scope"),
	}),
	model("mail.template", "Email Templates", { name: field("char", "Name") }),
];

export const baseModels: Model[] = [partner, user, message, subtype, tracking, rule, action, ...descriptions, ...short];
