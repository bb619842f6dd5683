/** The client's plugins: programs of their own, which say of themselves what they are. */
export const PLUGINS = [
  { name: 'buildx', Vendor: 'Docker Inc.', ShortDescription: 'Docker Buildx', Version: 'v0.36.1' },
  { name: 'compose', Vendor: 'Docker Inc.', ShortDescription: 'Docker Compose', Version: 'v5.5.0' },
] as const;

export type PluginName = (typeof PLUGINS)[number]['name'];

/** What a plugin answers to `docker-cli-plugin-metadata`. Upstream: docker/cli cli-plugins/metadata. */
export function pluginMetadata(name: PluginName): string {
  const { Vendor, Version, ShortDescription } = PLUGINS.find((one) => one.name === name) ?? PLUGINS[0];
  return `${JSON.stringify({ SchemaVersion: '0.1.0', Vendor, Version, ShortDescription }, null, 5)}\n`;
}
