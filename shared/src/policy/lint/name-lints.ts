import type { Target } from "../policy.ts";
import type { Path } from "../yaml-place.ts";
import type { Finding, Lint, LintGiven } from "./lint.ts";

/** Roles that nobody can reach, and what is declared and never used. */
export const nameLints: Lint = (given) => [...unreachableRoles(given), ...unusedNames(given)];

function unreachableRoles({ policy }: LintGiven): Finding[] {
	return policy.roles
		.filter(({ email, webhooks }) => email.length + webhooks.length === 0)
		.map(({ id }) => {
			const text = "No e-mail address or webhook: this role hears nothing. Give it one of them.";
			return { path: ["roles", id], code: "role-without-address", text };
		});
}

function unusedNames({ policy, source }: LintGiven): Finding[] {
	const { services, ladders, pauses, manualPauses, deciding } = policy;
	const calendars = services.flatMap(({ calendar, targets, availability }) => [
		calendar,
		...availability.map((figure) => figure.calendar),
		...Object.values(targets).flatMap((byGoal) => Object.values(byGoal).flatMap(calendarsOf)),
	]);
	const roles = [
		...ladders.flatMap(({ steps }) => steps.flatMap(({ notify }) => notify)),
		...services.flatMap(({ escalation, phone }) => [...escalation, ...(phone?.roles ?? [])]),
		...[...pauses, manualPauses].flatMap(({ longest }) => longest?.notify ?? []),
		...deciding.restricted.flatMap((rule) => rule.roles),
		...(deciding.withoutConsensus === null ? [] : [deciding.withoutConsensus]),
	];
	const components = services.flatMap((service) => service.components);
	const written = source.valueAt(["components"]);
	const names = Array.isArray(written) ? written.map(String) : [];
	const unused: { path: Path; name: string }[] = [
		...Object.keys(policy.calendars)
			.filter((name) => !calendars.includes(name))
			.map((name) => ({ path: ["calendars", name], name })),
		...ladders
			.filter(({ id }) => !services.some(({ ladder }) => ladder === id))
			.map(({ id }) => ({ path: ["ladders", id], name: id })),
		...policy.roles.filter(({ id }) => !roles.includes(id)).map(({ id }) => ({ path: ["roles", id], name: id })),
		...names.flatMap((name, index) => (components.includes(name) ? [] : [{ path: ["components", index], name }])),
	];
	return unused.map(({ path, name }) => {
		return { path, code: "unused", text: `Nothing in this policy uses ${name}. Use it, or leave it out.` };
	});
}

function calendarsOf(target: Target): string[] {
	return [target.calendar, ...(target.before === undefined ? [] : calendarsOf(target.before))];
}
