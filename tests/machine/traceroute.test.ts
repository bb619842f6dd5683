import { describe, expect, it } from 'vitest';
import { runJob } from '../../src/engine/machine/job.ts';
import { computer } from './computer.ts';

async function sh(script: string): Promise<string> {
  const machine = await computer({ start: 'images', images: ['busybox'] });
  let text = '';
  await runJob(machine, { argv: ['sh', '-c', script], onOutput: (_stream, bytes) => (text += new TextDecoder().decode(bytes)) });
  return text.replace(/\d+\.\d+ ms/g, '<ms>');
}

describe('traceroute', () => {
  it('names the hosts on the way, and a star for each that is silent', async () => {
    expect(await sh('traceroute -n 192.168.50.1; traceroute -n -m 2 192.168.50.99')).toBe(
      'traceroute to 192.168.50.1 (192.168.50.1), 30 hops max, 60 byte packets\n 1  192.168.50.1  <ms>  <ms>  <ms>\n' +
        'traceroute to 192.168.50.99 (192.168.50.99), 2 hops max, 60 byte packets\n 1  192.168.50.10  <ms> !H  <ms> !H  <ms> !H\n',
    );
  });

  it('goes through the bridge of a container', async () => {
    expect(await sh('docker run --rm busybox traceroute -n 192.168.50.1')).toBe(
      'traceroute to 192.168.50.1 (192.168.50.1), 30 hops max, 46 byte packets\n 1  172.17.0.1  <ms>  <ms>  <ms>\n 2  192.168.50.1  <ms>  <ms>  <ms>\n',
    );
  });
});
