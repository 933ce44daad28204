import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: [
			"shared/src/**/*.test.ts",
			"webhook-service/src/**/*.test.ts",
			"extension/src/**/*.test.ts",
			"test/**/*.test.ts",
		],
		testTimeout: 20_000,
		hookTimeout: 60_000,
		maxWorkers: 2,
	},
});
