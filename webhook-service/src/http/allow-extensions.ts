import type { RequestHandler } from "express";

const ofExtension = /^(chrome|moz|safari-web)-extension:\/\/[\w-]+$/;

/** Lets a browser's extension ask the API from its own origin; pages of the web may not. */
export const allowExtensions: RequestHandler = (request, response, next) => {
	response.vary("Origin");
	const { origin } = request.headers;
	if (origin !== undefined && ofExtension.test(origin)) {
		response.set({
			"Access-Control-Allow-Origin": origin,
			"Access-Control-Allow-Headers": "authorization, content-type",
			"Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
			"Access-Control-Max-Age": "600",
			"Cache-Control": "no-store",
		});
	}
	if (request.method === "OPTIONS") response.status(204).end();
	else next();
};
