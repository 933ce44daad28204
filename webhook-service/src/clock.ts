import type { Instant } from "@stipt/shared/calendar/calendar";

/** The time of day, handed to everything that needs it; a test moves its own. */
export type TimeOfDay = () => Instant;

/** The machine's clock. The only place that reads it. */
export const systemTime: TimeOfDay = () => Date.now();
