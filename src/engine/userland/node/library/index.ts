/** The modules that node brings, by name. Those written in JavaScript are compiled once, and run when they are first asked for. */
import type { Binding } from '../system/host.ts';

export interface LibraryModule {
  readonly source: string;
  /** What the module reaches of the machine. */
  readonly binding?: () => Promise<Binding>;
}

type Load = () => Promise<LibraryModule>;

const plain =
  (load: () => Promise<{ readonly SOURCE: string }>): Load =>
  async () => ({ source: (await load()).SOURCE });

/** Those that begin with `internal/` are for each other. */
export const LIBRARY: Readonly<Record<string, Load>> = {
  events: plain(() => import('./source/events.ts')),
  'internal/process': async () => ({
    ...(await plain(() => import('./source/process.ts'))()),
    binding: async () => (await import('../system/create-host.ts')).processBinding,
  }),
  'internal/util': async () => ({
    source: 'module.exports = { inspect: host.inspect, format: host.format, formatWithOptions: host.formatWithOptions };',
    binding: async () => (await import('./every-module.ts')).inspectBinding,
  }),
};

export const isBuiltin = (name: string): boolean => {
  const plainName = name.replace(/^node:/, '');
  return !plainName.startsWith('internal/') && Object.hasOwn(LIBRARY, plainName);
};
