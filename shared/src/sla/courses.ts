import type { Instant } from "../calendar/calendar.ts";
import { type Course, courseOf } from "./course.ts";
import { boundByNextLine } from "./handover.ts";
import { runsOf } from "./runs.ts";
import type { Story } from "./story.ts";
import type { Versions } from "./versions.ts";

/** Every clock that ran or runs on a ticket, in the order in which they began. */
export function coursesOf(story: Story, versions: Versions, now: Instant): Course[] {
	const runs = runsOf(story, versions);
	return runs.map((run) => {
		const course = courseOf(run, { story, versions, now });
		return run.goal === "handover" ? boundByNextLine(course, runs, { story, versions, now }) : course;
	});
}
