/**
 * What every machine runs before its first prompt is there, and what the first `docker` command runs. The machine loads each when it
 * comes to it; a host that fetches over a network asks for all of it at once, so that the machine does not wait for one after the other.
 */

export type Fetch = () => Promise<unknown>;

/** In the order in which it is needed. */
export const BOOT_CODE: readonly Fetch[] = [
  () => import('../kernel/kernel.ts'),
  () => import('./boot.ts'),
  () => import('./world/home/files.ts'),
  () => import('./programs/sites.ts'),
  () => import('../userland/systemd/systemd.ts'),
  () => import('../api/dockerd.ts'),
  () => import('../userland/sh/index.ts'),
];

/** For the time when the reader looks at the first prompt. */
export const PROMPT_CODE: readonly Fetch[] = [
  () => import('./programs/docker.ts'),
  () => import('../cli/command/container/run.ts'),
  () => import('../api/routes/pull.ts'),
  () => import('../api/routes/container-run.ts'),
];
