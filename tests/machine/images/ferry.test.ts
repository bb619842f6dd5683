import { describe, expect, it } from 'vitest';
import { hostWith } from './hosts.ts';

describe('Ferry', () => {
  it('lies in the home, is built there, and answers from database and cache through its web server', async () => {
    const { run } = await hostWith(['nginx:1.29-alpine', 'postgres:17-alpine', 'redis:8-alpine'], { start: 'ferry-built' });
    expect(await run('ls ferry')).toBe('api\ncompose.yaml\ndb\njava\nweb\n');
    await run('docker network create sea');
    const start = 'docker run -d --network sea';
    await run(
      `${start} --name db -e POSTGRES_PASSWORD=boats -e POSTGRES_DB=ferry -v ./ferry/db/init.sql:/docker-entrypoint-initdb.d/init.sql:ro postgres:17-alpine`,
    );
    await run(`${start} --name cache redis:8-alpine`);
    await run(`${start} --name one --network-alias api -e PGPASSWORD=boats ferry/api:1`);
    await run(
      `${start} --name web -p 8080:80 -v ./ferry/web/default.conf:/etc/nginx/conf.d/default.conf:ro -v ./ferry/web/site:/usr/share/nginx/html:ro nginx:1.29-alpine`,
    );
    await run('sleep 4');
    expect(await run('curl -s localhost:8080/api/departures')).toMatch(/^08:00:00 Moss Anna\n09:15:00 Horten Ben\n/);
    expect(await run('docker exec cache redis-cli exists departures')).toBe('1\n');
    expect(await run('curl -s localhost:8080/api/whoami')).toMatch(/^[0-9a-f]{12} version 1\n$/);
    await run(`${start} --name two --network-alias api -e PGPASSWORD=boats ferry/api:2`);
    await run('sleep 2');
    const answers = await run('for i in 1 2 3 4; do curl -s localhost:8080/api/whoami; done');
    expect(answers.match(/version 1$/gm)).toHaveLength(2);
    expect(answers.match(/version 2/g)).toHaveLength(2);
    await run('docker stop db && sleep 6');
    expect(await run('curl -s -o /dev/null -w "%{http_code}" localhost:8080/api/departures')).toBe('503');
  });

  it('is the same when pulled', async () => {
    const { run } = await hostWith(['ferry/api:1'], { start: 'ferry-built' });
    const list = (image: string): Promise<string> =>
      run(`docker run --rm ${image} sh -c 'cat /srv/cgi-bin/api.sh /srv/packages.txt; apk info'`);
    await run('docker build -q -t ferry/api:here ferry/api');
    expect(await list('ferry/api:here')).toBe(await list('ferry/api:1'));
  });

  it('is up when a lesson starts from there, its database healthy', async () => {
    const { run } = await hostWith([], { start: 'ferry-up' });
    expect(await run("cd ferry && docker compose ps --format '{{.Service}} {{.State}} {{.Health}}'")).toBe(
      'api running \ncache running \ndb running healthy\nweb running \n',
    );
    expect(await run('curl -s localhost:8080/api/departures')).toMatch(/^08:00:00 Moss Anna\n/);
    expect(await run('docker volume ls -q --filter name=ferry')).toBe('ferry_dbdata\n');
  });
});
