import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { people } from "../../desks/zammad/base.ts";
import { createZammadDesk } from "../../desks/zammad/desk.ts";
import { multiply } from "../../desks/zammad/multiply.ts";

/** A practice desk with many tickets behind a door that counts: prints its address, and at the end what was counted. */
const count = Number(process.argv[2]);
const minute = 60_000;
let now = Date.now() - 100 * minute;
const desk = createZammadDesk({
	now: () => now,
	port: 0,
	timing: { delivery: [0, 0], retries: [0, 0, 0, 0], push: 0 },
});
await desk.listen();
const article = { subject: "", body: "Help", type: "web", sender: "Customer" };
for (let each = 0; each < 25; each += 1) {
	now += minute;
	const { id } = desk.act.open(people.customers[each % 3] ?? people.customers[0], {
		title: "One",
		group: "Users",
		article,
	});
	if (each > 0) desk.act.change(people.agents[0], id, { state: "closed" });
}
multiply(desk, count, minute);
now = Date.now();

let requests = 0;
const perSecond = new Map<number, number>();
const door = createServer((asked, response) => {
	requests += 1;
	const second = Math.floor(performance.now() / 1000);
	perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
	const { method, url = "/", headers } = asked;
	const onward = request(new URL(url, desk.url), { method, headers }, (answer) => {
		response.writeHead(answer.statusCode ?? 500, answer.headers);
		answer.pipe(response);
	});
	onward.on("error", () => response.destroy());
	asked.pipe(onward);
});
await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
process.stdout.write(`${JSON.stringify({ url, token: desk.act.token(people.bot, ["ticket.agent"]) })}\n`);
process.stdin.once("data", () => {
	process.stdout.write(`${JSON.stringify({ requests, busiest: Math.max(...perSecond.values()) })}\n`);
});
