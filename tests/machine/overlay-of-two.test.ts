import { describe, expect, it } from 'vitest';
import { onTwoHosts } from './two-hosts.ts';

/** A network with one container on each host: `near` and `far`. */
const SEA = `docker network create -d overlay --attachable sea >/dev/null
docker run -d --name near --network sea busybox httpd -f -h /etc >/dev/null
there docker run -q -d --name far --network sea busybox httpd -f -h /etc >/dev/null; sleep 2
ping() { docker exec near ping -c 1 -W 1 -q "$1" 2>&1 | grep -E 'received|bad'; }
names() { docker exec near nslookup "$1" 2>&1 | grep -c "^Name"; }`;
/** What the namespace of the network shows. */
const INSIDE = 'sudo nsenter --net=/var/run/docker/netns/1-$(docker network inspect -f "{{slice .Id 0 10}}" sea)';
const BLOCK = (port: number): string => `for chain in INPUT OUTPUT; do sudo iptables -I $chain -p udp --dport ${port} -j DROP; done`;
const UNBLOCK = (port: number): string => `for chain in INPUT OUTPUT; do sudo iptables -D $chain -p udp --dport ${port} -j DROP; done`;

describe('an overlay network', () => {
  it('joins containers of two hosts by name and address, with room for what is put around', async () => {
    const text = await onTwoHosts(`${SEA}
      ping far; docker exec near cat /sys/class/net/eth0/mtu; docker exec near wget -qO- http://far/hostname
      there docker exec far hostname; there docker exec far wget -qO- http://near/hostname; docker exec near hostname
      docker exec near traceroute -n far 2>/dev/null | tail -n +2 | awk '{ print $1 }'
      docker network inspect sea -f '{{range .Peers}}{{.IP}} {{end}}'; docker network inspect sea -f '{{json .Peers}}'`);
    const [received, mtu, far, farName, near, nearName, hops, peers, json] = text.split('\n');
    expect(json).toMatch(/^\[\{"Name":"\w{12}","IP":"192\.168\.50\.10"\},/);
    expect([received, mtu, hops, peers]).toEqual([
      '1 packets transmitted, 1 packets received, 0% packet loss',
      '1450',
      '1',
      '192.168.50.10 192.168.50.11 ',
    ]);
    expect([far, near]).toEqual([farName, nearName]);
  });

  it('is a VXLAN in a namespace of its own, which knows where each of the others is', async () => {
    const text = await onTwoHosts(`${SEA}
      ${INSIDE} ip -d link show vxlan0 | grep -o 'mtu 1450\\|master br0\\|vxlan id [0-9]*\\|dstport [0-9]*\\|proxy l2miss l3miss'
      mac=$(there docker exec far cat /sys/class/net/eth0/address)
      ${INSIDE} bridge fdb show dev vxlan0 | grep $mac | sed "s/$mac/MAC/"; ${INSIDE} ip neigh | grep $mac | sed "s/$mac/MAC/"`);
    expect(text).toMatch(
      /^mtu 1450\nmaster br0\nvxlan id 4097\ndstport 4789\nproxy l2miss l3miss\nMAC dst 192\.168\.50\.11 link-netnsid 0 self permanent\n10\.0\.1\.\d+ dev vxlan0 lladdr MAC PERMANENT *\n$/,
    );
  });

  it('breaks where its packets are dropped, and its tables where those of the gossip are', async () => {
    const text = await onTwoHosts(`${SEA}
      ${BLOCK(4789)}; ping far; sudo iptables -nvL OUTPUT | grep 4789 | awk '{ print ($1 > 0) }'; ${UNBLOCK(4789)}; ping far
      ${BLOCK(7946)}; ping far; sleep 8; names far; ping far; ${UNBLOCK(7946)}; sleep 3; names far; ping far`);
    expect(text.replace(/1 packets transmitted, (\d) packets.*/g, '$1')).toBe("0\n1\n1\n1\n0\nping: bad address 'far'\n1\n1\n");
  });

  it('balances a service over the tasks of both hosts, on each of them', async () => {
    const text = await onTwoHosts(`${SEA}
      docker service create -q --name api --replicas 4 --network sea busybox \\
        sh -c 'mkdir /w; hostname > /w/index.html; httpd -f -h /w' >/dev/null; sleep 1
      seen() { for i in 1 2 3 4 5 6 7 8; do eval "$1 wget -qO- http://api"; done | sort | uniq -c | awk '{ print $1 }'; }
      seen 'docker exec near'; seen 'there docker exec far'
      names api; names tasks.api; there docker exec far nslookup tasks.api | grep -c ^Name
      there 'docker kill $(docker ps -qf name=api)' >/dev/null; sleep 1; names tasks.api`);
    expect(text).toBe('2\n2\n2\n2\n2\n2\n2\n2\n1\n4\n4\n2\n');
  });

  it('is let go of where nobody is in it any more', async () => {
    const text = await onTwoHosts(`${SEA}
      there docker network ls --format '{{.Name}}' | grep sea; there docker rm -f far >/dev/null; sleep 1
      there docker network ls --format '{{.Name}}' | grep -c sea; names far
      docker rm -f near >/dev/null; docker network rm sea; there docker run -q --rm --network sea busybox true 2>&1 | grep Error`);
    expect(text).toMatch(/^sea\n0\n0\nsea\n.*network sea not found/);
  });
});
