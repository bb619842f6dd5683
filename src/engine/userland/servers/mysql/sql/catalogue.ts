/** information_schema and the tables of `mysql`: what the server says about itself, read off its state when somebody asks. */
import { type AccountRecord, GRANT_OPTION, maySee, STATIC_PRIVILEGES } from './accounts.ts';
import type { SqlType } from './ast.ts';
import type { Cluster } from './cluster.ts';
import type { Relation } from './compile.ts';
import { childrenOf, type World } from './constraints.ts';
import { checkText, defaultOf } from './create-text.ts';
import { typeText } from './parse/type.ts';
import { type Column, type Schema, sortedKeys, type Table } from './state.ts';
import { BIGINT, categoryOf, datetimeType, INT, LONG_TEXT, precisionOf, scaleOf, TEXT } from './types.ts';
import type { Row, Value } from './values.ts';

export interface Process {
  readonly id: number;
  readonly user: string;
  readonly host: string;
  readonly database: string | null;
  readonly command: string;
  readonly sinceUs: number;
  readonly state: string;
  readonly info: string | null;
}

export interface CatalogueSource {
  readonly world: World;
  readonly cluster: Cluster;
  readonly account: AccountRecord;
  readonly nowUs: number;
  readonly processes: () => readonly Process[];
}

type Make = (source: CatalogueSource) => readonly Row[];
type Columns = Readonly<Record<string, SqlType>>;
type Catalogue = readonly [columns: Columns, rows: Make];

const columns = (names: string, type: SqlType = TEXT): Columns => Object.fromEntries(names.split(' ').map((name) => [name, type]));

/** Databases that exist for everybody. */
const ALWAYS = ['information_schema', 'performance_schema'];

/** The databases that an account sees. */
export function visibleSchemas({ world, account }: Pick<CatalogueSource, 'world' | 'account'>): readonly string[] {
  const all = [...world.keys(), 'mysql', 'sys'].filter((name) => maySee(account, name));
  return [...ALWAYS, ...all].sort();
}

const tables = ({ world, account }: CatalogueSource): readonly { readonly schema: Schema; readonly table: Table }[] =>
  [...world.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((schema) =>
      [...schema.tables.values()]
        .filter(({ name }) => maySee(account, schema.name, name))
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map((table) => ({ schema, table })),
    );

/** PRI, UNI, MUL: what SHOW COLUMNS says of a column's keys. */
export function keyWord({ name }: Column, table: Table): string {
  const is = (one: string | undefined): boolean => one?.toLowerCase() === name.toLowerCase();
  if (table.keys.some(({ kind, columns: of }) => kind === 'primary' && of.some(is))) return 'PRI';
  if (table.keys.some(({ kind, columns: of }) => kind === 'unique' && of.length === 1 && is(of[0]))) return 'UNI';
  return table.keys.some(({ columns: of }) => is(of[0])) ? 'MUL' : '';
}

/** auto_increment, DEFAULT_GENERATED, on update. */
export function extraOf({ isAutoIncrement, fallback, onUpdateNow }: Column): string {
  const words = isAutoIncrement ? ['auto_increment'] : [];
  if (fallback !== undefined && fallback.expr.kind !== 'literal' && fallback.expr.kind !== 'unary') words.push('DEFAULT_GENERATED');
  if (onUpdateNow) words.push('on update CURRENT_TIMESTAMP');
  return words.join(' ');
}

function columnRow({ schema, table }: { readonly schema: Schema; readonly table: Table }, column: Column, at: number): Row {
  const { type } = column;
  const isText = categoryOf(type) === 'text';
  const isNumber = ['integer', 'decimal', 'double'].includes(categoryOf(type));
  const most = isText ? BigInt(type.args[0] ?? 65_535) : null;
  return [
    ...['def', schema.name, table.name, column.name, BigInt(at + 1), defaultOf(column), column.notNull ? 'NO' : 'YES', type.base],
    ...[most, most === null ? null : most * 4n, isNumber ? BigInt(precisionOf(type)) : null, isNumber ? BigInt(scaleOf(type) ?? 0) : null],
    ...[isText ? (type.charset ?? table.charset) : null, isText ? (type.collation ?? table.collation) : null],
    ...[typeText(type), keyWord(column, table), extraOf(column), 'select,insert,update,references', column.comment],
  ];
}

const statisticRows = ({ schema, table }: { readonly schema: Schema; readonly table: Table }): readonly Row[] =>
  sortedKeys(table).flatMap(({ kind, name, columns: names }) =>
    names.map(
      (column, i): Row => [
        ...['def', schema.name, table.name, kind === 'index' ? 1n : 0n, schema.name, name, BigInt(i + 1), column],
        ...['A', BigInt(table.rows.length), null, null, isNullable(table, column) ? 'YES' : '', 'BTREE', '', '', 'YES'],
      ],
    ),
  );
const isNullable = (table: Table, name: string): boolean => table.columns.find((column) => column.name === name)?.notNull === false;
const PAGE = 16_384n;

const tableRow = (source: CatalogueSource, { schema, table }: { readonly schema: Schema; readonly table: Table }): Row => {
  const bytes = BigInt(Math.max(1, Math.ceil(table.rows.length / 100))) * PAGE;
  const next = source.cluster.number(`${schema.name}.${table.name}`);
  const counts = table.columns.some(({ isAutoIncrement }) => isAutoIncrement);
  return [
    ...['def', schema.name, table.name, 'BASE TABLE', 'InnoDB', 10n, 'Dynamic', BigInt(table.rows.length)],
    ...[table.rows.length === 0 ? 0n : bytes / BigInt(table.rows.length), bytes, 0n, PAGE * BigInt(Math.max(0, table.keys.length - 1)), 0n],
    ...[
      counts ? (next ?? 1n) : null,
      { temporal: 'datetime', us: Math.floor(table.createdUs / 1e6) * 1e6, places: 0 } as const,
      null,
      null,
    ],
    ...[table.collation, null, '', table.comment],
  ];
};

const viewRows = ({ world, account }: CatalogueSource): readonly Row[] =>
  [...world.values()].flatMap((schema) =>
    [...schema.views.values()]
      .filter(({ name }) => maySee(account, schema.name, name))
      .map(({ name }): Row => ['def', schema.name, name, 'VIEW', ...Array.from({ length: 16 }, () => null), 'VIEW']),
  );

const usageRows = ({ schema, table }: { readonly schema: Schema; readonly table: Table }): readonly Row[] => [
  ...sortedKeys(table)
    .filter(({ kind }) => kind !== 'index')
    .flatMap(({ name, columns: names }) =>
      names.map(
        (column, i): Row => ['def', schema.name, name, 'def', schema.name, table.name, column, BigInt(i + 1), null, null, null, null],
      ),
    ),
  ...table.foreign.flatMap(({ name, columns: names, schema: home, target, targetColumns }) =>
    names.map(
      (column, i): Row => [
        ...[
          'def',
          schema.name,
          name,
          'def',
          schema.name,
          table.name,
          column,
          BigInt(i + 1),
          BigInt(i + 1),
          home,
          target,
          targetColumns[i] ?? null,
        ],
      ],
    ),
  ),
];

const constraintRows = ({ schema, table }: { readonly schema: Schema; readonly table: Table }): readonly Row[] => {
  const row = (name: string, kind: string): Row => ['def', schema.name, name, schema.name, table.name, kind, 'YES'];
  return [
    ...sortedKeys(table)
      .filter(({ kind }) => kind !== 'index')
      .map(({ name, kind }) => row(name, kind === 'primary' ? 'PRIMARY KEY' : 'UNIQUE')),
    ...table.foreign.map(({ name }) => row(name, 'FOREIGN KEY')),
    ...table.checks.map(({ name }) => row(name, 'CHECK')),
  ];
};

const yes = (is: boolean): string => (is ? 'Y' : 'N');
const PRIVILEGE_COLUMNS = STATIC_PRIVILEGES.slice(0, 13).filter((name) => name !== 'SHOW DATABASES');
const privilegeColumn = (name: string): string => `${name.charAt(0)}${name.slice(1).toLowerCase()}_priv`;

const CATALOGUES: Readonly<Record<string, Catalogue>> = {
  'information_schema.schemata': [
    columns('CATALOG_NAME SCHEMA_NAME DEFAULT_CHARACTER_SET_NAME DEFAULT_COLLATION_NAME SQL_PATH DEFAULT_ENCRYPTION'),
    (source) =>
      visibleSchemas(source).map((name) => {
        const { charset = 'utf8mb4', collation = 'utf8mb4_0900_ai_ci' } = source.world.get(name) ?? {};
        return ['def', name, charset, collation, null, 'NO'];
      }),
  ],
  'information_schema.tables': [
    {
      ...columns('TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_TYPE ENGINE'),
      VERSION: INT,
      ROW_FORMAT: TEXT,
      ...columns('TABLE_ROWS AVG_ROW_LENGTH DATA_LENGTH MAX_DATA_LENGTH INDEX_LENGTH DATA_FREE AUTO_INCREMENT', BIGINT),
      ...columns('CREATE_TIME UPDATE_TIME CHECK_TIME', datetimeType(0)),
      TABLE_COLLATION: TEXT,
      CHECKSUM: BIGINT,
      ...columns('CREATE_OPTIONS TABLE_COMMENT'),
    },
    (source) => [...tables(source).map((one) => tableRow(source, one)), ...viewRows(source)],
  ],
  'information_schema.columns': [
    {
      ...columns('TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME'),
      ORDINAL_POSITION: BIGINT,
      COLUMN_DEFAULT: LONG_TEXT,
      ...columns('IS_NULLABLE DATA_TYPE'),
      ...columns('CHARACTER_MAXIMUM_LENGTH CHARACTER_OCTET_LENGTH NUMERIC_PRECISION NUMERIC_SCALE', BIGINT),
      ...columns('CHARACTER_SET_NAME COLLATION_NAME COLUMN_TYPE COLUMN_KEY EXTRA PRIVILEGES COLUMN_COMMENT'),
    },
    (source) => tables(source).flatMap((one) => one.table.columns.map((column, at) => columnRow(one, column, at))),
  ],
  'information_schema.statistics': [
    {
      ...columns('TABLE_CATALOG TABLE_SCHEMA TABLE_NAME'),
      NON_UNIQUE: INT,
      ...columns('INDEX_SCHEMA INDEX_NAME'),
      SEQ_IN_INDEX: INT,
      ...columns('COLUMN_NAME COLLATION'),
      CARDINALITY: BIGINT,
      ...columns('SUB_PART PACKED NULLABLE INDEX_TYPE COMMENT INDEX_COMMENT IS_VISIBLE'),
    },
    (source) => tables(source).flatMap(statisticRows),
  ],
  'information_schema.key_column_usage': [
    {
      ...columns('CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME'),
      ...columns('ORDINAL_POSITION POSITION_IN_UNIQUE_CONSTRAINT', INT),
      ...columns('REFERENCED_TABLE_SCHEMA REFERENCED_TABLE_NAME REFERENCED_COLUMN_NAME'),
    },
    (source) => tables(source).flatMap(usageRows),
  ],
  'information_schema.table_constraints': [
    columns('CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME TABLE_SCHEMA TABLE_NAME CONSTRAINT_TYPE ENFORCED'),
    (source) => tables(source).flatMap(constraintRows),
  ],
  'information_schema.check_constraints': [
    columns('CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME CHECK_CLAUSE'),
    (source) =>
      tables(source).flatMap(({ schema, table }) =>
        table.checks.map(({ name, text }): Row => ['def', schema.name, name, checkText(text, table)]),
      ),
  ],
  'information_schema.referential_constraints': [
    columns('CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME UPDATE_RULE DELETE_RULE TABLE_NAME REFERENCED_TABLE_NAME'),
    (source) =>
      tables(source).flatMap(({ schema, table }) =>
        childrenOf(source.world, schema.name, table.name).map(
          ({ schema: home, table: { name }, foreign }): Row => [
            ...[
              'def',
              home,
              foreign.name,
              (foreign.onUpdate ?? 'no action').toUpperCase(),
              (foreign.onDelete ?? 'no action').toUpperCase(),
              name,
              table.name,
            ],
          ],
        ),
      ),
  ],
  'information_schema.views': [
    columns('TABLE_CATALOG TABLE_SCHEMA TABLE_NAME VIEW_DEFINITION CHECK_OPTION IS_UPDATABLE DEFINER SECURITY_TYPE'),
    ({ world, account }) =>
      [...world.values()].flatMap((schema) =>
        [...schema.views.values()]
          .filter(({ name }) => maySee(account, schema.name, name))
          .map(({ name, text, definer }): Row => ['def', schema.name, name, text, 'NONE', 'NO', definer, 'DEFINER']),
      ),
  ],
  'information_schema.processlist': [
    { ID: BIGINT, ...columns('USER HOST DB COMMAND'), TIME: INT, ...columns('STATE INFO') },
    (source) => source.processes().map((one) => processRow(one, source.nowUs)),
  ],
  'information_schema.files': [
    columns('FILE_ID FILE_NAME FILE_TYPE TABLESPACE_NAME LOGFILE_GROUP_NAME ENGINE'),
    (source) =>
      tables(source).map(
        ({ schema, table }, i): Row => [
          String(i + 2),
          `./${schema.name}/${table.name}.ibd`,
          'TABLESPACE',
          `${schema.name}/${table.name}`,
          null,
          'InnoDB',
        ],
      ),
  ],
  'information_schema.engines': [
    columns('ENGINE SUPPORT COMMENT TRANSACTIONS XA SAVEPOINTS'),
    () => [['InnoDB', 'DEFAULT', 'Supports transactions, row-level locking, and foreign keys', 'YES', 'YES', 'YES']],
  ],
  'mysql.user': [
    {
      ...columns('Host User'),
      ...columns(PRIVILEGE_COLUMNS.map(privilegeColumn).join(' ')),
      ...columns('Grant_priv plugin authentication_string password_expired account_locked'),
    },
    ({ cluster }) =>
      [...cluster.accounts()]
        .sort((a, b) => (a.host === b.host ? (a.user < b.user ? -1 : 1) : a.host < b.host ? -1 : 1))
        .map(
          ({ host, user, onAll, plugin, secret, isLocked }): Row => [
            ...[host, user, ...PRIVILEGE_COLUMNS.map((name): Value => yes(onAll.includes(name)))],
            ...[yes(onAll.includes(GRANT_OPTION)), plugin, secret, 'N', yes(isLocked)],
          ],
        ),
  ],
  'mysql.db': [
    columns('Host Db User Select_priv Insert_priv Update_priv Delete_priv Create_priv Drop_priv'),
    ({ cluster }) =>
      cluster
        .accounts()
        .flatMap(({ host, user, onSchemas }) =>
          Object.entries(onSchemas).map(
            ([schema, names]): Row => [
              ...[host, schema, user],
              ...['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP'].map((name) => yes(names.includes(name))),
            ],
          ),
        ),
  ],
};

export const processRow = ({ id, user, host, database, command, sinceUs, state, info }: Process, nowUs: number): Row => [
  ...[BigInt(id), user, host, database, command, BigInt(Math.floor((nowUs - sinceUs) / 1e6)), state, info],
];

/** The names of a system database's tables here. */
export const catalogueNames = (schema: string): readonly string[] =>
  Object.keys(CATALOGUES).flatMap((key) =>
    key.startsWith(`${schema}.`) ? [schema === 'mysql' ? key.slice(6) : key.slice(schema.length + 1).toUpperCase()] : [],
  );

/** A catalogue by its name; null if there is none of it. */
export function catalogue(schema: string, name: string, source: () => CatalogueSource): Relation | null {
  const found = CATALOGUES[`${schema.toLowerCase()}.${schema.toLowerCase() === 'mysql' ? name : name.toLowerCase()}`];
  if (found === undefined) return null;
  const [types, rows] = found;
  return { columns: Object.entries(types).map(([column, type]) => ({ name: column, type, nullable: true })), rows: () => rows(source()) };
}
