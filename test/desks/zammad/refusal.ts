/** What the desk answers instead of doing what was asked. */
export class Refusal extends Error {
	readonly status: number;
	/** The reason is shown to admins alone; agents get an error number. */
	readonly hidden: boolean;
	/** Sent as `X-Failure` too. */
	readonly access: boolean;
	/** Whether `error_human` is there. */
	readonly human: boolean;

	constructor(
		status: number,
		message: string,
		{ hidden = false, access = false, human = true }: { hidden?: boolean; access?: boolean; human?: boolean } = {},
	) {
		super(message);
		this.status = status;
		this.hidden = hidden;
		this.access = access;
		this.human = human;
	}
}

export const notFound = (kind: string, id: number | string): Refusal =>
	new Refusal(404, `Couldn't find ${kind} with 'id'=${id}`);

/** A rule of the ticket form: an admin reads the reason, an agent only an error number. */
export const workflow = (message: string): Refusal => new Refusal(422, message, { hidden: true, human: false });

/** A fault that a real Zammad does not catch: the interpreter's own words. */
export const crash = (message: string): Refusal => new Refusal(500, message, { human: false });

export const denied = (message: string): Refusal => new Refusal(403, message, { access: true });
