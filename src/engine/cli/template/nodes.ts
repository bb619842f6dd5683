/** The tree of a template; `text` is what Go shows of a node in errors, `at` where it stands. */
export type Operand =
  | { readonly kind: 'dot'; readonly at: number; readonly text: string }
  | { readonly kind: 'nil'; readonly at: number; readonly text: string }
  | { readonly kind: 'literal'; readonly at: number; readonly text: string; readonly value: string | number | boolean }
  | { readonly kind: 'function'; readonly at: number; readonly text: string; readonly name: string }
  | { readonly kind: 'field'; readonly at: number; readonly text: string; readonly names: readonly string[] }
  | { readonly kind: 'variable'; readonly at: number; readonly text: string; readonly name: string; readonly names: readonly string[] }
  | { readonly kind: 'chain'; readonly at: number; readonly text: string; readonly of: Operand; readonly names: readonly string[] }
  | { readonly kind: 'pipe'; readonly at: number; readonly text: string; readonly pipe: Pipe };

export interface Command {
  readonly at: number;
  readonly text: string;
  readonly operands: readonly Operand[];
}
export interface Pipe {
  readonly at: number;
  readonly text: string;
  readonly declares: readonly string[];
  readonly assigns: boolean;
  readonly commands: readonly Command[];
}

export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipe: Pipe }
  | { readonly kind: 'if' | 'with' | 'range'; readonly pipe: Pipe; readonly body: readonly Node[]; readonly otherwise: readonly Node[] }
  | { readonly kind: 'template'; readonly at: number; readonly name: string; readonly pipe: Pipe | null; readonly text: string }
  | { readonly kind: 'break' | 'continue' };

export interface Parsed {
  readonly source: string;
  readonly name: string;
  readonly templates: ReadonlyMap<string, readonly Node[]>;
}
