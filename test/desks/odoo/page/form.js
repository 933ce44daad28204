import { createChatter } from "./chatter.js";
import { call, formSpecification, later, save, session } from "./client.js";
import { controlPanel } from "./control-panel.js";
import { h, markup, refill } from "./dom.js";
import { choices, icon, notify, stars, tag } from "./pieces.js";
import { longDate, t } from "./words.js";

/** From here on the conversation stands beside the sheet. */
const wide = window.matchMedia("(min-width: 1534px)");

const blank = () => ({
	id: null,
	...{ stage_id: false, number: "/", name: "", active: true, team_id: false, user_id: false, priority: "1" },
	...{
		create_date: false,
		channel_id: false,
		partner_id: false,
		partner_name: "",
		partner_email: "",
		category_id: false,
	},
	...{ tag_ids: [], description: "", x_impact: false, x_urgency: false, display_name: t("New") },
	...{ last_stage_update: false, assigned_date: false, closed_date: false },
});

/** The form of one ticket. Its nodes stay while the pager walks through records: what changes is patched in place. */
export function createForm(app) {
	let record = blank();
	let changes = {};
	const patches = [];
	const show = (patch) => patches.push(patch);

	const change = (values) => {
		Object.assign(changes, values);
		Object.assign(record, values);
		buttons.classList.remove("invisible");
	};

	function field(
		name,
		label,
		node,
		{ readonly = false, required = false, kind = "char", id = `${name}_0`, help = false } = {},
	) {
		const shape = `${readonly ? " o_readonly_modifier" : ""}${required ? " o_required_modifier" : ""}`;
		return h(
			"div",
			{ class: "o_wrap_field d-flex d-sm-contents flex-column mb-3 mb-sm-0" },
			h(
				"div",
				{ class: "o_cell o_wrap_label flex-grow-1 flex-sm-grow-0 w-100 text-break text-900" },
				h(
					"label",
					{ class: `o_form_label${readonly ? " o_form_label_readonly" : ""}`, for: id },
					t(label),
					help && h("sup", { class: "text-info p-1" }, "?"),
				),
			),
			h(
				"div",
				{ class: "o_cell o_wrap_input flex-grow-1 flex-sm-grow-0 text-break", style: "width: 100%;" },
				node.getAttribute("name") === name
					? node
					: h("div", { name, class: `o_field_widget${shape} o_field_${kind}` }, node),
			),
		);
	}

	function char(name, extra = "") {
		const input = h("input", { class: `o_input ${extra}`.trim(), id: `${name}_0`, type: "text", autocomplete: "off" });
		input.addEventListener("input", () => change({ [name]: input.value }));
		show(() => {
			if (input.value !== (record[name] || "")) input.value = record[name] || "";
		});
		return input;
	}

	function autocomplete(name, model, picked) {
		const input = h("input", {
			type: "text",
			class: "o-autocomplete--input o_input",
			autocomplete: "off",
			role: "combobox",
			"aria-autocomplete": "list",
			"aria-haspopup": "listbox",
			"aria-expanded": "false",
			id: `${name}_0`,
		});
		const suggest = async () => {
			const own = model === "res.users" ? [["share", "=", false]] : [];
			const found = await call(model, "name_search", [], { name: input.value, args: own, limit: 8 });
			if (document.activeElement === input) choices(input, found, picked);
		};
		input.addEventListener("click", () => {
			input.select();
			void suggest();
		});
		input.addEventListener("input", () => void suggest());
		const element = h(
			"div",
			{ class: "o_input_dropdown" },
			h("div", { class: "o-autocomplete dropdown" }, input),
			h("span", { class: "o_dropdown_button" }),
		);
		return { input, element };
	}

	function many2one(name, label, model, { link = true, help = false } = {}) {
		const { input, element } = autocomplete(name, model, async (id, display_name) => {
			change({ [name]: { id, display_name } });
			if (name === "partner_id") {
				const [partner] = await call("res.partner", "read", [[id], ["name", "email"]]);
				change({ partner_name: partner.name, partner_email: partner.email });
			}
			draw();
		});
		input.addEventListener("blur", () => {
			if (input.value === "" && record[name]) change({ [name]: false });
			input.value = record[name] ? record[name].display_name : "";
		});
		const arrow = h("button", {
			type: "button",
			class: "btn btn-link text-action oi o_external_button oi-arrow-right",
			tabindex: "-1",
			"aria-label": t("Internal link"),
		});
		show(() => {
			input.value = record[name] ? record[name].display_name : "";
			arrow.hidden = !link || !record[name];
		});
		const node = h(
			"div",
			{ name, class: "o_field_widget o_field_many2one" },
			h("div", { class: "o_field_many2one_selection" }, element, arrow),
			h("div", { class: "o_field_many2one_extra" }),
		);
		return field(name, label, node, { help });
	}

	function tags() {
		const { input, element } = autocomplete("tag_ids", "helpdesk.ticket.tag", (id, display_name) => {
			if (record.tag_ids.some((one) => one.id === id)) return;
			change({ tag_ids: [...record.tag_ids, { id, display_name, color: 0 }] });
			draw();
		});
		const pills = h("span", { style: "display:contents" });
		show(() => {
			input.value = "";
			const remove = (id) => (event) => {
				event.preventDefault();
				change({ tag_ids: record.tag_ids.filter((one) => one.id !== id) });
				draw();
			};
			refill(
				pills,
				record.tag_ids.map((one) => tag(one, remove(one.id))),
			);
		});
		const node = h(
			"div",
			{ name: "tag_ids", class: "o_field_widget o_field_many2many_tags" },
			h(
				"div",
				{ class: "o_field_tags d-inline-flex flex-wrap gap-1 o_tags_input o_input" },
				pills,
				h("div", { class: "o_field_many2many_selection d-inline-flex w-100" }, element),
			),
		);
		return field("tag_ids", "Tags", node);
	}

	function select(name, label) {
		if (!(name in session.fields)) return null;
		const options = session.fields[name].selection.map(([key, word]) => h("option", { value: key }, t(word)));
		const input = h("select", { class: "o_input pe-3", id: `${name}_0` }, h("option", { value: "" }), options);
		input.addEventListener("change", () => change({ [name]: input.value || false }));
		show(() => {
			input.value = record[name] || "";
		});
		return field(name, label, input, { kind: "selection" });
	}

	function text(name, label, of) {
		const node = h("span", { class: "text-truncate" });
		show(() => {
			node.textContent = of();
		});
		return field(name, label, h("div", { class: "d-flex gap-2 align-items-center" }, node), {
			readonly: true,
			kind: "datetime",
		});
	}
	const date = (name, label) => text(name, label, () => (record[name] ? longDate(record[name]) : ""));

	function statusBar() {
		const known = new Map();
		const buttonOf = (stage) => {
			const found =
				known.get(stage.id) ??
				h(
					"button",
					{ type: "button", role: "radio", "data-value": stage.id, on: { click: () => pick(stage.id) } },
					stage.display_name,
				);
			known.set(stage.id, found);
			return found;
		};
		const pick = async (id) => {
			if (record.id === null) {
				const { id: stage, display_name } = session.stages.find((one) => one.id === id);
				change({ stage_id: { id: stage, display_name } });
				return draw();
			}
			change({ stage_id: { id } });
			await commit();
		};
		const dots = h(
			"button",
			{ type: "button", class: "btn btn-secondary dropdown-toggle o_arrow_button o_first", "aria-expanded": "false" },
			h("div", { class: "o-dropdown dropdown o-dropdown--no-caret" }),
			"...",
		);
		const bar = h("div", { class: "o_statusbar_status", role: "radiogroup" }, dots);
		show(() => {
			const current = record.stage_id ? record.stage_id.id : session.stages[0].id;
			const shown = session.stages.filter(({ id, fold }) => !fold || id === current).reverse();
			const folded = session.stages.filter(({ id, fold }) => fold && id !== current);
			for (const [id, node] of known) if (!shown.some((stage) => stage.id === id)) node.remove();
			shown.forEach((stage, index) => {
				const node = buttonOf(stage);
				const isCurrent = stage.id === current;
				const last = index === shown.length - 1 ? " o_last" : "";
				node.className = `btn btn-secondary o_arrow_button${isCurrent ? " o_arrow_button_current" : ""}${last}`;
				node.disabled = isCurrent;
				node.setAttribute("aria-label", t(isCurrent ? "Current state" : "Not active state, click to change it"));
				node.setAttribute("aria-checked", String(isCurrent));
				if (isCurrent) node.setAttribute("aria-current", "step");
				else node.removeAttribute("aria-current");
				const before = index === 0 ? dots.nextSibling : known.get(shown[index - 1].id).nextSibling;
				if (before !== node) bar.insertBefore(node, before);
			});
			dots.classList.toggle("d-none", folded.length === 0);
			dots.onclick = () =>
				choices(
					dots,
					folded.map(({ id, display_name }) => [id, display_name]),
					pick,
				);
		});
		return h(
			"div",
			{ class: "o_form_statusbar position-relative d-flex justify-content-between mb-0 mb-md-2 pb-2 pb-md-0" },
			h("div", { class: "o_statusbar_buttons d-flex align-items-center align-content-around flex-wrap gap-1" }),
			h("div", { name: "stage_id", class: "o_field_widget o_field_statusbar" }, bar),
		);
	}

	function priority() {
		const own = stars("1", async (picked) => {
			change({ priority: picked });
			own.update(picked);
			if (record.id !== null) await commit();
		});
		show(() => own.update(record.priority || "0"));
		return field("priority", "Priority", own.element);
	}

	function description() {
		const box = h("div", {
			class: "note-editable odoo-editor-editable odoo-editor-qweb",
			id: "description_0",
			contenteditable: "true",
			dir: "ltr",
		});
		box.addEventListener("input", () => change({ description: box.innerHTML }));
		let drawn;
		show(() => {
			if (drawn === record.description) return;
			drawn = record.description;
			refill(box, markup(record.description || "<p></p>"));
		});
		return h(
			"div",
			{ name: "description", class: "o_field_widget o_required_modifier o_field_html" },
			h("div", { class: "h-100" }, box),
		);
	}

	function notebook() {
		const pages = [
			["description", "Description", description()],
			[
				"other_info",
				"Other Information",
				h(
					"div",
					{ class: "o_group row align-items-start" },
					h(
						"div",
						{ class: "o_inner_group grid col-lg-6" },
						date("last_stage_update", "Last Stage Update"),
						date("assigned_date", "Assigned Date"),
						date("closed_date", "Closed Date"),
					),
				),
			],
		];
		const pane = h("div", { class: "tab-pane active" }, pages[0][2]);
		const links = pages.map(([name, label, content], index) =>
			h(
				"a",
				{
					class: `nav-link${index === 0 ? " active" : ""}`,
					href: "#",
					role: "tab",
					tabindex: "0",
					name,
					on: {
						click: (event) => {
							event.preventDefault();
							for (const link of links) link.classList.toggle("active", link === links[index]);
							refill(pane, content);
						},
					},
				},
				t(label),
			),
		);
		return h(
			"div",
			{ class: "o_notebook d-flex w-100 horizontal flex-column" },
			h(
				"div",
				{ class: "o_notebook_headers" },
				h(
					"ul",
					{ class: "nav nav-tabs flex-row flex-nowrap" },
					links.map((link) => h("li", { class: "nav-item flex-nowrap cursor-pointer" }, link)),
				),
			),
			h("div", { class: "o_notebook_content tab-content" }, pane),
		);
	}

	const saveButton = h(
		"button",
		{
			type: "button",
			class: "o_form_button_save btn btn-light px-1 py-0 lh-sm",
			"data-hotkey": "s",
			"data-tooltip": t("Save manually"),
			"aria-label": t("Save manually"),
			on: { click: () => void commit() },
		},
		icon("cloud-upload", "fa", "fa-fw"),
	);
	const discard = h(
		"button",
		{
			type: "button",
			class: "o_form_button_cancel btn btn-light px-1 py-0 lh-sm",
			"data-hotkey": "j",
			"data-tooltip": t("Discard changes"),
			"aria-label": t("Discard changes"),
			on: { click: () => void (record.id === null ? app.back() : open(record.id)) },
		},
		icon("undo", "fa", "fa-fw"),
	);
	const buttons = h("div", { class: "o_form_status_indicator_buttons d-flex invisible" }, saveButton, discard);
	const status = h(
		"div",
		{ class: "o_form_status_indicator d-md-flex align-items-center align-self-md-end me-auto" },
		buttons,
	);
	const panel = controlPanel({
		create: () => app.openNew(),
		createClass: "btn-outline-primary o_form_button_create",
		boxes: true,
		status,
	});
	const chatter = createChatter();

	const number = h("span", {});
	show(() => {
		number.textContent = record.number || "";
	});
	const sheet = h(
		"div",
		{ class: "o_form_sheet position-relative" },
		h("div", { class: "oe_button_box", name: "button_box" }),
		h(
			"div",
			{ class: "oe_title" },
			h(
				"h1",
				{ class: "oe_title" },
				h("div", { name: "number", class: "o_field_widget o_readonly_modifier o_field_char" }, number),
			),
			h(
				"h2",
				{ class: "o_row" },
				h("div", { name: "name", class: "o_field_widget o_required_modifier o_field_char" }, char("name")),
			),
		),
		h(
			"div",
			{ class: "o_group row align-items-start" },
			h(
				"div",
				{ class: "o_inner_group grid col-lg-6" },
				many2one("team_id", "Team", "helpdesk.ticket.team"),
				many2one("user_id", "Assigned user", "res.users"),
				priority(),
				select("x_impact", "Impact"),
				select("x_urgency", "Urgency"),
				date("create_date", "Created on"),
				many2one("channel_id", "Channel", "helpdesk.ticket.channel", { link: false, help: true }),
			),
			h(
				"div",
				{ class: "o_inner_group grid col-lg-6" },
				many2one("partner_id", "Contact", "res.partner"),
				field("partner_name", "Partner Name", char("partner_name")),
				field("partner_email", "Email", char("partner_email")),
				many2one("category_id", "Category", "helpdesk.ticket.category", { link: false }),
				tags(),
			),
		),
		notebook(),
	);
	const renderer = h("div", {}, h("div", { class: "o_form_sheet_bg" }, statusBar(), sheet), chatter.element);
	const place = () => {
		renderer.className = `o_form_renderer o_form_editable d-flex o_form_saved ${wide.matches ? "flex-nowrap h-100" : "flex-column"}`;
		chatter.element.classList.toggle("o-aside", wide.matches);
	};
	wide.addEventListener("change", place);
	place();
	const element = h(
		"div",
		{ class: "o_form_view o_view_controller o_action" },
		h("div", { class: "o_form_view_container" }, panel.element, h("div", { class: "o_content" }, renderer)),
	);

	const back = (event) => {
		event.preventDefault();
		void app.back();
	};

	function draw() {
		for (const patch of patches) patch();
		panel.crumb(record.display_name, app.state.cameFromList ? { text: t("Tickets"), go: back } : undefined);
		const { ids } = app.state;
		const at = ids.indexOf(record.id);
		const turn = (step) => app.openRecord(ids[(at + step + ids.length) % ids.length], { paging: true });
		panel.pager({
			text: record.id === null ? null : String(at < 0 ? 1 : at + 1),
			of: at < 0 ? 1 : ids.length,
			turns: at < 0 || ids.length < 2 ? null : turn,
		});
		chatter.element.hidden = record.id === null;
	}

	const asValue = (value) =>
		Array.isArray(value)
			? [[6, 0, value.map(({ id }) => id)]]
			: value !== null && typeof value === "object"
				? value.id
				: value;

	/** Saves what was changed; the form then shows what the server answers, others' changes included. */
	async function commit() {
		const made = record.id === null;
		const base = made ? { ...record, ...changes } : changes;
		const {
			id: _,
			number: __,
			display_name: ___,
			create_date: ____,
			last_stage_update,
			assigned_date,
			closed_date,
			...given
		} = base;
		const values = Object.fromEntries(
			Object.entries(given)
				.filter(([name]) => name in session.fields)
				.map(([name, value]) => [name, asValue(value)]),
		);
		if (made && values.stage_id === false) values.stage_id = session.stages[0].id;
		try {
			const [saved] = await save(record.id, values, formSpecification());
			record = saved;
			changes = {};
			buttons.classList.add("invisible");
			draw();
			app.shown(saved, { made });
			await chatter.load(saved.id);
			return true;
		} catch (error) {
			notify(t("Invalid fields:"), error.message);
			return false;
		}
	}

	async function open(id) {
		const [read] =
			id === null
				? [blank()]
				: await call("helpdesk.ticket", "web_read", [[id]], { specification: formSpecification() });
		if (read === undefined) return false;
		record = read;
		changes = {};
		buttons.classList.add("invisible");
		draw();
		later(30, () => void chatter.load(id));
		return true;
	}

	return {
		element,
		open,
		/** Saves before the form is left, as the real one does; a new ticket without a title is given up. */
		leave: async () =>
			Object.keys(changes).length === 0 || (record.id === null && record.name === "") ? true : commit(),
		title: () => (record.id === null ? t("New") : record.display_name),
	};
}
