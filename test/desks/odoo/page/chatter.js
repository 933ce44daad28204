import { request, session } from "./client.js";
import { h, markup, refill } from "./dom.js";
import { icon } from "./pieces.js";
import { ago, daysAgo, instantOf, language, shortDate, t } from "./words.js";

const model = "helpdesk.ticket";
const portrait = (id) => `/web/image/res.partner/${id}/avatar_128`;

/** The conversation below the sheet, or beside it on wide screens. */
export function createChatter() {
	let ticket = null;
	let open = null;
	const thread = h("div", { class: "d-flex flex-column position-relative flex-grow-1" });
	const counter = h("sup", { class: "o-mail-Followers-counter" }, "0");
	const composerPlace = h("div", { style: "display:contents" });
	const button = (name, label, tone, hotkey, kind) =>
		h(
			"button",
			{
				class: `o-mail-Chatter-${name} btn text-nowrap me-1 ${tone} my-2`,
				"data-hotkey": hotkey,
				on: { click: () => toggle(kind) },
			},
			` ${t(label)} `,
		);
	const send = button("sendMessage", "Send message", "btn-primary", "m", "message");
	const note = button("logNote", "Log note", "btn-secondary", "shift+m", "note");
	const element = h(
		"div",
		{ class: "o-mail-ChatterContainer o-mail-Form-chatter oe_chatter mt-4 mt-md-0" },
		h(
			"div",
			{ class: "o-mail-Chatter w-100 h-100 flex-grow-1 d-flex flex-column" },
			h(
				"div",
				{ class: "o-mail-Chatter-top position-sticky top-0" },
				h(
					"div",
					{ class: "o-mail-Chatter-topbar d-flex flex-shrink-0 flex-grow-0 px-3 overflow-x-auto" },
					send,
					note,
					h(
						"div",
						{ class: "flex-grow-1 d-flex" },
						h(
							"button",
							{ class: "o-mail-Chatter-activity btn btn-secondary text-nowrap my-2", "data-hotkey": "shift+a" },
							h("span", {}, t("Activities")),
						),
						h("span", { class: "o-mail-Chatter-topbarGrow flex-grow-1 pe-2" }),
						h("button", { class: "btn btn-link text-action", "aria-label": t("Search...") }, icon("search", "oi")),
						h(
							"button",
							{
								class: "o-mail-Chatter-attachFiles btn btn-link text-action px-1 d-flex align-items-center my-2",
								"aria-label": "Attach files",
							},
							icon("paperclip", "fa", "fa-lg me-1"),
						),
						h(
							"div",
							{ class: "o-dropdown dropdown o-mail-Followers d-flex me-1 o-dropdown--no-caret" },
							h(
								"button",
								{
									type: "button",
									class:
										"dropdown-toggle o-mail-Followers-button btn btn-link d-flex align-items-center text-action px-1 my-2",
								},
								icon("user-o", "fa", "me-1"),
								counter,
							),
						),
						h(
							"button",
							{ class: "btn px-0 text-success my-2" },
							h("span", { class: "o-mail-Chatter-follow" }, t("Following")),
						),
					),
				),
				composerPlace,
			),
			h(
				"div",
				{ class: "o-mail-Chatter-content" },
				h(
					"div",
					{
						class: "o-mail-Thread position-relative flex-grow-1 d-flex flex-column overflow-auto pb-4",
						tabindex: "-1",
					},
					thread,
				),
			),
		),
	);

	function tracked({ trackingValues }) {
		if (trackingValues.length === 0) return null;
		return h(
			"ul",
			{ class: "mb-0 ps-4" },
			trackingValues.map(({ changedField, oldValue, newValue }) =>
				h(
					"li",
					{ class: "o-mail-Message-tracking mb-1", role: "group" },
					h("span", { class: "o-mail-Message-trackingOld me-1 px-1 text-muted fw-bold" }, oldValue.value || "None"),
					icon("long-arrow-right", "fa", "o-mail-Message-trackingSeparator mx-1 text-600"),
					h("span", { class: "o-mail-Message-trackingNew me-1 fw-bold text-info" }, newValue.value || "None"),
					h("span", { class: "o-mail-Message-trackingField ms-1 fst-italic text-muted" }, `(${changedField})`),
				),
			),
		);
	}

	function contentOf(message) {
		const { body, is_note, subject, default_subject, message_type, author } = message;
		if (message_type === "notification" && body === "") {
			const description = message.subtype_description && h("p", { class: "mb-0" }, t(message.subtype_description));
			return h(
				"div",
				{},
				description,
				tracked(message),
				h("div", { class: "o-mail-Message-body text-break mb-0 w-100" }),
			);
		}
		const mine = author && author.id === session.partner;
		const tone = is_note
			? ""
			: mine
				? " bg-success-light border border-success opacity-25"
				: " bg-info-light border border-info opacity-25";
		const words =
			subject && subject !== default_subject && h("em", { class: "mb-1 me-2" }, `${t("Subject:")} ${subject}`);
		return h(
			"div",
			{ class: "position-relative overflow-x-auto d-inline-block" },
			h("div", {
				class: `o-mail-Message-bubble rounded-bottom-3 position-absolute top-0 start-0 w-100 h-100${tone} rounded-end-3`,
			}),
			h(
				"div",
				{
					class: `position-relative text-break o-mail-Message-body ${is_note ? "p-1" : "mb-0 py-2 px-3 align-self-start rounded-end-3 rounded-bottom-3"}`,
				},
				words,
				markup(body),
			),
		);
	}

	function nodeOf(message) {
		const { author, date, is_note, message_type } = message;
		const label = message_type === "notification" ? "System notification" : is_note ? "Note" : "Message";
		const mine = author && author.id === session.partner ? " o-selfAuthored" : "";
		return h(
			"div",
			{
				class: `o-mail-Message position-relative undefined${mine} py-1 mt-2 px-3`,
				role: "group",
				"aria-label": t(label),
			},
			h(
				"div",
				{ class: "o-mail-Message-core position-relative d-flex flex-shrink-0" },
				h(
					"div",
					{ class: "o-mail-Message-sidebar d-flex flex-shrink-0" },
					h(
						"div",
						{ class: "o-mail-Message-avatarContainer position-relative bg-view cursor-pointer" },
						author &&
							h("img", {
								class: "o-mail-Message-avatar w-100 h-100 rounded o_object_fit_cover",
								src: portrait(author.id),
								alt: "",
							}),
					),
				),
				h(
					"div",
					{ class: "w-100 o-min-width-0" },
					h(
						"div",
						{ class: "o-mail-Message-header d-flex flex-wrap align-items-baseline mb-1 lh-1" },
						h(
							"span",
							{ class: "o-mail-Message-author cursor-pointer" },
							h("strong", { class: "me-1 text-truncate" }, author ? author.name : message.email_from),
						),
						h(
							"small",
							{
								class: "o-mail-Message-date text-muted opacity-75 me-2",
								title: new Date(instantOf(date)).toLocaleString(language),
							},
							`- ${ago(date)}`,
						),
					),
					h(
						"div",
						{ class: "position-relative d-flex" },
						h(
							"div",
							{ class: "o-mail-Message-content o-min-width-0" },
							h("div", { class: "o-mail-Message-textContent position-relative d-flex" }, contentOf(message)),
						),
					),
				),
			),
		);
	}

	const section = (text) =>
		h(
			"div",
			{ class: "o-mail-DateSection d-flex align-items-center fw-bolder w-100 pt-4" },
			h("hr", { class: "ms-3 flex-grow-1" }),
			h("span", { class: "px-3 text-muted" }, text),
			h("hr", { class: "me-3 flex-grow-1" }),
		);

	async function load(id) {
		ticket = id;
		if (id === null) return refill(thread);
		const asked = { thread_id: id, thread_model: model };
		const [data, { messages }] = await Promise.all([
			request("/mail/thread/data", { ...asked, request_list: ["followers"] }),
			request("/mail/thread/messages", { ...asked, limit: 30, context: { lang: session.context.lang } }),
		]);
		if (ticket !== id) return;
		counter.textContent = String(data.followersCount);
		const nodes = [];
		let last = "";
		for (const message of messages) {
			const day = daysAgo(message.date) === 0 ? t("Today") : shortDate(message.date);
			if (day !== last) nodes.push(section(day));
			last = day;
			nodes.push(nodeOf(message));
		}
		refill(thread, nodes);
	}

	function toggle(kind) {
		open = open === kind ? null : kind;
		refill(composerPlace);
		send.classList.toggle("active", open === "message");
		note.classList.toggle("active", open === "note");
		if (open !== null) refill(composerPlace, composer(open));
		composerPlace.querySelector("textarea")?.focus();
	}

	function composer(kind) {
		const isNote = kind === "note";
		const go = h(
			"button",
			{
				class: "o-mail-Composer-send btn o-last btn-primary",
				disabled: true,
				"aria-label": t(isNote ? "Log" : "Send"),
			},
			t(isNote ? "Log" : "Send"),
		);
		const input = h("textarea", {
			class: "o-mail-Composer-input form-control bg-view px-3 border-0 rounded-3 shadow-none overflow-auto",
			style: "height: 40px;",
			placeholder: t(isNote ? "Log an internal note…" : "Send a message to followers…"),
			on: { input: () => (go.disabled = input.value.trim() === "") },
		});
		go.addEventListener("click", async () => {
			go.disabled = true;
			await request("/mail/message/post", {
				context: { ...session.context, mail_post_autofollow: true },
				post_data: {
					body: input.value.trim(),
					attachment_ids: [],
					message_type: "comment",
					partner_ids: [],
					subtype_xmlid: isNote ? "mail.mt_note" : "mail.mt_comment",
				},
				thread_id: ticket,
				thread_model: model,
			});
			if (open === kind) toggle(kind);
			await load(ticket);
		});
		return h(
			"div",
			{
				class: `o-mail-Composer d-grid flex-shrink-0 pt-0 px-3 pb-2 o-extended o-hasSelfAvatar ${isNote ? "o-note " : ""}pt-4`,
			},
			h(
				"div",
				{ class: "o-mail-Composer-sidebarMain flex-shrink-0" },
				h("img", { class: "o-mail-Composer-avatar o_avatar rounded", src: portrait(session.partner), alt: "" }),
			),
			h(
				"div",
				{ class: "o-mail-Composer-coreMain d-flex flex-nowrap align-items-start flex-grow-1 flex-column" },
				h(
					"div",
					{ class: "o-mail-Composer-box d-flex bg-view flex-grow-1 border rounded-3 align-self-stretch flex-column" },
					h("div", { class: "position-relative flex-grow-1" }, input),
					h(
						"div",
						{ class: "o-mail-Composer-actions d-flex bg-view mx-3 border-top p-1" },
						icon("smile-o"),
						icon("paperclip"),
					),
				),
				h("div", { class: "d-flex align-items-center mt-2 gap-2" }, go),
			),
			h("div", { class: "o-mail-Composer-footer overflow-auto" }),
		);
	}

	return { element, load };
}
