/** The family `gnu`: coreutils and their like, as on the host and in Debian. Each is loaded when first run. */
import type { Family } from './programs.ts';
import { programOf } from './tool.ts';
import { GNU_TOOLS, type LoadUtility, TOOLS } from './tools.ts';

export const GNU_TABLE: Readonly<Record<string, LoadUtility>> = { ...TOOLS, ...GNU_TOOLS };

export const gnu: Family = async (name) => {
  const load = Object.hasOwn(GNU_TABLE, name) ? GNU_TABLE[name] : undefined;
  return load && programOf(await load(), 'gnu');
};
