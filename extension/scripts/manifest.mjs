/** What a manifest needs beyond what the bundler writes, per browser. */
export function finishManifest(manifest, target) {
	if (target.startsWith("firefox")) {
		const { minimum_chrome_version: _, ...rest } = manifest;
		return {
			...rest,
			browser_specific_settings: {
				gecko: {
					id: "stipt@stipt.example",
					strict_min_version: "128.0",
					data_collection_permissions: { required: ["none"] },
				},
			},
		};
	}
	return { ...manifest, storage: { managed_schema: "managed-schema.json" } };
}
