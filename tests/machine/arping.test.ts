import { describe, expect, it } from 'vitest';
import { runJob } from '../../src/engine/machine/job.ts';
import { computer } from './computer.ts';

async function sh(script: string): Promise<string> {
  const machine = await computer({ start: 'images', images: ['busybox'] });
  let text = '';
  await runJob(machine, { argv: ['sh', '-c', script], onOutput: (_stream, bytes) => (text += new TextDecoder().decode(bytes)) });
  expect(machine.faults()).toEqual([]);
  return text.replace(/\d+\.\d{3}ms/g, '<ms>');
}

describe('arping', () => {
  it('shows who has an address, and asks the one who answered', async () => {
    expect(await sh('arping -c 2 docker-host-2')).toBe(
      'ARPING 192.168.50.11 from 192.168.50.10 eth0\nUnicast reply from 192.168.50.11 [52:54:00:32:00:0B]  <ms>\nUnicast reply from 192.168.50.11 [52:54:00:32:00:0B]  <ms>\nSent 2 probes (1 broadcast(s))\nReceived 2 response(s)\n',
    );
    expect(
      await sh('arping -q -c 1 192.168.50.99; echo $?; arping -q -D -c 1 192.168.50.11; echo $?; arping -q -D -c 1 192.168.50.99; echo $?'),
    ).toBe('1\n1\n0\n');
  });

  it('speaks as busybox does in its images', async () => {
    expect(await sh('docker run --rm busybox arping -f 172.17.0.1')).toMatch(
      /^ARPING 172\.17\.0\.1 from 172\.17\.0\.2 eth0\nUnicast reply from 172\.17\.0\.1 \[[0-9a-f:]+\] <ms>\nSent 1 probe\(s\) \(0 broadcast\(s\)\)\nReceived 1 response\(s\) \(0 request\(s\), 0 broadcast\(s\)\)\n$/,
    );
  });

  it('needs a right, an interface and an address', async () => {
    expect(
      await sh(
        'docker run --rm --cap-drop NET_RAW busybox arping -c 1 172.17.0.1; arping -I no 10.0.0.1; sudo ip link add d type dummy; arping -I d 10.0.0.1; arping; arping -c 1 nosuch.example',
      ),
    ).toBe(
      'arping: socket(AF_PACKET,2,0): Operation not permitted\narping: Device no not available.\narping: Interface "d" is down\nUsage: arping [-fqbDUA] [-c CNT] [-w TIMEOUT] [-I IFACE] [-s SRC_IP] DST_IP\narping: nosuch.example: Name or service not known\n',
    );
  });

  it('hears all who claim an address', async () => {
    const twice = (name: string): string =>
      `docker run -d --name ${name} --cap-add NET_ADMIN busybox sh -c 'ip addr add 172.17.0.77/16 dev eth0; sleep 100' >/dev/null`;
    const text = await sh(`${twice('one')}; ${twice('two')}; sleep 1; arping -b -c 1 -I docker0 172.17.0.77`);
    expect(text).toContain('Received 2 response(s)');
  });
});
