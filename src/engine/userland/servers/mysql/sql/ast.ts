/** Statements as trees. */

/** A type as it is written, and as a value has it. */
export interface SqlType {
  readonly base: string;
  readonly args: readonly number[];
  readonly isUnsigned?: boolean;
  readonly isZerofill?: boolean;
  /** Of ENUM and SET. */
  readonly values?: readonly string[];
  readonly charset?: string;
  readonly collation?: string;
}

export type Expr =
  | { readonly kind: 'literal'; readonly type: 'string' | 'number' | 'hex' | 'boolean' | 'null'; readonly text: string }
  | { readonly kind: 'column'; readonly schema?: string; readonly table?: string; readonly name: string }
  | { readonly kind: 'variable'; readonly scope: 'user' | 'session' | 'global'; readonly name: string; readonly text: string }
  | { readonly kind: 'assign'; readonly name: string; readonly value: Expr }
  | { readonly kind: 'unary'; readonly op: string; readonly of: Expr }
  | { readonly kind: 'binary'; readonly op: string; readonly left: Expr; readonly right: Expr }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly Expr[];
      readonly isStar?: boolean;
      readonly isDistinct?: boolean;
      readonly orderBy?: readonly OrderItem[];
      readonly separator?: string;
    }
  | { readonly kind: 'interval'; readonly count: Expr; readonly unit: string }
  | { readonly kind: 'cast'; readonly of: Expr; readonly type: SqlType }
  | { readonly kind: 'case'; readonly subject?: Expr; readonly whens: readonly (readonly [Expr, Expr])[]; readonly otherwise?: Expr }
  | { readonly kind: 'in'; readonly of: Expr; readonly list: readonly Expr[] | Query; readonly not: boolean }
  | { readonly kind: 'is'; readonly of: Expr; readonly what: 'null' | 'true' | 'false'; readonly not: boolean }
  | { readonly kind: 'row'; readonly items: readonly Expr[] }
  | { readonly kind: 'exists' | 'subquery'; readonly query: Query }
  | { readonly kind: 'default'; readonly column?: string };

export interface OrderItem {
  readonly expr: Expr;
  readonly descending: boolean;
}

export interface SelectItem {
  readonly expr: Expr | { readonly kind: 'star'; readonly schema?: string; readonly table?: string };
  readonly alias?: string;
  /** As written: the heading of a column that nobody named. */
  readonly text: string;
}

export interface TableName {
  readonly schema?: string;
  readonly name: string;
}
export type FromItem =
  | { readonly kind: 'table'; readonly table: TableName; readonly alias?: string }
  | { readonly kind: 'query'; readonly query: Query; readonly alias: string; readonly columns?: readonly string[] }
  | {
      readonly kind: 'join';
      readonly type: 'inner' | 'left' | 'right';
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
  readonly withRollup?: boolean;
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
  readonly ctes: readonly {
    readonly name: string;
    readonly columns?: readonly string[];
    readonly query: Query;
    readonly isRecursive: boolean;
  }[];
  readonly body: Body;
  readonly orderBy: readonly OrderItem[];
  readonly limit?: Expr;
  readonly offset?: Expr;
}

export type ReferenceAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';
export interface Reference {
  readonly table: TableName;
  readonly columns: readonly string[];
  readonly onDelete?: ReferenceAction;
  readonly onUpdate?: ReferenceAction;
}

export type KeyNode = { readonly name?: string } & (
  | { readonly kind: 'primary' | 'unique' | 'index'; readonly columns: readonly string[] }
  | { readonly kind: 'check'; readonly expr: Expr; readonly text: string }
  | { readonly kind: 'foreign'; readonly columns: readonly string[]; readonly references: Reference }
);

export interface WithText {
  readonly expr: Expr;
  readonly text: string;
}
export interface ColumnNode {
  readonly name: string;
  readonly type: SqlType;
  readonly notNull?: boolean;
  readonly fallback?: WithText;
  readonly onUpdateNow: boolean;
  readonly isAutoIncrement: boolean;
  readonly comment: string;
  readonly keys: readonly KeyNode[];
}

export type ColumnPlace = { readonly first: true } | { readonly after: string };
export type AlterAction =
  | { readonly kind: 'add-column'; readonly column: ColumnNode; readonly place?: ColumnPlace }
  | { readonly kind: 'change-column'; readonly name: string; readonly column: ColumnNode; readonly place?: ColumnPlace }
  | { readonly kind: 'drop-column' | 'drop-index' | 'drop-foreign' | 'drop-check' | 'drop-constraint'; readonly name: string }
  | { readonly kind: 'drop-primary' }
  | { readonly kind: 'rename-column' | 'rename-index'; readonly from: string; readonly to: string }
  | { readonly kind: 'rename'; readonly to: TableName }
  | { readonly kind: 'add-key'; readonly key: KeyNode }
  | { readonly kind: 'set-default'; readonly name: string; readonly fallback?: WithText }
  | { readonly kind: 'options'; readonly options: ReadonlyMap<string, string> }
  | { readonly kind: 'nothing' };

export interface Assignment {
  readonly table?: string;
  readonly column: string;
  readonly value: Expr;
}

export interface Account {
  readonly user: string;
  readonly host: string;
}

export interface Insert {
  readonly kind: 'insert';
  readonly isReplace: boolean;
  readonly isIgnore: boolean;
  readonly table: TableName;
  readonly columns?: readonly string[];
  readonly query?: Query;
  readonly alias?: string;
  readonly update?: readonly Assignment[];
}

export interface UserSpec {
  readonly account: Account | 'current';
  /** Undefined: not spoken of. */
  readonly password?: string;
  readonly hash?: string;
  readonly plugin?: string;
}

export interface GrantNode {
  readonly kind: 'grant' | 'revoke';
  /** Upper case; `ALL PRIVILEGES` alone. */
  readonly privileges: readonly string[];
  /** `*.*` is both undefined; `*` of the present database has `isHere`. */
  readonly schema?: string;
  readonly table?: string;
  readonly isHere: boolean;
  readonly accounts: readonly Account[];
  readonly withGrant: boolean;
}

export type Statement =
  | { readonly kind: 'query'; readonly query: Query }
  | Insert
  | {
      readonly kind: 'update';
      readonly from: FromItem;
      readonly set: readonly Assignment[];
      readonly isIgnore: boolean;
      readonly where?: Expr;
      readonly orderBy: readonly OrderItem[];
      readonly limit?: Expr;
    }
  | {
      readonly kind: 'delete';
      readonly targets: readonly string[];
      readonly from: FromItem;
      readonly where?: Expr;
      readonly orderBy: readonly OrderItem[];
      readonly limit?: Expr;
    }
  | {
      readonly kind: 'create-table';
      readonly table: TableName;
      readonly isLenient: boolean;
      readonly columns: readonly ColumnNode[];
      readonly keys: readonly KeyNode[];
      readonly options: ReadonlyMap<string, string>;
      readonly query?: Query;
      readonly like?: TableName;
    }
  | {
      readonly kind: 'create-view';
      readonly table: TableName;
      readonly query: Query;
      readonly text: string;
      readonly orReplace: boolean;
      readonly columns?: readonly string[];
    }
  | { readonly kind: 'alter-table'; readonly table: TableName; readonly actions: readonly AlterAction[] }
  | { readonly kind: 'rename-table'; readonly pairs: readonly (readonly [TableName, TableName])[] }
  | { readonly kind: 'drop-table' | 'drop-view'; readonly tables: readonly TableName[]; readonly isLenient: boolean }
  | { readonly kind: 'truncate'; readonly table: TableName }
  | { readonly kind: 'create-database'; readonly name: string; readonly isLenient: boolean; readonly options: ReadonlyMap<string, string> }
  | { readonly kind: 'alter-database'; readonly name?: string; readonly options: ReadonlyMap<string, string> }
  | { readonly kind: 'drop-database'; readonly name: string; readonly isLenient: boolean }
  | {
      readonly kind: 'create-user' | 'alter-user';
      readonly users: readonly UserSpec[];
      readonly isLenient: boolean;
      readonly options: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'drop-user'; readonly accounts: readonly Account[]; readonly isLenient: boolean }
  | { readonly kind: 'rename-user'; readonly pairs: readonly (readonly [Account, Account])[] }
  | { readonly kind: 'set-password'; readonly account?: Account; readonly password: string }
  | GrantNode
  | {
      readonly kind: 'transaction';
      readonly verb: 'begin' | 'commit' | 'rollback' | 'savepoint' | 'rollback to' | 'release';
      readonly name?: string;
    }
  | {
      readonly kind: 'set';
      readonly items: readonly { readonly scope: 'user' | 'session' | 'global'; readonly name: string; readonly value: Expr }[];
    }
  | {
      readonly kind: 'show';
      readonly what: string;
      readonly table?: TableName;
      readonly schema?: string;
      readonly like?: string;
      readonly where?: Expr;
      readonly isFull?: boolean;
      readonly isGlobal?: boolean;
      readonly account?: Account;
    }
  | { readonly kind: 'use'; readonly name: string }
  | { readonly kind: 'kill'; readonly id: number }
  | { readonly kind: 'lock'; readonly tables: readonly TableName[] }
  | { readonly kind: 'table-check'; readonly verb: string; readonly tables: readonly TableName[] }
  | { readonly kind: 'shutdown' }
  /** Taken, without anything to do here: FLUSH, UNLOCK TABLES, SET NAMES. */
  | { readonly kind: 'accepted' };
