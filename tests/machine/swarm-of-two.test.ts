import { describe, expect, it } from 'vitest';
import { onTwoHosts, rows } from './two-hosts.ts';

const NODES = `docker node ls --format '{{.Hostname}} {{.Status}} {{.Availability}} {{.ManagerStatus}}'`;
const TASKS = `docker service ps --format '{{.Name}} {{.Node}} {{.DesiredState}} {{.CurrentState}}' -f desired-state=running`;

describe('a second node', () => {
  it('joins as it is told to, and is a worker', async () => {
    const text = await onTwoHosts(
      `docker swarm init | grep join.--token > join
       there sudo docker info -f '{{.Swarm.LocalNodeState}}'; there "$(cat join)"; there "$(cat join)"
       ${NODES}; there docker node ls; there docker service ls; there docker network create -d overlay x
       there docker info | grep -A 5 Swarm; docker info -f '{{.Swarm.Nodes}} {{.Swarm.Managers}}'
       docker node inspect --pretty docker-host-2 | grep -E 'Hostname|State|Availability|Address'`,
      { joined: false },
    );
    expect(text.replace(/ +$/gm, '').replace(/NodeID: \w{25}/, 'NodeID: ID')).toBe(`inactive
This node joined a swarm as a worker.
Error response from daemon: This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and join another one.
docker-host Ready Active Leader
docker-host-2 Ready Active
${"Error response from daemon: This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.\n".repeat(2)}Error response from daemon: Cannot create a multi-host network from a worker node. Please create the network from a manager node.
 Swarm: active
  NodeID: ID
  Is Manager: false
  Node Address: 192.168.50.11
  Manager Addresses:
   192.168.50.10:2377
2 1
Hostname:              \tdocker-host-2
 State:\t\t\tReady
 Availability:         \tActive
 Address:\t\t192.168.50.11
`);
  });

  it('is turned away with a wrong token, and where no manager is', async () => {
    const text = await onTwoHosts(
      `docker swarm init >/dev/null; token=$(docker swarm join-token -q worker)
       there docker swarm join --token nonsense 192.168.50.10:2377
       there docker swarm join --token SWMTKN-1-$(echo $token | cut -d- -f3)-0000000000000000000000000 192.168.50.10:2377
       there docker swarm join --token SWMTKN-1-00000000000000000000000000000000000000000000000001-$(echo $token | cut -d- -f4) 192.168.50.10:2377
       there docker swarm join --token $token 192.168.50.10:2378; there docker swarm join --token $token 192.168.50.11:22
       there docker swarm join --token $(docker swarm join-token -q manager) 192.168.50.10:2377
       sudo iptables -I INPUT -p tcp --dport 2377 -j DROP
       there docker swarm join --token $token 192.168.50.10:2377; there docker info -f '{{.Swarm.LocalNodeState}}'
       sudo iptables -D INPUT -p tcp --dport 2377 -j DROP
       wait_until '[ $(docker node ls -q | wc -l) = 2 ]'; there docker info -f '{{.Swarm.LocalNodeState}}'`,
      { joined: false },
    );
    expect(text.split('\n').map((line) => line.replace('Error response from daemon: ', ''))).toEqual([
      'invalid join token',
      'rpc error: code = InvalidArgument desc = A valid join token is necessary to join this cluster',
      `remote CA does not match fingerprint. Expected: ${'0'.repeat(63)}1`,
      'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 192.168.50.10:2378: connect: connection refused"',
      expect.stringContaining(
        'rpc error: code = Unavailable desc = connection error: desc = "transport: authentication handshake failed: ',
      ),
      'joining as a manager is not supported by this engine: a swarm here has one manager',
      'Timeout was reached before node joined. The attempt to join the swarm will continue in the background. Use the "docker info" command to see the current swarm status of your node.',
      'pending',
      'active',
      '',
    ]);
  });
});

describe('tasks', () => {
  it('are spread over the nodes, each of which brings the image, and replaced where they end', async () => {
    const text = await onTwoHosts(`
      docker service create -q --name api --replicas 3 --restart-delay 1s busybox sleep 100000 >/dev/null
      ${TASKS} api; there docker images --format '{{.Repository}}'; there docker ps --format '{{.Image}}'
      there 'docker kill $(docker ps -q)' >/dev/null; docker kill $(docker ps -q | head -n 1) >/dev/null
      sleep 10; ${TASKS} api; docker service scale -d api=5 >/dev/null; sleep 5; ${TASKS} api
      docker node ps docker-host-2 -f desired-state=running --format '{{.Node}}' | sort | uniq -c`);
    const seen = rows(text);
    const nodesOf = (from: number, count: number): readonly string[] =>
      seen
        .slice(from, from + count)
        .map(([, node]) => node ?? '')
        .sort();
    expect(nodesOf(0, 3)).toEqual(['docker-host', 'docker-host', 'docker-host-2']);
    expect(seen.slice(3, 5)).toEqual([['busybox'], ['busybox:latest']]);
    expect(nodesOf(5, 3)).toEqual(['docker-host', 'docker-host', 'docker-host-2']);
    expect(nodesOf(8, 5)).toEqual(['docker-host', 'docker-host', 'docker-host', 'docker-host-2', 'docker-host-2']);
    expect(seen.at(-1)).toEqual(['2', 'docker-host-2']);
  });

  it('have their secrets and configs on whichever node they are', async () => {
    const text = await onTwoHosts(`
      printf hush | docker secret create word - >/dev/null; printf open | docker config create plain - >/dev/null
      docker service create -q --name keeper --secret word --config plain --constraint node.hostname==docker-host-2 \
        --env 'WHERE={{.Node.Hostname}}' busybox sleep 100000 >/dev/null
      there 'docker exec $(docker ps -q) sh -c "cat /run/secrets/word /plain; echo; echo \\$WHERE"'`);
    expect(text).toBe('hushopen\ndocker-host-2\n');
  });
});
