const shown = Number(document.querySelector("main").dataset.count);

/** Shows new messages without being asked. */
setInterval(async () => {
	if (document.hidden) return;
	const messages = await fetch("/messages.json").then((response) => response.json());
	if (messages.length !== shown) location.reload();
}, 3000);
