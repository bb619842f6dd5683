import { describe, expect, it } from 'vitest';
import type { DrydockFlow, DrydockLookup } from '../../src/engine/api-types/index.ts';
import { runJob } from '../../src/engine/machine/job.ts';
import type { Machine } from '../../src/engine/machine/types.ts';
import { computer } from './computer.ts';

async function sh(machine: Machine, script: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  await runJob(machine, { argv: ['sh', '-c', script], onOutput: (_stream, bytes) => (text += decoder.decode(bytes, { stream: true })) });
  return text;
}

const ask = async <T>(machine: Machine, target: string): Promise<readonly T[]> =>
  JSON.parse(await sh(machine, `curl -s --unix-socket /var/run/docker.sock 'http://d/drydock/${target}'`)) as readonly T[];

const TWO_BRIDGES = `
docker run -d --name web -p 8080:80 busybox httpd -f >/dev/null
docker network create aaa >/dev/null
docker run --rm --network aaa busybox ping -c 1 -W 1 172.17.0.2 >/dev/null
docker run --rm --network aaa busybox wget -q -O /dev/null http://192.168.50.10:8080/etc/hostname`;

describe('the ways of packets', () => {
  it('are told with the rule that stopped one, and with the addresses rewritten on the way of another', async () => {
    const machine = await computer({ start: 'images', images: ['busybox'] });
    await sh(machine, TWO_BRIDGES);
    const flows = await ask<DrydockFlow>(machine, 'flows');
    const ping = flows.find(({ Protocol, To }) => Protocol === 'icmp' && To.Ip === '172.17.0.2');
    expect(ping).toMatchObject({ Outcome: 'dropped', From: { Ip: '172.18.0.2', Program: 'ping' } });
    expect(ping?.There.slice(-2)).toMatchObject([
      { Kind: 'rule', Table: 'raw', Chain: 'PREROUTING', Spec: '-A PREROUTING -d 172.17.0.2/32 ! -i docker0 -j DROP', Verdict: 'DROP' },
      { Kind: 'end', Reason: 'dropped-by-rule' },
    ]);
    const fetched = flows.find(({ Protocol, To }) => Protocol === 'tcp' && To.Port === 8080);
    expect(fetched?.There).toContainEqual(expect.objectContaining({ Kind: 'rewrite', What: 'destination', To: '172.17.0.2:80' }));
    const namespaces = new Set(fetched?.There.map(({ Namespace }) => Namespace));
    const known = (await ask<{ Namespace: number }>(machine, 'namespaces')).map(({ Namespace }) => Namespace);
    expect([...namespaces].filter((one) => known.includes(one)).length).toBeGreaterThanOrEqual(2);
    const last = flows.at(-1)?.Id ?? 0;
    expect(await ask<DrydockFlow>(machine, `flows?since=${last}`)).toEqual([]);
  });

  it('are told apart by whether a health check asked, or somebody', async () => {
    const machine = await computer({ start: 'images', images: ['busybox'] });
    const asks = 'wget -q -O /dev/null http://127.0.0.1/etc/hostname';
    await sh(machine, `docker run -d --name web --health-cmd '${asks} || exit 1' --health-interval 1s busybox httpd -f; sleep 1.5`);
    await sh(machine, `docker exec web ${asks}; docker rm -f web`);
    const flows = await ask<DrydockFlow>(machine, 'flows');
    const inside = flows.filter(({ To, From }) => To.Port === 80 && From.Program === 'wget');
    expect(inside.map(({ HealthCheck }) => HealthCheck)).toEqual([true, false]);
  });

  it('are told with the names that were asked for', async () => {
    const machine = await computer({ start: 'images', images: ['busybox'] });
    await sh(machine, 'docker network create lan; docker run -d --name db --network lan busybox sleep 99');
    await sh(machine, 'docker run --rm --network lan busybox nslookup db; docker run --rm --network lan busybox nslookup nobody');
    const lookups = await ask<DrydockLookup>(machine, 'lookups');
    expect(lookups.filter(({ Name, Type }) => Name === 'db' && Type === 'A')).toMatchObject([
      { Answers: ['172.18.0.2'], Source: '127.0.0.11' },
    ]);
    expect(lookups.filter(({ Name, Type }) => Name === 'nobody' && Type === 'A').every(({ Answers }) => Answers.length === 0)).toBe(true);
  });
});
