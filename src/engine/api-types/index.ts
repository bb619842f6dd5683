/**
 * The Docker Engine API 1.55 as types: every JSON document that crosses dockerd's socket, with Docker's own keys. Both ends are
 * written against these files, so a key that is misspelt on one side does not compile. Read off recorded exchanges; where Go
 * writes `null` for an empty list or map the type says so, and a key that Go omits when it is empty is optional.
 */
export type * from './build.ts';
export type * from './container.ts';
export type * from './container-config.ts';
export type * from './container-inspect.ts';
export type * from './container-stats.ts';
export type * from './drydock.ts';
export type * from './events.ts';
export type * from './exec.ts';
export type * from './host-config.ts';
export type * from './image.ts';
export type * from './network.ts';
export type * from './progress.ts';
export type * from './registry.ts';
export type * from './swarm.ts';
export type * from './system.ts';
export { API_VERSION, MIN_API_VERSION } from './version.ts';
export type * from './volume.ts';
