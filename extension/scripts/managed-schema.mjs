/** What an administrator may preset for all browsers of an organisation (Chromium's schema of managed storage). */
export const managedSchema = {
	type: "object",
	properties: {
		service: { title: "Address of the Stipt service", type: "string" },
		pairingLink: { title: "Pairing link, used once, where nobody has connected yet", type: "string" },
		language: { title: "browser, nl, fr, de or en", type: "string" },
		notifications: {
			title: "Notifications, and the hours without them",
			type: "object",
			properties: {
				on: { type: "boolean" },
				quiet: {
					title: "Times as HH:MM; may pass midnight",
					type: "object",
					properties: { from: { type: "string" }, to: { type: "string" } },
				},
			},
		},
	},
};
