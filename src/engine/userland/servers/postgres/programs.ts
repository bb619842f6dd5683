/** PostgreSQL's programs, by name. Each is loaded when first run. */
import type { Program } from '../../../kernel/sys.ts';

const PROGRAMS: Readonly<Record<string, () => Promise<Program>>> = {
  createdb: async () => (await import('./tools.ts')).createdb,
  createuser: async () => (await import('./tools.ts')).createuser,
  dropdb: async () => (await import('./tools.ts')).dropdb,
  initdb: async () => (await import('./initdb.ts')).initdb,
  pg_ctl: async () => (await import('./tools.ts')).pgCtl,
  pg_isready: async () => (await import('./tools.ts')).pgIsReady,
  postgres: async () => (await import('./postmaster.ts')).postgres,
  psql: async () => (await import('./psql.ts')).psql,
};

export const postgresProgram = async (name: string): Promise<Program | undefined> => PROGRAMS[name]?.();
