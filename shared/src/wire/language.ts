/** The languages that every person-facing text exists in. */
export const languages = ["nl", "fr", "de", "en"] as const;
export type Language = (typeof languages)[number];

/** A text in every language. */
export type Words = Record<Language, string>;
