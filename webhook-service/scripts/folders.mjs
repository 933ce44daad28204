import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @param {string[]} parts */
export const inRoot = (...parts) => join(root, ...parts);

export const service = inRoot("webhook-service");
export const serviceBuild = inRoot("webhook-service", "dist");
export const extensionBuild = inRoot("extension", "build", "chrome-mv3-prod");
/** The practice desk as one file that plain Node runs. */
export const deskBuild = inRoot("test", "desks", "dist", "practice.js");
/** Programs that were fetched for this folder; may be deleted at any time. */
export const cache = inRoot(".cache");
