import { h, icon, markup, typedText } from "./dom.js";
import { avatar, fromNow } from "./pieces.js";
import { session, userName } from "./remote.js";
import { t } from "./words.js";

const senderOf = (article) => session.senders.find((sender) => sender.id === article.sender_id)?.name ?? "Agent";
const typeOf = (article) => session.types.find((type) => type.id === article.type_id)?.name ?? "note";

function paragraphs(text) {
	return text.split("\n").flatMap((line, index) => (index === 0 ? [line] : [h("br"), line]));
}

function action(type, name, label, clicked) {
	return h(
		"a",
		{
			class: "article-action js-ArticleAction",
			href: "#",
			"data-type": type,
			on: {
				click: (event) => {
					event.preventDefault();
					clicked();
				},
			},
		},
		icon(name, "article-action-icon"),
		t(label),
	);
}

/** One message of a ticket. */
export function articleNode(article, { reply }) {
	const sender = senderOf(article);
	const body = article.content_type === "text/html" ? markup(article.body) : paragraphs(article.body);
	const author = article.origin_by_id ?? article.created_by_id;
	return h(
		"div",
		{
			class: `ticket-article-item ${sender.toLowerCase()}${article.internal ? " is-internal" : ""}`,
			id: `article-${article.id}`,
			"data-id": article.id,
		},
		h("div", { class: "article-content-meta top hide" }, h("div", {}, article.from ?? "")),
		h(
			"div",
			{ class: "article-content" },
			h("div", { class: "js-avatar" }, avatar(author)),
			h(
				"div",
				{ class: "bubble-gap" },
				h(
					"div",
					{ class: "internal-border" },
					h("div", { class: "textBubble" }, h("div", { class: "richtext-content" }, body)),
				),
			),
		),
		h(
			"div",
			{ class: "js-article-actions article-actions" },
			sender === "Customer" ? action("emailReply", "reply", "reply", () => reply(article)) : null,
		),
		h(
			"a",
			{ class: "article-meta-permanent", href: `#ticket/zoom/${article.ticket_id}/${article.id}` },
			h(
				"small",
				{ class: "task-subline" },
				`${sender === "System" ? "System" : userName(author)} · ${t(typeOf(article))}${article.internal ? ` · ${t("internal")}` : ""} · `,
				fromNow(article.created_at),
			),
		),
	);
}

/** The box in which an agent writes: an internal note until chosen otherwise. */
export function newArticle({ changed }) {
	const hidden = (name, value) => h("input", { type: "hidden", name, value });
	const area = h("div", {
		class: "js-textarea richtext-content articleNewEdit-body",
		contenteditable: "true",
		role: "textbox",
		"aria-multiline": "true",
		"aria-label": t("Enter note or reply …"),
		"data-name": "body",
		"data-placeholder": t("Enter note or reply …"),
	});
	const type = h(
		"select",
		{ class: "js-articleType", "aria-label": "type" },
		["note", "email", "phone"].map((name) => h("option", { value: name }, t(name))),
	);
	const visibility = h("button", { type: "button", class: "js-toggleVisibility" });
	const form = h(
		"form",
		{ class: "article-add is-internal", "data-type": "note" },
		hidden("type", "note"),
		hidden("internal", "true"),
		hidden("form_id", String(Math.floor(Math.random() * 1e9))),
		hidden("shared_draft_id", ""),
		hidden("subtype", ""),
		hidden("in_reply_to", ""),
		h("div", { class: "editControls" }, avatar(session.user.id), type, visibility),
		h(
			"div",
			{ class: "article-content bubble-gap" },
			h("div", { class: "internal-border" }, h("div", { class: "textBubble js-writeArea" }, area)),
		),
	);
	const typed = () => typedText(area).trim();
	const show = () => {
		const internal = form.classList.contains("is-internal");
		form.querySelector('input[name="internal"]').value = String(internal);
		form.querySelector('input[name="type"]').value = type.value;
		form.dataset.type = type.value;
		visibility.replaceChildren(icon("lock"), t(internal ? "internal" : "public"));
	};
	const choose = (name, internal) => {
		type.value = name;
		form.classList.toggle("is-internal", internal);
		show();
	};
	type.addEventListener("change", () => choose(type.value, type.value === "note"));
	visibility.addEventListener("click", () => choose(type.value, !form.classList.contains("is-internal")));
	area.addEventListener("focus", () => form.classList.add("is-open"));
	area.addEventListener("input", changed);
	show();
	return {
		form,
		reply: () => {
			choose("email", false);
			form.classList.add("is-open");
			area.focus();
		},
		text: typed,
		read: (ticket, customer) => {
			const body = typed();
			if (body === "") return undefined;
			const to = type.value === "email" ? { to: customer?.email ?? "", subject: ticket.title } : {};
			return {
				body,
				type: type.value,
				internal: form.classList.contains("is-internal"),
				sender: "Agent",
				content_type: "text/plain",
				...to,
			};
		},
	};
}
