import {
	type DeskState,
	fullName,
	type GroupRow,
	type OrganizationRow,
	type RoleRow,
	row,
	type UserRow,
} from "./state.ts";

/** A row as it leaves the desk. */
export type Shown = Record<string, unknown>;

/** Columns of rows that came with the installation. */
export const seeded = (state: DeskState) => ({
	note: null,
	updated_by_id: 1,
	created_by_id: 1,
	created_at: state.groups[0]?.updated_at ?? null,
	updated_at: state.groups[0]?.updated_at ?? null,
});

export const login = (state: DeskState, id: number): string => row(state.users, id, "user").login;

export function groupShown(state: DeskState, group: GroupRow): Shown {
	return {
		id: group.id,
		signature_id: group.id === 1 ? 1 : null,
		email_address_id: group.id === 1 ? 1 : null,
		name: group.name,
		assignment_timeout: null,
		follow_up_possible: "yes",
		follow_up_assignment: true,
		active: true,
		shared_drafts: true,
		...seeded(state),
		note: group.note,
		user_ids: state.users.filter((user) => user.groups.includes(group.id)).map((user) => user.id),
	};
}

/** `expand=true` of a group: its members by login. */
export function groupExpanded(state: DeskState, group: GroupRow): Shown {
	const users = state.users.filter((user) => user.groups.includes(group.id)).map((user) => user.login);
	const signature = group.id === 1 ? { signature: "default" } : {};
	return { ...groupShown(state, group), ...signature, users, created_by: "-", updated_by: "-" };
}

export function roleShown(state: DeskState, role: RoleRow): Shown {
	return {
		id: role.id,
		name: role.name,
		preferences: {},
		default_at_signup: role.name === "Customer",
		active: true,
		...seeded(state),
		permission_ids: role.permissions.map((_, index) => index + 1),
		knowledge_base_permission_ids: [],
		group_ids: {},
	};
}

export function organizationShown(state: DeskState, organization: OrganizationRow): Shown {
	return {
		id: organization.id,
		name: organization.name,
		shared: true,
		domain: "",
		domain_assignment: false,
		active: true,
		...seeded(state),
		note: "",
		updated_at: organization.updated_at,
		member_ids: state.users.filter((user) => user.organization_id === organization.id).map((user) => user.id),
		secondary_member_ids: [],
	};
}

const nothing = { image: null, image_source: null, web: "", phone: "", fax: "", mobile: "" };
const nowhere = { department: null, street: "", zip: "", city: "", country: "", address: null };
const present = {
	out_of_office: false,
	out_of_office_start_at: null,
	out_of_office_end_at: null,
	out_of_office_replacement_id: null,
};

export function userShown(state: DeskState, user: UserRow): Shown {
	return {
		id: user.id,
		organization_id: user.organization_id,
		login: user.login,
		firstname: user.firstname,
		lastname: user.lastname,
		email: user.email,
		...nothing,
		...nowhere,
		vip: false,
		verified: user.active,
		active: user.active,
		note: "",
		last_login: null,
		source: null,
		login_failed: 0,
		...present,
		preferences: { locale: user.writes === "nl" ? "nl-nl" : "en-us" },
		updated_by_id: user.updated_by_id,
		created_by_id: 1,
		created_at: seeded(state).created_at,
		updated_at: user.updated_at,
		role_ids: user.role_ids,
		organization_ids: [],
		authorization_ids: [],
		karma_user_ids: [],
		group_ids: Object.fromEntries(user.groups.map((id) => [id, ["full"]])),
	};
}

/** `expand=true` of a user: roles and groups by name. */
export function userExpanded(state: DeskState, user: UserRow): Shown {
	return {
		...userShown(state, user),
		roles: user.role_ids.map((id) => row(state.roles, id, "role").name),
		organizations: [],
		authorizations: [],
		karma_user: [],
		groups: Object.fromEntries(user.groups.map((id) => [row(state.groups, id, "group").name, ["full"]])),
		created_by: "-",
		updated_by: login(state, user.updated_by_id),
	};
}

/** A person as a sender's line. */
export function mailbox(user: UserRow): string {
	return `${fullName(user)} <${user.email}>`;
}
