/** MySQL's programs, by name. Each is loaded when first run. */
import type { Program } from '../../../kernel/sys.ts';

const PROGRAMS: Readonly<Record<string, () => Promise<Program>>> = {
  mysql: async () => (await import('./mysql.ts')).mysql,
  mysqladmin: async () => (await import('./mysqladmin.ts')).mysqladmin,
  mysqld: async () => (await import('./mysqld.ts')).mysqld,
  mysqldump: async () => (await import('./mysqldump.ts')).mysqldump,
};

export const mysqlProgram = async (name: string): Promise<Program | undefined> => PROGRAMS[name]?.();
