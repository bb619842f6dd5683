/** What a script says, as a tree. POSIX's words (2.9 and 2.10) name the nodes. */

import type { Expansion } from '../expand/expansion.ts';
import type { RunFlags, Status } from '../run/context.ts';
import type { Shell } from '../shell.ts';

/** A piece of a word. `quoted`: inside quotes, so neither split into fields nor read as a pattern. */
export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | ParameterPart
  | { readonly kind: 'command'; readonly body: List; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly word: Word; readonly quoted: boolean }
  | OwnPart;

/** What only one dialect's grammar knows: the piece that it read knows how it is expanded. */
export interface OwnPart {
  readonly kind: 'own';
  readonly quoted: boolean;
  /** What was written. */
  readonly text: string;
  expand(expansion: Expansion): void;
}

export type ParameterOperator = '-' | '=' | '?' | '+' | '#' | '##' | '%' | '%%' | 'length';

export interface ParameterPart {
  readonly kind: 'parameter';
  readonly name: string;
  readonly quoted: boolean;
  readonly operator?: ParameterOperator;
  /** `:-` and its like: an empty value counts as unset. */
  readonly colon?: boolean;
  readonly word?: Word;
  /** A further word: the replacement of `${x/a/b}`, the length of `${x:1:2}` (ash and bash only). */
  readonly extension?: Extension;
  /** What was written, if it is no valid expansion: told when it is run. */
  readonly bad?: string;
}

export type Extension =
  | { readonly kind: 'replace'; readonly all: boolean; readonly pattern: Word; readonly replacement: Word }
  | { readonly kind: 'slice'; readonly offset: Word; readonly length?: Word };

export interface Word {
  readonly parts: readonly Part[];
  /** The word's value, when nothing in it needs the shell: the fast path. */
  readonly literal?: string;
  /** `name=value` after `declare` and its like: expanded as an assignment. */
  readonly isAssignment?: true;
  /** What was written (bash, for `declare -f`). */
  readonly text?: string;
}

export interface Assignment {
  readonly name: string;
  readonly value: Word;
  /** How it is made, where that is more than setting a value (`x+=`, `x[i]=`, `x=(…)`). */
  make?(shell: Shell): Promise<void>;
  readonly text?: string;
}

export type RedirectOperator = '<' | '>' | '>>' | '>|' | '<>' | '<&' | '>&' | '<<' | '&>' | '<<<' | '&>>';

export interface Redirect {
  readonly operator: RedirectOperator;
  readonly fd: number;
  /** `{name}>`: the variable that has the descriptor, or gets one. */
  readonly variable?: string;
  /** The file, the other descriptor, or a here-document's text. */
  readonly target: Word;
}

export interface SimpleCommand {
  readonly type: 'simple';
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  readonly line: number;
  readonly text?: string;
}

export interface CaseItem {
  readonly patterns: readonly Word[];
  readonly body: List;
  /** `;&`: goes on into the next item (bash, ash). */
  readonly fallsThrough: boolean;
  /** `;;&`: the patterns that follow are tried too (bash). */
  readonly goesOn?: boolean;
}

export interface IfClause {
  readonly condition: List;
  readonly body: List;
}

export type Command =
  | SimpleCommand
  | { readonly type: 'pipeline'; readonly commands: readonly Command[]; readonly isNegated: boolean }
  | { readonly type: 'and-or'; readonly left: Command; readonly operator: '&&' | '||'; readonly right: Command }
  | { readonly type: 'if'; readonly clauses: readonly IfClause[]; readonly otherwise: List | null }
  | { readonly type: 'for'; readonly name: string; readonly words: readonly Word[] | null; readonly body: List; readonly line: number }
  | { readonly type: 'while'; readonly isUntil: boolean; readonly condition: List; readonly body: List }
  | { readonly type: 'case'; readonly word: Word; readonly items: readonly CaseItem[]; readonly line: number }
  | { readonly type: 'group'; readonly body: List }
  | { readonly type: 'subshell'; readonly body: List; readonly line: number }
  | { readonly type: 'function'; readonly name: string; readonly body: Command }
  | OwnCommand
  | { readonly type: 'redirected'; readonly command: Command; readonly redirects: readonly Redirect[]; readonly line: number };

/** A compound command that only one dialect knows. */
export interface OwnCommand {
  readonly type: 'own';
  readonly line: number;
  readonly text: string;
  run(shell: Shell, flags: RunFlags): Status;
}

export interface ListItem {
  readonly command: Command;
  readonly isBackground: boolean;
  /** What was written, for the job table. */
  readonly text: string;
}

export interface List {
  readonly items: readonly ListItem[];
}
