/** SHOW and DESCRIBE. */
import { accountText, grantLines, may, maySee } from './accounts.ts';
import type { Statement } from './ast.ts';
import { type CatalogueSource, catalogueNames, extraOf, keyWord, processRow, visibleSchemas } from './catalogue.ts';
import { SYSTEM_SCHEMAS } from './cluster.ts';
import { bareScope, type Context, condition, type RelationColumn } from './compile.ts';
import { createDatabaseText, createTableText, createViewText, defaultOf } from './create-text.ts';
import { deniedTable, needsPrivilege, noDatabase, noSuchTable, notSupported, plain, unknownDatabase } from './errors.ts';
import { likeRegExp } from './operators.ts';
import { typeText } from './parse/type.ts';
import { placeOf, sortedKeys, type Table } from './state.ts';
import { BIGINT, INT, LONG_TEXT, TEXT } from './types.ts';
import { type Row, rowKey, toText } from './values.ts';
import type { Variables } from './variables.ts';

export type Show = Extract<Statement, { kind: 'show' }>;
export interface Shown {
  readonly columns: readonly RelationColumn[];
  readonly rows: readonly Row[];
}
export interface Warning {
  readonly level: 'Note' | 'Warning' | 'Error';
  readonly code: number;
  readonly message: string;
}
export interface Showing extends CatalogueSource {
  readonly context: Context;
  readonly schema: string | null;
  readonly variables: Variables;
  readonly warnings: readonly Warning[];
}

const text = (...names: readonly string[]): readonly RelationColumn[] => names.map((name) => ({ name, type: TEXT, nullable: true }));
const sure = (...names: readonly string[]): readonly RelationColumn[] => names.map((name) => ({ name, type: TEXT, nullable: false }));
const number = (name: string): RelationColumn => ({ name, type: BIGINT, nullable: false });

/** LIKE on the first column, WHERE on any. */
function filtered({ columns, rows }: Shown, { like, where }: Show, { context, schema }: Showing): Shown {
  if (like !== undefined) {
    const pattern = likeRegExp(like);
    return { columns, rows: rows.filter(([first = null]) => first !== null && pattern.test(toText(first))) };
  }
  if (where === undefined) return { columns, rows };
  const scope = { ...bareScope(context, schema), columns: columns.map((column) => ({ ...column, table: '' })) };
  const test = condition(where, scope);
  return { columns, rows: rows.filter((row) => test({ row, outer: null })) };
}

function homeOf(show: Show, { schema, world, account, context }: Showing): string {
  const home = show.table?.schema ?? show.schema ?? schema;
  if (home === null) throw noDatabase();
  if (!world.has(home) && !SYSTEM_SCHEMAS.includes(home.toLowerCase())) throw unknownDatabase(home);
  if (!maySee(account, home) && home !== 'information_schema')
    throw plain(1044, '42000', `Access denied for user ${context.account.replace(/^(.*)@(.*)$/, "'$1'@'$2'")} to database '${home}'`);
  return home;
}

function tables(show: Show, showing: Showing): Shown {
  const home = homeOf(show, showing);
  const { world, account } = showing;
  const schema = world.get(home);
  const own: Row[] = [...(schema?.tables.keys() ?? [])].map((name) => [name, 'BASE TABLE']);
  const views: Row[] = [...(schema?.views.keys() ?? [])].map((name) => [name, 'VIEW']);
  const system: Row[] = catalogueNames(home.toLowerCase()).map((name) => [name, home === 'mysql' ? 'BASE TABLE' : 'SYSTEM VIEW']);
  const all = [...own, ...views, ...system].filter(([name = null]) => system.length > 0 || maySee(account, home, String(name)));
  const sorted = all.sort(([a = null], [b = null]) => (String(a) < String(b) ? -1 : 1));
  const pattern = show.like === undefined ? '' : ` (${show.like})`;
  const heading = `Tables_in_${home}${pattern}`;
  return show.isFull
    ? { columns: sure(heading, 'Table_type'), rows: sorted }
    : { columns: sure(heading), rows: sorted.map(([name = null]) => [name]) };
}

function tableOf(show: Show, showing: Showing): { readonly home: string; readonly table: Table } {
  const home = homeOf(show, showing);
  const name = show.table?.name ?? '';
  const table = showing.world.get(home)?.tables.get(name);
  if (table === undefined) throw noSuchTable(home, name);
  if (!maySee(showing.account, home, name)) throw deniedTable('SELECT', showing.context.account.replace(/^(.*)@(.*)$/, "'$1'@'$2'"), name);
  return { home, table };
}

function columnsOf(show: Show, showing: Showing): Shown {
  const home = homeOf(show, showing);
  const name = show.table?.name ?? '';
  const full = show.isFull === true;
  const heads = full
    ? ['Field', 'Type', 'Collation', 'Null', 'Key', 'Default', 'Extra', 'Privileges', 'Comment']
    : ['Field', 'Type', 'Null', 'Key', 'Default', 'Extra'];
  const shown = heads.map(
    (head): RelationColumn => ({
      name: head,
      type: /^(Type|Default)$/.test(head) ? LONG_TEXT : TEXT,
      nullable: /^(Collation|Default|Extra)$/.test(head),
    }),
  );
  const known = showing.world.get(home)?.tables.has(name);
  if (known !== true) {
    const relation = showing.context.relation({ schema: home, name }, home);
    const row = (field: string, type: string, nullable: boolean): Row =>
      full
        ? [field, type, null, nullable ? 'YES' : 'NO', '', null, '', 'select', '']
        : [field, type, nullable ? 'YES' : 'NO', '', null, ''];
    return { columns: shown, rows: relation.columns.map(({ name: field, type, nullable }) => row(field, typeText(type), nullable)) };
  }
  const { table } = tableOf(show, showing);
  const rows = table.columns.map((column): Row => {
    const { name: field, type, notNull, comment } = column;
    const isText = /char|text|enum|set/.test(type.base);
    const rest: Row = [notNull ? 'NO' : 'YES', keyWord(column, table), defaultOf(column), extraOf(column)];
    return full
      ? [field, typeText(type), isText ? (type.collation ?? table.collation) : null, ...rest, 'select,insert,update,references', comment]
      : [field, typeText(type), ...rest];
  });
  return { columns: shown, rows };
}

function indexes(show: Show, showing: Showing): Shown {
  const { table } = tableOf(show, showing);
  const heads =
    'Table Non_unique Key_name Seq_in_index Column_name Collation Cardinality Sub_part Packed Null Index_type Comment Index_comment Visible Expression'.split(
      ' ',
    );
  const rows = sortedKeys(table).flatMap(({ kind, name, columns }) =>
    columns.map((column, i): Row => {
      const nullable = table.columns.find((one) => one.name === column)?.notNull === false;
      const places = columns.slice(0, i + 1).map((one) => placeOf(table, one));
      const distinct = BigInt(new Set(table.rows.map((row) => rowKey(places.map((place) => row[place] ?? null)))).size);
      return [
        table.name,
        kind === 'index' ? 1n : 0n,
        name,
        BigInt(i + 1),
        column,
        'A',
        distinct,
        null,
        null,
        nullable ? 'YES' : '',
        'BTREE',
        '',
        '',
        'YES',
        null,
      ];
    }),
  );
  return {
    columns: heads.map((name) => ({
      name,
      type: /Non_unique|Seq_in|Cardinality|Sub_part/.test(name) ? INT : TEXT,
      nullable: !/^(Table|Non_unique|Key_name|Seq_in_index)$/.test(name),
    })),
    rows,
  };
}

function grants(show: Show, { account: own, cluster }: Showing): Shown {
  const { user, host } = show.account ?? own;
  const account = cluster.account(user, host);
  if (account === undefined) throw plain(1141, '42000', `There is no such grant defined for user '${user}' on host '${host}'`);
  return { columns: sure(`Grants for ${user}@${host}`), rows: grantLines(account).map((line) => [line]) };
}

function created(show: Show, showing: Showing): Shown {
  if (show.what === 'create database') {
    const home = homeOf(show, showing);
    const schema = showing.world.get(home);
    if (schema === undefined) throw notSupported(`SHOW CREATE DATABASE ${home}`);
    return { columns: sure('Database', 'Create Database'), rows: [[home, createDatabaseText(schema)]] };
  }
  if (show.what === 'create user') {
    const { user, host } = show.account ?? { user: '', host: '' };
    const account = showing.cluster.account(user, host);
    if (account === undefined) throw plain(1396, 'HY000', `Operation SHOW CREATE USER failed for ${accountText({ user, host })}`);
    const secret = account.secret === '' ? '' : ` AS '${account.secret}'`;
    const line = `CREATE USER \`${user}\`@\`${host}\` IDENTIFIED WITH '${account.plugin}'${secret} REQUIRE NONE PASSWORD EXPIRE DEFAULT ACCOUNT ${account.isLocked ? 'LOCK' : 'UNLOCK'} PASSWORD HISTORY DEFAULT PASSWORD REUSE INTERVAL DEFAULT PASSWORD REQUIRE CURRENT DEFAULT`;
    return { columns: sure(`CREATE USER for ${user}@${host}`), rows: [[line]] };
  }
  const home = homeOf(show, showing);
  const view = showing.world.get(home)?.views.get(show.table?.name ?? '');
  if (view !== undefined)
    return {
      columns: sure('View', 'Create View', 'character_set_client', 'collation_connection'),
      rows: [[view.name, createViewText(view), 'utf8mb4', 'utf8mb4_0900_ai_ci']],
    };
  const { table } = tableOf(show, showing);
  if (show.what === 'create view') throw plain(1347, 'HY000', `'${home}.${table.name}' is not VIEW`);
  return {
    columns: sure('Table', 'Create Table'),
    rows: [[table.name, createTableText(table, home, showing.cluster.number(`${home}.${table.name}`))]],
  };
}

function status({ cluster, processes, nowUs }: Showing): Shown {
  const uptime = Math.floor((nowUs - cluster.options.startedUs) / 1e6);
  const values: Readonly<Record<string, number | string>> = {
    Aborted_clients: 0,
    Connections: cluster.connections,
    Innodb_buffer_pool_pages_total: 8191,
    Max_used_connections: Math.max(1, processes().length),
    Open_tables: [...cluster.world.values()].reduce((sum, { tables: all }) => sum + all.size, 0),
    Queries: cluster.questions,
    Questions: cluster.questions,
    Threads_connected: processes().length,
    Threads_running: processes().filter(({ command }) => command === 'Query').length,
    Uptime: uptime,
  };
  return { columns: sure('Variable_name', 'Value'), rows: Object.entries(values).map(([name, value]) => [name, String(value)]) };
}

function processList(show: Show, { processes, account, nowUs }: Showing): Shown {
  const all = processes().filter(({ user }) => user === account.user || may(account, 'PROCESS'));
  const rows = all.map((one): Row => {
    const row = processRow(one, nowUs);
    return show.isFull ? row : row.map((value, i) => (i === 7 && typeof value === 'string' ? value.slice(0, 100) : value));
  });
  return {
    columns: [
      number('Id'),
      ...sure('User', 'Host'),
      ...text('db'),
      ...sure('Command'),
      { name: 'Time', type: INT, nullable: false },
      ...text('State', 'Info'),
    ],
    rows,
  };
}

const ENGINES: readonly Row[] = [['InnoDB', 'DEFAULT', 'Supports transactions, row-level locking, and foreign keys', 'YES', 'YES', 'YES']];
const CHARSETS: readonly Row[] = [
  ['ascii', 'US ASCII', 'ascii_general_ci', 1n],
  ['binary', 'Binary pseudo charset', 'binary', 1n],
  ['latin1', 'cp1252 West European', 'latin1_swedish_ci', 1n],
  ['utf8mb3', 'UTF-8 Unicode', 'utf8mb3_general_ci', 3n],
  ['utf8mb4', 'UTF-8 Unicode', 'utf8mb4_0900_ai_ci', 4n],
];

/** What a SHOW gives, before LIKE and WHERE. */
function whole(show: Show, showing: Showing): Shown {
  const { warnings, variables } = showing;
  switch (show.what) {
    case 'databases': {
      const pattern = show.like === undefined ? '' : ` (${show.like})`;
      return { columns: sure(`Database${pattern}`), rows: visibleSchemas(showing).map((name) => [name]) };
    }
    case 'tables':
      return tables(show, showing);
    case 'columns':
      return columnsOf(show, showing);
    case 'index':
      return indexes(show, showing);
    case 'grants':
      return grants(show, showing);
    case 'create table':
    case 'create view':
    case 'create database':
    case 'create user':
      return created(show, showing);
    case 'variables':
      return {
        columns: sure('Variable_name', 'Value'),
        rows: [...variables.of(show.isGlobal ? 'global' : 'session')]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, value]) => [name, value]),
      };
    case 'status':
      return status(showing);
    case 'processlist':
      return processList(show, showing);
    case 'warnings':
    case 'errors': {
      const kept = warnings.filter(({ level }) => show.what === 'warnings' || level === 'Error');
      return {
        columns: [...sure('Level'), { name: 'Code', type: INT, nullable: false }, ...sure('Message')],
        rows: kept.map(({ level, code, message }) => [level, BigInt(code), message]),
      };
    }
    case 'count warnings':
    case 'count errors':
      return {
        columns: [number(`@@session.${show.what === 'count warnings' ? 'warning' : 'error'}_count`)],
        rows: [[BigInt(warnings.length)]],
      };
    case 'engines':
      return { columns: [...sure('Engine', 'Support', 'Comment'), ...text('Transactions', 'XA', 'Savepoints')], rows: ENGINES };
    case 'charset':
      return { columns: [...sure('Charset', 'Description', 'Default collation'), number('Maxlen')], rows: CHARSETS };
    default:
      return other(show, showing);
  }
}

function other(show: Show, showing: Showing): Shown {
  if (show.what === 'table status') {
    const home = homeOf(show, showing);
    const relation = showing.context.relation({ schema: 'information_schema', name: 'tables' }, null);
    const rows = relation.rows(null).filter((row) => row[1] === home);
    const heads =
      'Name Engine Version Row_format Rows Avg_row_length Data_length Max_data_length Index_length Data_free Auto_increment Create_time Update_time Check_time Collation Checksum Create_options Comment'.split(
        ' ',
      );
    const columns = heads.map(
      (name, i): RelationColumn => ({ ...(relation.columns[i === 0 ? 2 : i + 3] ?? { type: TEXT }), name, nullable: i > 0 }),
    );
    return { columns, rows: rows.map((row) => [row[2] ?? null, ...row.slice(4)]) };
  }
  if (show.what === 'plugins' || show.what === 'privileges' || show.what === 'collation')
    throw notSupported(`SHOW ${show.what.toUpperCase()}`);
  throw needsPrivilege('SUPER');
}

export const show = (statement: Show, showing: Showing): Shown => filtered(whole(statement, showing), statement, showing);
