/** Where a container's limits are on the book's machine, whose systemd makes the groups. */
import { describe, expect, it } from 'vitest';
import { runJob } from '../../src/engine/machine/job.ts';
import { computer } from './computer.ts';

async function sh(script: string): Promise<string> {
  const machine = await computer({ images: ['busybox'], start: 'images' });
  let text = '';
  await runJob(machine, { argv: ['sh', '-c', script], onOutput: (_stream, bytes) => (text += new TextDecoder().decode(bytes)) });
  expect(machine.faults()).toEqual([]);
  return text;
}

describe("a container's group", () => {
  it('is a scope of systemd, and goes with the container', async () => {
    const text = await sh(`
      docker run -d --name box --memory 64m busybox sleep 100 >/dev/null
      id=$(docker inspect -f '{{.Id}}' box)
      cat /proc/$(docker inspect -f '{{.State.Pid}}' box)/cgroup | sed "s/$id/ID/"
      cat /sys/fs/cgroup/system.slice/docker-$id.scope/memory.max
      docker rm -f box >/dev/null
      ls -d /sys/fs/cgroup/system.slice/docker-$id.scope 2>&1 | sed "s/$id/ID/"
      docker info -f '{{.CgroupDriver}} {{.CgroupVersion}} {{.OomKillDisable}}'`);
    expect(text).toBe(
      "0::/system.slice/docker-ID.scope\n67108864\nls: cannot access '/sys/fs/cgroup/system.slice/docker-ID.scope': No such file or directory\nsystemd 2 false\n",
    );
  });

  it('stands below the slice that was asked for', async () => {
    const show = "cat /proc/$(docker inspect -f '{{.State.Pid}}' box)/cgroup | sed 's/docker-.*/docker-ID/'";
    expect(
      await sh(
        `docker run -d --name box --cgroup-parent a-b.slice busybox sleep 9 >/dev/null; ${show}; docker create --cgroup-parent /x busybox`,
      ),
    ).toBe(
      '0::/a.slice/a-b.slice/docker-ID\nError response from daemon: cgroup-parent for systemd cgroup should be a valid slice named as "xxx.slice"\n',
    );
  });

  it('has what version 2 can be asked for, and is left without what it cannot', async () => {
    expect(
      await sh('docker run --rm --oom-kill-disable --memory-swappiness 0 --blkio-weight 500 busybox cat /sys/fs/cgroup/io.weight'),
    ).toBe(
      'WARNING: Your kernel does not support memory swappiness capabilities or the cgroup is not mounted. Memory swappiness discarded.\nWARNING: Your kernel does not support OomKillDisable. OomKillDisable discarded.\ndefault 4950\n',
    );
  });
});

describe('an empty name', () => {
  it('is refused by the client, which would ask for something else with it', async () => {
    const text = await sh("docker port ''; docker logs ' '; docker network inspect '' 2>&1 | tail -n 1; docker volume rm ''");
    expect(text).toBe(
      'invalid container name or ID: value is empty\ninvalid container name or ID: value is empty\ninvalid network name or ID: value is empty\ninvalid volume name or ID: value is empty\n',
    );
  });
});
