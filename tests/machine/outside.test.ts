import { describe, expect, it } from 'vitest';
import { runJob } from '../../src/engine/machine/job.ts';
import { computer } from './computer.ts';

async function sh(script: string): Promise<string> {
  const machine = await computer({ start: 'images', images: ['busybox'] });
  let text = '';
  await runJob(machine, { argv: ['sh', '-c', script], onOutput: (_stream, bytes) => (text += new TextDecoder().decode(bytes)) });
  expect(machine.faults()).toEqual([]);
  return text;
}

describe('the world outside', () => {
  it('has names and sites, by HTTP and by HTTPS, from the host and from a container', async () => {
    const title = '<title>Example Domain</title>';
    expect(await sh('curl -s http://example.com')).toContain(title);
    expect(await sh('curl -s https://example.com')).toContain(title);
    expect(await sh('docker run --rm busybox wget -q -O - http://example.com')).toContain(title);
    expect(await sh('getent hosts example.com')).toBe('203.0.113.80    example.com\n');
  });

  it('shows a certificate for its own names only', async () => {
    expect(await sh('curl -sS https://203.0.113.80; echo $?; curl -sk -o /dev/null -w "%{http_code}" https://203.0.113.80')).toMatch(
      /^curl: \(60\) SSL: no alternative certificate subject name matches[\s\S]*\n60\n200$/,
    );
  });

  it('lies two hosts away, behind the router', async () => {
    expect((await sh('traceroute -n example.com')).replace(/\d+\.\d+ ms/g, '<ms>')).toBe(
      'traceroute to example.com (203.0.113.80), 30 hops max, 60 byte packets\n 1  192.168.50.1  <ms>  <ms>  <ms>\n 2  203.0.113.80  <ms>  <ms>  <ms>\n',
    );
  });

  it('sees containers under the address of the router', async () => {
    expect(await sh('docker run --rm busybox ping -c 1 -q example.com')).toContain('1 packets transmitted, 1 packets received');
  });

  it('does not know every name', async () => {
    expect(await sh('curl -sS http://nosuch.example; ping -c 1 nosuch.example')).toBe(
      'curl: (6) Could not resolve host: nosuch.example\nping: nosuch.example: Name or service not known\n',
    );
  });
});
