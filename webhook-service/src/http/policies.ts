import { InvalidPolicy } from "@stipt/shared/policy/policy-problem";
import { scopes } from "@stipt/shared/simulation/publication";
import express, { Router } from "express";
import { z } from "zod";
import { ServiceError } from "../errors.ts";
import { type Draft, expectExamples, readDraft } from "../pipeline/policy-draft.ts";
import { previewPolicy } from "../pipeline/policy-preview.ts";
import { holidayDocuments } from "../pipeline/policy-ready-made.ts";
import type { Ports } from "../pipeline/ports.ts";
import { authenticate, bearer } from "./authenticate.ts";
import { parsed } from "./request-parts.ts";

const document = z.object({
	/** The policy, as YAML. */
	text: z.string().min(1),
	apply: z.enum(scopes).default("new-tickets"),
});

/** What an admin asks before a policy is published. Larger than other requests, as documents are. */
export function policyRoutes(ports: Ports): Router {
	const router = Router();
	router.post(
		"/api/v1/policies/preview",
		authenticate(ports),
		express.json({ limit: "1mb" }),
		async (request, response) => {
			const { role } = bearer(request);
			if (role !== "admin") throw new ServiceError("forbidden", `Expected a token of an admin, found one of: ${role}.`);
			const { text, apply } = parsed(document, request.body);
			const draft = readable(text, await holidayDocuments(), ports);
			expectExamples(draft);
			response.json({ ...(await previewPolicy(draft.policy, ports)), apply, notes: draft.notes });
		},
	);
	return router;
}

function readable(text: string, holidays: Draft["stored"]["holidays"], { time }: Ports): Draft {
	try {
		return readDraft(text, holidays, time());
	} catch (error) {
		if (!(error instanceof InvalidPolicy)) throw error;
		const problems = error.problems.map(({ line, column, path, expected, found }) => ({
			path: `${line}:${column} ${path}`,
			expected,
			found,
		}));
		throw new ServiceError("unreadable", `Expected a policy without faults, found ${problems.length}.`, { problems });
	}
}
