/** What Odoo raises: a class by its full name, and its text. */
export class OdooFailure extends Error {
	readonly exception: string;

	constructor(exception: string, message: string) {
		super(message);
		this.exception = exception;
	}
}

export const denied = (): OdooFailure => new OdooFailure("odoo.exceptions.AccessDenied", "Access Denied");
export const access = (message: string): OdooFailure => new OdooFailure("odoo.exceptions.AccessError", message);
export const user = (message: string): OdooFailure => new OdooFailure("odoo.exceptions.UserError", message);
export const value = (message: string): OdooFailure => new OdooFailure("builtins.ValueError", message);
export const attribute = (message: string): OdooFailure => new OdooFailure("builtins.AttributeError", message);

export const missing = (model: string, id: number, uid: number): OdooFailure =>
	new OdooFailure(
		"odoo.exceptions.MissingError",
		`Record does not exist or has been deleted.\n(Record: ${model}(${id},), User: ${uid})`,
	);

export const mandatory = (label: string, model: string, fieldLabel: string, field: string): OdooFailure =>
	new OdooFailure(
		"odoo.exceptions.ValidationError",
		`The operation cannot be completed:\n- Create/update: a mandatory field is not set.\n- Delete: another model requires the record being deleted. If possible, archive it instead.\n\nModel: ${label} (${model})\nField: ${fieldLabel} (${field})\n`,
	);

/** A reference to a record that is not there, found by the database alone. */
export const dangling = (label: string, model: string, field: string): OdooFailure =>
	new OdooFailure(
		"odoo.exceptions.ValidationError",
		`The operation cannot be completed: another model requires the record being deleted. If possible, archive it instead.\n\nModel: ${label} (${model})\nConstraint: ${model.replaceAll(".", "_")}_${field}_fkey\n`,
	);

/** The `error` of a reply. */
export function errorOf(failure: OdooFailure, code = 200, message = "Odoo Server Error") {
	return {
		code,
		message,
		data: {
			name: failure.exception,
			debug: `Traceback (most recent call last):\n${failure.exception}: ${failure.message}\n`,
			message: failure.message,
			arguments: [failure.message],
			context: {},
		},
	};
}
