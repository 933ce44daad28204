const svgTags = new Set(["svg", "circle", "path", "rect", "g"]);

/**
 * Makes an element. Attributes `class`, `data-*`, … are set as they are; `on` holds listeners. Children are nodes or
 * texts; nothing is ever read as HTML.
 */
export function h(tag, attributes = {}, ...children) {
	const node = svgTags.has(tag)
		? document.createElementNS("http://www.w3.org/2000/svg", tag)
		: document.createElement(tag);
	const { on, ...rest } = attributes;
	for (const [name, value] of Object.entries(rest)) {
		if (value !== null && value !== undefined && value !== false)
			node.setAttribute(name, value === true ? "" : String(value));
	}
	for (const [event, listener] of Object.entries(on ?? {})) node.addEventListener(event, listener);
	node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
	return node;
}

/** Replaces all children of an element by new ones. */
export function refill(node, ...children) {
	node.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
}

const paths = {
	dashboard: "M2 9a7 7 0 0 1 14 0v4H2zM9 9l3-4",
	overviews: "M2 4h14M2 9h14M2 14h14",
	search: "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3zM12 12l4 4",
	cross: "M4 4l10 10M14 4L4 14",
	plus: "M9 3v12M3 9h12",
	message: "M2 3h14v9H8l-4 4v-4H2z",
	person: "M9 2a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2 16c1-4 4-5 7-5s6 1 7 5z",
	organization: "M3 16V3h7v13M10 8h5v8M5 6h3M5 9h3M5 12h3",
	arrow: "M4 7l5 5 5-5",
	left: "M11 4L6 9l5 5",
	right: "M7 4l5 5-5 5",
	lock: "M4 8h10v8H4zM6 8V5a3 3 0 0 1 6 0v3",
	reply: "M7 4L3 8l4 4M3 8h7c4 0 5 3 5 6",
	cog: "M9 6a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM9 1v3M9 14v3M1 9h3M14 9h3M3.500 3.500l2 2M12.500 12.500l2 2M14.500 3.500l-2 2M5.500 12.500l-2 2",
};

export function icon(name, extra = "") {
	return h(
		"svg",
		{ class: `icon icon-${name} ${extra}`.trim(), viewBox: "0 0 18 18", "aria-hidden": "true" },
		h("path", { d: paths[name] ?? paths.cross, fill: "none", stroke: "currentColor", "stroke-width": "1.6" }),
	);
}

export function stateIcon(state) {
	return h(
		"svg",
		{ class: `icon icon-task-state ${state}`, viewBox: "0 0 16 16", "aria-hidden": "true" },
		h("circle", { cx: 8, cy: 8, r: 6 }),
	);
}

const kept = new Set(
	"A B BLOCKQUOTE BR CODE DIV EM H1 H2 H3 H4 HR I LI OL P PRE S SMALL SPAN STRONG TABLE TBODY TD TH THEAD TR U UL".split(
		" ",
	),
);

/** Rebuilds the plain markup of a message from an inert document: unknown elements give their text only. */
export function markup(html) {
	const inert = new DOMParser().parseFromString(html, "text/html");
	const copy = (node) => {
		if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data);
		if (node.nodeType !== Node.ELEMENT_NODE || ["SCRIPT", "STYLE", "TEMPLATE"].includes(node.tagName)) return null;
		const children = [...node.childNodes].map(copy).filter(Boolean);
		if (!kept.has(node.tagName)) {
			const fragment = document.createDocumentFragment();
			fragment.append(...children);
			return fragment;
		}
		const href = node.getAttribute("href") ?? "";
		const link = node.tagName === "A" && /^(https?:|mailto:)/i.test(href);
		return h(
			node.tagName.toLowerCase(),
			link ? { href, target: "_blank", rel: "nofollow noreferrer noopener" } : {},
			children,
		);
	};
	return [...inert.body.childNodes].map(copy).filter(Boolean);
}

/** What was typed into an editable box, with its line breaks: the browser makes a block or a `br` of each. */
export function typedText(box) {
	return [...box.childNodes]
		.map((node, index) => {
			if (node.nodeType === Node.TEXT_NODE) return node.data.replaceAll("\u00a0", " ");
			if (node.nodeName === "BR") return "\n";
			const inner = node.childNodes.length === 1 && node.firstChild.nodeName === "BR" ? "" : typedText(node);
			return index > 0 && ["DIV", "P"].includes(node.nodeName) ? `\n${inner}` : inner;
		})
		.join("");
}
