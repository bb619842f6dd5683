import { type Io, loadCode } from '../io.ts';
import type { Command } from './command.ts';
import { TOP } from './top.ts';

export type Found =
  | { readonly kind: 'command'; readonly command: Command; readonly path: string; readonly rest: readonly string[] }
  | {
      readonly kind: 'group';
      readonly path: readonly string[];
      readonly rest: readonly string[];
      readonly isPlugin: boolean;
      readonly isSpaced?: boolean;
      /** A flag that no group has. */
      readonly stray?: string;
      readonly use?: string;
    }
  | {
      readonly kind: 'unknown';
      readonly path: readonly string[];
      readonly word: string;
      readonly use: string;
      readonly isPlugin: boolean;
    };

export type Registry = typeof import('./registry.ts');
const loadRegistry = (io: Io): Promise<Registry> => loadCode(io, () => import('./registry.ts'));

/** Finds what the words name: a command, loading its code, or a group of commands. */
export async function find(io: Io, words: readonly string[]): Promise<Found> {
  const [first = '', ...rest] = words;
  if (first === '') return { kind: 'group', path: [], rest, isPlugin: false };
  const command = await loadCommand(io, first);
  if (command !== undefined) return { kind: 'command', command, path: first, rest };
  const registry = await loadRegistry(io);
  if (registry.GROUPS[first] !== undefined) {
    const { findIn } = await loadCode(io, () => import('./find-in.ts'));
    return findIn(io, registry, { path: [first], rest });
  }
  return { kind: 'unknown', path: [], word: first, use: '', isPlugin: false };
}

/** Loads a command by its whole name. Code that is being loaded cannot be seen from inside the machine. */
export async function loadCommand(io: Io, name: string): Promise<Command | undefined> {
  const at = name.lastIndexOf(' ');
  const load = at < 0 ? TOP[name] : (await loadRegistry(io)).GROUPS[name.slice(0, at)]?.commands[name.slice(at + 1)];
  if (load === undefined) return undefined;
  return loadCode(io, () => load(io.env));
}
