/** What a database holds, as plain records that are never changed: a statement makes new ones, and a transaction throws them away or keeps them. */
import type { Expr, Query } from './ast.ts';
import type { Row, SqlType } from './types.ts';

export interface Column {
  readonly name: string;
  readonly type: SqlType;
  readonly notNull: boolean;
  readonly fallback?: { readonly expr: Expr; readonly text: string };
  readonly identity?: 'always' | 'by default';
  readonly sequence?: string;
}

export type Constraint = { readonly name: string } & (
  | { readonly kind: 'primary' | 'unique'; readonly columns: readonly string[] }
  | { readonly kind: 'check'; readonly expr: Expr; readonly text: string }
  | {
      readonly kind: 'foreign';
      readonly columns: readonly string[];
      readonly target: string;
      readonly targetColumns: readonly string[];
      readonly onDelete: 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';
    }
);

export interface Index {
  readonly name: string;
  readonly columns: readonly string[];
  readonly isUnique: boolean;
}

export interface Table {
  readonly oid: number;
  readonly name: string;
  readonly owner: string;
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
  readonly rows: readonly Row[];
}

export interface View {
  readonly oid: number;
  readonly name: string;
  readonly owner: string;
  readonly query: Query;
  readonly text: string;
  readonly columns: readonly { readonly name: string; readonly type: SqlType }[];
}

export interface Sequence {
  readonly name: string;
  readonly owner: string;
  /** What was given out last; null before the first. */
  readonly last: number | null;
}

export interface DatabaseState {
  readonly name: string;
  readonly oid: number;
  readonly owner: string;
  readonly nextOid: number;
  readonly tables: ReadonlyMap<string, Table>;
  readonly views: ReadonlyMap<string, View>;
  readonly sequences: ReadonlyMap<string, Sequence>;
}

export interface Role {
  readonly name: string;
  readonly password: string;
  readonly isSuperuser: boolean;
  readonly canLogin: boolean;
  readonly canCreateDb: boolean;
  readonly canCreateRole: boolean;
}

/** The first number that something a user makes gets. */
export const FIRST_OID = 16_384;

export const emptyDatabase = (name: string, oid: number, owner: string): DatabaseState => ({
  name,
  oid,
  owner,
  nextOid: FIRST_OID,
  tables: new Map(),
  views: new Map(),
  sequences: new Map(),
});

export const withTable = (state: DatabaseState, table: Table): DatabaseState => ({
  ...state,
  tables: new Map(state.tables).set(table.name, table),
});

export function without<T>(map: ReadonlyMap<string, T>, name: string): ReadonlyMap<string, T> {
  const copy = new Map(map);
  copy.delete(name);
  return copy;
}

/** Indexes as one sees them: those of constraints and those made by themselves. */
export const allIndexes = ({ constraints, indexes }: Table): readonly (Index & { readonly constraint?: 'primary' | 'unique' })[] => [
  ...constraints.flatMap((one) =>
    one.kind === 'primary' || one.kind === 'unique' ? [{ name: one.name, columns: one.columns, isUnique: true, constraint: one.kind }] : [],
  ),
  ...indexes,
];
