import { describe, expect, it } from 'vitest';
import { runJob } from '../../src/engine/machine/job.ts';
import { computer } from './computer.ts';

async function sh(script: string): Promise<string> {
  const machine = await computer();
  let text = '';
  await runJob(machine, { argv: ['sh', '-c', script], onOutput: (_stream, bytes) => (text += new TextDecoder().decode(bytes)) });
  expect(machine.faults()).toEqual([]);
  return text;
}

describe('dig and host', () => {
  it('take an answer apart', async () => {
    const text = await sh('dig example.com');
    expect(text).toMatch(/;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: \d+\n;; flags: qr rd ra; QUERY: 1, ANSWER: 1,/);
    expect(text).toContain(
      '\n;; QUESTION SECTION:\n;example.com.\t\t\tIN\tA\n\n;; ANSWER SECTION:\nexample.com.\t\t300\tIN\tA\t203.0.113.80\n\n',
    );
    expect(text).toContain(';; SERVER: 192.168.50.1#53(192.168.50.1) (UDP)\n');
  });

  it('show only what is asked for', async () => {
    expect(await sh('dig +short example.com; dig -x 203.0.113.80 +noall +answer; dig +short nosuch.example')).toBe(
      '203.0.113.80\n80.113.0.203.in-addr.arpa. 300\tIN\tPTR\texample.com.\n'.replace('arpa. ', 'arpa.\t'),
    );
  });

  it('say it in sentences', async () => {
    expect(await sh('host example.com; host 203.0.113.80; host nosuch.example; echo $?; host -t MX example.com')).toBe(
      'example.com has address 203.0.113.80\n80.113.0.203.in-addr.arpa domain name pointer example.com.\nHost nosuch.example not found: 3(NXDOMAIN)\n1\nexample.com has no MX record\n',
    );
  });

  it('do not wait for ever, and refuse what they do not know', async () => {
    expect(await sh('dig @192.168.50.99 +time=1 +tries=1 x | tail -n 2; dig -Z; host; dig @nosuch.example x')).toBe(
      ";; communications error to 192.168.50.99#53: timed out\n;; no servers could be reached\nInvalid option: -Z\nUsage: host [-t type] hostname [server]\ndig: couldn't get address for 'nosuch.example': not found\n",
    );
  });
});
