import { Router } from "express";
import type { Ports } from "../pipeline/ports.ts";

export function publicPages(_ports: Ports): Router {
	return Router();
}
