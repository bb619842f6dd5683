import { describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { playCommand } from '../../src/engine/machine/play.ts';
import { oracleSpec } from '../../src/engine/machine/spec.ts';
import { ORACLE_SETTINGS } from '../../src/engine/machine/world/settings.ts';

async function play(...commands: readonly string[]): Promise<readonly string[]> {
  const machine = await createMachine(oracleSpec({ images: ['busybox:1.35'], needs: [], files: {} }), nodeHost);
  const said: string[] = [];
  for (const cmd of commands) {
    const { exit, stdout, stderr } = await playCommand(machine, cmd, ORACLE_SETTINGS);
    said.push(`${exit} ${stdout}${stderr}`.replace(/ +$/gm, '').trim());
  }
  return said;
}

const inside = (script: string): string => `docker run --rm busybox:1.35 sh -c '${script}'`;

describe('a shell in a container', () => {
  it('runs the trap of a signal that came during its last command', async () => {
    expect(
      await play(
        inside('sh -c "trap \\"exit 4\\" TERM; sleep 5 & wait" & sleep 1; kill $!; wait $!; echo $?'),
        'docker run -d --name aa busybox:1.35 sh -c \'trap "exit 3" TERM; sleep 1000 & wait\' > /dev/null; sleep 1; docker stop aa',
        "docker inspect -f '{{.State.ExitCode}}' aa",
      ),
    ).toEqual(['0 4', '0 aa', '0 3']);
  });
  it('lists a job that was waited for, and tells of its death to who asked by name', async () => {
    expect(
      await play(inside('sleep 100 & kill %1; wait; jobs; jobs; echo done'), inside('sleep 100 & kill $!; wait $!; echo $?; jobs')),
    ).toEqual(['0 [1]+  Terminated\ndone', '0 143\n[1]+  Terminated\nTerminated']);
  });
  it('finds its own applets before what PATH has', async () => {
    expect(await play(inside('command -v ls nc; command -v nc; type nc; which nc'))).toEqual(['0 ls\nnc\nnc is nc\n/bin/nc']);
  });
  it('speaks of a write that failed', async () => {
    expect(await play(inside('echo x > /dev/full; uname > /dev/full; head -c 20000 /dev/zero > /dev/full'))).toEqual([
      '1 sh: write error: No space left on device\nuname: standard output: No space left on device\nhead: standard output: I/O error',
    ]);
  });
  it('hands on a PATH if it was given none', async () => {
    expect(await play('docker run --rm busybox:1.35 env -i sh -c "env | grep PATH"')).toEqual(['0 PATH=/sbin:/usr/sbin:/bin:/usr/bin']);
  });
  it('says which id may not be taken on', async () => {
    expect(
      await play(
        'docker run --rm --cap-drop ALL busybox:1.35 su nobody -s /bin/sh -c id',
        'docker run --rm --cap-drop SETUID busybox:1.35 su nobody -s /bin/sh -c id',
      ),
    ).toEqual(["1 su: can't set groups: Operation not permitted", '1 su: setuid: Operation not permitted']);
  });
});

describe('a shell of the host', () => {
  it('knows no hexadecimal escapes, and traces a redirection without a command', async () => {
    expect(await play("printf '\\x41\\101\\n'", 'sh -xc "> f; : > g"')).toEqual(['0 \\x41A', '0 +\n+ :']);
  });
});

describe('the client', () => {
  it('tells of a reader that is gone while it hands on signals', async () => {
    expect(
      await play(
        "docker run --rm busybox:1.35 sh -c 'echo a; sleep 1; echo b; sleep 1; echo c' | head -1",
        'docker run --name aa busybox:1.35 seq 1 3000 | tail -1',
        'docker logs aa | head -1',
      ),
    ).toEqual(['0 a\nwrite /dev/stdout: broken pipe', '0 3000', '0 1']);
  });
  it('writes archives for their owner alone, and copies no file as a folder', async () => {
    expect(
      await play(
        'docker save -o a.tar busybox:1.35; docker create --name aa busybox:1.35 > /dev/null; docker export -o b.tar aa; stat -c %a a.tar b.tar',
        'docker cp a.tar/ aa:/x',
        "docker image inspect ''",
      ),
    ).toEqual(['0 600\n600', '1 not a directory', '1 []\nError: No such image:']);
  });
});

describe('what dockerd refuses', () => {
  it('are sets, sizes and addresses that are none, and namespaces of what does not run', async () => {
    const refused = await play(
      'docker run --rm --cpuset-cpus 1-0 busybox:1.35 true 2>&1 | head -1',
      'docker run --log-opt max-size=-1 busybox:1.35 true 2>&1 | head -1',
      'docker run --log-driver syslog --log-opt syslog-address=nonsense busybox:1.35 true 2>&1 | head -1',
      'docker create --name aa busybox:1.35 > /dev/null; docker run --rm --pid container:aa busybox:1.35 true 2>&1 | head -1',
      'docker run --rm --stop-signal 99 busybox:1.35 true',
    );
    expect(refused.map((line) => line.replace(/[0-9a-f]{64}/, 'ID').replace('docker: Error response from daemon: ', ''))).toEqual([
      '0 Invalid value 1-0 for cpuset cpus: invalid format: 1-0',
      "0 failed to create task for container: failed to initialize logging driver: invalid size: '-1'",
      "0 unsupported scheme: ''",
      '0 failed to join PID namespace: container ID is not running',
      '0',
    ]);
  });
});

describe('a privileged container', () => {
  it('has the devices of the host', async () => {
    const [devices, usual] = await play(
      'docker run --rm --privileged busybox:1.35 ls -l /dev/kmsg /dev/ptmx',
      'docker run --rm busybox:1.35 ls /dev/kmsg',
    );
    expect(devices).toMatch(/^0 crw.* 11 .*kmsg\nlrwx.* pts\/ptmx$/);
    expect(usual).toBe('1 ls: /dev/kmsg: No such file or directory');
  });
});

describe('the wget of a busybox without time-outs', () => {
  it('dies of being given one', async () => {
    expect(
      await play(
        'docker run --rm busybox:1.35 wget -T 2 -qO- http://127.0.0.1:1/',
        inside('wget -T 2 -qO- http://127.0.0.1:1/; echo $?'),
        inside('wget --timeout=2 x 2>&1 | head -1'),
      ),
    ).toEqual(['139', '0 139\nSegmentation fault', "0 wget: unrecognized option '--timeout=2'"]);
  });
});
