const VERSION = '5.5.0';
export const COMPOSE_VERSION = VERSION;

/** What `docker compose version` says. */
export function showVersion(format: string): string {
  if (format === 'json') return JSON.stringify({ version: `v${VERSION}` });
  return format === 'short' ? VERSION : `Docker Compose version v${VERSION}`;
}
