/** What Zammad's own screens (profile, Token Access; admin, Roles) say beside a permission's tick box. */
const shown: Record<string, string> = {
	"ticket.agent": "Access to Agent Tickets based on Group Access",
	"admin.webhook": "Manage Webhooks",
	"admin.trigger": "Manage Triggers",
	"admin.object": "Manage Objects",
	"admin.monitoring": "Manage Monitoring",
	admin: "Admin Interface",
};

/** A permission as the screen names it: `ticket.agent ("Access to Agent Tickets based on Group Access")`. */
export function permission(name: string): string {
	return shown[name] === undefined ? name : `${name} ("${shown[name]}")`;
}
