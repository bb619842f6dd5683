/** The catalogues: what the database says about itself, as tables. Read off the state whenever somebody asks. */
import type { Relation } from './compile.ts';
import { allIndexes, type Constraint, type DatabaseState, type Role, type Table } from './state.ts';
import { BIGINT, BOOLEAN, INTEGER, isInteger, NAME, type Row, type SqlType, TEXT, TIMESTAMPTZ, type Value } from './types.ts';

export interface Activity {
  readonly database: string;
  readonly pid: number;
  readonly user: string;
  readonly application: string;
  readonly address: string | null;
  readonly startedUs: number;
  readonly state: string;
  readonly query: string;
}

export interface CatalogueSource {
  readonly state: DatabaseState;
  readonly databases: readonly DatabaseState[];
  readonly roles: readonly Role[];
  readonly activity: readonly Activity[];
  readonly settings: ReadonlyMap<string, string>;
}

type Make = (source: CatalogueSource) => readonly Row[];
type Catalogue = readonly [columns: Readonly<Record<string, SqlType>>, rows: Make];

const tables = ({ state }: CatalogueSource): readonly Table[] => [...state.tables.values()].sort((a, b) => (a.name < b.name ? -1 : 1));

/** A constraint as SQL writes it. */
export function constraintText(one: Constraint): string {
  switch (one.kind) {
    case 'primary':
      return `PRIMARY KEY (${one.columns.join(', ')})`;
    case 'unique':
      return `UNIQUE (${one.columns.join(', ')})`;
    case 'check':
      return `CHECK ((${one.text}))`;
    case 'foreign': {
      const action = one.onDelete === 'no action' ? '' : ` ON DELETE ${one.onDelete.toUpperCase()}`;
      return `FOREIGN KEY (${one.columns.join(', ')}) REFERENCES ${one.target}(${one.targetColumns.join(', ')})${action}`;
    }
  }
}

const indexText = (table: Table, { name, columns, isUnique }: { name: string; columns: readonly string[]; isUnique: boolean }): string =>
  `CREATE ${isUnique ? 'UNIQUE ' : ''}INDEX ${name} ON public.${table.name} USING btree (${columns.join(', ')})`;

const defaultText = ({ columns }: Table, at: number): string | null => {
  const column = columns[at];
  if (column?.sequence !== undefined && column.identity === undefined) return `nextval('${column.sequence}'::regclass)`;
  if (column?.fallback === undefined) return null;
  const { expr, text } = column.fallback;
  return expr.kind === 'literal' && expr.type === 'string'
    ? `${text}::${column.type.name}`
    : text.replace(/^current_timestamp$/i, 'CURRENT_TIMESTAMP');
};

const columnRow = (database: string, table: Table, at: number): Row => {
  const { name, type, notNull, identity } = table.columns[at] ?? { name: '', type: TEXT, notNull: false };
  const [first = null, scale = null] = type.arguments;
  const isText = type.name.startsWith('character');
  return [
    ...[database, 'public', table.name, name, at + 1, defaultText(table, at), notNull ? 'NO' : 'YES', type.name],
    ...[
      isText ? first : null,
      type.name === 'numeric' ? first : isInteger(type) ? 32 : null,
      type.name === 'numeric' ? scale : isInteger(type) ? 0 : null,
    ],
    ...[identity === undefined ? 'NO' : 'YES', identity === undefined ? null : identity.toUpperCase()],
  ];
};

const KINDS = { primary: ['p', 'PRIMARY KEY'], unique: ['u', 'UNIQUE'], check: ['c', 'CHECK'], foreign: ['f', 'FOREIGN KEY'] } as const;

const columns = (names: string, type: SqlType = NAME): Readonly<Record<string, SqlType>> =>
  Object.fromEntries(names.split(' ').map((name) => [name, type]));

const CATALOGUES: Readonly<Record<string, Catalogue>> = {
  pg_tables: [
    { ...columns('schemaname tablename tableowner tablespace'), hasindexes: BOOLEAN },
    (source) => tables(source).map((table) => ['public', table.name, table.owner, null, allIndexes(table).length > 0]),
  ],
  pg_views: [
    { ...columns('schemaname viewname viewowner'), definition: TEXT },
    ({ state }) => [...state.views.values()].map(({ name, owner, text }) => ['public', name, owner, ` ${text};`]),
  ],
  pg_indexes: [
    { ...columns('schemaname tablename indexname tablespace'), indexdef: TEXT },
    (source) =>
      tables(source).flatMap((table) =>
        allIndexes(table).map((index) => ['public', table.name, index.name, null, indexText(table, index)]),
      ),
  ],
  pg_sequences: [
    { ...columns('schemaname sequencename sequenceowner'), last_value: BIGINT },
    ({ state }) => [...state.sequences.values()].map(({ name, owner, last }) => ['public', name, owner, last]),
  ],
  pg_constraint: [
    { ...columns('conname conrelid confrelid'), contype: TEXT, condef: TEXT },
    (source) =>
      tables(source).flatMap((table) =>
        table.constraints.map((one) => [
          one.name,
          table.name,
          one.kind === 'foreign' ? one.target : null,
          KINDS[one.kind][0],
          constraintText(one),
        ]),
      ),
  ],
  pg_database: [
    { oid: INTEGER, ...columns('datname datowner datcollate datctype'), encoding: INTEGER, datistemplate: BOOLEAN, datallowconn: BOOLEAN },
    ({ databases }) =>
      databases.map(({ oid, name, owner }) => [
        oid,
        name,
        owner,
        'en_US.utf8',
        'en_US.utf8',
        6,
        name.startsWith('template'),
        name !== 'template0',
      ]),
  ],
  pg_roles: [
    { rolname: NAME, ...columns('rolsuper rolinherit rolcreaterole rolcreatedb rolcanlogin rolreplication rolbypassrls', BOOLEAN) },
    ({ roles }) =>
      roles.map(({ name, isSuperuser, canCreateRole, canCreateDb, canLogin }) => [
        ...[name, isSuperuser, true, canCreateRole || isSuperuser, canCreateDb || isSuperuser, canLogin],
        ...(name === 'postgres' || isSuperuser ? [isSuperuser, isSuperuser] : [false, false]),
      ]),
  ],
  pg_namespace: [
    { oid: INTEGER, ...columns('nspname nspowner') },
    ({ state }) => [
      [11, 'pg_catalog', state.owner],
      [2200, 'public', 'pg_database_owner'],
      [13_000, 'information_schema', state.owner],
    ],
  ],
  pg_settings: [{ name: TEXT, setting: TEXT }, ({ settings }) => [...settings].sort().map(([name, setting]) => [name, setting])],
  pg_stat_activity: [
    {
      datname: NAME,
      pid: INTEGER,
      usename: NAME,
      application_name: TEXT,
      client_addr: TEXT,
      backend_start: TIMESTAMPTZ,
      state: TEXT,
      query: TEXT,
    },
    ({ activity }) =>
      activity.map(({ database, pid, user, application, address, startedUs, state, query }) => [
        database,
        pid,
        user,
        application,
        address,
        startedUs,
        state,
        query,
      ]),
  ],
  pg_extension: [{ extname: NAME, extversion: TEXT }, () => [['plpgsql', '1.0']]],
  'information_schema.tables': [
    columns('table_catalog table_schema table_name table_type'),
    (source) => [
      ...tables(source).map(({ name }) => [source.state.name, 'public', name, 'BASE TABLE']),
      ...[...source.state.views.keys()].map((name) => [source.state.name, 'public', name, 'VIEW']),
    ],
  ],
  'information_schema.columns': [
    {
      ...columns('table_catalog table_schema table_name column_name'),
      ordinal_position: INTEGER,
      ...columns('column_default is_nullable data_type', TEXT),
      ...columns('character_maximum_length numeric_precision numeric_scale', INTEGER),
      ...columns('is_identity identity_generation', TEXT),
    },
    (source) => [
      ...tables(source).flatMap((table) => table.columns.map((_, at) => columnRow(source.state.name, table, at))),
      ...[...source.state.views.values()].flatMap(({ name, columns: all }) =>
        all.map(
          (column, at): Row => [
            source.state.name,
            'public',
            name,
            column.name,
            at + 1,
            null,
            'YES',
            column.type.name,
            ...NOTHING,
            'NO',
            null,
          ],
        ),
      ),
    ],
  ],
  'information_schema.table_constraints': [
    columns('constraint_schema constraint_name table_name constraint_type'),
    (source) => tables(source).flatMap((table) => table.constraints.map(({ name, kind }) => ['public', name, table.name, KINDS[kind][1]])),
  ],
  'information_schema.schemata': [
    columns('catalog_name schema_name'),
    ({ state }) => ['public', 'information_schema', 'pg_catalog'].map((name) => [state.name, name]),
  ],
};
const NOTHING: readonly Value[] = [null, null, null];

/** A catalogue by its name; null if there is none of it. */
export function catalogue(name: string, schema: string | undefined, source: () => CatalogueSource): Relation | null {
  const key = schema === 'information_schema' ? `${schema}.${name}` : schema === undefined || schema === 'pg_catalog' ? name : '';
  const found = Object.hasOwn(CATALOGUES, key) ? CATALOGUES[key] : undefined;
  if (found === undefined) return null;
  const [types, rows] = found;
  return { columns: Object.entries(types).map(([column, type]) => ({ name: column, type })), rows: () => rows(source()) };
}
