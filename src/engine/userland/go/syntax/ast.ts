/** Go's syntax as records. Types are expressions, as they are in the grammar where an operand may be either. */
import type { Fraction } from './fraction.ts';
import type { LiteralKind, Position } from './tokens.ts';

interface At {
  readonly at: Position;
}

export type Expr =
  | (At & { readonly kind: 'name'; readonly name: string })
  | (At & { readonly kind: 'literal'; readonly type: LiteralKind; readonly value: string | bigint | Fraction; readonly text: string })
  | (At & { readonly kind: 'composite'; readonly type: Expr | null; readonly items: readonly Item[] })
  | (At & { readonly kind: 'function'; readonly type: FuncTypeExpr; readonly body: Block })
  | (At & { readonly kind: 'paren'; readonly x: Expr })
  | (At & { readonly kind: 'selector'; readonly x: Expr; readonly name: string; readonly nameAt: Position })
  | (At & { readonly kind: 'index'; readonly x: Expr; readonly args: readonly Expr[] })
  | (At & { readonly kind: 'slice'; readonly x: Expr; readonly low: Expr | null; readonly high: Expr | null; readonly max: Expr | null })
  /** `type` is null in `x.(type)`. */
  | (At & { readonly kind: 'assert'; readonly x: Expr; readonly type: Expr | null })
  | (At & {
      readonly kind: 'call';
      readonly fn: Expr;
      readonly args: readonly Expr[];
      readonly spread: boolean;
      readonly open: Position;
      readonly end: Position;
    })
  | (At & { readonly kind: 'star'; readonly x: Expr })
  | (At & { readonly kind: 'unary'; readonly op: string; readonly x: Expr })
  | (At & { readonly kind: 'binary'; readonly op: string; readonly x: Expr; readonly y: Expr })
  /** `length`: null for a slice, `...` for an array as long as its literal. */
  | (At & { readonly kind: 'array-type'; readonly length: Expr | '...' | null; readonly element: Expr })
  | (At & { readonly kind: 'map-type'; readonly key: Expr; readonly value: Expr })
  | (At & { readonly kind: 'chan-type'; readonly direction: 'both' | 'send' | 'receive'; readonly element: Expr })
  | (At & { readonly kind: 'struct-type'; readonly fields: readonly FieldExpr[] })
  | (At & { readonly kind: 'interface-type'; readonly methods: readonly MethodExpr[]; readonly unions: readonly (readonly Term[])[] })
  | FuncTypeExpr;

export interface Item {
  readonly key: Expr | null;
  readonly value: Expr;
}
export interface Term {
  readonly tilde: boolean;
  readonly type: Expr;
}
export interface FuncTypeExpr extends At {
  readonly kind: 'func-type';
  readonly params: readonly Param[];
  readonly results: readonly Param[];
}
export interface Param extends At {
  readonly name: string | null;
  readonly type: Expr;
  /** `...T`. */
  readonly variadic: boolean;
}
export interface FieldExpr extends At {
  readonly name: string;
  readonly type: Expr;
  readonly embedded: boolean;
  readonly tag: string;
}
export interface MethodExpr extends At {
  readonly name: string;
  readonly type: FuncTypeExpr;
}

export interface Block extends At {
  readonly body: readonly Stmt[];
  readonly end: Position;
}

export interface Clause extends At {
  /** Null: default. */
  readonly cases: readonly Expr[] | null;
  readonly body: readonly Stmt[];
}
export interface CommClause extends At {
  /** Null: default. */
  readonly comm: Stmt | null;
  readonly body: readonly Stmt[];
}

export type Stmt =
  | (At & { readonly kind: 'expr'; readonly x: Expr })
  | (At & { readonly kind: 'send'; readonly channel: Expr; readonly value: Expr })
  | (At & { readonly kind: 'step'; readonly x: Expr; readonly op: '++' | '--' })
  | (At & { readonly kind: 'assign'; readonly left: readonly Expr[]; readonly op: string; readonly right: readonly Expr[] })
  | (At & { readonly kind: 'go' | 'defer'; readonly call: Expr })
  | (At & { readonly kind: 'return'; readonly values: readonly Expr[] })
  | (At & { readonly kind: 'break' | 'continue' | 'goto' | 'fallthrough'; readonly label: string | null })
  | (At & { readonly kind: 'block'; readonly block: Block })
  | (At & {
      readonly kind: 'if';
      readonly init: Stmt | null;
      readonly condition: Expr;
      readonly then: Block;
      readonly otherwise: Stmt | null;
    })
  | (At & { readonly kind: 'switch'; readonly init: Stmt | null; readonly tag: Expr | null; readonly clauses: readonly Clause[] })
  | (At & {
      readonly kind: 'type-switch';
      readonly init: Stmt | null;
      readonly name: string | null;
      readonly x: Expr;
      readonly clauses: readonly Clause[];
    })
  | (At & { readonly kind: 'select'; readonly clauses: readonly CommClause[] })
  | (At & {
      readonly kind: 'for';
      readonly init: Stmt | null;
      readonly condition: Expr | null;
      readonly post: Stmt | null;
      readonly body: Block;
    })
  | (At & {
      readonly kind: 'range';
      readonly key: Expr | null;
      readonly value: Expr | null;
      readonly define: boolean;
      readonly x: Expr;
      readonly body: Block;
    })
  | (At & { readonly kind: 'labeled'; readonly label: string; readonly body: Stmt })
  | (At & { readonly kind: 'declare'; readonly declarations: readonly Declaration[] })
  | (At & { readonly kind: 'empty' });

export interface TypeParamExpr extends At {
  readonly name: string;
  readonly constraint: Expr;
}

export interface FuncDeclaration extends At {
  readonly kind: 'func';
  readonly name: string;
  readonly receiver: Param | null;
  readonly typeParams: readonly TypeParamExpr[];
  readonly type: FuncTypeExpr;
  /** Null: the function is written elsewhere. */
  readonly body: Block | null;
}

export type Declaration =
  | FuncDeclaration
  | (At & {
      readonly kind: 'var';
      readonly names: readonly Named[];
      readonly type: Expr | null;
      readonly values: readonly Expr[];
      /** Patterns of `//go:embed` before it. */
      readonly embed?: readonly string[];
    })
  | (At & {
      readonly kind: 'const';
      readonly names: readonly Named[];
      readonly type: Expr | null;
      readonly values: readonly Expr[];
      readonly iota: number;
    })
  | (At & {
      readonly kind: 'type';
      readonly name: string;
      readonly typeParams: readonly TypeParamExpr[];
      readonly alias: boolean;
      readonly type: Expr;
    });

export interface Named extends At {
  readonly name: string;
}

export interface Import extends At {
  readonly name: string | null;
  readonly path: string;
}

export interface SourceFile {
  /** As messages name it: `./main.go`. */
  readonly name: string;
  readonly package: string;
  readonly imports: readonly Import[];
  readonly declarations: readonly Declaration[];
}
