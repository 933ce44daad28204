import { z } from "zod";
import { holidaySetSchema } from "./calendar-schema.ts";
import { policySchema } from "./schema.ts";

/** A JSON Schema document, draft 7: what editors know best. */
export type JsonSchema = Record<string, unknown>;

/** The schemas that are published beside the policies, by file name. */
export function publishedSchemas(): Record<string, JsonSchema> {
	return {
		"policy.schema.json": toSchema(policySchema, "A policy document of Stipt"),
		"holiday-set.schema.json": toSchema(holidaySetSchema, "A set of holidays of Stipt"),
	};
}

function toSchema(schema: z.ZodType, title: string): JsonSchema {
	const { $schema, ...rest } = z.toJSONSchema(schema, { target: "draft-7", io: "input" });
	return { $schema, title, ...rest };
}
