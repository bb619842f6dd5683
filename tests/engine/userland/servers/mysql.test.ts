import { describe, expect, it } from 'vitest';
import { addAccounts } from '../../../../src/engine/userland/servers/mysql/data-directory.ts';
import { secretOf } from '../../../../src/engine/userland/servers/mysql/passwords.ts';
import { findAccount } from '../../../../src/engine/userland/servers/mysql/sql/accounts.ts';
import { Cluster } from '../../../../src/engine/userland/servers/mysql/sql/cluster.ts';
import { MysqlError } from '../../../../src/engine/userland/servers/mysql/sql/errors.ts';
import { cutStatements } from '../../../../src/engine/userland/servers/mysql/sql/parse/tokens.ts';
import { SqlSession } from '../../../../src/engine/userland/servers/mysql/sql/session.ts';
import { shownAs } from '../../../../src/engine/userland/servers/mysql/sql/store.ts';
import { DEFAULTS } from '../../../../src/engine/userland/servers/mysql/sql/variables.ts';

interface Server {
  session(user?: string, ip?: string | null): SqlSession;
}

/** A server in memory. Nobody waits for anybody: a lock that is taken is a refusal. */
function server(): Server {
  const cluster = new Cluster({
    version: '8.4.7',
    keeper: { keep: () => {}, keepAccounts: () => {} },
    variables: new Map(Object.entries(DEFAULTS)),
    startedUs: 0,
  });
  addAccounts(cluster, '');
  let id = 7;
  return {
    session: (user = 'root', ip = null) => {
      const account = findAccount(cluster.accounts(), user, ip);
      if (account === undefined) throw new Error(`nobody is called ${user}`);
      id += 1;
      return new SqlSession({
        ...{ cluster, account, user, id, secretOf },
        clientHost: ip ?? 'localhost',
        nowUs: () => 1_768_467_600_123_456,
        random: () => 0.5,
        waiting: { wait: async () => false, ended: () => {} },
        processes: () => [],
        kill: () => false,
        shutDown: () => {},
      });
    },
  };
}

/** What the last statement of a script gives: rows as text, or how many rows it changed. */
async function ask(session: SqlSession, script: string): Promise<string> {
  let last = '';
  for (const text of cutStatements(script)) {
    const { columns, rows = [], affected, info } = await session.execute(text);
    const shown = rows.map((row) =>
      row.map((value, i) => (value === null ? 'NULL' : shownAs(value, columns?.[i]?.type ?? { base: 'text', args: [] }))).join('|'),
    );
    last = columns === undefined ? `${affected}${info === '' ? '' : ` ${info}`}` : shown.join('\n');
  }
  return last;
}

async function refusal(session: SqlSession, sql: string): Promise<string> {
  try {
    await ask(session, sql);
  } catch (error) {
    if (error instanceof MysqlError) return `${error.code} ${error.state} ${error.message}`;
    throw error;
  }
  return 'none';
}

const BOATS = `create database sea; use sea;
  create table port (id int primary key, name varchar(20) not null);
  create table boat (id int auto_increment primary key, name varchar(20) unique, port int, length decimal(6,2) default 10, built date, kind enum('sail','motor') default 'sail', foreign key (port) references port (id) on delete cascade);
  insert into port values (1, 'Oslo'), (2, 'Bergen'), (3, 'Moss');
  insert into boat (name, port, length, built) values ('Anna', 1, 12.5, '2020-01-31'), ('Ben', 1, 7, null), ('Cleo', 2, default, '2021-06-01')`;

async function sea(): Promise<SqlSession> {
  const session = server().session();
  await ask(session, BOATS);
  return session;
}

describe('MySQL', () => {
  it.each([
    ['select name from boat where length > 8 order by length desc', 'Anna\nCleo'],
    [
      'select p.name, count(b.id) from port p left join boat b on b.port = p.id group by p.id order by 2 desc, 1',
      'Oslo|2\nBergen|1\nMoss|0',
    ],
    ["select port, group_concat(name order by name desc separator '/') from boat group by port having count(*) > 1", '1|Ben/Anna'],
    ['select avg(length), sum(length), min(built), count(built) from boat', '9.833333|29.50|2020-01-31|2'],
    ['select 7 / 2, 7 div 2, 7 % 3, 1 / 3, 10 / 0, 2.50 * 2, 1e3', '3.5000|3|1|0.3333|NULL|5.00|1000'],
    ["select 'A' = 'a', 'é' = 'e', 1 = '1', 'a' < 'B', binary 'A' = 'a', null <=> null", '1|1|1|1|0|1'],
    ["select 'a' || 'b', concat('a', 1, 2.5), '3' + 4, 'x' 'y'", '0|a12.5|7|xy'],
    [
      "select date_add('2024-01-31', interval 1 month), date('2024-03-01') - interval 1 day, date_format('2024-02-03 04:05:06', '%d.%m.%y %H:%i')",
      '2024-02-29|2024-02-29|03.02.24 04:05',
    ],
    ['select now(), curdate(), database(), user(), version()', '2026-01-15 09:00:00|2026-01-15|sea|root@localhost|8.4.7'],
    ['select name from boat limit 1, 1', 'Ben'],
    ['with recursive n as (select 1 i union all select i + 1 from n where i < 4) select sum(i) from n', '10'],
    ['select kind, if(length > 8, "long", "short") l, count(*) from boat group by kind, l order by l', 'sail|long|2\nsail|short|1'],
    ["insert into boat set name = 'Dora', kind = 'MOTOR'; select id, kind, last_insert_id() from boat where name = 'dora'", '4|motor|4'],
    ["insert into boat (id, name) values (1, 'Ann') on duplicate key update name = values(name), length = length + 1", '2'],
    ["replace into boat (id, name) values (2, 'Bob'); select length from boat where id = 2", '10.00'],
    ['insert ignore into boat (id) values (1), (9); select count(*) from boat', '4'],
    ['update boat set length = 7 where length <= 7', '0 Rows matched: 1  Changed: 0  Warnings: 0'],
    ['delete from port where id = 1; select name from boat', 'Cleo'],
    [
      'update boat b join port p on b.port = p.id set b.name = p.name where p.id = 2; select name from boat order by id',
      'Anna\nBen\nBergen',
    ],
    ['select /*! 5 */ + /* 6 */ 1 # the rest', '6'],
    ['set @n = 3; select @n + 1, @none, @@autocommit', '4|NULL|1'],
    ["select json_extract('{\"b\": [1, 2], \"a\": 3}', '$.b[1]'), json_object('k', 1)", '2|{"k": 1}'],
    ["show tables like 'b%'", 'boat'],
    ['describe port', 'id|int|NO|PRI|NULL|\nname|varchar(20)|NO||NULL|'],
    ['select table_name, table_rows from information_schema.tables where table_schema = database()', 'boat|3\nport|3'],
    ['insert into port values (18446744073709551615 - 18446744073709551610, "x"); select max(id) from port', '5'],
  ])('%s', async (sql, expected) => {
    expect(await ask(await sea(), sql)).toBe(expected);
  });

  it.each([
    ["insert into boat (name) values ('anna')", "1062 23000 Duplicate entry 'anna' for key 'boat.name'"],
    ["insert into port values (1, 'X')", "1062 23000 Duplicate entry '1' for key 'port.PRIMARY'"],
    ['insert into port values (9, null)', "1048 23000 Column 'name' cannot be null"],
    ['insert into port (id) values (9)', "1364 HY000 Field 'name' doesn't have a default value"],
    ["insert into port values ('x', 'y')", "1366 HY000 Incorrect integer value: 'x' for column 'id' at row 1"],
    ['insert into port values (3000000000, "y")', "1264 22003 Out of range value for column 'id' at row 1"],
    ["insert into port values (9, 'more than twenty letters')", "1406 22001 Data too long for column 'name' at row 1"],
    ["insert into boat (built) values ('2024-02-30')", "1292 22007 Incorrect date value: '2024-02-30' for column 'built' at row 1"],
    ["insert into boat (kind) values ('row')", "1265 01000 Data truncated for column 'kind' at row 1"],
    ['insert into port values (1)', "1136 21S01 Column count doesn't match value count at row 1"],
    [
      'insert into boat (port) values (77)',
      '1452 23000 Cannot add or update a child row: a foreign key constraint fails (`sea`.`boat`, CONSTRAINT `boat_ibfk_1` FOREIGN KEY (`port`) REFERENCES `port` (`id`) ON DELETE CASCADE)',
    ],
    ['select nope from boat', "1054 42S22 Unknown column 'nope' in 'field list'"],
    ['select 1 from boat where nope', "1054 42S22 Unknown column 'nope' in 'where clause'"],
    ['select * from nope', "1146 42S02 Table 'sea.nope' doesn't exist"],
    ['select name from boat, port', "1052 23000 Column 'name' in field list is ambiguous"],
    ['drop table port', "3730 HY000 Cannot drop table 'port' referenced by a foreign key constraint 'boat_ibfk_1' on table 'boat'."],
    ['create table port (x int)', "1050 42S01 Table 'port' already exists"],
    ['use nope', "1049 42000 Unknown database 'nope'"],
    [
      'select *\nform boat',
      "1064 42000 You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'form boat' at line 2",
    ],
    ['select row_number() over () from boat', "1235 42000 This model of the server doesn't support 'window functions'"],
    ['explain select 1', "1235 42000 This model of the server doesn't support 'EXPLAIN'"],
    ['create procedure p() select 1', "1235 42000 This model of the server doesn't support 'CREATE PROCEDURE'"],
  ])('refuses %s', async (sql, expected) => {
    expect(await refusal(await sea(), sql)).toBe(expected);
  });

  it('shows a table as the statement that makes it', async () => {
    const session = await sea();
    expect(await ask(session, 'show create table boat')).toBe(
      "boat|CREATE TABLE `boat` (\n  `id` int NOT NULL AUTO_INCREMENT,\n  `name` varchar(20) DEFAULT NULL,\n  `port` int DEFAULT NULL,\n  `length` decimal(6,2) DEFAULT '10.00',\n  `built` date DEFAULT NULL,\n  `kind` enum('sail','motor') DEFAULT 'sail',\n  PRIMARY KEY (`id`),\n  UNIQUE KEY `name` (`name`),\n  KEY `port` (`port`),\n  CONSTRAINT `boat_ibfk_1` FOREIGN KEY (`port`) REFERENCES `port` (`id`) ON DELETE CASCADE\n) ENGINE=InnoDB AUTO_INCREMENT=4 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci",
    );
    await ask(session, 'alter table boat add column flag char(2) not null after name, modify length float, drop column kind');
    expect(await ask(session, 'select * from boat where id = 1')).toBe('1|Anna||1|12.5|2020-01-31');
  });

  it('keeps what a transaction does to itself until it is committed', async () => {
    const here = server();
    const [one, two] = [here.session(), here.session()];
    await ask(one, `${BOATS}; start transaction; update boat set length = 1`);
    await ask(two, 'use sea');
    expect(await ask(two, 'select max(length) from boat')).toBe('12.50');
    expect(await refusal(two, 'delete from boat')).toBe('1205 HY000 Lock wait timeout exceeded; try restarting transaction');
    await ask(one, "savepoint s; insert into port values (4, 'Voss'); rollback to s; commit");
    expect(await ask(two, 'select max(length), (select count(*) from port) from boat')).toBe('1.00|3');
    await ask(one, 'set autocommit = 0; delete from boat; rollback');
    expect(await ask(one, 'select count(*) from boat')).toBe('3');
  });

  it('lets nobody do what was not granted', async () => {
    const here = server();
    const root = here.session();
    await ask(
      root,
      `${BOATS}; create user app@'%' identified by 'pw', ro@'172.18.%'; grant select, insert on sea.* to app@'%'; grant select on sea.port to ro@'172.18.%'`,
    );
    expect(await refusal(root, 'create user app')).toBe("1396 HY000 Operation CREATE USER failed for 'app'@'%'");
    const app = here.session('app', '172.18.0.2');
    expect(await ask(app, 'use sea; select count(*) from boat; show grants')).toBe(
      'GRANT USAGE ON *.* TO `app`@`%`\nGRANT SELECT, INSERT ON `sea`.* TO `app`@`%`',
    );
    expect(await refusal(app, 'delete from boat')).toBe("1142 42000 DELETE command denied to user 'app'@'172.18.0.2' for table 'boat'");
    expect(await refusal(app, 'create database other')).toBe("1044 42000 Access denied for user 'app'@'%' to database 'other'");
    expect(await ask(app, 'show databases')).toBe('information_schema\nperformance_schema\nsea');
    const ro = here.session('ro', '172.18.0.3');
    expect(await ask(ro, 'select count(*) from sea.port')).toBe('3');
    expect(await refusal(ro, 'select * from sea.boat')).toBe("1142 42000 SELECT command denied to user 'ro'@'172.18.0.3' for table 'boat'");
    await ask(root, "revoke insert on sea.* from app@'%'; drop user ro@'172.18.%'");
    expect(await refusal(app, "insert into port values (7, 'x')")).toContain('INSERT command denied');
    expect(() => here.session('ro', '172.18.0.3')).toThrow();
  });

  it('warns where it does not refuse', async () => {
    const session = await sea();
    await ask(session, "set sql_mode = ''; insert into port values ('7up', 'x')");
    expect(await ask(session, 'show warnings')).toBe("Warning|1265|Data truncated for column 'id' at row 1");
    expect(await ask(session, 'select name from port where id = 7')).toBe('x');
  });
});
