import type { AvailabilityTarget, Line, NoticeRule, Policy, Service } from "../policy.ts";
import { byName, changed, otherChanges, type PolicyChange, pairs, reordered } from "./change.ts";
import { dateIn, nameOf, sayDate, sayDuration, sayRoles, sayWords } from "./say.ts";
import { targetChanges } from "./target-changes.ts";

/** Services that come and go, and what each does otherwise. */
export function serviceChanges(before: Policy, after: Policy): PolicyChange[] {
	const services = (policy: Policy) => byName(policy.services, ({ id }) => id);
	return [
		...pairs(services(before), services(after)).flatMap(([id, old, now]) => {
			const [was, is] = [old ?? empty(id, now), now ?? empty(id, old)];
			const what = nameOf(is.name, id);
			return [
				...changed("service", `Service ${what}`, [old, now], sayService).filter(
					() => old === undefined || now === undefined,
				),
				...ownChanges(what, { policy: before, service: was }, { policy: after, service: is }),
			];
		}),
		...reordered(
			"other",
			"Order of the services",
			before.services.map(({ id }) => id),
			after.services.map(({ id }) => id),
		),
	];
}

type Side = { policy: Policy; service: Service };

const told = ["id", "name", "groups", "components", "calendar", "targets", "ladder", "lines", "escalation", "phone"];
const toldToo = ["availability", "notice"];

function ownChanges(what: string, before: Side, after: Side): PolicyChange[] {
	const [old, now] = [before.service, after.service];
	const lists = (key: "groups" | "components" | "escalation") => [some([...old[key]]), some([...now[key]])] as const;
	const hears = (roles: readonly string[]) =>
		sayRoles(roles, { ...after.policy, roles: [...after.policy.roles, ...before.policy.roles] });
	return [
		...targetChanges(before, after),
		...changed("service", `${what}, name`, [old.name, now.name], sayWords),
		...changed("service", `${what}, groups of the helpdesk`, lists("groups"), (list) => list.join(", ")),
		...changed(
			"calendar",
			`${what}, support hours`,
			[old.calendar || null, now.calendar || null],
			(name) => `calendar ${name}`,
		),
		...changed("ladder", `${what}, ladder`, [old.ladder, now.ladder], String),
		...changed("role", `${what}, escalation contacts`, lists("escalation"), hears),
		...changed(
			"role",
			`${what}, telephone too`,
			[old.phone, now.phone],
			(phone) => `${phone.priorities.join(", ")}: ${hears(phone.roles)}`,
		),
		...lineChanges(what, old, now),
		...availabilityChanges(what, before, after),
		...changed("notice", `${what}, announced maintenance`, [old.notice, now.notice], sayNotice),
		...changed("page", `${what}, components of the status page`, lists("components"), (list) => list.join(", ")),
		...otherChanges("other", what, [old, now], [...told, ...toldToo]),
	];
}

function lineChanges(what: string, old: Service, now: Service): PolicyChange[] {
	const lines = (service: Service) => byName(service.lines, ({ id }) => id);
	return [
		...pairs(lines(old), lines(now)).flatMap(([id, was, is]) =>
			changed("line", `${what}, line ${id}`, [was, is], sayLine),
		),
		...reordered(
			"line",
			`${what}, order of the lines`,
			old.lines.map(({ id }) => id),
			now.lines.map(({ id }) => id),
		),
	];
}

function availabilityChanges(what: string, before: Side, after: Side): PolicyChange[] {
	const [old, now] = [before.service.availability, after.service.availability];
	const length = Math.max(old.length, now.length);
	return Array.from({ length }, (_, index) => index).flatMap((index) =>
		changed(
			"availability",
			`${what}, availability${length > 1 ? ` (${index + 1})` : ""}`,
			[old[index], now[index]],
			(figure) => sayAvailability(figure, after.policy),
		),
	);
}

function sayService({ groups, calendar }: Service): string {
	return `${groups.length === 0 ? "for every other group" : `for ${groups.join(", ")}`}, calendar ${calendar}`;
}

function sayLine({ name, groups, minimum, designated }: Line): string {
	return [
		name.en,
		groups.length === 0 ? "no group" : `groups ${groups.join(", ")}`,
		...(minimum === null ? [] : [`at least ${sayDuration(minimum)} left`]),
		...(designated ? [] : ["nobody designated"]),
	].join("; ");
}

function sayAvailability(figure: AvailabilityTarget, policy: Policy): string {
	const { always, inHours, outside, calendar, planned, thirdParty, promise, effectiveFrom } = figure;
	const figures = [
		...(always === null ? [] : [`${always} % around the clock`]),
		...(inHours === null ? [] : [`${inHours} % in hours`]),
		...(outside === null ? [] : [`${outside} % outside`]),
	];
	return [
		...figures,
		`calendar ${calendar}`,
		`announced work ${planned === "count" ? "counts" : "left out"}`,
		`third parties ${thirdParty === "count" ? "count" : "left out"}`,
		promise,
		...(effectiveFrom === null ? [] : [`from ${sayDate(dateIn(policy, calendar, effectiveFrom))}`]),
	].join(", ");
}

function sayNotice({ daysAhead, clearDays, endBefore, substantial, agreement }: NoticeRule): string {
	return [
		`${daysAhead} ${clearDays ? "whole " : ""}days ahead`,
		...(endBefore === null ? [] : [`ends before ${endBefore}`]),
		`changes of ${sayDuration(substantial)} are told`,
		...(agreement ? ["partners agree first"] : []),
	].join(", ");
}

function empty(id: string, like: Service | undefined): Service {
	const words = like?.name ?? { nl: id, fr: id, de: id, en: id };
	return {
		id,
		name: words,
		groups: [],
		components: [],
		calendar: "",
		targets: {},
		ladder: null,
		lines: [],
		escalation: [],
		phone: null,
		availability: [],
		notice: null,
	};
}

function some<Entry>(list: readonly Entry[]): readonly Entry[] | null {
	return list.length === 0 ? null : list;
}
