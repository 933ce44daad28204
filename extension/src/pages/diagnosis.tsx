import { useState } from "react";
import { version } from "../lib/browser.ts";
import { now } from "../lib/clock.ts";
import type { Report } from "../lib/messages.ts";
import type { Speech } from "../words/speech.ts";
import { diagnosisText } from "./diagnosis-text.ts";

/** What the overlay looked for on this page and what it found; to be copied into a report of a problem. */
export function Diagnosis({ speech, report }: { speech: Speech; report: Report }) {
	const { say, count } = speech;
	const [copied, setCopied] = useState(false);
	const wrong = report.checks.filter(({ isRight }) => !isRight);
	const copy = async () => {
		const text = diagnosisText(report, {
			version: version(),
			userAgent: navigator.userAgent,
			language: speech.language,
			now: now(),
		});
		await navigator.clipboard.writeText(text);
		setCopied(true);
	};
	return (
		<details className="diagnosis" open={wrong.length > 0}>
			<summary>{wrong.length === 0 ? say("diagnosis.right") : count("diagnosis.wrong", wrong.length)}</summary>
			{report.checks.length > 0 && (
				<table>
					<thead>
						<tr>
							<th scope="col">{say("diagnosis.part")}</th>
							<th scope="col">{say("diagnosis.expected")}</th>
							<th scope="col">{say("diagnosis.found")}</th>
						</tr>
					</thead>
					<tbody>
						{report.checks.map(({ name, expected, found, isRight }) => (
							<tr key={name} className={isRight ? "" : "wrong"}>
								<th scope="row">{name}</th>
								<td>{expected}</td>
								<td>
									{found} {isRight ? "✓" : "✗"}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
			<p>
				<button type="button" onClick={() => void copy()}>
					{say("diagnosis.copy")}
				</button>{" "}
				<span role="status" className="good">
					{copied ? say("diagnosis.copied") : ""}
				</span>
			</p>
			<p className="muted">{say("diagnosis.secretFree")}</p>
		</details>
	);
}
