import { describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { playCommand } from '../../src/engine/machine/play.ts';
import { oracleSpec } from '../../src/engine/machine/spec.ts';
import { ORACLE_SETTINGS } from '../../src/engine/machine/world/settings.ts';

/** Exit, output and errors of each command, ids as `ID`. */
async function play(...commands: readonly string[]): Promise<readonly string[]> {
  const machine = await createMachine(oracleSpec({ images: ['busybox:1.35', 'web:1.0'], needs: [], files: {} }), nodeHost);
  const said: string[] = [];
  for (const cmd of commands) {
    const { exit, stdout, stderr } = await playCommand(machine, cmd, ORACLE_SETTINGS);
    said.push(`${exit} ${stdout}${stderr}`.replace(/[0-9a-f]{64}/g, 'ID').trim());
  }
  return said;
}

describe('verbs for several containers', () => {
  it('goes to all of them at once, and tells them in order', async () => {
    const [, , seconds] = await play(
      'for n in aa bb cc; do docker run -d --name $n busybox:1.35 sleep 1000 > /dev/null; done',
      'date +%s > t; docker stop -t 2 aa bb nosuch cc',
      'echo $(($(date +%s) - $(cat t)))',
    );
    expect(Number(seconds?.split(' ')[1])).toBeLessThan(4);
    expect(
      await play(
        'for n in aa bb; do docker run -d --name $n busybox:1.35 sleep 1000 > /dev/null; done',
        'docker pause bb aa',
        'docker rm -f aa nosuch aa bb',
      ),
    ).toEqual(['0', '0 bb\naa', '1 aa\nbb\nError response from daemon: removal of container aa is already in progress']);
  });
});

describe('refused changes', () => {
  it('leave a container as it was', async () => {
    expect(
      await play(
        'docker run -d --name aa -m 32m --memory-swap 64m busybox:1.35 sleep 1000',
        'docker update --memory-swap 16m aa',
        'docker update --cpu-shares 1 aa',
        "docker inspect -f '{{.HostConfig.MemorySwap}} {{.HostConfig.CpuShares}}' aa",
        'docker stop -s 0 aa',
      ),
    ).toEqual([
      '0 ID',
      '1 Error response from daemon: Cannot update container ID: runc did not terminate successfully: exit status 1: failed to write "16777216": write /sys/fs/cgroup/memory/docker/ID/memory.memsw.limit_in_bytes: invalid argument',
      '1 Error response from daemon: Cannot update container ID: runc did not terminate successfully: exit status 1: the minimum allowed cpu-shares is 2',
      '0 67108864 0',
      '1 Error response from daemon: cannot stop container: aa: invalid signal: 0',
    ]);
  });
});

describe('what a container is told', () => {
  it('takes the last of several security options, and shows its umask', async () => {
    expect(
      await play(
        'docker run --rm --security-opt no-new-privileges --security-opt no-new-privileges=false busybox:1.35 grep NoNewPrivs /proc/self/status',
        'docker run --rm busybox:1.35 sh -c "umask 027; grep Umask /proc/self/status"',
      ),
    ).toEqual(['0 NoNewPrivs:\t0', '0 Umask:\t0027']);
  });
  it('keeps so much of a health check, and says that there was more', async () => {
    expect(
      await play(
        "docker run -d --name aa --health-cmd 'seq 1 2000' --health-interval 500ms busybox:1.35 sleep 1000 > /dev/null; sleep 2",
        "docker inspect -f '{{len (index .State.Health.Log 0).Output}}' aa",
      ),
    ).toEqual(['0', '0 4099']);
  });
});

describe('the end of events', () => {
  it('is past at 0, and cuts nothing off', async () => {
    const [, all, none] = await play(
      'docker create --name aa busybox:1.35',
      "docker events --until 0 --filter type=container --format '{{.Action}}'",
      'docker events --since 5 --until 0',
    );
    expect([all, none]).toEqual(['0 create', '1 Error response from daemon: `since` time (5) cannot be after `until` time (0)']);
  });
});

describe('busybox', () => {
  it('says how its applets are called', async () => {
    const [list, lonely, among, nc, about] = await play(
      'docker run --rm busybox:1.35 busybox --list | wc -l',
      'docker run --rm busybox:1.35 sleep --help',
      'docker run --rm busybox:1.35 sleep --help 1',
      'docker run --rm busybox:1.35 nc -z web 80 2>&1 | sed -n 1,4p',
      'docker run --rm busybox:1.35 busybox | sed -n "2p;\\$p"',
    );
    expect(list).toBe('0 269');
    expect(lonely).toMatch(/^0 BusyBox v1\.35\.0 .*\n\nUsage: sleep \[N\]\.\.\.\n\nPause/);
    expect(among).toMatch(/^1 sleep: unrecognized option '--help'\nBusyBox/);
    expect(nc).toMatch(/^0 nc: invalid option -- 'z'\nBusyBox .*\n\nUsage: nc \[-iN\]/);
    expect(about).toBe('0 BusyBox is copyrighted by many authors between 1998-2015.\n\twhoami, xargs, xxd, xz, xzcat, yes, zcat');
  });
});
