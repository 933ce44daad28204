import { posix } from "node:path";
import { file, importRule, isIn, isProduct, isTest, type Rule } from "./rule.ts";

const service = "webhook-service/src/";
const at = (...parts: string[]) => service + parts.join("/");
const ofRepository = (target: string) => isIn(target, "shared/", "webhook-service/", "extension/", "test/");

/** The row of an adapter table that a file belongs to: `channels/email-letter.ts` and `helpdesks/zammad/read.ts` have one, contracts have none. */
function rowOf(path: string, rows: readonly string[]): string | undefined {
	const [, , , kind, name = ""] = path.split("/");
	if (!isIn(path, at("adapters/")) || kind === undefined) return undefined;
	const row = rows.find((known) => known.startsWith(`${kind}/`) && isRow(name, known.slice(kind.length + 1)));
	return row;
}

const isRow = (name: string, row: string) => name === row || name.startsWith(`${row}.`) || name.startsWith(`${row}-`);

const ownPages = ["options", "popup", "sidepanel"].map((name) => `extension/src/${name}.tsx`);

const hostOf = (path: string) =>
	isIn(path, "extension/src/hosts/") ? (path.split("/")[3] ?? "").replace(/\..*$/, "") : undefined;

/** Who may import whom. `rows`: the rows of the adapter tables as `kind/row`; `hosts`: those of the hosts' table. */
export function importRules({ rows, hosts }: { rows: readonly string[]; hosts: readonly string[] }): Rule[] {
	return [
		importRule(
			"shared imports only itself, luxon in the one zone file, zod and yaml in policy",
			(path, { target }) => {
				if (!isIn(path, "shared/src/") || isTest(path)) return false;
				if (target === "luxon") return path !== "shared/src/calendar/zone.ts";
				if (target === "zod" || target === "yaml") return !isIn(path, "shared/src/policy/");
				return !isIn(target, "shared/src/");
			},
			{
				breaks: file("shared/src/calendar/days.ts", 'import { DateTime } from "luxon";'),
				keeps: file(
					"shared/src/calendar/zone.ts",
					'import { IANAZone } from "luxon";',
					'import { add } from "./add.ts";',
				),
			},
		),
		importRule(
			"what checks a proof imports nothing but itself: nothing of the engine, not even its types",
			(path, { target }) => isIn(path, "shared/src/verify/") && !isTest(path) && !isIn(target, "shared/src/verify/"),
			{
				breaks: file("shared/src/verify/verify.ts", 'import type { Proof } from "../sla/proof/proof.ts";'),
				keeps: file("shared/src/verify/verify.ts", 'import { readClaim } from "./claim.ts";'),
			},
		),
		importRule(
			"a unit test of shared imports only shared, vitest and fast-check",
			(path, { target }) =>
				isIn(path, "shared/src/") && isTest(path) && !isIn(target, "shared/src/", "vitest", "fast-check"),
			{
				breaks: file("shared/src/sla/goals.test.ts", 'import { readFileSync } from "node:fs";'),
				keeps: file("shared/src/sla/goals.test.ts", 'import { expect } from "vitest";'),
			},
		),
		importRule(
			"the extension imports shared and itself, never the service",
			(path, { target }) =>
				isIn(path, "extension/") &&
				!isTest(path) &&
				ofRepository(target) &&
				!isIn(target, "shared/src/", "extension/src/") &&
				!(isIn(path, "extension/scripts/") && isIn(target, "extension/scripts/")),
			{
				breaks: file("extension/src/lib/a.ts", 'import { call } from "../../../webhook-service/src/call.ts";'),
				keeps: file("extension/src/lib/a.ts", 'import type { Me } from "@stipt/shared/wire/api";'),
			},
		),
		importRule(
			"of packages, the extension imports react alone",
			(path, { target }) =>
				isIn(path, "extension/src/") && !isTest(path) && !ofRepository(target) && !isIn(target, "react", "react-dom"),
			{
				breaks: file("extension/src/popup.tsx", 'import * as z from "zod";'),
				keeps: file("extension/src/popup.tsx", 'import { useState } from "react";'),
			},
		),
		importRule(
			"the extension runs nothing of shared's policy documents: their parser is the service's",
			(path, { target, isTypeOnly }) =>
				isIn(path, "extension/src/") &&
				!isTypeOnly &&
				isIn(target, "shared/src/policy/", "shared/src/calendar/zone.ts"),
			{
				breaks: file("extension/src/lib/a.ts", 'import { parsePolicy } from "@stipt/shared/policy/parse-policy";'),
				keeps: file("extension/src/lib/a.ts", 'import type { Policy } from "@stipt/shared/policy/policy";'),
			},
		),
		importRule(
			"the service imports shared and itself, never the extension",
			(path, { target }) =>
				isIn(path, service) && !isTest(path) && ofRepository(target) && !isIn(target, "shared/src/", service),
			{
				breaks: file(at("run.ts"), 'import { draw } from "../../extension/src/overlay/card.tsx";'),
				keeps: file(at("run.ts"), 'import { evaluate } from "@stipt/shared/sla/evaluate";'),
			},
		),
		importRule("nothing imports tests", (path, { target }) => isProduct(path) && isTest(target), {
			breaks: file(at("run.ts"), 'import { movedClock } from "../../test/support/moved-clock.ts";'),
			keeps: file("test/flow/a.test.ts", 'import { movedClock } from "../support/moved-clock.ts";'),
		}),
		importRule(
			"shared is imported by its name, not by a path",
			(path, { specifier, target }) =>
				!isIn(path, "shared/") && isIn(target, "shared/src/") && specifier.startsWith("."),
			{
				breaks: file("test/flow/a.test.ts", 'import { add } from "../../shared/src/calendar/questions.ts";'),
				keeps: file("test/flow/a.test.ts", 'import { add } from "@stipt/shared/calendar/questions";'),
			},
		),
		importRule(
			"a relative import carries its extension",
			(_path, { specifier }) => /^([a-z-]+:)?\./.test(specifier) && !/\.(ts|tsx|mjs|js|css)$/.test(specifier),
			{
				breaks: file(at("run.ts"), 'import { wire } from "./wiring";'),
				keeps: file(at("run.ts"), 'import { wire } from "./wiring.ts";'),
			},
		),
		importRule(
			"an adapter imports shared, its contract, words and the owners of calls, errors and hashes, and nothing of the service's machinery",
			(path, { target }) =>
				isIn(path, at("adapters/helpdesks/"), at("adapters/channels/"), at("adapters/status-pages/")) &&
				ofRepository(target) &&
				!isIn(target, "shared/src/", at("adapters/"), at("words/"), at("call.ts"), at("errors.ts"), at("verify.ts")),
			{
				breaks: file(at("adapters/helpdesks/zammad.ts"), 'import type { Store } from "../../store/store.ts";'),
				keeps: file(at("adapters/helpdesks/zammad.ts"), 'import type { Call } from "../../call.ts";'),
			},
		),
		importRule(
			"an adapter imports no sibling, and no adapter of another kind",
			(path, { target }) => {
				const own = rowOf(path, rows);
				if (own === undefined || !isIn(target, at("adapters/"))) return false;
				const [, , , kind] = path.split("/");
				const [, , , otherKind] = target.split("/");
				const other = rowOf(target, rows);
				return (
					(other !== undefined && other !== own) || (kind !== otherKind && !!otherKind && !otherKind.endsWith(".ts"))
				);
			},
			{
				breaks: file(at("adapters/helpdesks/odoo/read.ts"), 'import { stamp } from "../zammad/api.ts";'),
				keeps: file(
					at("adapters/helpdesks/odoo/read.ts"),
					'import { rpc } from "./rpc.ts";',
					'import type { Helpdesk } from "../helpdesk.ts";',
				),
			},
		),
		importRule(
			"pipeline knows ports, contracts and tables, not products",
			(path, { target }) =>
				isIn(path, at("pipeline/")) &&
				(rowOf(target, rows) !== undefined ||
					isIn(
						target,
						at("adapters/helpdesks/index.ts"),
						at("adapters/channels/index.ts"),
						at("adapters/status-pages/index.ts"),
					)),
			{
				breaks: file(at("pipeline/act.ts"), 'import { email } from "../adapters/channels/email.ts";'),
				keeps: file(at("pipeline/act.ts"), 'import type { Channel } from "../adapters/channels/channel.ts";'),
			},
		),
		importRule(
			"pipeline imports neither http, jobs nor an implementation of the store",
			(path, { target }) =>
				isIn(path, at("pipeline/")) && isIn(target, at("http/"), at("jobs/"), at("store/redis-*"), at("wiring.ts")),
			{
				breaks: file(at("pipeline/sweep.ts"), 'import { createRedisStore } from "../store/redis-store.ts";'),
				keeps: file(at("pipeline/sweep.ts"), 'import type { Store } from "../store/store.ts";'),
			},
		),
		importRule(
			"http and jobs do not import each other",
			(path, { target }) =>
				(isIn(path, at("http/")) && isIn(target, at("jobs/"))) ||
				(isIn(path, at("jobs/")) && isIn(target, at("http/"))),
			{
				breaks: file(at("http/hooks.ts"), 'import { intake } from "../jobs/intake.ts";'),
				keeps: file(at("http/hooks.ts"), 'import { receive } from "../pipeline/receive.ts";'),
			},
		),
		importRule(
			"only wiring.ts constructs the store; what speaks Redis may share its connecting",
			(path, { target }) => {
				if (!isProduct(path) || isIn(path, at("wiring.ts"), at("store/redis-*"))) return false;
				const isSpeaker = isIn(path, at("queues.ts"), at("jobs/workers.ts"));
				return isIn(target, at("store/redis-*")) && !(isSpeaker && target === at("store/redis-connection.ts"));
			},
			{
				breaks: file(at("http/api.ts"), 'import { createRedisStore } from "../store/redis-store.ts";'),
				keeps: file(at("wiring.ts"), 'import { createRedisStore } from "./store/redis-store.ts";'),
			},
		),
		importRule(
			"words know nothing but shared and words",
			(path, { target }) => isIn(path, at("words/")) && !isTest(path) && !isIn(target, "shared/src/", at("words/")),
			{
				breaks: file(at("words/notes.ts"), 'import { config } from "../config.ts";'),
				keeps: file(at("words/notes.ts"), 'import type { Language } from "@stipt/shared/wire/language";'),
			},
		),
		importRule(
			"a host imports its contract and types, and no sibling",
			(path, { target, isTypeOnly }) => {
				const host = hostOf(path);
				if (host === undefined || isTest(path) || !hosts.includes(host)) return false;
				const other = hostOf(target);
				if (other === undefined) return !isTypeOnly;
				return other !== host && hosts.includes(other);
			},
			{
				breaks: file("extension/src/hosts/zammad/classic.ts", 'import { odoo } from "../odoo/index.ts";'),
				keeps: file("extension/src/hosts/zammad/classic.ts", 'import { after, type Host } from "../host.ts";'),
			},
		),
		importRule(
			"the overlay knows no host, only their table and contract",
			(path, { target }) => isIn(path, "extension/src/overlay/") && hosts.includes(hostOf(target) ?? ""),
			{
				breaks: file("extension/src/overlay/overlay.tsx", 'import { zammad } from "../hosts/zammad/index.ts";'),
				keeps: file("extension/src/overlay/overlay.tsx", 'import { hosts } from "../hosts/index.ts";'),
			},
		),
		importRule(
			"only the background calls the service: overlay, options and popup ask it",
			(path, { target, isTypeOnly }) =>
				isIn(path, "extension/src/overlay/", "extension/src/pages/", ...ownPages) &&
				!isTest(path) &&
				!isTypeOnly &&
				isIn(target, "extension/src/service/call.ts", "extension/src/service/service.ts"),
			{
				breaks: file("extension/src/popup.tsx", 'import { connectService } from "./service/service.ts";'),
				keeps: file("extension/src/popup.tsx", 'import type { Service } from "./service/service.ts";'),
			},
		),
		importRule(
			"the start needs no package: it runs before they are installed",
			(path, { target }) =>
				isIn(path, "webhook-service/scripts/") &&
				path !== "webhook-service/scripts/build.mjs" &&
				!target.startsWith("node:") &&
				!isIn(target, "webhook-service/scripts/"),
			{
				breaks: file("webhook-service/scripts/start.mjs", 'import { Redis } from "ioredis";'),
				keeps: file("webhook-service/scripts/start.mjs", 'import { join } from "node:path";'),
			},
		),
		importRule(
			"no JSON is imported in shared: not every tool that reads it agrees how",
			(path, { specifier }) => isIn(path, "shared/src/") && posix.extname(specifier) === ".json",
			{
				breaks: file("shared/src/calendar/a.ts", 'import table from "./table.json";'),
				keeps: file("shared/src/calendar/a.ts", 'import { table } from "./table.ts";'),
			},
		),
	];
}
