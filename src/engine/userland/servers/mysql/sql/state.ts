/** What a server holds, as plain records that are never changed: a statement makes new ones, a transaction keeps or drops them. */
import type { Expr, Query, ReferenceAction, SqlType, WithText } from './ast.ts';
import type { Row } from './values.ts';

export interface Column {
  readonly name: string;
  readonly type: SqlType;
  readonly notNull: boolean;
  readonly fallback?: WithText;
  readonly onUpdateNow: boolean;
  readonly isAutoIncrement: boolean;
  readonly comment: string;
}

export interface Key {
  readonly kind: 'primary' | 'unique' | 'index';
  /** `PRIMARY` of the primary one. */
  readonly name: string;
  readonly columns: readonly string[];
}

export interface Check {
  readonly name: string;
  readonly expr: Expr;
  readonly text: string;
}

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly schema: string;
  readonly target: string;
  readonly targetColumns: readonly string[];
  readonly onDelete?: ReferenceAction;
  readonly onUpdate?: ReferenceAction;
}

export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly keys: readonly Key[];
  readonly checks: readonly Check[];
  readonly foreign: readonly ForeignKey[];
  readonly charset: string;
  readonly collation: string;
  readonly comment: string;
  readonly engine: string;
  readonly createdUs: number;
  readonly rows: readonly Row[];
}

export interface View {
  readonly name: string;
  readonly query: Query;
  readonly text: string;
  readonly definer: string;
  readonly columns: readonly { readonly name: string; readonly type: SqlType; readonly nullable: boolean }[];
}

export interface Schema {
  readonly name: string;
  readonly charset: string;
  readonly collation: string;
  readonly tables: ReadonlyMap<string, Table>;
  readonly views: ReadonlyMap<string, View>;
}

export const DEFAULT_CHARSET = 'utf8mb4';
export const DEFAULT_COLLATION = 'utf8mb4_0900_ai_ci';
const COLLATIONS: Readonly<Record<string, string>> = {
  utf8mb4: DEFAULT_COLLATION,
  utf8mb3: 'utf8mb3_general_ci',
  utf8: 'utf8mb3_general_ci',
  latin1: 'latin1_swedish_ci',
  ascii: 'ascii_general_ci',
  binary: 'binary',
};
export const collationOf = (charset: string): string => COLLATIONS[charset] ?? `${charset}_general_ci`;
export const isCharset = (charset: string): boolean => Object.hasOwn(COLLATIONS, charset);

export const emptySchema = (name: string, charset = DEFAULT_CHARSET, collation = collationOf(charset)): Schema => ({
  name,
  charset,
  collation,
  tables: new Map(),
  views: new Map(),
});

export const withTable = (schema: Schema, table: Table): Schema => ({ ...schema, tables: new Map(schema.tables).set(table.name, table) });

export function without<T>(map: ReadonlyMap<string, T>, name: string): ReadonlyMap<string, T> {
  const copy = new Map(map);
  copy.delete(name);
  return copy;
}

/** Where a column stands; names of columns know no case. */
export const placeOf = ({ columns }: Pick<Table, 'columns'>, name: string): number =>
  columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());

/** Keys in MySQL's order: the primary one, unique ones (those that may be null last), the others. */
export const sortedKeys = (table: Table): readonly Key[] => {
  const isNullable = ({ columns }: Key): boolean => columns.some((name) => table.columns[placeOf(table, name)]?.notNull === false);
  const of = (kind: Key['kind']): readonly Key[] => table.keys.filter((key) => key.kind === kind);
  const unique = of('unique');
  return [...of('primary'), ...unique.filter((key) => !isNullable(key)), ...unique.filter(isNullable), ...of('index')];
};
