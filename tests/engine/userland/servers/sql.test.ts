import { describe, expect, it } from 'vitest';
import { Cluster } from '../../../../src/engine/userland/servers/sql/cluster.ts';
import { SqlError } from '../../../../src/engine/userland/servers/sql/errors.ts';
import { cutStatements } from '../../../../src/engine/userland/servers/sql/parse-statement.ts';
import { SqlSession } from '../../../../src/engine/userland/servers/sql/session.ts';
import { outputText } from '../../../../src/engine/userland/servers/sql/types.ts';

/** A database in memory. */
function database(): { readonly session: () => SqlSession } {
  const keeper = { keepDatabase: () => {}, dropDatabase: () => {}, keepRoles: () => {} };
  const cluster = new Cluster({ version: 'PostgreSQL', keeper, settings: new Map([['timezone', 'UTC']]) });
  cluster.createDatabase('postgres', 'postgres');
  const options = { cluster, database: 'postgres', user: 'postgres', pid: 1, nowUs: () => 1_768_467_600_000_000, random: () => 0.5 };
  const session = (): SqlSession =>
    new SqlSession({ ...options, waitForWriter: async () => {}, writerEnded: () => {}, activity: () => [], databaseUsers: () => 0 });
  return { session };
}

/** What the last statement of a script gives: rows as text, or its tag. */
async function ask(session: SqlSession, script: string): Promise<string> {
  let last = '';
  for (const { text } of cutStatements(script)) {
    const { columns, rows, tag } = await session.execute(text);
    last =
      columns === undefined
        ? tag
        : (rows ?? [])
            .map((row) =>
              row
                .map((value, i) => (value === null ? '' : outputText(value, columns[i]?.type ?? { name: 'text', arguments: [] })))
                .join('|'),
            )
            .join('\n');
  }
  return last;
}

async function refusal(session: SqlSession, sql: string): Promise<string> {
  try {
    await ask(session, sql);
  } catch (error) {
    if (error instanceof SqlError) return `${error.code} ${error.message}`;
    throw error;
  }
  return 'none';
}

const BOATS = `create table port (id int primary key, name text not null);
  create table boat (id serial primary key, name text unique, port int references port(id) on delete cascade, length numeric(6,2) default 10, built date);
  insert into port values (1, 'Oslo'), (2, 'Bergen'), (3, 'Moss');
  insert into boat (name, port, length, built) values ('Anna', 1, 12.5, '2020-01-31'), ('Ben', 1, 7, null), ('Cleo', 2, default, '2021-06-01')`;

describe('SQL', () => {
  it.each([
    ['select name from boat where length > 8 order by length desc', 'Anna\nCleo'],
    [
      'select p.name, count(b.id) from port p left join boat b on b.port = p.id group by p.id order by 2 desc, 1',
      'Oslo|2\nBergen|1\nMoss|0',
    ],
    ["select port, string_agg(name, ',' order by name desc) from boat group by port having count(*) > 1", '1|Ben,Anna'],
    [
      'select avg(length), sum(length), min(built), count(*) filter (where built is null) from boat',
      '9.8333333333333333|29.50|2020-01-31|1',
    ],
    ["select name from boat where name ilike 'a%' or name in ('Ben') and not name like '%x' order by name", 'Anna\nBen'],
    ['select name from port where not exists (select 1 from boat where port = port.id and boat.name is not null) and id = 3', 'Moss'],
    [
      'select name, (select max(length) from boat where boat.port = p.id) from port p order by 2 nulls first',
      'Moss|\nBergen|10.00\nOslo|12.50',
    ],
    ["select case when length >= 10 then 'long' else 'short' end k, count(*) from boat group by k order by k", 'long|2\nshort|1'],
    ['with long as (select * from boat where length > 9) select count(*) from long join port using (name) right join port q on true', '3'],
    ['select 7 / 2, 7 % 2, 7.0 / 2, -7 / 2, 2 ^ 10, 1e3', '3|1|3.5000000000000000|-3|1024|1000'],
    [
      "select date '2024-01-31' + interval '1 month', date '2024-03-01' - date '2024-02-01', extract(year from timestamp '2024-02-03')",
      '2024-02-29 00:00:00|29|2024',
    ],
    ['select coalesce(null, 2), nullif(1, 1), greatest(1, 3, 2), null = null, null is null', '2||3||t'],
    ['select distinct port from boat order by 1 limit 1 offset 1', '2'],
    ['select 1 union select 1 union all select 2 order by 1', '1\n2'],
    ['select * from generate_series(1, 7, 3) g', '1\n4\n7'],
    ["select a || '-' || b from (values (1, 'x'), (2, 'y')) v(a, b) where b between 'x' and 'x'", '1-x'],
    ['update boat set length = length * 2 where port = 1 returning name, length', 'Anna|25.00\nBen|14.00'],
    [
      "insert into boat (name, length) values ('Anna', 1) on conflict (name) do update set length = excluded.length + boat.length returning id, length",
      '1|13.50',
    ],
    ['delete from port where id = 1; select count(*) from boat', '1'],
    ['alter table boat add column flag boolean default true; select bool_and(flag) from boat', 't'],
    ['create view v as select name from boat; select count(*) from v', '3'],
    ["begin; delete from boat; savepoint s; insert into boat (name) values ('Z'); rollback to s; rollback; select count(*) from boat", '3'],
    ["select data_type from information_schema.columns where table_name = 'boat' and column_name = 'length'", 'numeric'],
  ])('%s', async (sql, expected) => {
    const session = database().session();
    await ask(session, BOATS);
    expect(await ask(session, sql)).toBe(expected);
  });

  it.each([
    ['selec 1', '42601 syntax error at or near "selec"'],
    ['select * from nosuch', '42P01 relation "nosuch" does not exist'],
    ['select nosuch from boat', '42703 column "nosuch" does not exist'],
    ['select name, count(*) from boat', '42803 column "boat.name" must appear in the GROUP BY clause or be used in an aggregate function'],
    ["insert into boat (length) values ('x')", '22P02 invalid input syntax for type numeric: "x"'],
    ['insert into port (id) values (9)', '23502 null value in column "name" of relation "port" violates not-null constraint'],
    ['insert into boat (port) values (77)', '23503 insert or update on table "boat" violates foreign key constraint "boat_port_fkey"'],
    ["select 1 where 'a' + 1 = 2", '22P02 invalid input syntax for type integer: "a"'],
    ['select name + 1 from boat', '42883 operator does not exist: text + integer'],
    ['create table port (x int)', '42P07 relation "port" already exists'],
    ['drop table port', '2BP01 cannot drop table port because other objects depend on it'],
    ['select 1/0', '22012 division by zero'],
    ['select row_number() over () from boat', '0A000 a window function is not supported by this model of the server'],
  ])('refuses %s', async (sql, expected) => {
    const session = database().session();
    await ask(session, BOATS);
    expect(await refusal(session, sql)).toBe(expected);
  });

  it('shows others a change when it is committed, not before, and numbers on after a rollback', async () => {
    const { session } = database();
    const [a, b] = [session(), session()];
    await ask(a, 'create table t (id serial, n int)');
    await ask(a, 'begin; insert into t (n) values (1)');
    expect(await ask(b, 'select count(*) from t')).toBe('0');
    await ask(a, 'commit');
    expect(await ask(b, 'select count(*) from t')).toBe('1');
    await ask(b, 'begin; insert into t (n) values (2); rollback');
    expect(await ask(b, 'insert into t (n) values (3) returning id')).toBe('3');
    expect(await refusal(b, 'begin; select 1/0')).toBe('22012 division by zero');
    expect(await refusal(b, 'select 1')).toBe('25P02 current transaction is aborted, commands ignored until end of transaction block');
    expect(await ask(b, 'commit')).toBe('ROLLBACK');
  });
});
