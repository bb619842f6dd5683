/** `go.mod`: which module a directory is in, and what it requires. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/sys.ts';
import { decode } from '../../program-io.ts';

export interface Module {
  readonly path: string;
  readonly root: string;
  /** The `go` line; empty if there is none. */
  readonly go: string;
  readonly requires: ReadonlyMap<string, string>;
  readonly text: string;
}

/** A command that cannot go on: what it says, and the status it ends with. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
  readonly status: number;

  constructor(message: string, status = 1) {
    super(message);
    this.status = status;
  }
}

export const absolute = (sys: Sys, path: string): string => {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${sys.path.cwd()}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
};

/** A file's text; undefined if it is not there. */
export function textAt(sys: Sys, path: string): string | undefined {
  try {
    return decode(sys.path.readFile(path));
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

export const isDirectory = (sys: Sys, path: string): boolean => {
  try {
    return sys.path.stat(path).type === 'directory';
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
};

/** The module of the working directory; null if there is none. */
export function findModule(sys: Sys): Module | null {
  for (let root = sys.path.cwd(); ; root = root.replace(/\/[^/]*$/, '')) {
    const text = textAt(sys, `${root}/go.mod`);
    if (text !== undefined) return parseModule(root === '' ? '/' : root, text);
    if (root === '' || root === '/') return null;
  }
}

function parseModule(root: string, text: string): Module {
  const lines = text.split('\n').map((line) => line.replace(/\/\/.*$/, '').trim());
  const requires = new Map<string, string>();
  let inside = '';
  let [path, go] = ['', ''];
  for (const [index, line] of lines.entries()) {
    const words = line.split(/\s+/);
    if (line === ')') inside = '';
    else if (words[1] === '(') inside = words[0] ?? '';
    else if (inside === 'require' || words[0] === 'require') {
      const [name, version] = words.slice(inside === 'require' ? 0 : 1);
      if (name && version) requires.set(name, version);
    } else if (words[0] === 'module') path = words[1]?.replaceAll('"', '') ?? '';
    else if (words[0] === 'go') go = words[1] ?? '';
    else if (line !== '' && inside === '' && !/^(toolchain|replace|exclude|retract|tool|godebug)$/.test(words[0] ?? ''))
      throw new ToolError(`go: errors parsing go.mod:\ngo.mod:${index + 1}: unknown directive: ${words[0]}\n`);
  }
  if (path === '')
    throw new ToolError(
      'go: error reading go.mod: missing module declaration. To specify the module path:\n\tgo mod edit -module=example.com/mod\n',
    );
  return { path, root, go, requires, text };
}

const numbers = (version: string): readonly number[] => version.split('.').map((part) => Number.parseInt(part, 10) || 0);

/** Refuses a module that wants a newer Go than this one. */
export function checkVersion({ go }: Module, release: string): void {
  const [want, have] = [numbers(go), numbers(release.replace(/^go/, ''))];
  for (let index = 0; index < 3; index += 1) {
    const [a, b] = [want[index] ?? 0, have[index] ?? 0];
    if (a < b) return;
    if (a > b) throw new ToolError(`go: go.mod requires go >= ${go} (running ${release.replace(/^go/, 'go ')}; GOTOOLCHAIN=local)\n`);
  }
}
