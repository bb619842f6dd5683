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

describe('who holds a socket', () => {
  it('is told by ss and netstat with the true descriptor, to whoever may see it', async () => {
    const text = await sh(`nc -l 5555 & nc=$!; sleep 1
      fd=$(ls -l /proc/$nc/fd | grep socket | sed 's/.* \\([0-9]*\\) -> .*/\\1/')
      ss -Htlnp | grep -c "users:((\\"nc\\",pid=$nc,fd=$fd))"; netstat -tlnp | grep -c " $nc/nc"
      docker run -d -p 8080:80 busybox httpd -f >/dev/null
      ss -Htlnp 'sport = :8080'; sudo ss -Htlnp | grep -c docker-proxy; kill $nc`);
    expect(text).toMatch(/^1\n1\n/);
    expect(text.replace(/^1\n1\n/, '')).toMatch(/^LISTEN .*0\.0\.0\.0:8080[^(]*\nLISTEN [^(]*:8080[^(]*\n2\n$/);
  });

  it('can be narrowed down by state, port and address', async () => {
    const text = await sh(`sleep 9 | nc -lk 5555 & sleep 1; sleep 9 | nc localhost 5555 & sleep 1
      ss -Htan 'dport = :5555' | wc -l; ss -Htn state established '( sport = :5555 )' | wc -l; ss -Htan src 127.0.0.9 | wc -l; ss -Htn state listening sport != :5555 | wc -l; ss state odd; killall nc sleep`);
    expect(text.split('\n').filter((line) => /^\d$|odd/.test(line))).toEqual([
      '1',
      '1',
      '0',
      '0',
      expect.stringContaining('"odd" is not understood'),
    ]);
  });

  it('is told inside a container by its own numbers', async () => {
    expect(await sh('docker run -d --name web busybox httpd -f >/dev/null; sleep 1; docker exec web netstat -tlnp')).toMatch(
      /:::80 .* LISTEN +1\/httpd\n$/,
    );
  });

  it('is every process that inherited it', async () => {
    expect(await sh("ssh -q -o StrictHostKeyChecking=accept-new docker-host-2 'sudo ss -Htlnp'")).toMatch(
      /users:\(\("sshd",pid=2,fd=3\),\("\w+",pid=1,fd=\d+\)\)/,
    );
  });
});

describe('the counters of rules', () => {
  it('count connections in the nat table', async () => {
    const text = await sh(`docker run -d --name web -p 8080:80 busybox httpd -f -h /etc >/dev/null; sleep 1
      for i in 1 2 3; do ssh -q -o StrictHostKeyChecking=accept-new docker-host-2 curl -s -o /dev/null http://192.168.50.10:8080/passwd; done
      sudo iptables -t nat -L DOCKER -n -v | grep DNAT`);
    expect(text).toMatch(/^ +3 +\d+ DNAT /);
  });
});

describe('nc', () => {
  it('hands a connection over to a program', async () => {
    const text = await sh(`
      docker run -d --name many busybox nc -ll -p 99 -e cat >/dev/null
      docker run -d --name one busybox nc -l -p 99 -e sh -c 'echo $0 $1; cat' a b >/dev/null; sleep 1
      docker exec many sh -c 'echo hi | nc 127.0.0.1 99; echo again | nc 127.0.0.1 99'
      docker exec one sh -c 'echo in | nc 127.0.0.1 99'`);
    expect(text).toMatch(/^hi\nagain\na b\n/);
    expect(await sh('nc -l 5599 -e nosuch & sleep 1; nc localhost 5599; wait')).toContain(
      "nc: can't execute 'nosuch': No such file or directory",
    );
  });
});
