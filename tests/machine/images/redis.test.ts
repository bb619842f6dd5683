import { describe, expect, it } from 'vitest';
import { hostWith } from './hosts.ts';

describe('the redis image', () => {
  it('starts as redis, answers, keeps what it was told across containers, and says goodbye', async () => {
    const { run } = await hostWith(['redis:8-alpine']);
    await run('docker run -d --name cache -v kept:/data redis:8-alpine && sleep 1');
    expect(await run('docker logs cache')).toMatch(
      /Running mode=standalone, port=6379\.\n.*Server initialized\n.*Ready to accept connections tcp\n/,
    );
    expect(await run('docker top cache')).toMatch(/^999 .*redis-server \*:6379$/m);
    expect(await run('docker exec cache redis-cli set berth 7')).toBe('OK\n');
    expect(await run('docker exec -t cache redis-cli incr berth')).toBe('(integer) 8\r\n');
    expect(await run("docker exec cache sh -c 'redis-cli rpush l a b c >/dev/null; redis-cli --no-raw lrange l 0 -1'")).toBe(
      '1) "a"\n2) "b"\n3) "c"\n',
    );
    expect(await run('docker exec cache redis-cli zadd z 2 b 1 a')).toBe('2\n');
    expect(await run('docker exec cache redis-cli zrange z 0 -1 withscores')).toBe('a\n1\nb\n2\n');
    expect(await run('docker exec cache redis-cli --no-raw incr l')).toBe(
      '(error) WRONGTYPE Operation against a key holding the wrong kind of value\n',
    );
    expect(await run('printf "PING\\r\\nGET berth\\r\\nQUIT\\r\\n" | docker exec -i cache nc 127.0.0.1 6379')).toBe(
      '+PONG\r\n$1\r\n8\r\n+OK\r\n',
    );
    await run('docker exec cache redis-cli set soon gone ex 2');
    expect(await run('docker exec cache redis-cli ttl soon')).toMatch(/^[12]\n$/);
    await run('sleep 3');
    expect(await run('docker exec cache redis-cli exists soon')).toBe('0\n');
    await run('docker stop cache');
    expect(await run('docker logs --tail 2 cache')).toMatch(/DB saved on disk\n.*Redis is now ready to exit, bye bye\.\.\.\n$/);
    await run('docker rm cache');
    await run('docker run -d --name cache -v kept:/data redis:8-alpine && sleep 1');
    expect(await run('docker exec cache redis-cli get berth')).toBe('8\n');
  });

  it('survives a kill with an append-only file, and loses the rest without one', async () => {
    const { run } = await hostWith(['redis:8-alpine']);
    await run('docker run -d --name aof redis:8-alpine --appendonly yes && docker run -d --name rdb redis:8-alpine && sleep 1');
    for (const name of ['aof', 'rdb']) await run(`docker exec ${name} redis-cli hset ship name Anna speed 12`);
    await run('docker kill aof rdb && docker start aof rdb && sleep 1');
    expect(await run('docker exec aof redis-cli hget ship name')).toBe('Anna\n');
    expect(await run('docker exec rdb redis-cli exists ship')).toBe('0\n');
  });

  it('transacts, publishes, and asks for a password', async () => {
    const { run } = await hostWith(['redis:8-alpine']);
    await run('docker run -d --name locked redis:8-alpine --requirepass secret && sleep 1');
    expect(await run('docker exec locked redis-cli ping')).toBe('NOAUTH Authentication required.\n\n');
    const script = 'MULTI\\nINCR n\\nINCR n\\nEXEC\\nPUBLISH c m\\n';
    expect(await run(`printf '${script}' | docker exec -i locked redis-cli -a secret --no-auth-warning`)).toBe(
      'OK\nQUEUED\nQUEUED\n1\n2\n0\n',
    );
    expect(await run('docker run --rm redis:8-alpine redis-cli ping', 1)).toBe(
      'Could not connect to Redis at 127.0.0.1:6379: Connection refused\n',
    );
  });
});

it('redis goes into the background when it is told to, and leaves its number behind', async () => {
  const { run } = await hostWith(['redis:8-alpine']);
  await run('docker run -d --name box redis:8-alpine sleep 900');
  expect(await run('docker exec box redis-server --daemonize yes')).toBe('');
  expect(await run("docker exec box sh -c 'redis-cli ping; kill -0 $(cat /var/run/redis.pid) && echo there'")).toBe('PONG\nthere\n');
  expect(await run("docker exec box sh -c 'redis-cli shutdown; ls /var/run/redis.pid 2>&1'", 1)).toContain('No such file');
});
