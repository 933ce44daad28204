import { formatAmount } from "./duration-text.ts";
import { completeUntil, type HolidaySetDocument } from "./holiday-sets.ts";
import type { Policy, Service, Target } from "./policy.ts";
import { goals } from "./schema-forms.ts";
import type { Path } from "./yaml-place.ts";
import type { YamlSource } from "./yaml-source.ts";

/** Something in a valid policy that a person ought to know. */
export type PolicyNote = {
	line: number;
	column: number;
	path: string;
	code:
		| "best-effort"
		| "role-without-address"
		| "provisional-holidays"
		| "slower-for-higher-priority"
		| "no-ladder"
		| "unused";
	/** A sentence. */
	text: string;
};

/** What deserves a second look. `year`: the current one; sets of holidays complete beyond it are not mentioned. */
export function policyNotes(
	policy: Policy,
	source: YamlSource,
	{ sets, year }: { sets: readonly HolidaySetDocument[]; year: number | undefined },
): PolicyNote[] {
	const note = (path: Path, code: PolicyNote["code"], text: string): PolicyNote => {
		const place = source.problem(path, { code: "wrong-value", expected: "", atKey: true });
		return { line: place.line, column: place.column, path: place.path, code, text };
	};
	const services = policy.services.flatMap((service) => {
		const path = ["services", service.id];
		return [
			...withoutTarget(policy, service).map((priority) =>
				note(path, "best-effort", `${priority} has no target: best effort, measured and never missed.`),
			),
			...slower(policy, service).map(({ priority, goal, text }) =>
				note([...path, "targets", priority, goal], "slower-for-higher-priority", text),
			),
			...(service.ladder === null
				? [note(path, "no-ladder", "No ladder: nobody is told when a target is missed.")]
				: []),
		];
	});
	const roles = policy.roles
		.filter(({ email, webhooks }) => email.length + webhooks.length === 0)
		.map(({ id }) =>
			note(["roles", id], "role-without-address", "No e-mail address or webhook: this role hears nothing."),
		);
	const holidays = provisional(policy, sets, year).map(({ path, set, until }) => {
		const text = `Holidays of ${set} are complete up to ${until}; those from ${until + 1} on are provisional.`;
		return note(path, "provisional-holidays", text);
	});
	const unused = unusedNames(policy, source).map((path) =>
		note(
			path,
			"unused",
			`Nothing in this policy uses ${typeof path[1] === "number" ? source.valueAt(path) : path[1]}.`,
		),
	);
	return [...services, ...roles, ...holidays, ...unused].sort((a, b) => a.line - b.line || a.column - b.column);
}

function withoutTarget({ priorities }: Policy, { targets }: Service): string[] {
	return priorities.map(({ id }) => id).filter((id) => Object.keys(targets[id] ?? {}).length === 0);
}

function slower({ priorities }: Policy, { targets }: Service) {
	return goals.flatMap((goal) => {
		const stated = priorities.flatMap(({ id }) => {
			const target = targets[id]?.[goal];
			return target === undefined ? [] : [{ id, target }];
		});
		return stated.flatMap(({ id, target }, index) => {
			const lower = stated.slice(index + 1).find((other) => isShorter(other.target, target));
			if (lower === undefined) return [];
			const text = `${id} has ${formatAmount(target.amount)}, but the lower ${lower.id} has ${formatAmount(lower.target.amount)}.`;
			return [{ priority: id, goal, text }];
		});
	});
}

/** Only targets of one kind on one calendar can be compared. */
function isShorter(a: Target, b: Target): boolean {
	if (a.calendar !== b.calendar) return false;
	if (a.amount.kind === "business") return b.amount.kind === "business" && a.amount.duration < b.amount.duration;
	return b.amount.kind === "workingDays" && a.amount.days < b.amount.days;
}

function provisional(policy: Policy, sets: readonly HolidaySetDocument[], year: number | undefined) {
	return Object.entries(policy.calendarDefinitions).flatMap(([name, { holidays = [] }]) =>
		holidays.flatMap((entry, index) => {
			const set = entry.replace(/^@/, "");
			const until = entry.startsWith("@") ? completeUntil(sets, set) : null;
			if (until === null || (year !== undefined && until > year)) return [];
			return [{ path: ["calendars", name, "holidays", index] as const, set, until }];
		}),
	);
}

function unusedNames(policy: Policy, source: YamlSource): Path[] {
	const { services, ladders } = policy;
	const calendars = services.flatMap(({ calendar, targets }) => [
		calendar,
		...Object.values(targets).flatMap((target) => Object.values(target).map((it) => it.calendar)),
	]);
	const roles = ladders.flatMap(({ steps }) => steps.flatMap(({ notify }) => notify));
	const components = services.flatMap((service) => service.components);
	const written = source.valueAt(["components"]);
	const names = Array.isArray(written) ? written.map(String) : [];
	return [
		...Object.keys(policy.calendars).flatMap((name) => (calendars.includes(name) ? [] : [["calendars", name]])),
		...ladders.flatMap(({ id }) => (services.some(({ ladder }) => ladder === id) ? [] : [["ladders", id]])),
		...policy.roles.flatMap(({ id }) => (roles.includes(id) ? [] : [["roles", id]])),
		...names.flatMap((name, index) => (components.includes(name) ? [] : [["components", index]])),
	];
}
