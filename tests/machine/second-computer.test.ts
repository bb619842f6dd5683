import { describe, expect, it } from 'vitest';
import { runJob } from '../../src/engine/machine/job.ts';
import { command, computer, lastStatus, openTerminal } from './computer.ts';

const NEW = 'ssh -q -o StrictHostKeyChecking=accept-new docker-host-2';

async function sh(script: string): Promise<string> {
  const machine = await computer({ start: 'images', images: ['busybox'] });
  let text = '';
  await runJob(machine, { argv: ['sh', '-c', script], onOutput: (_stream, bytes) => (text += new TextDecoder().decode(bytes)) });
  expect(machine.faults()).toEqual([]);
  return text;
}

describe('the second computer', () => {
  it('answers to its name and address, one hop away', async () => {
    const text = await sh('ping -c 1 -q docker-host-2; traceroute -n docker-host-2; ip neigh show dev eth0; getent hosts docker-host-2');
    expect(text).toContain('1 packets transmitted, 1 received');
    expect(text).toMatch(/\n 1 {2}192\.168\.50\.11 {2}[\d.]+ ms/);
    expect(text).toContain('192.168.50.11 lladdr 52:54:00:32:00:0b REACHABLE');
  });

  it('has names, processes and files of its own', async () => {
    expect(
      await sh(
        `touch /tmp/here; ${NEW} 'hostname; whoami; pwd; ls /tmp; ps -e -o pid=,args= | head -n 2 | sed "s|^ *||"; command -v docker'`,
      ),
    ).toBe('docker-host-2\nlearner\n/home/learner\n1 /sbin/init\n2 sshd: /usr/sbin/sshd -D\n/usr/bin/docker\n');
    expect(await sh(`${NEW} 'echo kept > note'; ${NEW} cat note; ls note; ps -e -o args= | grep -c '[s]shd'`)).toMatch(
      /^kept\nls: .*\n0\n$/,
    );
  });

  it('has a Docker of its own, whose containers and control groups the host does not see', async () => {
    const text = await sh(
      `${NEW} 'docker run -d --name there busybox sleep 1000 >/dev/null 2>&1; docker ps --format "{{.Names}}"; systemctl is-active docker'; docker ps -q
      ls /sys/fs/cgroup/system.slice | grep docker; ${NEW} "ls /sys/fs/cgroup/system.slice | grep docker"; ps -e | grep -c '[d]ockerd'`,
    );
    expect(text).toMatch(/^there\nactive\ndocker\.service\ndocker-[0-9a-f]{64}\.scope\ndocker\.service\n1\n$/);
  });

  it('hands over input, both outputs and the exit status', async () => {
    expect(
      await sh(`echo in | ${NEW} 'cat; echo out; exit 3'; echo $?; ${NEW} 'echo err >&2' 2>&1 >/dev/null; ${NEW} 'kill -9 $$'; echo $?`),
    ).toBe('in\nout\n3\nerr\n255\n');
    expect(await sh(`head -c 300000 /dev/zero | ${NEW} 'cat | wc -c'; ${NEW} 'head -c 300000 /dev/zero' | wc -c`)).toBe('300000\n300000\n');
  });

  it('says why it cannot be entered', async () => {
    const text = await sh(
      `ssh docker-host-2; echo $?; ssh nosuch; ssh -p 23 docker-host-2; ${NEW} -l root; ${NEW} -l nobody; ssh -Z x; ssh`,
    );
    expect(text).toContain('Host key verification failed.\n255\n');
    expect(text).toContain('ssh: Could not resolve hostname nosuch: Name or service not known\n');
    expect(text).toContain('ssh: connect to host docker-host-2 port 23: Connection refused\n');
    expect(text).toContain('unknown option -- ');
    expect(await sh(`${NEW} true; ssh root@docker-host-2; mv .ssh/id_ed25519 k; ssh docker-host-2; ssh -i k docker-host-2 echo in`)).toBe(
      'root@docker-host-2: Permission denied (publickey).\nlearner@docker-host-2: Permission denied (publickey).\nin\n',
    );
  });

  it('notices another key under a known name, and forgets a host when told to', async () => {
    const text = await sh(
      `ssh-keygen -q -N '' -f k; echo docker-host-2 $(cut -d' ' -f1,2 k.pub) > .ssh/known_hosts; ssh docker-host-2 true; ssh-keygen -R docker-host-2; ${NEW} echo in`,
    );
    expect(text).toContain('REMOTE HOST IDENTIFICATION HAS CHANGED!');
    expect(text).toContain('Host key verification failed.\n# Host docker-host-2 found: line 1\n');
    expect(text).toMatch(/\nin\n$/);
  });

  it('is not troubled by a guest that does not speak its protocol', async () => {
    expect(await sh(`echo hello | nc docker-host-2 22; ${NEW} echo well`)).toBe('SSH-2.0-OpenSSH_10.0p2 Debian-7\r\nwell\n');
  });
});

describe('a terminal on the second computer', () => {
  it('asks about the host, is raw, follows the size, takes ^C, and ends with its status', async () => {
    const machine = await computer();
    const terminal = openTerminal(machine);
    const prompt = 'learner@docker-host-2:~$ ';
    await terminal.until('$ ');
    const asked = await command(terminal, 'ssh docker-host-2', 'fingerprint])? ');
    expect(asked).toContain(
      "The authenticity of host 'docker-host-2 (192.168.50.11)' can't be established.\r\nED25519 key fingerprint is SHA256:",
    );
    expect(await command(terminal, 'maybe', 'fingerprint: ')).toContain("Please type 'yes', 'no' or the fingerprint: ");
    await command(terminal, 'yes', prompt);
    expect(await command(terminal, 'tty; stty size', '24 80')).toContain('/dev/pts/0');
    machine.input({ kind: 'resize', terminal: terminal.id, size: { columns: 100, rows: 30 } });
    await command(terminal, 'stty size', '30 100');
    const mark = terminal.text().length;
    terminal.type('sleep 100\r');
    await terminal.until('sleep 100\r\n', { mark });
    terminal.interrupt();
    await terminal.until(/\^C[\s\S]*learner@docker-host-2:~\$ /, { mark });
    const left = await command(terminal, 'exit 7');
    expect(left).toContain('Connection to docker-host-2 closed.\r\n');
    expect(lastStatus(left)).toBe(7);
    expect(await command(terminal, 'stty -a | grep -o " echo "; ssh -t docker-host-2 tty')).toMatch(
      / echo [\s\S]*\/dev\/pts\/0[\s\S]*closed/,
    );
    expect(machine.faults()).toEqual([]);
  });
});

describe('containers on the local network', () => {
  it('answer by a MAC of their own to the second computer, and not to their host', async () => {
    const text = await sh(`
      docker network create -d macvlan --subnet 192.168.50.0/24 --gateway 192.168.50.1 -o parent=eth0 lan >/dev/null
      docker run -d --name mac --network lan --ip 192.168.50.200 busybox httpd -f -h /etc >/dev/null
      echo host; ping -c 1 -W 1 -q 192.168.50.200 | grep received; curl -sS -m 2 http://192.168.50.200/hostname
      echo guest; ${NEW} 'ping -c 1 -q 192.168.50.200 | grep received; curl -sS http://192.168.50.200/hostname; ip neigh | grep 200'
      docker exec mac cat /etc/hostname /sys/class/net/eth0/address; docker exec mac ping -c 1 -q 192.168.50.11 | grep received`);
    expect(text).toMatch(/^host\n1 packets transmitted, 0 received.*\ncurl: \(\d+\) .*\nguest\n1 packets transmitted, 1 received/);
    const [, id, mac, again, address] =
      /\n([0-9a-f]{12})\n192\.168\.50\.200 dev eth0 lladdr (\S+) REACHABLE *\n(\S+)\n(\S+)\n1 packets transmitted, 1 packets received/.exec(
        text,
      ) ?? [];
    expect([id, mac]).toEqual([again, address]);
  });

  it('are reached by their published ports, not by the addresses of their bridge', async () => {
    const text = await sh(`
      docker run -d --name web -p 8080:80 busybox httpd -f -h /etc >/dev/null
      ${NEW} 'sudo ip route add 172.17.0.2 via 192.168.50.10
        curl -s http://192.168.50.10:8080/hostname; curl -sS -m 2 http://172.17.0.2/hostname; ping -c 1 -W 1 -q 172.17.0.2 | grep received'
      docker exec web cat /etc/hostname; sudo iptables -t raw -L PREROUTING -n -v`);
    expect(text).toMatch(/^([0-9a-f]{12})\ncurl: \(28\) .*\n1 packets transmitted, 0 received.*\n\1\n/);
    expect(text).toMatch(/\n +[1-9]\d* +\d+ DROP .*172\.17\.0\.2/);
  });
});
