import type { InstallFinding } from "../adapters/helpdesks/helpdesk.ts";

/** `warning`: it works, and something should be done. `broken`: it does not work until something is done. */
export type Severity = "fine" | "warning" | "broken";

export type Finding = InstallFinding & { severity: Severity };

/** A finding with how bad it is. */
export function graded(finding: InstallFinding): Finding {
	return { ...finding, severity: finding.ok ? (finding.todo === null ? "fine" : "warning") : "broken" };
}

const marks: Record<Severity, string> = { fine: "ok  ", warning: "warn", broken: "BAD " };

/** A finding as lines: what was looked for and found, and below it what to do. */
export function findingLines({ what, found, todo, severity }: Finding): string[] {
	return [`${marks[severity]} ${what}: ${found}`, ...(todo === null ? [] : [`       ${todo}`])];
}

/** The worst of all. */
export function worst(findings: readonly Finding[]): Severity {
	const all = findings.map(({ severity }) => severity);
	return all.includes("broken") ? "broken" : all.includes("warning") ? "warning" : "fine";
}

/** How long ago, in words. */
export function ago(ms: number): string {
	const seconds = Math.max(0, Math.round(ms / 1000));
	if (seconds < 120) return `${seconds} s ago`;
	const minutes = Math.round(seconds / 60);
	if (minutes < 120) return `${minutes} min ago`;
	const hours = Math.round(minutes / 60);
	return hours < 48 ? `${hours} h ago` : `${Math.round(hours / 24)} days ago`;
}
