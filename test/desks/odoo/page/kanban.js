import { generation } from "./address.js";
import { call, datapoint, rowSpecification, save, session } from "./client.js";
import { controlPanel, searchBar, viewSwitch } from "./control-panel.js";
import { h, refill } from "./dom.js";
import { avatar, icon, stars, tag } from "./pieces.js";
import { t } from "./words.js";

/** Tickets as cards, a column per stage. A card that is dragged out rebuilds the whole column that it came from. */
export function createKanban(app) {
	const state = app.state;
	const panel = controlPanel({
		create: () => app.openNew(),
		createClass: "btn-primary o-kanban-button-new",
		search: h("div", { style: "display:contents" }),
		switcher: viewSwitch("kanban", (view) => app.openView(view)),
	});
	const searchPlace = panel.element.querySelector(".o_control_panel_actions").firstChild;
	const board = h("div", { class: "o_kanban_renderer o_renderer d-flex o_kanban_grouped align-content-stretch" });
	const element = h(
		"div",
		{ class: "o_kanban_view o_view_controller o_action" },
		panel.element,
		h("div", { class: "o_content" }, board),
	);
	panel.crumb(t("Tickets"));
	panel.pager({ text: null, of: "", turns: null });
	const unfolded = new Set();
	let groups = [];

	/** A card of 18: its fields are its children, without names. */
	const plainCard = (record, own) =>
		h(
			"article",
			{ class: "o_kanban_record d-flex o_draggable cursor-pointer", "data-id": datapoint(), tabindex: "0" },
			h("span", { class: "fw-bold" }, record.name),
			h("span", {}, record.number),
			h("span", {}, record.partner_name || ""),
			h("footer", { class: "pt-1" }, own.element),
			h(
				"div",
				{ class: "o_dropdown_kanban position-absolute end-0 top-0" },
				h("button", { class: "o-dropdown dropdown-toggle btn" }),
			),
		);

	function cardOf(group, record) {
		const own = stars(record.priority, async (picked) => {
			const [saved] = await save(record.id, { priority: picked }, rowSpecification);
			Object.assign(record, saved);
			own.update(saved.priority);
		});
		const card =
			generation === 18
				? plainCard(record, own)
				: h(
						"div",
						{
							role: "article",
							class: "o_kanban_record d-flex o_draggable oe_kanban_card_undefined",
							"data-id": datapoint(),
							tabindex: "0",
						},
						h(
							"div",
							{ class: "oe_kanban_color_0 oe_kanban_content oe_kanban_global_click" },
							h(
								"div",
								{ class: "o_kanban_record_top" },
								h(
									"div",
									{ class: "o_kanban_record_headings" },
									h("span", {}, record.name),
									h(
										"div",
										{ name: "tag_ids", class: "o_field_widget o_field_many2many_tags" },
										h(
											"div",
											{ class: "d-flex flex-wrap gap-1" },
											record.tag_ids.map((one) => tag(one)),
										),
									),
									h("span", {}, record.number),
									h(
										"small",
										{ class: "o_kanban_record_subtitle text-muted" },
										h("span", {}, record.partner_name || ""),
									),
								),
							),
							h("div", { class: "o_kanban_record_body" }),
							h(
								"div",
								{ class: "o_kanban_record_bottom" },
								h(
									"div",
									{ class: "oe_kanban_bottom_left" },
									own.element,
									h(
										"div",
										{ name: "activity_ids", class: "o_field_widget o_field_kanban_activity" },
										h(
											"a",
											{ class: "o-mail-ActivityButton", role: "button", "aria-label": t("Activities") },
											icon("clock-o", "fa", "fa-fw fa-lg text-muted btn-link text-dark"),
										),
									),
								),
								h(
									"div",
									{ class: "oe_kanban_bottom_right" },
									h(
										"div",
										{ name: "kanban_state", class: "o_field_widget o_field_state_selection" },
										h("span", { class: "o_status" }),
									),
									record.user_id ? avatar(record.user_id.id, "oe_kanban_avatar o_image_24_cover float-right") : null,
								),
							),
						),
					);
		card.addEventListener("click", () => card.dataset.moved === undefined && app.openRecord(record.id));
		card.addEventListener("pointerdown", (event) => event.button === 0 && drag(event, card, group, record));
		return card;
	}

	function drag(down, card, group, record) {
		const move = (event) => {
			if (Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < 10) return;
			card.dataset.moved = "";
			card.style.transform = `translate(${event.clientX - down.clientX}px, ${event.clientY - down.clientY}px)`;
			card.style.pointerEvents = "none";
		};
		const up = async (event) => {
			window.removeEventListener("pointermove", move);
			card.style.transform = card.style.pointerEvents = "";
			setTimeout(() => delete card.dataset.moved, 0);
			const column = document.elementFromPoint(event.clientX, event.clientY)?.closest(".o_kanban_group");
			const target = groups.find((one) => one.element === column);
			if (card.dataset.moved === undefined || target === undefined || target === group) return;
			const [saved] = await save(record.id, { stage_id: target.stage.id }, rowSpecification);
			group.records = group.records.filter((one) => one !== record);
			target.records.push(saved);
			group.draw();
			if (target.cards === undefined) target.draw();
			else {
				target.cards.append(cardOf(target, saved));
				target.count();
			}
		};
		window.addEventListener("pointermove", move);
		window.addEventListener("pointerup", up, { once: true });
	}

	function groupOf(stage, records) {
		const group = { stage, records, element: h("div", { "data-id": datapoint() }) };
		const shape = "o_kanban_group flex-shrink-0 flex-grow-1 flex-md-grow-0 o_group_draggable";
		const folded = () => stage.fold && !unfolded.has(stage.id);
		group.count = () => {};
		group.draw = () => {
			const none = group.records.length === 0 ? " o_kanban_no_records" : "";
			if (folded()) {
				group.cards = undefined;
				group.element.className = `${shape}${none} o_column_folded flex-basis-0 opacity-trigger-hover`;
				const name = h(
					"div",
					{
						class:
							"o_column_title d-flex align-items-center pt-1 fs-4 lh-1 text-nowrap opacity-50 opacity-100-hover flex-grow-1",
					},
					stage.display_name,
					h("span", { class: "badge text-bg-500 rounded-pill lh-1 ms-2" }, String(group.records.length)),
				);
				const open = h(
					"button",
					{
						class: "o_column_unfold btn d-flex align-items-center justify-content-between flex-nowrap pt-2 pb-3",
						"aria-label": t("Unfold"),
					},
					icon("caret-left"),
					icon("caret-right"),
				);
				const head = h(
					"div",
					{ class: "o_kanban_header position-sticky top-0 z-index-1 pt-2" },
					h("div", { class: "o_kanban_header_title position-relative d-flex lh-lg" }, name, open),
				);
				head.addEventListener("click", () => {
					unfolded.add(stage.id);
					group.draw();
				});
				refill(group.element, head);
				return;
			}
			group.element.className = `${shape}${none}`;
			const number = h("b", {});
			const bar = h("div", {
				role: "progressbar",
				class: "progress-bar o_bar_has_records cursor-pointer bg-200",
				style: "width: 100%;",
			});
			group.count = () => {
				number.textContent = String(group.records.length);
				group.element.classList.toggle("o_kanban_no_records", group.records.length === 0);
			};
			group.count();
			const head = h(
				"div",
				{ class: "o_kanban_header position-sticky top-0 z-index-1 py-2" },
				h(
					"div",
					{ class: "o_kanban_header_title position-relative d-flex lh-lg" },
					h(
						"span",
						{ class: "o_column_title flex-grow-1 d-inline-block mw-100 text-truncate fs-4 fw-bold align-top text-900" },
						stage.display_name,
					),
					h(
						"button",
						{
							class: "o_kanban_quick_add btn pe-2 me-n2",
							"aria-label": t("Quick add"),
							on: { click: () => app.openNew() },
						},
						icon("plus", "fa", "opacity-75 opacity-100-hover"),
					),
				),
				h(
					"div",
					{ class: "o_kanban_counter position-relative d-flex align-items-center justify-content-between" },
					h("div", { class: "o_column_progress progress bg-300 w-75" }, bar),
					h("div", { class: "o_animated_number ms-2 text-900 text-nowrap cursor-default", title: t("Count") }, number),
				),
			);
			group.cards = group.element;
			refill(
				group.element,
				head,
				group.records.map((record) => cardOf(group, record)),
			);
		};
		group.draw();
		return group;
	}

	async function load() {
		const domain = state.search === "" ? [] : ["|", ["name", "ilike", state.search], ["number", "ilike", state.search]];
		const { records } = await call("helpdesk.ticket", "web_search_read", [], {
			specification: rowSpecification,
			domain,
		});
		state.ids = records.map(({ id }) => id);
		groups = session.stages.map((stage) =>
			groupOf(
				stage,
				records.filter(({ stage_id }) => stage_id.id === stage.id),
			),
		);
		refill(
			board,
			groups.map((group) => group.element),
		);
		refill(
			searchPlace,
			searchBar(state.search, (text) => {
				state.search = text;
				return load();
			}),
		);
	}

	return { element, load, title: () => t("Tickets") };
}
