/** Who may look at another process through /proc: its root, its program, its environment, its namespaces. */
import { describe, expect, it } from 'vitest';
import { hostWith } from './images/hosts.ts';

describe('/proc of another process', () => {
  it('is closed to a container that sees the host’s processes and has fewer capabilities', async () => {
    const { run } = await hostWith(['alpine', 'debian']);
    const inside = "docker run --rm --pid host alpine sh -c 'cat /proc/1/comm; %'  2>&1";
    const tried = (command: string, status = 1): Promise<string> => run(inside.replace('%', command), status);
    expect(await tried('ls /proc/1/root')).toBe('systemd\nls: /proc/1/root: Permission denied\n');
    expect(await tried('ls /proc/1/root/etc')).toBe('systemd\nls: /proc/1/root/etc: Permission denied\n');
    expect(await tried('cat /proc/1/environ')).toBe("systemd\ncat: can't open '/proc/1/environ': Permission denied\n");
    expect(await tried('readlink /proc/1/exe')).toBe('systemd\n');
    expect(await run('docker run --rm --pid host debian ls /proc/1/root 2>&1', 2)).toBe(
      "ls: cannot access '/proc/1/root': Permission denied\n",
    );
    expect(await run('docker run --rm --pid host --cap-add SYS_PTRACE alpine readlink /proc/1/exe')).toBe('/usr/lib/systemd/systemd\n');
  });

  it('is open to the same user with the same capabilities, and to root', async () => {
    const { run } = await hostWith(['alpine']);
    await run('docker run -d --name aa alpine sleep 900');
    expect(await run('docker run --rm --pid container:aa alpine ls -d /proc/1/root/etc')).toBe('/proc/1/root/etc\n');
    expect(await run('docker exec aa readlink /proc/1/exe')).toBe('/bin/busybox\n');
    expect(await run('docker exec -u 1000 aa readlink /proc/1/exe', 1)).toBe('');
    expect(await run('readlink /proc/1/exe', 1)).toBe('');
    expect(await run('sudo readlink /proc/1/exe')).toBe('/usr/lib/systemd/systemd\n');
    const ofContainer = "sudo lsns -t user -n -p $(docker inspect -f '{{.State.Pid}}' aa) | awk '{ print $2, $4 }'";
    expect(await run(ofContainer)).toBe('user 1\n');
    expect(await run("lsns -n | awk '{ print $5 }' | sort -u")).toBe('learner\n');
    expect(await run("ls -l /proc/self/ns | awk 'NR > 1 { print $3, $4 }' | sort -u")).toBe('learner learner\n');
  });
});

describe('a link that leads nowhere', () => {
  it('is an error to busybox’s ls, unless it shows more of it than the name', async () => {
    const { run } = await hostWith(['alpine']);
    const inside = (command: string): string => `docker run --rm alpine sh -c 'cd /tmp; ln -s nosuch dangling; ${command}' 2>&1`;
    for (const option of ['', '-d', '-a', '-p'])
      expect(await run(inside(`ls ${option} dangling`), 1)).toBe('ls: dangling: No such file or directory\n');
    expect(await run(inside('ls -F dangling'))).toBe('dangling@\n');
    expect(await run('cd /tmp; ln -s nosuch dangling; ls dangling; ls -F dangling')).toBe('dangling\ndangling@\n');
  });
});

describe('localhost', () => {
  it('is ::1 first for Alpine’s wget, so a server on IPv4 alone is not found', async () => {
    const { run } = await hostWith(['alpine', 'busybox']);
    expect(await run('docker run --rm alpine wget -qO- localhost:99 2>&1', 1)).toBe(
      "wget: can't connect to remote host: Connection refused\n",
    );
    expect(await run('docker run --rm alpine wget -qO- 127.0.0.1:99 2>&1', 1)).toBe(
      "wget: can't connect to remote host (127.0.0.1): Connection refused\n",
    );
    expect(await run('docker run --rm busybox wget -qO- localhost:99 2>&1', 1)).toBe(
      "wget: can't connect to remote host (127.0.0.1): Connection refused\n",
    );
  });
});
