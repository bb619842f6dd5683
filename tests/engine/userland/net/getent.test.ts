import { describe, expect, it } from 'vitest';
import { getent } from '../../../../src/engine/userland/net/getent.ts';
import { onComputer, put, run } from './computer.ts';

const HOSTS = '127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n172.17.0.2\tweb.example web\n';

describe("getent prints what the C library's databases say", () => {
  it.each([
    ['glibc', ['hosts', 'web'], '172.17.0.2      web.example web\n', 0],
    ['musl', ['hosts', 'web'], '172.17.0.2        web.example  web.example web\n', 0],
    ['glibc', ['hosts', 'localhost'], '::1             localhost ip6-localhost ip6-loopback\n', 0],
    ['musl', ['hosts', '172.17.0.2'], '172.17.0.2        web.example  web.example\n', 0],
    ['glibc', ['hosts', '172.17.0.2'], '172.17.0.2      web.example web\n', 0],
    ['glibc', ['ahostsv4', 'web'], '172.17.0.2      STREAM web.example\n172.17.0.2      DGRAM  \n172.17.0.2      RAW    \n', 0],
    ['musl', ['ahosts', 'web'], '172.17.0.2      STREAM web.example\n172.17.0.2      DGRAM  web.example\n', 0],
    ['glibc', ['ahostsv6', '10.0.0.1'], '::ffff:10.0.0.1 STREAM 10.0.0.1\n::ffff:10.0.0.1 DGRAM  \n::ffff:10.0.0.1 RAW    \n', 0],
    ['glibc', ['passwd', '0', 'nosuch'], 'root:x:0:0:root:/root:/bin/sh\n', 2],
    ['musl', ['shells'], '/bin/sh\n', 0],
    ['glibc', ['services', 'https'], 'https                 443/tcp\n', 0],
    ['glibc', ['services', '53/udp'], 'domain                53/udp dns\n', 0],
    ['musl', ['services', 'domain'], 'domain               53/udp  dns\n', 0],
    ['glibc', ['services', 'nosuch'], '', 2],
  ] as const)('%s: getent %s', async (libc, args, out, status) => {
    await onComputer(async (sys) => {
      put(sys, '/etc/hosts', HOSTS);
      put(sys, '/etc/passwd', 'root:x:0:0:root:/root:/bin/sh\n');
      put(sys, '/etc/shells', '# login shells\n/bin/sh\n');
      put(sys, '/etc/services', 'https\t443/tcp\ndomain\t53/udp\tdns # names\n');
      expect(await run(sys, getent(libc), args)).toEqual({ out, err: '', status });
    });
  });

  it('refuses a database that is not there, each in its own words', async () => {
    await onComputer(async (sys) => {
      expect(await run(sys, getent('glibc'), ['shells'])).toMatchObject({
        err: expect.stringMatching(/^Unknown database: shells\nTry/),
        status: 1,
      });
      expect(await run(sys, getent('musl'), ['nosuch'])).toMatchObject({
        err: expect.stringMatching(/^getent: Unknown database `nosuch'/),
        status: 1,
      });
      expect(await run(sys, getent('musl'), [])).toMatchObject({ err: expect.stringMatching(/^Usage: getent database/), status: 1 });
    });
  });
});
