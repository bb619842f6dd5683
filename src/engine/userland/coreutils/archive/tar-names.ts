/** Names of members: what is taken off in front, which are left out, and which were asked for. */

import { compilePattern, matchPattern } from '../../sh/expand/pattern.ts';
import type { Tool } from '../../tool.ts';

/** Takes `/` and `..` off, and says so once for each. */
export class NameCleaner {
  readonly #tool: Tool;
  readonly #keepsAll: boolean;
  readonly #said = new Set<string>();

  constructor(tool: Tool, { keepsAll }: { readonly keepsAll: boolean }) {
    this.#tool = tool;
    this.#keepsAll = keepsAll;
  }

  async clean(name: string, what: 'member names' | 'hard link targets' = 'member names'): Promise<string> {
    if (this.#keepsAll) return name;
    const prefix = /^(?:.*(?:^|\/)\.\.(?:\/|$)|\/+)?\/*/.exec(name)?.[0] ?? '';
    if (prefix === '') return name;
    await this.#say(prefix.startsWith('/') && /^\/+$/.test(prefix) ? '/' : prefix, what);
    const rest = name.slice(prefix.length);
    return rest === '' ? './' : rest;
  }

  async #say(prefix: string, what: string): Promise<void> {
    const message = this.#tool.isBusybox ? `removing leading '${prefix}' from member names` : `Removing leading \`${prefix}' from ${what}`;
    if (this.#said.has(message)) return;
    this.#said.add(message);
    await this.#tool.warn(message);
  }
}

/** Whether one of the patterns matches the name, a part of it that begins after a slash, or a directory above. */
export function isExcluded(name: string, patterns: readonly string[]): boolean {
  if (patterns.length === 0) return false;
  const parts = name.replace(/\/+$/, '').split('/');
  const compiled = patterns.map((pattern) => compilePattern(pattern.replace(/\/+$/, '')));
  for (let from = 0; from < parts.length; from += 1) {
    for (let to = from + 1; to <= parts.length; to += 1) {
      const piece = parts.slice(from, to).join('/');
      if (compiled.some((pattern) => matchPattern(pattern, piece))) return true;
    }
  }
  return false;
}

const trimmed = (name: string): string => name.replace(/(?<=.)\/+$/, '');

/** The members that were asked for; all, if none is named. */
export class Selection {
  readonly #wanted: Map<string, boolean>;
  readonly #usesPatterns: boolean;

  constructor(names: readonly string[], { usesPatterns }: { readonly usesPatterns: boolean }) {
    this.#wanted = new Map(names.map((name) => [trimmed(name), false]));
    this.#usesPatterns = usesPatterns;
  }

  takes(name: string): boolean {
    if (this.#wanted.size === 0) return true;
    const own = trimmed(name);
    let isTaken = false;
    for (const wanted of this.#wanted.keys()) {
      const matches = this.#usesPatterns ? matchPattern(compilePattern(wanted), own) : own === wanted;
      if (!matches && !own.startsWith(`${wanted}/`)) continue;
      this.#wanted.set(wanted, true);
      isTaken = true;
    }
    return isTaken;
  }

  get missing(): readonly string[] {
    return [...this.#wanted].filter(([, isFound]) => !isFound).map(([name]) => name);
  }
}
