/** `npm run schema` writes the JSON Schemas that editors read beside the policies. */
import { writeFileSync } from "node:fs";
import { publishedSchemas } from "@stipt/shared/policy/json-schema";

for (const [file, schema] of Object.entries(publishedSchemas())) {
	const place = new URL(`../../shared/policies/${file}`, import.meta.url);
	writeFileSync(place, `${JSON.stringify(schema, null, "\t")}\n`);
}
