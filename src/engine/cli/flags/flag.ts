/**
 * Flags of commands. A command declares a table of them, long name → flag; from the table come parsing, help and completion, and
 * the type of what `run` gets. Syntax and messages are those of Go's pflag, which Docker uses.
 */

/** How a flag's argument is read, collected and shown. */
export interface Flag<Value> {
  /** The word for the argument in help: `string`, `list`, …; empty for flags without one. */
  readonly type: string;
  readonly usage: string;
  readonly short?: string;
  /** Shown as `(default …)`, already as text; '' shows none. */
  readonly shownDefault: string;
  /** Accepted, but not in help; `here`: only because it says nothing to an engine like this one, so it is completed. */
  readonly hidden?: boolean | 'here';
  /** What to do instead: said each time that the flag is used. */
  readonly deprecated?: string;
  /** What the flag means without an argument (`--rm` is `--rm=true`). */
  readonly bare?: string;
  readonly initial: Value;
  /** Fetches what `add` needs: to be awaited before such a flag is parsed. */
  readonly load?: () => Promise<void>;
  /** Adds one occurrence. Throws FlagValueError. */
  readonly add: (before: Value, text: string) => Value;
}

/** Any flag: what the parser needs, whatever the value is. */
export interface AnyFlag extends Omit<Flag<unknown>, 'add'> {
  readonly add: (before: never, text: string) => unknown;
}
export type FlagTable = Readonly<Record<string, AnyFlag>>;
export type FlagValues<Table extends FlagTable> = { readonly [Name in keyof Table]: Table[Name] extends Flag<infer Value> ? Value : never };

export interface FlagOptions<Value> {
  readonly short?: string;
  readonly type?: string;
  readonly initial?: Value;
  readonly shownDefault?: string;
  readonly hidden?: boolean | 'here';
  readonly deprecated?: string;
}

/** An argument that a flag does not take; the parser names the flag around it. */
export class FlagValueError extends Error {}
/** A command line that cannot be parsed: printed with the command's usage, status 125. */
export class FlagError extends Error {}
