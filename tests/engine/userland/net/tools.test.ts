import { describe, expect, it } from 'vitest';
import { bridge } from '../../../../src/engine/userland/net/bridge.ts';
import { curl } from '../../../../src/engine/userland/net/curl/index.ts';
import { dnsServer } from '../../../../src/engine/userland/net/dns/server.ts';
import { ip } from '../../../../src/engine/userland/net/ip/index.ts';
import { iptables } from '../../../../src/engine/userland/net/iptables.ts';
import { nslookup } from '../../../../src/engine/userland/net/nslookup.ts';
import { ping } from '../../../../src/engine/userland/net/ping.ts';
import { ss } from '../../../../src/engine/userland/net/ss.ts';
import { wget } from '../../../../src/engine/userland/net/wget.ts';
import { httpd } from '../../../../src/engine/userland/servers/httpd.ts';
import { makeNetwork, onComputer, put, run } from './computer.ts';

describe('the tools of the network', () => {
  it('show links, addresses and routes in both dialects', async () => {
    await onComputer(async (sys) => {
      const net = makeNetwork(sys);
      const plain = (text: string): string => text.replace(/([0-9a-f]{2}:){5}[0-9a-f]{2}/g, 'MAC').replace(/fe80::[0-9a-f:]+/g, 'LOCAL');
      expect((await run(sys, ip('busybox'), ['route'], { net })).out).toBe(
        'default via 172.17.0.1 dev eth0 \n172.17.0.0/16 dev eth0 scope link  src 172.17.0.2 \n',
      );
      expect((await run(sys, ip('busybox'), ['-4', 'addr'], { net })).out).toBe(
        '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000\n    inet 127.0.0.1/8 scope host lo\n       valid_lft forever preferred_lft forever\n' +
          '2: eth0@if3: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue \n    inet 172.17.0.2/16 brd 172.17.255.255 scope global eth0\n       valid_lft forever preferred_lft forever\n',
      );
      expect(plain((await run(sys, ip('gnu'), ['-br', 'addr'])).out)).toBe(
        'lo               UNKNOWN        127.0.0.1/8 ::1/128 \ndocker0          UP             172.17.0.1/16 LOCAL/64 \nveth1@if2        UP             LOCAL/64 \n',
      );
      expect((await run(sys, ip('gnu'), ['route'])).out).toBe('172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1 \n');
      expect((await run(sys, bridge, ['link'])).out).toContain(
        'veth1@docker0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master docker0 state forwarding priority 32 cost 2 ',
      );
    });
  });

  it('name network namespaces, and go into them', async () => {
    await onComputer(async (sys) => {
      const gnu = async (...args: readonly string[]): Promise<string> => {
        const { out, err } = await run(sys, ip('gnu'), args);
        return out + err;
      };
      sys.path.mkdir('/run');
      expect(await gnu('netns', 'add', 'blue')).toBe('');
      expect(await gnu('netns', 'add', 'blue')).toBe('Cannot create namespace file "/run/netns/blue": File exists\n');
      await gnu('link', 'add', 'v0', 'type', 'veth', 'peer', 'name', 'v1');
      await gnu('link', 'set', 'v1', 'netns', 'blue');
      expect(await gnu('netns')).toMatch(/^blue \(id: \d+\)\n$/);
      expect((await gnu('-n', 'blue', '-br', 'link')).split('\n').map((line) => line.split('@')[0])).toEqual([
        expect.stringMatching(/^lo +DOWN/),
        'v1',
        '',
      ]);
      expect(await gnu('netns', 'del', 'blue')).toBe('');
      expect(await gnu('netns')).toBe('');
      expect(await gnu('netns', 'exec', 'blue', 'true')).toBe('Cannot open network namespace "blue": No such file or directory\n');
    });
  });

  it('show groups, what a bridge has learned, and links as JSON', async () => {
    await onComputer(async (sys) => {
      const net = makeNetwork(sys);
      await run(sys, ping('busybox'), ['-c', '1', '172.17.0.1'], { net });
      const text = async (tool: typeof bridge, ...args: readonly string[]): Promise<string> => (await run(sys, tool, args)).out;
      expect((await text(bridge, 'fdb', 'show', 'br', 'docker0', 'dynamic')).split('\n')[0]).toMatch(
        /^[0-9a-f:]{17} dev veth1 master docker0 $/,
      );
      expect(await text(ip('gnu'), 'maddr', 'show', 'lo')).toBe('1:\tlo\n\tinet  224.0.0.1\n\tinet6 ff02::1\n\tinet6 ff01::1\n');
      expect(JSON.parse(await text(ip('gnu'), '-j', '-4', 'addr', 'show', 'docker0'))).toMatchObject([
        { ifname: 'docker0', addr_info: [{ local: '172.17.0.1', prefixlen: 16 }] },
      ]);
      expect(await text(ip('gnu'), '-d', 'link', 'show', 'docker0')).toContain('    bridge forward_delay 1500 hello_time 200 ');
      expect(await text(ss, '-s')).toContain('Transport Total     IP        IPv6\nRAW\t  0 ');
    });
  });

  it('ping what answers, and say what does not', async () => {
    await onComputer(async (sys) => {
      const net = makeNetwork(sys);
      const good = await run(sys, ping('busybox'), ['-c', '1', '172.17.0.1'], { net });
      expect(good.out.replace(/\d+\.\d{3}/g, 'N')).toBe(
        'PING 172.17.0.1 (172.17.0.1): 56 data bytes\n64 bytes from 172.17.0.1: seq=0 ttl=64 time=N ms\n\n--- 172.17.0.1 ping statistics ---\n1 packets transmitted, 1 packets received, 0% packet loss\nround-trip min/avg/max = N/N/N ms\n',
      );
      const silent = await run(sys, ping('busybox'), ['-c', '1', '-W', '1', '172.17.0.9'], { net });
      expect(silent).toMatchObject({ status: 1, err: '' });
      expect(silent.out).toContain('1 packets transmitted, 0 packets received, 100% packet loss');
      expect(await run(sys, ping('busybox'), ['-c', '1', 'nosuch'], { net })).toMatchObject({
        status: 1,
        err: "ping: bad address 'nosuch'\n",
      });
      expect(await run(sys, ping('busybox'), ['-c', '1', '8.8.8.8'])).toMatchObject({
        status: 1,
        err: 'ping: sendto: Network is unreachable\n',
      });
    });
  });

  it('fetch pages over the bridge', async () => {
    await onComputer(async (sys) => {
      const net = makeNetwork(sys);
      put(sys, '/www/index.html', '<h1>hi</h1>\n');
      put(sys, '/etc/hosts', '127.0.0.1 localhost\n172.17.0.2 web\n');
      sys.fork((child) => httpd(child, ['-f', '-p', '80', '-h', '/www']), { join: [net] });
      await sys.sleep(10);
      expect(await run(sys, wget, ['-qO-', 'http://web/'])).toMatchObject({ out: '<h1>hi</h1>\n', status: 0 });
      expect(await run(sys, curl, ['-s', 'web'])).toMatchObject({ out: '<h1>hi</h1>\n', status: 0 });
      expect((await run(sys, curl, ['-s', '-o', '/dev/null', '-w', '%{http_code}\\n', 'http://web/missing'])).out).toBe('404\n');
      expect(await run(sys, curl, ['http://web:81/'])).toMatchObject({
        status: 7,
        err: 'curl: (7) Failed to connect to web port 81 after 0 ms: Could not connect to server\n',
      });
      expect(await run(sys, curl, ['-s', '-m', '2', 'http://172.17.0.9/'])).toMatchObject({ status: 28 });
      expect(await run(sys, wget, ['-qO-', 'http://web/missing'])).toMatchObject({
        status: 1,
        err: 'wget: server returned error: HTTP/1.1 404 Not Found\n',
      });
      expect(await run(sys, (child) => httpd(child, ['-f', '-p', '80', '-h', '/www']), [], { net })).toMatchObject({
        status: 1,
        err: 'httpd: bind: Address already in use\n',
      });
      expect((await run(sys, ss, ['-ltn'], { net })).out).toBe(
        'State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\nLISTEN 0      9                  *:80              *:*          \n',
      );
    });
  });

  it('ask a name server', async () => {
    await onComputer(async (sys) => {
      const net = makeNetwork(sys);
      put(sys, '/etc/resolv.conf', 'nameserver 172.17.0.1\n');
      sys.thread(() =>
        dnsServer(
          sys,
          async ({ name, type }) =>
            name === 'web'
              ? { answers: type === 'A' ? [{ name, type, ttl: 600, data: '172.17.0.2' }] : [] }
              : { code: 'NXDOMAIN', answers: [] },
          { ip: '172.17.0.1' },
        ),
      );
      await sys.sleep(1);
      expect((await run(sys, nslookup, ['-type=a', 'web'], { net })).out).toBe(
        'Server:\t\t172.17.0.1\nAddress:\t172.17.0.1:53\n\nNon-authoritative answer:\nName:\tweb\nAddress: 172.17.0.2\n\n',
      );
      expect(await run(sys, nslookup, ['-type=a', 'nosuch'], { net })).toMatchObject({
        status: 1,
        out: "Server:\t\t172.17.0.1\nAddress:\t172.17.0.1:53\n\n** server can't find nosuch: NXDOMAIN\n\n",
      });
      expect((await run(sys, ping('busybox'), ['-c', '1', 'web'])).status).toBe(0);
    });
  });

  it('read and change the rules', async () => {
    await onComputer(async (sys) => {
      makeNetwork(sys);
      const rules = iptables('inet');
      await run(sys, rules, ['-N', 'DOCKER-USER']);
      await run(sys, rules, ['-A', 'FORWARD', '-j', 'DOCKER-USER']);
      await run(sys, rules, ['-A', 'DOCKER-USER', '-i', 'docker0', '!', '-o', 'docker0', '-p', 'tcp', '--dport', '80', '-j', 'REJECT']);
      expect((await run(sys, rules, ['-S', 'DOCKER-USER'])).out).toBe(
        '-N DOCKER-USER\n-A DOCKER-USER -i docker0 ! -o docker0 -p tcp -m tcp --dport 80 -j REJECT --reject-with icmp-port-unreachable\n',
      );
      expect((await run(sys, rules, ['-nL', 'FORWARD'])).out).toBe(
        'Chain FORWARD (policy ACCEPT)\ntarget     prot opt source               destination         \nDOCKER-USER  all  --  0.0.0.0/0            0.0.0.0/0           \n',
      );
      expect(await run(sys, rules, ['-D', 'FORWARD', '-j', 'ACCEPT'])).toMatchObject({
        status: 1,
        err: 'iptables: Bad rule (does a matching rule exist in that chain?).\n',
      });
      expect(await run(sys, rules, ['-S', 'NOSUCH'])).toMatchObject({
        status: 1,
        err: "iptables v1.8.11 (nf_tables): chain `NOSUCH' in table `filter' is incompatible, use 'nft' tool.\n",
      });
    });
  });
});
