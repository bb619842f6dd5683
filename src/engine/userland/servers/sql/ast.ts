/** Statements as trees. */

export interface TypeName {
  readonly name: string;
  readonly arguments: readonly number[];
  readonly isArray: boolean;
  readonly at: number;
}

export type Expr =
  | { readonly kind: 'literal'; readonly type: 'string' | 'number' | 'boolean' | 'null'; readonly text: string; readonly at: number }
  | { readonly kind: 'column'; readonly table?: string; readonly name: string; readonly at: number }
  | { readonly kind: 'unary'; readonly op: string; readonly of: Expr; readonly at: number }
  | { readonly kind: 'binary'; readonly op: string; readonly left: Expr; readonly right: Expr; readonly at: number }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly Expr[];
      readonly isStar: boolean;
      readonly isDistinct: boolean;
      readonly filter?: Expr;
      readonly orderBy: readonly OrderItem[];
      readonly at: number;
    }
  | { readonly kind: 'cast'; readonly of: Expr; readonly type: TypeName; readonly at: number }
  | {
      readonly kind: 'case';
      readonly subject?: Expr;
      readonly whens: readonly (readonly [Expr, Expr])[];
      readonly otherwise?: Expr;
      readonly at: number;
    }
  | { readonly kind: 'in'; readonly of: Expr; readonly list: readonly Expr[] | Query; readonly not: boolean; readonly at: number }
  | { readonly kind: 'is'; readonly of: Expr; readonly what: 'null' | 'true' | 'false'; readonly not: boolean; readonly at: number }
  | { readonly kind: 'exists' | 'subquery'; readonly query: Query; readonly at: number }
  /** The value proposed for insertion, in ON CONFLICT; and DEFAULT in place of a value. */
  | { readonly kind: 'default'; readonly at: number };

export interface OrderItem {
  readonly expr: Expr;
  readonly descending: boolean;
  readonly nulls: 'first' | 'last' | undefined;
}

export interface SelectItem {
  /** `*` or `t.*`, or an expression. */
  readonly expr: Expr | { readonly kind: 'star'; readonly table?: string; readonly at: number };
  readonly alias?: string;
}

export interface FromTable {
  readonly kind: 'table';
  readonly schema?: string;
  readonly name: string;
  readonly alias?: string;
  readonly columns?: readonly string[];
  readonly at: number;
}
export type FromItem =
  | FromTable
  | { readonly kind: 'query'; readonly query: Query; readonly alias?: string; readonly columns?: readonly string[]; readonly at: number }
  | { readonly kind: 'function'; readonly call: Expr; readonly alias?: string; readonly columns?: readonly string[]; readonly at: number }
  | {
      readonly kind: 'join';
      readonly type: 'inner' | 'left' | 'right' | 'full' | 'cross';
      readonly left: FromItem;
      readonly right: FromItem;
      readonly on?: Expr;
      readonly using?: readonly string[];
      readonly natural?: boolean;
    };

export interface SelectBody {
  readonly kind: 'select';
  readonly distinct: boolean;
  readonly items: readonly SelectItem[];
  readonly from?: FromItem;
  readonly where?: Expr;
  readonly groupBy: readonly Expr[];
  readonly having?: Expr;
}
export type Body =
  | SelectBody
  | {
      readonly kind: 'set';
      readonly op: 'union' | 'intersect' | 'except';
      readonly all: boolean;
      readonly left: Body;
      readonly right: Body;
    }
  | { readonly kind: 'values'; readonly rows: readonly (readonly Expr[])[] }
  | { readonly kind: 'nested'; readonly query: Query };

export interface Query {
  readonly ctes: readonly { readonly name: string; readonly columns?: readonly string[]; readonly query: Query }[];
  readonly body: Body;
  readonly orderBy: readonly OrderItem[];
  readonly limit?: Expr;
  readonly offset?: Expr;
}

export interface Reference {
  readonly table: string;
  readonly columns: readonly string[];
  readonly onDelete: 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';
  readonly at: number;
}

export type ConstraintNode = { readonly name?: string } & (
  | { readonly kind: 'primary' | 'unique'; readonly columns: readonly string[] }
  | { readonly kind: 'check'; readonly expr: Expr; readonly text: string }
  | { readonly kind: 'foreign'; readonly columns: readonly string[]; readonly references: Reference }
);

export interface ColumnNode {
  readonly name: string;
  readonly type: TypeName;
  readonly notNull: boolean;
  readonly fallback?: { readonly expr: Expr; readonly text: string };
  readonly identity?: 'always' | 'by default';
  readonly isAutoIncrement?: boolean;
  readonly constraints: readonly ConstraintNode[];
}

export type AlterAction =
  | { readonly kind: 'add-column'; readonly column: ColumnNode; readonly ifNotExists: boolean }
  | { readonly kind: 'drop-column'; readonly name: string; readonly ifExists: boolean }
  | { readonly kind: 'rename-column'; readonly from: string; readonly to: string }
  | { readonly kind: 'rename'; readonly to: string }
  | { readonly kind: 'add-constraint'; readonly constraint: ConstraintNode }
  | { readonly kind: 'drop-constraint'; readonly name: string; readonly ifExists: boolean }
  | { readonly kind: 'set-default'; readonly name: string; readonly fallback?: { readonly expr: Expr; readonly text: string } }
  | { readonly kind: 'set-not-null'; readonly name: string; readonly on: boolean }
  | { readonly kind: 'set-type'; readonly name: string; readonly type: TypeName; readonly using?: Expr }
  | { readonly kind: 'owner' };

export interface Assignment {
  readonly column: string;
  readonly value: Expr;
  readonly at: number;
}

export interface Insert {
  readonly kind: 'insert';
  readonly table: FromTable;
  readonly columns?: readonly string[];
  /** Absent: DEFAULT VALUES. */
  readonly query?: Query;
  readonly conflict?: { readonly columns?: readonly string[]; readonly set?: readonly Assignment[]; readonly where?: Expr };
  readonly returning?: readonly SelectItem[];
}

export type Statement =
  | { readonly kind: 'query'; readonly query: Query }
  | Insert
  | {
      readonly kind: 'update';
      readonly table: FromTable;
      readonly set: readonly Assignment[];
      readonly from?: FromItem;
      readonly where?: Expr;
      readonly returning?: readonly SelectItem[];
    }
  | {
      readonly kind: 'delete';
      readonly table: FromTable;
      readonly using?: FromItem;
      readonly where?: Expr;
      readonly returning?: readonly SelectItem[];
    }
  | {
      readonly kind: 'create-table';
      readonly table: FromTable;
      readonly ifNotExists: boolean;
      readonly columns: readonly ColumnNode[];
      readonly constraints: readonly ConstraintNode[];
      readonly query?: Query;
    }
  | {
      readonly kind: 'create-index';
      readonly name?: string;
      readonly table: FromTable;
      readonly columns: readonly string[];
      readonly isUnique: boolean;
      readonly ifNotExists: boolean;
    }
  | { readonly kind: 'create-view'; readonly table: FromTable; readonly query: Query; readonly text: string; readonly orReplace: boolean }
  | { readonly kind: 'alter-table'; readonly table: FromTable; readonly ifExists: boolean; readonly actions: readonly AlterAction[] }
  | {
      readonly kind: 'drop';
      readonly what: 'table' | 'index' | 'view' | 'sequence';
      readonly tables: readonly FromTable[];
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  | { readonly kind: 'truncate'; readonly tables: readonly FromTable[]; readonly restart: boolean; readonly cascade: boolean }
  | { readonly kind: 'create-database' | 'drop-database'; readonly name: string; readonly isLenient: boolean; readonly owner?: string }
  | {
      readonly kind: 'role';
      readonly verb: 'create' | 'alter' | 'drop';
      readonly word: 'ROLE';
      readonly name: string;
      readonly isUser: boolean;
      readonly isLenient: boolean;
      readonly password?: string;
      readonly flags: ReadonlyMap<string, boolean>;
    }
  | {
      readonly kind: 'transaction';
      readonly verb: 'begin' | 'commit' | 'rollback' | 'savepoint' | 'rollback to' | 'release';
      readonly name?: string;
      readonly tag: string;
    }
  | { readonly kind: 'set'; readonly name: string; readonly value: string | null }
  | { readonly kind: 'show'; readonly name: string; readonly rest: readonly string[] }
  | { readonly kind: 'use'; readonly name: string }
  | { readonly kind: 'describe'; readonly table: FromTable }
  /** Taken, without anything to do: GRANT, COMMENT, ANALYZE, VACUUM. */
  | { readonly kind: 'accepted'; readonly tag: string };
