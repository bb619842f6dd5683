/** psql's \d and its relatives: questions to the catalogues, put together. */
import type { PgConnection, ResultColumn } from './client.ts';
import type { ResultTable } from './table-text.ts';

const TEXT = 25;
const heads = (...names: readonly string[]): readonly ResultColumn[] => names.map((name) => ({ name, type: TEXT }));
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A name's pattern (`*`, `?`) as SQL's LIKE. */
const like = (pattern: string): string =>
  literal(
    pattern
      .replace(/^public\./, '')
      .replaceAll('_', '\\_')
      .replaceAll('*', '%')
      .replaceAll('?', '_'),
  );

export type Described = ResultTable | string;

export async function listDatabases(connection: PgConnection): Promise<Described> {
  const rows = await connection.rows('select datname, datowner, datcollate, datctype from pg_database order by 1');
  const owner = rows[0]?.[1] ?? '';
  const access = (name: string): string | null => (name?.startsWith('template') ? `=c/${owner}\n${owner}=CTc/${owner}` : null);
  return {
    title: 'List of databases',
    columns: heads('Name', 'Owner', 'Encoding', 'Locale Provider', 'Collate', 'Ctype', 'Locale', 'ICU Rules', 'Access privileges'),
    rows: rows.map(([name, by, collate, ctype]) => [
      name ?? '',
      by ?? '',
      'UTF8',
      'libc',
      collate ?? '',
      ctype ?? '',
      null,
      null,
      access(name ?? ''),
    ]),
  };
}

const KINDS: Readonly<Record<string, { readonly sql: string; readonly word: string }>> = {
  t: { word: 'table', sql: "select 'public', tablename, 'table', tableowner from pg_tables where schemaname = 'public'" },
  v: { word: 'view', sql: "select 'public', viewname, 'view', viewowner from pg_views" },
  s: { word: 'sequence', sql: "select 'public', sequencename, 'sequence', sequenceowner from pg_sequences" },
};

/** `\d`, `\dt`, `\dv`, `\ds`, with a pattern or without. */
export async function listRelations(connection: PgConnection, kinds: string, pattern: string | undefined): Promise<Described> {
  const parts = [...kinds].flatMap((kind) => KINDS[kind]?.sql ?? []);
  const filter = pattern === undefined ? '' : ` where "Name" like ${like(pattern)}`;
  const rows = await connection.rows(
    `select * from (${parts.join(' union all ')}) as r("Schema", "Name", "Type", "Owner")${filter} order by 1, 2`,
  );
  const [only] = kinds;
  const word = kinds.length > 1 ? 'relation' : (KINDS[only ?? '']?.word ?? 'relation');
  if (rows.length === 0) return pattern === undefined ? `Did not find any ${word}s.\n` : `Did not find any ${word} named "${pattern}".\n`;
  return { title: 'List of relations', columns: heads('Schema', 'Name', 'Type', 'Owner'), rows };
}

export async function listIndexes(connection: PgConnection): Promise<Described> {
  const rows = await connection.rows(
    "select 'public', i.indexname, 'index', t.tableowner, i.tablename from pg_indexes i join pg_tables t on t.tablename = i.tablename order by 2",
  );
  if (rows.length === 0) return 'Did not find any indexes.\n';
  return { title: 'List of relations', columns: heads('Schema', 'Name', 'Type', 'Owner', 'Table'), rows };
}

export async function listRoles(connection: PgConnection): Promise<Described> {
  const rows = await connection.rows(
    'select rolname, rolsuper, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls from pg_roles order by 1',
  );
  const WORDS = ['Superuser', 'Create role', 'Create DB', '', 'Replication', 'Bypass RLS'];
  return {
    title: 'List of roles',
    columns: heads('Role name', 'Attributes'),
    footers: [],
    rows: rows.map(([name, ...flags]) => [
      name ?? '',
      [...(flags[3] === 'f' ? ['Cannot login'] : []), ...WORDS.filter((word, i) => word !== '' && flags[i] === 't')].join(', '),
    ]),
  };
}

export async function listSchemas(connection: PgConnection): Promise<Described> {
  const rows = await connection.rows("select nspname, nspowner from pg_namespace where nspname = 'public'");
  return { title: 'List of schemas', columns: heads('Name', 'Owner'), rows };
}

function typeText([, , , type = '', length, precision, scale]: readonly (string | null)[]): string {
  if (length !== null && length !== undefined) return `${type}(${length})`;
  return type === 'numeric' && precision ? `numeric(${precision},${scale ?? 0})` : (type ?? '');
}

/** `\d NAME` */
export async function describe(connection: PgConnection, name: string): Promise<readonly Described[]> {
  const found = await connection.rows(
    `select table_name, table_type from information_schema.tables where table_schema = 'public' and table_name like ${like(name)} order by 1`,
  );
  if (found.length === 0) return [`Did not find any relation named "${name}".\n`];
  const tables: Described[] = [];
  for (const [table, type] of found) tables.push(await describeOne(connection, table ?? '', type === 'VIEW'));
  return tables;
}

async function describeOne(connection: PgConnection, table: string, isView: boolean): Promise<Described> {
  const where = `where table_name = ${literal(table)}`;
  const columns = await connection.rows(
    `select column_name, column_default, is_nullable, data_type, character_maximum_length, numeric_precision, numeric_scale, identity_generation from information_schema.columns ${where} order by ordinal_position`,
  );
  return {
    title: `${isView ? 'View' : 'Table'} "public.${table}"`,
    columns: heads('Column', 'Type', 'Collation', 'Nullable', 'Default'),
    rows: columns.map((row) => {
      const identity = row[7] === null || row[7] === undefined ? null : `generated ${row[7].toLowerCase()} as identity`;
      return [row[0] ?? '', typeText(row), '', row[2] === 'NO' ? 'not null' : '', identity ?? row[1] ?? ''];
    }),
    footers: isView ? [] : await footers(connection, table),
  };
}

async function footers(connection: PgConnection, table: string): Promise<readonly string[]> {
  const indexes = await connection.rows(`select indexname, indexdef from pg_indexes where tablename = ${literal(table)} order by 1`);
  const constraints = await connection.rows(
    `select conname, contype, condef from pg_constraint where conrelid = ${literal(table)} order by 1`,
  );
  const referring = await connection.rows(
    `select conrelid, conname, condef from pg_constraint where confrelid = ${literal(table)} order by 1`,
  );
  const kind = new Map(constraints.map(([name, type]) => [name ?? '', type]));
  const using = (definition: string | null | undefined): string => /USING (.*)$/.exec(definition ?? '')?.[1] ?? '';
  const word = (name: string, definition: string | null | undefined): string => {
    if (kind.get(name) === 'p') return 'PRIMARY KEY, ';
    if (kind.get(name) === 'u') return 'UNIQUE CONSTRAINT, ';
    return definition?.startsWith('CREATE UNIQUE') ? 'UNIQUE, ' : '';
  };
  const sorted = [...indexes].sort(([a], [b]) => Number(kind.get(b ?? '') === 'p') - Number(kind.get(a ?? '') === 'p'));
  const part = (title: string, lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : [title, ...lines]);
  const of = (type: string): readonly string[] =>
    constraints.filter((one) => one[1] === type).map(([name, , text]) => `    "${name}" ${text}`);
  return [
    ...part(
      'Indexes:',
      sorted.map(([name, definition]) => `    "${name}" ${word(name ?? '', definition)}${using(definition)}`),
    ),
    ...part('Check constraints:', of('c')),
    ...part('Foreign-key constraints:', of('f')),
    ...part(
      'Referenced by:',
      referring.map(([from, name, text]) => `    TABLE "${from}" CONSTRAINT "${name}" ${text}`),
    ),
  ];
}
