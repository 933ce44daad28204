import type { Answer } from "../serve.ts";
import { stampOf } from "./core.ts";
import type { Shown } from "./present-people.ts";
import { crash, Refusal } from "./refusal.ts";
import { type Ask, ok, only, type Route, route } from "./route.ts";
import { type AttributeRow, nextId } from "./state.ts";

function shown(attribute: AttributeRow): Shown {
	const { options } = attribute;
	return {
		id: attribute.id,
		name: attribute.name,
		display: attribute.display,
		data_type: "select",
		data_option: {
			options,
			default: "",
			nulloption: true,
			null: true,
			maxlength: 255,
			translate: false,
			relation: "",
			...(attribute.to_create ? {} : { historical_options: options }),
		},
		data_option_new: {},
		editable: true,
		active: true,
		screens: {
			create_middle: { "ticket.agent": { shown: true, required: false, item_class: "column" } },
			edit: { "ticket.agent": { shown: true, required: false } },
		},
		to_create: attribute.to_create,
		to_migrate: attribute.to_create,
		to_delete: false,
		to_config: false,
		position: attribute.position,
		created_by_id: attribute.created_by_id,
		updated_by_id: attribute.created_by_id,
		created_at: attribute.created_at,
		updated_at: attribute.created_at,
		object: "Ticket",
		deletable: true,
	};
}

function create(ask: Ask): Answer {
	const { core, body } = ask;
	const name = String(body.name ?? "");
	if (typeof body.data_type !== "string") throw crash("undefined method `match?' for nil:NilClass");
	if (core.state.attributes.some((attribute) => attribute.name === name)) {
		throw new Refusal(422, "Object already exists!");
	}
	if (/_ids?$/.test(name)) {
		throw new Refusal(422, "Validation failed: Name can't get used because *_id and *_ids are not allowed");
	}
	if (!/^[a-z0-9_]*[a-z][a-z0-9_]*$/.test(name)) {
		const spaces = /\s/.test(name) ? "Name spaces are not allowed, " : "";
		throw new Refusal(422, `Validation failed: ${spaces}Name Only lowercase letters, numbers, and '_' are allowed`);
	}
	const option = (body.data_option ?? {}) as { options?: Record<string, string> };
	const attribute: AttributeRow = {
		id: nextId(core.state, "attribute"),
		name,
		display: String(body.display ?? name),
		position: Number(body.position) || 1600,
		options: option.options ?? {},
		to_create: true,
		created_by_id: ask.caller.user.id,
		created_at: stampOf(core),
	};
	core.state.attributes.push(attribute);
	core.changed();
	const { object: _, deletable: __, ...made } = shown(attribute);
	return ok({ ...made, object_lookup_id: 1 }, 201);
}

/** Custom attributes of tickets: nothing is stored in one before the migrations ran. */
export const attributeRoutes: Route[] = [
	route(
		"GET",
		"/object_manager_attributes",
		only("admin.object", (ask) => ok(ask.core.state.attributes.map(shown))),
	),
	route("POST", "/object_manager_attributes", only("admin.object", create)),
	route(
		"POST",
		"/object_manager_attributes_execute_migrations",
		only("admin.object", (ask) => {
			for (const attribute of ask.core.state.attributes) attribute.to_create = false;
			ask.core.changed();
			return ok({});
		}),
	),
	route(
		"POST",
		"/object_manager_attributes_discard_changes",
		only("admin.object", (ask) => {
			ask.core.state.attributes = ask.core.state.attributes.filter((attribute) => !attribute.to_create);
			ask.core.changed();
			return ok({});
		}),
	),
];
