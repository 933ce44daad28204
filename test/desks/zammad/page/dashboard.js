import { h, refill } from "./dom.js";
import { avatar, fromNow } from "./pieces.js";
import { call, learn, store, userName } from "./remote.js";
import { t } from "./words.js";

const deeds = { created: "created ticket", updated: "updated ticket" };

/** The first page: a few figures and what happened lately. */
export function createDashboard() {
	const stats = h("div", { class: "tab-content stat-widgets three-columns horizontal" });
	const activity = h("div", { class: "activity-entries js-activityContent" });
	const container = h(
		"div",
		{ id: "content_permanent_Dashboard", class: "content horizontal flex" },
		h(
			"div",
			{ class: "dashboard main flex center" },
			h(
				"div",
				{ class: "tabs tabs--big" },
				h("div", { class: "tab active", "data-area": "stat-widgets" }, t("My Stats")),
				h("div", { class: "tab", "data-area": "first-steps-widgets" }, "…"),
			),
			h("div", { class: "tab-content first-steps-widgets hidden" }),
			stats,
		),
		h("div", { class: "sidebar optional" }, h("h2", {}, t("Activity Stream")), activity),
	);
	const figure = (kind, label, count) =>
		h(
			"div",
			{ class: `column ${kind}` },
			h(
				"div",
				{ class: "stat-widget vertical" },
				h("h3", {}, t(label)),
				h("div", { class: "stat-amount" }, String(count)),
			),
		);
	async function fill() {
		const [lists, stream] = await Promise.all([
			call("GET", "ticket_overviews"),
			call("GET", "activity_stream?full=true&limit=30"),
		]);
		learn(stream.assets);
		const count = (link) => lists.find((overview) => overview.link === link)?.count ?? 0;
		refill(
			stats,
			figure("ticket_load_measure", "Assigned to me", count("my_assigned")),
			figure("ticket_waiting_time", "Unassigned", count("all_unassigned")),
			figure("ticket_in_process", "Open Tickets", count("all_open")),
		);
		refill(
			activity,
			stream.activity_stream.map((entry) =>
				h(
					"div",
					{ class: "js-item activity-entry" },
					h("div", { class: "activity-avatar js-avatar" }, avatar(entry.created_by_id)),
					h(
						"a",
						{ class: "activity-body", href: `#ticket/zoom/${entry.ticket_id}` },
						h(
							"span",
							{ class: "activity-message" },
							h(
								"span",
								{ class: "activity-text" },
								`${userName(entry.created_by_id)} ${t(entry.object === "Ticket" ? (deeds[entry.type] ?? "updated ticket") : "wrote in ticket")} “${store.Ticket[entry.ticket_id]?.title ?? ""}” `,
							),
							fromNow(entry.created_at, "activity-time"),
						),
					),
				),
			),
		);
	}
	return { container, show: fill, pushed: fill };
}
