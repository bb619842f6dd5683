/** The tree of a program. Every node says where it stands, for the markers of a traceback. */

/** From line and column to line and column; lines count from 1, columns from 0. */
export interface Span {
  readonly line: number;
  readonly col: number;
  readonly endLine: number;
  readonly endCol: number;
}

/** What a literal is worth; a float is told from an integer by its wrapper. */
export type Literal =
  | { readonly type: 'none' | 'true' | 'false' | 'ellipsis' }
  | { readonly type: 'int'; readonly value: number | bigint }
  | { readonly type: 'float' | 'imaginary'; readonly value: number }
  | { readonly type: 'str'; readonly value: string }
  | { readonly type: 'bytes'; readonly value: Uint8Array };

export interface Comprehension {
  readonly target: Expr;
  readonly iter: Expr;
  readonly conditions: readonly Expr[];
  readonly isAsync: boolean;
}

export interface Keyword extends Span {
  /** Null for `**mapping`. */
  readonly name: string | null;
  readonly value: Expr;
}

export interface Param {
  readonly name: string;
  readonly annotation: Expr | null;
  readonly default: Expr | null;
}

export interface Params {
  readonly positionalOnly: readonly Param[];
  readonly positional: readonly Param[];
  readonly rest: Param | null;
  readonly keywordOnly: readonly Param[];
  readonly keywords: Param | null;
}

export type Expr = Span &
  (
    | { readonly kind: 'literal'; readonly literal: Literal }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'tuple' | 'list' | 'set'; readonly items: readonly Expr[]; readonly parenthesized?: boolean }
    | { readonly kind: 'dict'; readonly entries: readonly { readonly key: Expr | null; readonly value: Expr }[] }
    | { readonly kind: 'binary'; readonly op: string; readonly left: Expr; readonly right: Expr }
    | { readonly kind: 'unary'; readonly op: string; readonly operand: Expr }
    | { readonly kind: 'logic'; readonly op: 'and' | 'or'; readonly operands: readonly Expr[] }
    | { readonly kind: 'compare'; readonly left: Expr; readonly ops: readonly string[]; readonly rights: readonly Expr[] }
    | { readonly kind: 'call'; readonly func: Expr; readonly args: readonly Expr[]; readonly keywords: readonly Keyword[] }
    | { readonly kind: 'attribute'; readonly value: Expr; readonly name: string }
    | { readonly kind: 'subscript'; readonly value: Expr; readonly index: Expr }
    | { readonly kind: 'slice'; readonly lower: Expr | null; readonly upper: Expr | null; readonly step: Expr | null }
    | { readonly kind: 'starred'; readonly value: Expr }
    | { readonly kind: 'lambda'; readonly params: Params; readonly body: Expr }
    | { readonly kind: 'conditional'; readonly test: Expr; readonly then: Expr; readonly otherwise: Expr }
    | {
        readonly kind: 'comprehension';
        readonly of: 'list' | 'set' | 'dict' | 'generator';
        readonly element: Expr;
        /** Of a dict: the value that belongs to the element. */
        readonly value: Expr | null;
        readonly clauses: readonly Comprehension[];
      }
    | { readonly kind: 'yield'; readonly value: Expr | null }
    | { readonly kind: 'yield-from'; readonly value: Expr }
    | { readonly kind: 'await'; readonly value: Expr }
    | { readonly kind: 'format'; readonly parts: readonly (string | Replacement)[] }
    | { readonly kind: 'walrus'; readonly target: Expr; readonly value: Expr }
  );

/** `{value!r:spec}` of an f-string. */
export interface Replacement {
  readonly value: Expr;
  /** `x=`, for `{x=}`. */
  readonly label: string | null;
  readonly conversion: '' | 'r' | 's' | 'a';
  readonly spec: Expr | null;
}

export interface Handler extends Span {
  readonly type: Expr | null;
  readonly name: string | null;
  readonly body: readonly Stmt[];
}

export interface Alias extends Span {
  readonly name: string;
  readonly as: string | null;
}

export type Pattern = Span &
  (
    | { readonly kind: 'value'; readonly value: Expr }
    | { readonly kind: 'singleton'; readonly value: Expr }
    | { readonly kind: 'capture'; readonly pattern: Pattern | null; readonly name: string | null }
    | { readonly kind: 'star'; readonly name: string | null }
    | { readonly kind: 'sequence'; readonly items: readonly Pattern[] }
    | { readonly kind: 'mapping'; readonly keys: readonly Expr[]; readonly patterns: readonly Pattern[]; readonly rest: string | null }
    | {
        readonly kind: 'class';
        readonly cls: Expr;
        readonly items: readonly Pattern[];
        readonly names: readonly string[];
        readonly named: readonly Pattern[];
      }
    | { readonly kind: 'or'; readonly items: readonly Pattern[] }
  );

export interface Case {
  readonly pattern: Pattern;
  readonly guard: Expr | null;
  readonly body: readonly Stmt[];
}

export type Stmt = Span &
  (
    | { readonly kind: 'expression'; readonly value: Expr }
    | { readonly kind: 'assign'; readonly targets: readonly Expr[]; readonly value: Expr }
    | { readonly kind: 'augmented'; readonly target: Expr; readonly op: string; readonly value: Expr }
    | { readonly kind: 'annotated'; readonly target: Expr; readonly annotation: Expr; readonly value: Expr | null }
    | { readonly kind: 'return'; readonly value: Expr | null }
    | { readonly kind: 'delete'; readonly targets: readonly Expr[] }
    | { readonly kind: 'pass' | 'break' | 'continue' }
    | { readonly kind: 'if'; readonly test: Expr; readonly body: readonly Stmt[]; readonly otherwise: readonly Stmt[] }
    | { readonly kind: 'while'; readonly test: Expr; readonly body: readonly Stmt[]; readonly otherwise: readonly Stmt[] }
    | {
        readonly kind: 'for';
        readonly target: Expr;
        readonly iter: Expr;
        readonly body: readonly Stmt[];
        readonly otherwise: readonly Stmt[];
        readonly isAsync: boolean;
      }
    | {
        readonly kind: 'try';
        readonly body: readonly Stmt[];
        readonly handlers: readonly Handler[];
        readonly otherwise: readonly Stmt[];
        readonly last: readonly Stmt[];
        readonly isGroup: boolean;
      }
    | {
        readonly kind: 'with';
        readonly items: readonly { readonly context: Expr; readonly target: Expr | null }[];
        readonly body: readonly Stmt[];
        readonly isAsync: boolean;
      }
    | FunctionDef
    | ClassDef
    | { readonly kind: 'import'; readonly names: readonly Alias[] }
    | { readonly kind: 'import-from'; readonly module: string; readonly level: number; readonly names: readonly Alias[] }
    | { readonly kind: 'global' | 'nonlocal'; readonly names: readonly string[] }
    | { readonly kind: 'raise'; readonly error: Expr | null; readonly cause: Expr | null }
    | { readonly kind: 'assert'; readonly test: Expr; readonly message: Expr | null }
    /** Statements that one of the source means. */
    | { readonly kind: 'block'; readonly body: readonly Stmt[] }
    | { readonly kind: 'match'; readonly subject: Expr; readonly cases: readonly Case[] }
  );

export interface FunctionDef {
  readonly kind: 'function';
  readonly name: string;
  readonly params: Params;
  readonly body: readonly Stmt[];
  readonly decorators: readonly Expr[];
  readonly returns: Expr | null;
  readonly isAsync: boolean;
}

export interface ClassDef {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: readonly Expr[];
  readonly keywords: readonly Keyword[];
  readonly body: readonly Stmt[];
  readonly decorators: readonly Expr[];
}
