import { createOdooDesk } from "../desks/odoo/desk.ts";
import { agent, customer, quick, story } from "../desks/starting.ts";
import { createZammadDesk } from "../desks/zammad/desk.ts";
import { fixtureSite, type Site } from "./fixture-site.ts";

/** Pages of a host: those of a practice desk where one speaks its dialect, else the fixture's. */
export async function hostSite(name: string): Promise<Site> {
	let now = Date.parse("2027-03-01T09:00:00.000Z");
	const clock = () => (now += 1000);
	if (name === "zammad-desktop") {
		const desk = createZammadDesk({ now: clock, port: 0, timing: quick });
		await desk.listen();
		for (const title of ["Printer", "VPN drops", '<img src=x onerror="document.title=1"> evil']) {
			const { id } = desk.act.open(customer, { ...story, title });
			desk.act.write(agent, id, { type: "email", body: "We are looking into it.", to: customer });
		}
		return { origin: desk.url, close: () => desk.close() };
	}
	if (name === "practice odoo") {
		const desk = createOdooDesk({ now: clock, port: 0, pace: 0 });
		await desk.listen();
		return { origin: desk.url, close: () => desk.close() };
	}
	return fixtureSite(name);
}
