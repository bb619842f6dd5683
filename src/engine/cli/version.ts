/** Which client this is. */
export const CLIENT = {
  platform: 'Docker Engine - Community',
  version: '29.7.2',
  goVersion: 'go1.26.8',
  gitCommit: 'a7dcaa6',
  buildTime: '2026-08-01T00:00:00.000000000+00:00',
  built: 'Sat Aug  1 00:00:00 2026',
} as const;

/** The plugin that builds. */
export const BUILDX = { version: '0.36.1', gitCommit: '29f401b496b1531d391cca6cabd8d30b6c478b66' } as const;
