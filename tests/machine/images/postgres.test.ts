import { describe, expect, it } from 'vitest';
import { type Host, hostWith } from './hosts.ts';

const psql = ({ run }: Host, sql: string, status = 0): Promise<string> => run(`docker exec db psql -U postgres -At -c "${sql}"`, status);

describe('the postgres image', () => {
  it('makes its databases once, keeps rows in its volume, and is found healthy', async () => {
    const host = await hostWith(['postgres:17-alpine']);
    const { run } = host;
    const start =
      'docker run -d --name db -e POSTGRES_PASSWORD=pw -e POSTGRES_DB=ferry -v kept:/var/lib/postgresql/data postgres:17-alpine && sleep 4';
    await run(start);
    expect(await run('docker logs db 2>/dev/null')).toMatch(
      /Success\. You can now start[\s\S]*CREATE DATABASE[\s\S]*init process complete; ready for start up\.\n/,
    );
    expect(await run('docker exec db pg_isready')).toBe('/var/run/postgresql:5432 - accepting connections\n');
    expect(
      await run(
        "docker exec db psql -U postgres ferry -c 'create table t (n int)' -c 'insert into t values (1), (2)' -c 'select * from t'",
      ),
    ).toBe('CREATE TABLE\nINSERT 0 2\n n \n---\n 1\n 2\n(2 rows)\n\n');
    await run('docker stop db && docker rm db');
    await run(start);
    expect(await run('docker logs db')).toContain('Database directory appears to contain a database; Skipping initialization');
    expect(await run('docker exec db psql -U postgres ferry -At -c "select sum(n) from t"')).toBe('3\n');
    await run('docker kill db && docker start db && sleep 1');
    expect(await run('docker logs --tail 4 db 2>&1')).toContain(
      'database system was not properly shut down; automatic recovery in progress',
    );
    expect(await psql(host, 'select 1')).toBe('1\n');
  });

  it('runs what lies in docker-entrypoint-initdb.d, and lets nobody in without a password', async () => {
    const { run } = await hostWith(['postgres:17-alpine']);
    expect(await run('docker run --rm postgres:17-alpine 2>&1', 1)).toContain('superuser password is not specified');
    await run(
      "mkdir init && echo 'create table boat (name text); insert into boat values (1 || chr);' > init/b.sql && echo 'create table boat (name text);' > init/a.sql",
    );
    await run(
      'rm init/b.sql && docker network create sea && docker run -d --name db --network sea -e POSTGRES_PASSWORD=pw -v ./init:/docker-entrypoint-initdb.d postgres:17-alpine && sleep 4',
    );
    expect(await run('docker logs db 2>/dev/null')).toContain('running /docker-entrypoint-initdb.d/a.sql\nCREATE TABLE\n');
    const client = (password: string): string =>
      `docker run --rm --network sea -e PGPASSWORD=${password} postgres:17-alpine psql -h db -U postgres -c '\\dt' 2>&1`;
    expect(await run(client('pw'))).toContain(' public | boat | table | postgres\n');
    expect(await run(client('no'), 2)).toMatch(
      /^psql: error: connection to server at "db" \(172\.18\.0\.2\), port 5432 failed: FATAL: {2}password authentication failed/,
    );
  });

  it('knows its release on each base, and does not open the directory of an older one', async () => {
    const { run } = await hostWith(['postgres:latest', 'postgres:17']);
    await run('docker run -d --name db -e POSTGRES_PASSWORD=pw -v kept:/var/lib/postgresql/data postgres:17 && sleep 4');
    expect(await run('docker exec -u postgres db psql -At -c "show server_version"')).toBe('17.7 (Debian 17.7-1.pgdg13+2)\n');
    await run('docker stop db');
    const moved = 'docker run --rm -e POSTGRES_PASSWORD=pw -v kept:/var/lib/postgresql/18/docker postgres 2>&1';
    expect(await run(moved, 1)).toMatch(
      /initialized by PostgreSQL version 17, which is not compatible with this version 18\.1 \(Debian .*\)\.\n$/,
    );
    const old = 'docker run --rm -e POSTGRES_PASSWORD=pw -v new:/var/lib/postgresql/data postgres 2>&1';
    expect(await run(old, 1)).toContain('data in:\n         /var/lib/postgresql/data (unused mount/volume)\n');
    await run('docker run -d --name fresh -e POSTGRES_PASSWORD=pw postgres && sleep 4');
    expect(await run('docker logs fresh 2>/dev/null')).toContain('Data page checksums are enabled.\n');
    expect(await run('docker inspect -f "{{range .Mounts}}{{.Destination}}{{end}}" fresh')).toBe('/var/lib/postgresql\n');
  });
});
