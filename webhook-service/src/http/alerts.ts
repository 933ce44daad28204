import { Router } from "express";
import type { Ports } from "../pipeline/ports.ts";

export function alerts(_ports: Ports): Router {
	return Router();
}
