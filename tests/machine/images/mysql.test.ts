import { describe, expect, it } from 'vitest';
import { command, computer, openTerminal } from '../computer.ts';
import { type Host, hostWith } from './hosts.ts';

const START = 'docker run -d --name db -e MYSQL_ROOT_PASSWORD=pw';
const mysql = ({ run }: Host, sql: string, status = 0): Promise<string> =>
  run(`docker exec -e MYSQL_PWD=pw db mysql -e "${sql}" 2>&1`, status);

describe('the mysql image', () => {
  it('starts, answers, and stops in order', async () => {
    const host = await hostWith(['mysql:8.4']);
    const { run } = host;
    await run('docker run --name db -e MYSQL_ROOT_PASSWORD=secret -d mysql:8.4 && sleep 10');
    expect(await run('docker logs db 2>/dev/null')).toMatch(
      /\[Entrypoint\]: Initializing database files\n[\s\S]*Temporary server started\.\n[\s\S]*MySQL init process done\. Ready for start up\.\n/,
    );
    const logs = await run('docker logs db 2>&1 >/dev/null');
    expect(logs).toMatch(/ 0 \[System\] \[MY-010116\] \[Server\] \/usr\/sbin\/mysqld \(mysqld 8\.4\.7\) starting as process 1\n/);
    expect(logs).toMatch(
      /ready for connections\. Version: '8\.4\.7' {2}socket: '\/var\/run\/mysqld\/mysqld\.sock' {2}port: 3306 {2}MySQL Community Server - GPL\.\n$/,
    );
    const warning = 'mysql: [Warning] Using a password on the command line interface can be insecure.\n';
    expect(await run("docker exec db mysql -uroot -psecret -e 'select 1' 2>&1")).toBe(`${warning}1\n1\n`);
    expect(await run("docker exec db mysql -uroot -pwrong -e 'select 1' 2>&1", 1)).toBe(
      `${warning}ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: YES)\n`,
    );
    expect(await run('docker exec db mysqladmin -psecret ping 2>/dev/null')).toBe('mysqld is alive\n');
    // It promises nothing that it does not do.
    expect(logs).not.toMatch(/TLS|X Plugin/);
    expect(await run('docker exec db mysqladmin -psecret --ssl-mode=REQUIRED ping 2>&1', 1)).toContain(
      "SSL connection error: SSL is required but the server doesn't support it",
    );
    await run('docker stop db');
    expect(await run("docker inspect -f '{{.State.ExitCode}}' db")).toBe('0\n');
    expect(await run('docker logs --tail 3 db 2>&1')).toMatch(
      /Received SHUTDOWN from user <via user signal>[\s\S]*Shutdown complete \(mysqld 8\.4\.7\)[\s\S]*MySQL Server - end\.\n$/,
    );
    await run('docker start db && sleep 2');
    expect(await run("docker exec -e MYSQL_PWD=secret db mysql -N -e 'select user()'")).toBe('root@localhost\n');
  });

  it('runs what lies in docker-entrypoint-initdb.d, and lets another container in by name', async () => {
    const { run } = await hostWith(['mysql:8.4']);
    await run('mkdir init && echo pw > pw && docker network create sea');
    await run(
      'echo "create table boat (id int auto_increment primary key, name varchar(20)); insert into boat (name) values (\'Anna\');" > init/a.sql',
    );
    await run(
      'echo "insert into boat (name) values (\'Ben\');" | gzip > init/b.sql.gz && echo "echo sourced for \\$MYSQL_DATABASE" > init/c.sh',
    );
    await run(
      'docker run -d --name db --network sea -v ./pw:/run/pw -v ./init:/docker-entrypoint-initdb.d -e MYSQL_ROOT_PASSWORD_FILE=/run/pw -e MYSQL_DATABASE=ferry -e MYSQL_USER=app -e MYSQL_PASSWORD=apppw mysql:8.4 && sleep 10',
    );
    expect(await run('docker logs db 2>/dev/null')).toMatch(/running \/docker-entrypoint-initdb\.d\/a\.sql\n[\s\S]*\nsourced for ferry\n/);
    const client = (password: string, rest: string): string =>
      `docker run --rm --network sea -e MYSQL_PWD=${password} mysql:8.4 mysql -h db -uapp ${rest} 2>&1`;
    expect(await run(client('apppw', "ferry -t -e 'select * from boat'"))).toBe(
      '+----+------+\n| id | name |\n+----+------+\n|  1 | Anna |\n|  2 | Ben  |\n+----+------+\n',
    );
    expect(await run(client('apppw', "-N -e 'select user(), current_user()'"))).toBe('app@172.18.0.3\tapp@%\n');
    expect(await run(client('no', 'ferry'), 1)).toBe(
      "ERROR 1045 (28000): Access denied for user 'app'@'172.18.0.3' (using password: YES)\n",
    );
    expect(await run(client('apppw', 'nope'), 1)).toBe("ERROR 1044 (42000): Access denied for user 'app'@'%' to database 'nope'\n");
    expect(await run(client('apppw', "-P 3307 -e 'select 1'"), 1)).toBe(
      "ERROR 2003 (HY000): Can't connect to MySQL server on 'db:3307' (111)\n",
    );
    expect(await run("docker run --rm mysql:8.4 mysql -h nobody -e 'select 1' 2>&1", 1)).toBe(
      "ERROR 2005 (HY000): Unknown MySQL server host 'nobody' (-2)\n",
    );
  });

  it('keeps its data in a volume, also when it is killed, and is told apart from another release', async () => {
    const host = await hostWith(['mysql:8.4', 'mysql:9.5']);
    const { run } = host;
    await run(`${START} -v kept:/var/lib/mysql mysql:8.4 && sleep 10`);
    await mysql(
      host,
      "create database ferry; create table ferry.t (n int, d decimal(5,2), at datetime, w varchar(9)); insert into ferry.t values (1, 2.5, '2026-01-02 03:04:05', 'ä'), (null, null, null, null)",
    );
    await run('docker kill db && docker start db && sleep 2');
    expect(await run('docker logs --tail 9 db 2>&1')).toContain('[MY-010229] [Server] Starting XA crash recovery...');
    expect(await mysql(host, 'select * from ferry.t')).toBe('n\td\tat\tw\n1\t2.50\t2026-01-02 03:04:05\tä\nNULL\tNULL\tNULL\tNULL\n');
    await run('docker rm -f db');
    await run('docker run -d --name db -v kept:/var/lib/mysql mysql:9.5 && sleep 3');
    expect(await run('docker logs db 2>&1')).toContain("Server upgrade from '80407' to '90500' completed.");
    expect(await mysql(host, 'select count(*), version() from ferry.t')).toBe('count(*)\tversion()\n2\t9.5.0\n');
    await run('docker rm -f db');
    expect(await run('docker run --rm -v kept:/var/lib/mysql mysql:8.4 2>&1', 1)).toContain(
      'Cannot boot server version 80407 on data directory built by version 90500. Downgrade is not supported',
    );
  });

  it('dumps a database that another one is made of', async () => {
    const host = await hostWith(['mysql:8.4']);
    const { run } = host;
    await run(`${START} -e MYSQL_DATABASE=a mysql:8.4 && sleep 10`);
    await mysql(
      host,
      "use a; create table p (id int primary key, w varchar(20) unique); create table c (id int auto_increment primary key, p int, foreign key (p) references p(id) on delete cascade, check (p > 0)); insert into p values (1, 'it''s'), (2, null); insert into c (p) values (1), (2); create view v as select w from p where w is not null",
    );
    await run('docker exec -e MYSQL_PWD=pw db mysqldump a > a.sql');
    expect(await run('grep INSERT a.sql')).toBe("INSERT INTO `c` VALUES (1,1),(2,2);\nINSERT INTO `p` VALUES (1,'it\\'s'),(2,NULL);\n");
    await mysql(host, 'create database b');
    await run('docker exec -i -e MYSQL_PWD=pw db mysql b < a.sql');
    expect(await mysql(host, 'select w from b.v; delete from b.p where id = 1; select id from b.c')).toBe("w\nit's\nid\n2\n");
    expect(await run('docker exec -e MYSQL_PWD=pw db mysqldump --skip-dump-date a | grep -v "^--" | sha1sum')).toBe(
      await run('docker exec -e MYSQL_PWD=pw db mysqldump --skip-dump-date a | grep -v "^--" | sha1sum'),
    );
  });

  it('wants to be told of a password, and refuses what it does not know', async () => {
    const { run } = await hostWith(['mysql:8.4']);
    expect(await run('docker run --rm mysql:8.4 2>&1', 1)).toContain(
      '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified\n',
    );
    const open = 'docker run --rm -e MYSQL_ROOT_PASSWORD=x mysql:8.4 --skip-grant-tables 2>&1';
    expect(await run(open, 1)).toContain("[ERROR] [MY-000068] [Server] this model of mysqld has no option '--skip-grant-tables'.\n");
    const old = 'docker run --rm -e MYSQL_ROOT_PASSWORD=x mysql:8.4 --default-authentication-plugin=mysql_native_password 2>&1';
    expect(await run(old, 1)).toContain(
      "[ERROR] [MY-000067] [Server] unknown variable 'default-authentication-plugin=mysql_native_password'.\n",
    );
    expect(await run('docker run --rm mysql:8.4 mysqld --version')).toBe(
      '/usr/sbin/mysqld  Ver 8.4.7 for Linux on x86_64 (MySQL Community Server - GPL)\n',
    );
    await run('docker run -d --name db -e MYSQL_RANDOM_ROOT_PASSWORD=1 mysql:8.4 --character-set-server=latin1 --port 3310 && sleep 10');
    const [, password = ''] = /GENERATED ROOT PASSWORD: (\S+)/.exec(await run('docker logs db 2>/dev/null')) ?? [];
    expect(
      await run(`docker exec -e MYSQL_PWD=${password} db mysql -N -h 127.0.0.1 -P 3310 -e 'select @@character_set_server, @@port'`),
    ).toBe('latin1\t3310\n');
  });
});

describe('a conversation with mysql', () => {
  it('has a greeting, prompts, tables, and a way out', async () => {
    const terminal = openTerminal(await computer({ start: 'images', images: ['mysql:8.4'] }));
    await terminal.until('$ ');
    await command(terminal, `${START} mysql:8.4 && sleep 10`);
    await command(terminal, 'docker exec -it db mysql -uroot -p', 'Enter password: ');
    expect(await command(terminal, 'pw', 'mysql> ')).toMatch(
      /^\r?\n?[\s\S]*Welcome to the MySQL monitor\. {2}Commands end with ; or \\g\.\r\nYour MySQL connection id is 8\r\nServer version: 8\.4\.7 MySQL Community Server - GPL\r\n/,
    );
    expect(await command(terminal, 'create database shop;', 'mysql> ')).toMatch(/Query OK, 1 row affected \(0\.\d\d sec\)\r\n\r\n/);
    expect(await command(terminal, 'use shop', 'mysql> ')).toContain('Database changed\r\n');
    await command(terminal, 'create table t (', '    -> ');
    await command(terminal, "w varchar(9) default 'it", "    '> ");
    expect(await command(terminal, "s');", 'mysql> ')).toContain('Query OK, 0 rows affected');
    expect(await command(terminal, 'insert into t values (1), (2);', 'mysql> ')).toMatch(
      /Query OK, 2 rows affected \(0\.\d\d sec\)\r\nRecords: 2 {2}Duplicates: 0 {2}Warnings: 0\r\n\r\n/,
    );
    expect(await command(terminal, 'select * from t where w = 1;', 'mysql> ')).toMatch(
      /\+------\+\r\n\| w {4}\|\r\n\+------\+\r\n\| 1 {4}\|\r\n\+------\+\r\n1 row in set \(0\.00 sec\)\r\n\r\n/,
    );
    expect(await command(terminal, 'select w, 7 from t limit 1\\G', 'mysql> ')).toContain(
      '*************************** 1. row ***************************\r\nw: 1\r\n7: 7\r\n1 row in set',
    );
    expect(await command(terminal, 'selec 1;', 'mysql> ')).toContain(
      "ERROR 1064 (42000): You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'selec 1' at line 1\r\n",
    );
    expect(await command(terminal, 'select * from t where w = 9;', 'mysql> ')).toMatch(/Empty set \(0\.00 sec\)/);
    expect(await command(terminal, 'use shop', 'mysql> ')).toContain(
      'Reading table information for completion of table and column names\r\n',
    );
    await command(terminal, 'select', '    -> ');
    const mark = terminal.text().length;
    terminal.interrupt();
    expect(await terminal.until('mysql> ', { mark })).toBe('^C\r\nmysql> ');
    expect(await command(terminal, 'exit')).toContain('Bye\r\n');
  });
});
