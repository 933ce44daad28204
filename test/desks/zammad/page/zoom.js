import { h, icon, refill } from "./dom.js";
import { avatar, notify } from "./pieces.js";
import { between, call, learn, session, store, wait } from "./remote.js";
import { dependentGroup, formGroups, formValues, readForm } from "./ticket-form.js";
import { t } from "./words.js";
import { articleNode, newArticle } from "./zoom-articles.js";
import { attributeBarParts, holder, metaLine } from "./zoom-parts.js";
import { fillCustomer, fillSubscriptions, fillTags, sidebarParts, workTabs } from "./zoom-sidebar.js";

/** One ticket's page. `tabs` is told when its tab must look different. */
export function createZoom(id, tabs) {
	const container = h("div", { id: `content_permanent_Ticket-${id}`, class: "content horizontal flex" });
	let ticket = null;
	const shownArticles = [];
	let touched = {};
	let box = null;
	let related = { ticket_ids_open: [], ticket_ids_closed: [] };
	const find = (selector) => container.querySelector(selector);

	async function load() {
		const answer = await call("GET", `tickets/${id}?all=true`);
		learn(answer.assets);
		return answer;
	}

	async function loadCustomer() {
		related = await call("GET", `ticket_customer?customer_id=${store.Ticket[id].customer_id}`);
		learn(related.assets);
	}

	function titleNode() {
		const node = h(
			"div",
			{ class: "ticket-title-update js-objectTitle", contenteditable: "true", spellcheck: "false" },
			ticket.title,
		);
		node.addEventListener("keydown", (event) => {
			if (event.key !== "Enter") return;
			event.preventDefault();
			node.blur();
		});
		node.addEventListener("blur", async () => {
			const title = node.textContent.trim();
			if (title === "" || title === ticket.title) return;
			const { article_ids: _, ticket_time_accounting_ids: __, ...cached } = store.Ticket[id];
			await call("PUT", `tickets/${id}?all=true`, { ...cached, title }).then((answer) => learn(answer.assets));
			render(await load());
		});
		return node;
	}

	/** The buttons at the bottom are made anew with every rebuild of the form. */
	function fillAttributeBar() {
		const changed = Object.keys(touched).length > 0 || (box?.text() ?? "") !== "";
		refill(find(".js-attributeBar"), attributeBarParts({ changed, reset, submit }));
	}

	/** The form is thrown away and made anew; what the agent has touched stays. */
	function rebuildForm() {
		const outer = find("fieldset.edit");
		outer.removeAttribute("data-ticket-updated-at");
		const server = formValues(ticket);
		for (const [name, value] of Object.entries(touched)) if (server[name] === value) delete touched[name];
		const values = { ...server, ...touched };
		refill(outer, h("fieldset", {}, formGroups(values)));
		outer.setAttribute("data-ticket-updated-at", ticket.updated_at);
		markTouched();
		fillAttributeBar();
		fillAttributeBar();
	}

	function markTouched() {
		const any = Object.keys(touched).length > 0;
		for (const group of container.querySelectorAll("fieldset.edit .form-group")) {
			group.classList.toggle("is-changed", Object.hasOwn(touched, group.dataset.attributeName));
		}
		find("fieldset.edit").classList.toggle("form-changed", any);
		find('.tabsSidebar-tab[data-tab="ticket"]').classList.toggle("is-changed", any);
		find(".js-reset")?.classList.toggle("hide", !any && (box?.text() ?? "") === "");
	}

	function fieldChanged(event) {
		const name = event.target.name;
		const group = event.target.closest(".form-group");
		if (!name || !group) return;
		setTimeout(() => {
			const values = readForm(find("fieldset.edit"));
			const server = formValues(ticket);
			if (values[name] === server[name]) delete touched[name];
			else touched[name] = values[name];
			if (name === "group_id" || name === "state_id") {
				for (const dependent of name === "group_id" ? ["owner_id"] : ["pending_time"]) {
					const old = find(`fieldset.edit .form-group[data-attribute-name="${dependent}"]`);
					old.replaceWith(dependentGroup(dependent, { ...server, ...touched, ...values }));
				}
			}
			markTouched();
		}, 250);
	}

	function newBox() {
		box = newArticle({ changed: () => markTouched() });
		return box.form;
	}

	async function reset() {
		touched = {};
		refill(find(".article-new"), newBox());
		fillSubscriptions(container);
		rebuildForm();
		tabs.changed(id, { modified: false });
	}

	async function submit() {
		const values = readForm(find("fieldset.edit"));
		const cached = store.Ticket[id];
		const article = box.read(ticket, store.User[ticket.customer_id]);
		const body = {
			number: cached.number,
			title: cached.title,
			customer_id: cached.customer_id,
			organization_id: cached.organization_id,
			updated_at: cached.updated_at,
			preferences: cached.preferences,
			id,
			...values,
			pending_time: values.pending_time || null,
			...(article ? { article } : {}),
		};
		try {
			const answer = await call("PUT", `tickets/${id}?all=true`, body);
			learn(answer.assets);
			touched = {};
			refill(find(".article-new"), newBox());
			refill(find(".article-new"), newBox());
			render(await load());
			await loadCustomer();
			fillCustomer(container, ticket, related);
			tabs.changed(id, { modified: false });
		} catch (error) {
			notify("danger", error.message);
		}
	}

	function toEnd() {
		const main = find(".main");
		main.scrollTop = main.scrollHeight;
		stick();
	}

	/** The sticky copy of the header shows while the header itself is out of sight. */
	function stick() {
		const main = find(".main");
		const header = find(".ticketZoom-header");
		const out = main.scrollTop > header.offsetTop + header.offsetHeight - 20;
		find(".scrollPageHeader").style.transform = out ? "translateY(0)" : "translateY(-64px)";
	}

	function appendArticles(ids) {
		const list = find(".ticket-article");
		for (const article of ids) {
			if (shownArticles.includes(article) || !store.TicketArticle[article]) continue;
			list.append(articleNode(store.TicketArticle[article], { reply: () => box.reply() }));
			shownArticles.push(article);
		}
	}

	/** Brings the page up to a newer ticket, part by part, as the interface does. */
	function render(answer) {
		const before = ticket;
		ticket = store.Ticket[id];
		if (before.customer_id !== ticket.customer_id) {
			const sidebar = find(".tabsSidebar");
			const fieldset = h("fieldset", { class: "edit" });
			refill(sidebar, sidebarParts(ticket, fieldset));
			fillTags(container, answer.tags);
			fillCustomer(container, ticket, related);
			refill(find(".ticketZoom-header .js-avatar"), avatar(ticket.customer_id, 50));
		}
		if (before.title !== ticket.title) {
			for (const title of container.querySelectorAll(".js-ticketTitleContainer")) refill(title, titleNode());
			tabs.title(id);
		}
		if (before.state_id !== ticket.state_id) refill(find(".js-ticketMetaContainer"), metaLine(ticket));
		fillSubscriptions(container);
		rebuildForm();
		const known = shownArticles.length;
		appendArticles(answer.ticket_article_ids);
		if (shownArticles.length > known && container.isConnected) toEnd();
	}

	function build(answer) {
		const fieldset = h("fieldset", { class: "edit" });
		const sidebar = h(
			"div",
			{ class: "tabsSidebar tabsSidebar--attributeBarSpacer vertical" },
			sidebarParts(ticket, fieldset),
		);
		if (window.innerWidth < 768) sidebar.classList.add("is-closed");
		workTabs(sidebar);
		refill(container, holder({ ticket, sidebar, title: titleNode, box: newBox(), scrolled: stick }));
		sidebar.addEventListener("change", fieldChanged);
		sidebar.addEventListener("input", (event) => event.target.name === "pending_time" && fieldChanged(event));
		appendArticles(answer.ticket_article_ids);
		fillTags(container, answer.tags);
		fillSubscriptions(container);
		rebuildForm();
		toEnd();
	}

	async function start() {
		try {
			const answer = await load();
			ticket = store.Ticket[id];
			void call("POST", "recent_view", { object: "Ticket", o_id: id });
			build(answer);
			tabs.title(id);
			tabs.changed(id, {});
			rebuildForm();
			await loadCustomer();
			fillCustomer(container, ticket, related);
		} catch (error) {
			if (error.status !== 404 && error.status !== 403) throw error;
			refill(
				container,
				h(
					"div",
					{ class: "flex fullscreenMessage" },
					icon("cross", "icon-diagonal-cross icon-error"),
					h("h2", {}, t("This ticket could not be found.")),
				),
			);
		}
	}

	/** A change by somebody else: the sides after about a second, the form after two to three. */
	async function pushed(event) {
		if (!ticket) return;
		const other = event.id !== id;
		if (other && event.customer_id !== ticket.customer_id) return;
		await wait(between(500, 700) * session.pace);
		if (!other && event.updated_at === ticket.updated_at) return;
		await loadCustomer().catch(() => undefined);
		fillCustomer(container, ticket, related);
		if (other) return;
		const answer = await load().catch(() => null);
		if (!answer) return;
		await wait(between(1000, 1900) * session.pace);
		if (store.Ticket[id].updated_at === ticket.updated_at) return;
		render(answer);
		tabs.changed(id, { modified: store.Ticket[id].updated_by_id !== session.user.id });
	}

	return { container, start, pushed, shown: () => ticket && stick() };
}
