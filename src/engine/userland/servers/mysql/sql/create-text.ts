/** Tables and databases as the statements that make them. */
import type { Expr } from './ast.ts';
import { foreignText } from './constraints.ts';
import { typeText } from './parse/type.ts';
import { type Column, collationOf, type Schema, sortedKeys, type Table, type View } from './state.ts';
import { categoryOf } from './types.ts';

const quote = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
const text = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
const isNow = (expr: Expr): boolean => expr.kind === 'call' && /^(now|current_timestamp|localtime|localtimestamp)$/.test(expr.name);
const places = ({ type }: Column): string => (type.args[0] === undefined ? '' : `(${type.args[0]})`);

/** A column's default as SHOW COLUMNS has it; null if there is none. */
export function defaultOf(column: Column): string | null {
  const { fallback, type } = column;
  if (fallback === undefined) return null;
  const { expr } = fallback;
  if (isNow(expr)) return `CURRENT_TIMESTAMP${places(column)}`;
  const negative = expr.kind === 'unary' && expr.op === '-' && expr.of.kind === 'literal' ? `-${expr.of.text}` : undefined;
  const plain = expr.kind === 'literal' ? (expr.type === 'boolean' ? (expr.text === 'true' ? '1' : '0') : expr.text) : negative;
  if (plain === undefined) return fallback.text.replace(/^\((.*)\)$/s, '$1');
  if (categoryOf(type) !== 'decimal' || !/^-?[\d.]+$/.test(plain)) return plain;
  return Number(plain).toFixed(type.args[1] ?? 0);
}

function defaultText(column: Column): string {
  const { fallback, notNull, type } = column;
  const shown = defaultOf(column);
  if (fallback === undefined || shown === null) return notNull || /text$|blob$/.test(type.base) ? '' : ' DEFAULT NULL';
  const { kind } = fallback.expr;
  if (isNow(fallback.expr)) return ` DEFAULT ${shown}`;
  return kind === 'literal' || kind === 'unary' ? ` DEFAULT ${text(shown)}` : ` DEFAULT (${shown})`;
}

function columnText(column: Column, { charset, collation }: Table): string {
  const { name, type, notNull, isAutoIncrement, onUpdateNow, comment } = column;
  const own = type.collation ?? (type.charset === undefined ? undefined : collationOf(type.charset));
  const ownCharset = type.charset ?? own?.split('_', 1)[0];
  const coding =
    own !== undefined && own !== collation ? `${ownCharset === charset ? '' : ` CHARACTER SET ${ownCharset}`} COLLATE ${own}` : '';
  const nullness = notNull ? ' NOT NULL' : type.base === 'timestamp' ? ' NULL' : '';
  const counting = isAutoIncrement ? ' AUTO_INCREMENT' : '';
  const following = onUpdateNow ? ` ON UPDATE CURRENT_TIMESTAMP${places(column)}` : '';
  const remark = comment === '' ? '' : ` COMMENT ${text(comment)}`;
  return `${quote(name)} ${typeText(type)}${coding}${nullness}${isAutoIncrement ? '' : defaultText(column)}${following}${counting}${remark}`;
}

/** SHOW CREATE TABLE. `next` is the table's next number. */
export function createTableText(table: Table, schema: string, next: bigint | undefined): string {
  const columns = (names: readonly string[]): string => names.map(quote).join(',');
  const lines = [
    ...table.columns.map((column) => columnText(column, table)),
    ...sortedKeys(table).map(({ kind, name, columns: names }) =>
      kind === 'primary'
        ? `PRIMARY KEY (${columns(names)})`
        : `${kind === 'unique' ? 'UNIQUE ' : ''}KEY ${quote(name)} (${columns(names)})`,
    ),
    ...table.foreign.map((foreign) => foreignText(foreign, schema)),
    ...table.checks.map(({ name, text: condition }) => `CONSTRAINT ${quote(name)} CHECK (${checkText(condition, table)})`),
  ];
  const counting =
    next === undefined || next <= 1n || !table.columns.some(({ isAutoIncrement }) => isAutoIncrement) ? '' : ` AUTO_INCREMENT=${next}`;
  const remark = table.comment === '' ? '' : ` COMMENT=${text(table.comment)}`;
  return `CREATE TABLE ${quote(table.name)} (\n${lines.map((line) => `  ${line}`).join(',\n')}\n) ENGINE=${table.engine}${counting} DEFAULT CHARSET=${table.charset} COLLATE=${table.collation}${remark}`;
}

/** A condition with its columns quoted, in parentheses. */
export function checkText(condition: string, { columns }: Table): string {
  const names = columns.map(({ name }) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const quoted =
    names.length === 0
      ? condition
      : condition.replace(new RegExp(`'[^']*'|\`[^\`]*\`|\\b(?:${names.join('|')})\\b`, 'gi'), (word) =>
          /^['`]/.test(word) ? word : quote(word),
        );
  return `(${quoted})`;
}

export const createDatabaseText = ({ name, charset, collation }: Schema): string =>
  `CREATE DATABASE ${quote(name)} /*!40100 DEFAULT CHARACTER SET ${charset}${collation === collationOf(charset) && charset !== 'utf8mb4' ? '' : ` COLLATE ${collation}`} */ /*!80016 DEFAULT ENCRYPTION='N' */`;

export const createViewText = ({ name, text: query, definer }: View): string => {
  const [user = '', host = ''] = definer.split('@');
  return `CREATE ALGORITHM=UNDEFINED DEFINER=${quote(user)}@${quote(host)} SQL SECURITY DEFINER VIEW ${quote(name)} AS ${query}`;
};
