/** Types as a statement writes them. */
import type { SqlType } from '../ast.ts';
import { notSupported } from '../errors.ts';
import type { Cursor } from './cursor.ts';

const ALIASES: Readonly<Record<string, string>> = {
  integer: 'int',
  int1: 'tinyint',
  int2: 'smallint',
  int3: 'mediumint',
  int4: 'int',
  int8: 'bigint',
  dec: 'decimal',
  numeric: 'decimal',
  fixed: 'decimal',
  real: 'double',
  float8: 'double',
  float4: 'float',
  character: 'char',
  nchar: 'char',
  nvarchar: 'varchar',
};
const KNOWN = new Set(
  'tinyint smallint mediumint int bigint decimal float double bit bool boolean char varchar binary varbinary tinytext text mediumtext longtext tinyblob blob mediumblob longblob date datetime timestamp time year enum set json serial'.split(
    ' ',
  ),
);
const ABSENT = ['geometry', 'point', 'linestring', 'polygon', 'vector', 'geomcollection', 'multipoint'];

/** The numbers and words behind a type's name, as the type keeps them. */
function completed(base: string, args: readonly number[]): Pick<SqlType, 'base' | 'args'> & { readonly isUnsigned?: true } {
  switch (base) {
    case 'bool':
    case 'boolean':
      return { base: 'tinyint', args: [1] };
    case 'serial':
      return { base: 'bigint', args: [], isUnsigned: true };
    case 'decimal':
      return { base, args: [args[0] ?? 10, args[1] ?? 0] };
    case 'char':
    case 'binary':
    case 'bit':
      return { base, args: [args[0] ?? 1] };
    case 'tinyint':
      return { base, args: args[0] === 1 ? [1] : [] };
    case 'smallint':
    case 'mediumint':
    case 'int':
    case 'bigint':
    case 'year':
      return { base, args: [] };
    default:
      return { base, args };
  }
}

export function parseType(cursor: Cursor): SqlType {
  const { token } = cursor;
  if (token.kind !== 'word') cursor.fail();
  const base = ALIASES[token.key] ?? token.key;
  if (ABSENT.includes(base)) throw notSupported(`the type ${base.toUpperCase()}`);
  if (!KNOWN.has(base)) cursor.fail();
  cursor.take();
  if (base === 'double') cursor.accept('precision');
  const isVarying = base === 'char' && cursor.accept('varying');
  const isList = base === 'enum' || base === 'set';
  const values = isList ? cursor.parenthesized(() => cursor.list(() => cursor.string())) : undefined;
  const args = !isList && cursor.is('(') ? cursor.parenthesized(() => cursor.list(() => cursor.integer())) : [];
  const whole = isVarying ? 'varchar' : base;
  if ((whole === 'varchar' || whole === 'varbinary') && args.length === 0) cursor.fail();
  let type: SqlType = { ...completed(whole, args), ...(values ? { values } : {}) };
  for (;;) {
    if (cursor.accept('unsigned')) type = { ...type, isUnsigned: true };
    else if (cursor.accept('signed')) continue;
    else if (cursor.accept('zerofill'))
      type = { ...type, isUnsigned: true, isZerofill: true, args: args.length > 0 ? args : [zerofillWidth(whole)] };
    else if (cursor.accept('character', 'set') || cursor.accept('charset')) type = { ...type, charset: cursor.word().toLowerCase() };
    else if (cursor.accept('collate')) type = { ...type, collation: cursor.word().toLowerCase() };
    else return type;
  }
}

const zerofillWidth = (base: string): number => ({ tinyint: 3, smallint: 5, mediumint: 8, int: 10, bigint: 20 })[base] ?? 10;

/** `int unsigned`, `decimal(10,2)`, `enum('a','b')`: as SHOW COLUMNS has it. */
export function typeText({ base, args, isUnsigned, isZerofill, values }: SqlType): string {
  const inside = values === undefined ? args.join(',') : values.map((one) => `'${one.replaceAll("'", "''")}'`).join(',');
  return `${base}${inside === '' ? '' : `(${inside})`}${isUnsigned ? ' unsigned' : ''}${isZerofill ? ' zerofill' : ''}`;
}
