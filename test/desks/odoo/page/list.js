import { call, datapoint, rowSpecification, save } from "./client.js";
import { controlPanel, searchBar, viewSwitch } from "./control-panel.js";
import { h, refill } from "./dom.js";
import { avatar, icon, stars, tag } from "./pieces.js";
import { daysAgo, dayWord, shortDate, t } from "./words.js";

const columns = [
	["priority", "Priority", "o_priority_cell", 89],
	["sequence", "", "o_list_number_th o_handle_cell", 33],
	["number", "Ticket number", "", 135],
	["name", "Title", "", 297],
	["partner_name", "Partner Name", "", 134],
	["user_id", "Assigned user", "o_many2one_avatar_user_cell", 137],
	["tag_ids", "Tags", "o_many2many_tags_cell", 141],
	["create_date", "Created on", "o_remaining_days_cell", 112],
	["last_stage_update", "Last Stage Update", "o_remaining_days_cell", 170],
	["stage_id", "Stage", "o_badge_cell", 116],
];

const badge = ({ closed, unattended }) => (closed ? "muted" : unattended ? "info" : "success");

/** The list of tickets. Rows are made anew by every sort, search and page, not by a star. */
export function createList(app) {
	const state = app.state;
	const panel = controlPanel({
		create: () => app.openNew(),
		createClass: "btn-primary o_list_button_add",
		search: h("div", { style: "display:contents" }),
		switcher: viewSwitch("list", (view) => app.openView(view)),
	});
	const searchPlace = panel.element.querySelector(".o_control_panel_actions").firstChild;
	const body = h("tbody", { class: "ui-sortable" });
	const heads = h("tr");
	const table = h(
		"table",
		{
			class: "o_list_table table table-sm table-hover position-relative mb-0 o_list_table_ungrouped table-striped",
			style: "table-layout: fixed;",
		},
		h("thead", {}, heads),
		body,
		h("tfoot", { class: "o_list_footer cursor-default" }),
	);
	const element = h(
		"div",
		{ class: "o_list_view o_view_controller o_action" },
		panel.element,
		h(
			"div",
			{ class: "o_content" },
			h("div", { class: "o_list_renderer o_renderer table-responsive o_list_renderer_1", tabindex: "-1" }, table),
		),
	);
	panel.crumb(t("Tickets"));

	const box = () => {
		const id = `checkbox-comp-${datapoint().slice(10)}`;
		return h(
			"div",
			{ class: "o-checkbox form-check d-flex m-0" },
			h("input", { type: "checkbox", class: "form-check-input", id, "aria-label": t("Tickets") }),
			h("label", { class: "form-check-label", for: id }),
		);
	};

	function drawHeads() {
		const [sorted, way] = state.order.split(" ");
		refill(
			heads,
			h(
				"th",
				{
					class: "o_list_record_selector o_list_controller align-middle pe-1 cursor-pointer",
					tabindex: "-1",
					style: "width: 41px;",
				},
				box(),
			),
			columns.map(([name, label, extra, width]) => {
				const isSorted = sorted === name && name !== "sequence";
				const arrow = isSorted
					? `fa-angle-${way === "ASC" ? "up" : "down"} opacity-75`
					: "fa-angle-down opacity-0 opacity-75-hover";
				return h(
					"th",
					{
						"data-tooltip-delay": "1000",
						tabindex: "-1",
						"data-name": name,
						class: `align-middle o_column_sortable position-relative cursor-pointer ${extra} opacity-trigger-hover${isSorted ? " table-active" : ""}`,
						style: `width: ${width}px;`,
						"aria-sort": isSorted ? (way === "ASC" ? "ascending" : "descending") : null,
						on: { click: () => name !== "tag_ids" && name !== "sequence" && sort(name) },
					},
					label === ""
						? null
						: h(
								"div",
								{ class: "d-flex" },
								h("span", { class: "d-block min-w-0 text-truncate flex-grow-1" }, t(label)),
								h("i", { class: `fa fa-lg ${arrow}` }),
							),
				);
			}),
			h(
				"th",
				{ class: "o_list_controller o_list_actions_header position-sticky end-0" },
				icon("settings-adjust", "oi", "oi-fw o_optional_columns_dropdown_toggle"),
			),
		);
	}

	const widget = (name, extra, ...children) => h("div", { name, class: `o_field_widget ${extra}` }, ...children);
	const day = (name, value) => {
		const tone = daysAgo(value) === 0 ? "fw-bold text-warning" : daysAgo(value) > 0 ? "fw-bold text-danger" : "";
		return widget(name, "o_field_remaining_days", h("div", { class: tone, title: shortDate(value) }, dayWord(value)));
	};

	function cellOf(name, record) {
		const value = record[name];
		if (name === "priority") {
			const own = stars(value, async (picked) => {
				const [saved] = await save(record.id, { priority: picked }, rowSpecification);
				Object.assign(record, saved);
				own.update(saved.priority);
			});
			return own.element;
		}
		if (name === "sequence")
			return widget(name, "o_field_handle", h("span", { class: "o_row_handle oi oi-draggable ui-sortable-handle" }));
		if (name === "user_id") {
			return widget(
				name,
				`${value ? "" : "o_field_empty "}o_field_many2one_avatar_user o_field_many2one_avatar`,
				h(
					"div",
					{ class: "d-flex align-items-center gap-1" },
					h("span", { class: "o_avatar o_m2o_avatar" }, value && avatar(value.id)),
					h("span", {}, h("span", {}, value ? value.display_name : "")),
				),
			);
		}
		if (name === "tag_ids")
			return widget(
				name,
				"o_field_many2many_tags",
				h(
					"div",
					{ class: "o_field_tags d-inline-flex flex-wrap gap-1" },
					value.map((one) => tag(one)),
				),
			);
		if (name.endsWith("_date") || name === "last_stage_update") return day(name, value);
		if (name === "stage_id") {
			const tone = badge(record);
			return widget(
				name,
				`o_field_badge text-${tone}`,
				h("span", { class: `badge rounded-pill text-bg-${tone}` }, value.display_name),
			);
		}
		return value || "";
	}

	function rowOf(record) {
		const row = h(
			"tr",
			{ class: "o_data_row o_row_draggable", "data-id": datapoint() },
			h(
				"td",
				{
					class: "o_list_record_selector user-select-none",
					tabindex: "-1",
					on: { click: (event) => event.stopPropagation() },
				},
				box(),
			),
			columns.map(([name, , extra]) =>
				h(
					"td",
					{
						class: `o_data_cell cursor-pointer o_field_cell ${extra.replace("_th", "")}${name === "number" ? " o_list_char o_readonly_modifier fw-bold" : name.endsWith("name") ? " o_list_char" : ""}`,
						"data-tooltip-delay": "1000",
						tabindex: "-1",
						name,
						"data-tooltip": typeof record[name] === "string" ? record[name] : null,
					},
					cellOf(name, record),
				),
			),
			h("td", { tabindex: "-1" }),
		);
		row.addEventListener("click", () => app.openRecord(record.id));
		return row;
	}

	async function load() {
		const domain = state.search === "" ? [] : ["|", ["name", "ilike", state.search], ["number", "ilike", state.search]];
		const found = await call("helpdesk.ticket", "web_search_read", [], {
			specification: rowSpecification,
			offset: state.offset,
			order: state.order,
			limit: state.limit,
			count_limit: 10_001,
			domain,
		});
		state.ids = found.records.map(({ id }) => id);
		drawHeads();
		refill(
			body,
			found.records.map(rowOf),
			[...Array(Math.max(0, 4 - found.records.length))].map(() =>
				h("tr", {}, h("td", { colspan: columns.length + 2 })),
			),
		);
		refill(searchPlace, searchBar(state.search, search));
		const [from, to] = [found.length === 0 ? 0 : state.offset + 1, state.offset + found.records.length];
		const turns = found.length <= state.limit ? null : (step) => page(step, found.length);
		panel.pager({ text: `${from}-${to}`, of: found.length, turns });
	}
	const search = (text) => {
		Object.assign(state, { search: text, offset: 0 });
		return load();
	};
	function sort(name) {
		const [sorted, way] = state.order.split(" ");
		state.order = `${name} ${sorted === name && way === "ASC" ? "DESC" : "ASC"}`;
		return load();
	}
	function page(step, length) {
		const last = Math.floor((length - 1) / state.limit) * state.limit;
		const next = state.offset + step * state.limit;
		state.offset = next < 0 ? last : next > last ? 0 : next;
		return load();
	}

	return { element, load, title: () => t("Tickets") };
}
