import { describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { playCommand } from '../../src/engine/machine/play.ts';
import { oracleSpec } from '../../src/engine/machine/spec.ts';
import { ORACLE_SETTINGS } from '../../src/engine/machine/world/settings.ts';

async function play(...commands: readonly string[]): Promise<readonly string[]> {
  const machine = await createMachine(oracleSpec({ images: ['busybox:1.35', 'web:1.0'], needs: [], files: {} }), nodeHost);
  const said: string[] = [];
  for (const cmd of commands) {
    const { exit, stdout, stderr } = await playCommand(machine, cmd, ORACLE_SETTINGS);
    said.push(`${exit} ${stdout}${stderr}`.trim());
  }
  return said;
}

describe('corners of a container', () => {
  it('opens any port in a network of its own, whoever it is', async () => {
    expect(
      await play(
        'docker run -d --name web -u 1000 web:1.0 >/dev/null; sleep 1',
        'docker exec web wget -qO- http://127.0.0.1/about.html | grep -c .',
      ),
    ).toEqual(['0', expect.stringMatching(/^0 [1-9]/)]);
  });
  it('shares its /dev/shm with who joins it, and has none if it wants none', async () => {
    expect(
      await play(
        "docker run -d --name aa --ipc shareable busybox:1.35 sh -c 'echo shared > /dev/shm/f; sleep 1000' >/dev/null; sleep 1",
        'docker run --rm --ipc container:aa busybox:1.35 cat /dev/shm/f',
        'docker run --rm --ipc none busybox:1.35 ls /dev/shm',
        'docker rm -f aa',
      ),
    ).toEqual(['0', '0 shared', '1 ls: /dev/shm: No such file or directory', '0 aa']);
  });
  it('counts its CPUs one way only, and is checked before it is looked for', async () => {
    const refused = await play(
      'docker create --name aa --cpu-period 50000 busybox:1.35 true >/dev/null',
      'docker update --cpus 1 aa',
      'docker update -m 20m aa',
      'docker update --restart bad nosuch',
    );
    expect(refused.map((line) => line.replace(/[0-9a-f]{64}/, 'ID'))).toEqual([
      '0',
      '1 Error response from daemon: Cannot update container ID: Conflicting options: Nano CPUs cannot be updated as CPU Period has already been set',
      '1 Error response from daemon: Cannot update container ID: Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time',
      "1 Error response from daemon: invalid restart policy: unknown policy 'bad'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'",
    ]);
  });
  it('is a user within bounds', async () => {
    expect(
      await play(
        'docker run --rm -u 99999999999 busybox:1.35 id',
        'docker run --rm -u :100 busybox:1.35 id',
        'docker run --rm busybox:1.35 timeout 1 sleep 2',
      ),
    ).toEqual([
      expect.stringContaining('uids and gids must be in range 0-2147483647'),
      '0 uid=0(root) gid=100(users) groups=100(users)',
      // As the first process of a container it has no handler for TERM, and sleeps on.
      '0',
    ]);
  });
  it('asks for nothing that is no tmpfs option, no device and no sysctl of its own', async () => {
    expect(
      (
        await play(
          'docker run --rm --tmpfs /x:nosuch busybox:1.35 true',
          'docker run --rm --device /etc/passwd busybox:1.35 true',
          'docker run --rm --network host --sysctl net.ipv4.ip_forward=1 busybox:1.35 true',
        )
      ).map((line) => line.split('\n')[0]),
    ).toEqual([
      '125 docker: Error response from daemon: invalid tmpfs option "nosuch"',
      '125 docker: Error response from daemon: error gathering device information while adding custom device "/etc/passwd": not a device node',
      '125 docker: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: sysctl "net.ipv4.ip_forward" not allowed in host network namespace',
    ]);
  });
});

describe('corners of the client', () => {
  it('lists in raw form, ignores a format with --quiet, and tries a template before it asks', async () => {
    const [raw = '', quiet = '', bad = ''] = await play(
      'docker create --name aa busybox:1.35 true >/dev/null; docker ps -a --format raw',
      "docker ps -aq --format '{{.Names}}'",
      "docker ps --format '{{.Names}'",
    );
    expect(raw).toMatch(/^0 container_id: [0-9a-f]{12}\nimage: busybox:1.35\n/);
    expect(quiet).toMatch(/^0 [0-9a-f]{12}\nWARNING: Ignoring custom format/);
    expect(bad).toBe("1 failed to parse template: template: :1: bad character U+007D '}'");
  });
  it('looks after contexts without an engine', async () => {
    expect(
      await play(
        'DOCKER_CONTEXT=nosuch docker context show',
        'docker context create a1 --docker nonsense 2>&1 | head -1',
        'docker context create a1 --docker host=nonsense',
        'docker context update default --description x',
        'docker -H unix:///x --context default ps',
        'docker -l nosuch ps',
      ),
    ).toEqual([
      '0 nosuch',
      '0 invalid argument "nonsense" for "--docker" flag: nonsense must be formatted as key=value',
      '1 unable to create docker endpoint config: unable to apply docker endpoint options: unable to parse docker host `nonsense`',
      '1 "default" is a reserved context name',
      '1 conflicting options: cannot specify both --host and --context',
      '1 Unable to parse logging level: nosuch',
    ]);
  });
});
