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

/** A service that says which task answers, published on every node. */
const WEB = `docker service create -q --name api --replicas 3 -p 8080:80 busybox \\
  sh -c 'mkdir /w; hostname > /w/index.html; echo up; httpd -f -h /w' >/dev/null
asked() { for i in 1 2 3 4 5 6; do eval "$1 curl -m 3 -sS $2"; done | sort | uniq -c | awk '{ print $1 }' | xargs; }
running() { docker service ps api -f desired-state=running --format '{{.Node}}' | sort | uniq -c | xargs; }
nodes() { docker node ls --format '{{.Hostname}} {{.Status}} {{.Availability}}' | tail -n 1; }`;

describe('a published port', () => {
  it('answers on both nodes, also where no task runs', async () => {
    const text = await onTwoHosts(`${WEB}
      asked '' localhost:8080; asked '' 192.168.50.11:8080; asked there localhost:8080; asked there 192.168.50.10:8080
      docker service update -q --constraint-add node.role==worker api >/dev/null; sleep 1; running
      asked '' localhost:8080; docker service rm api >/dev/null; sleep 5; curl -sS localhost:8080; there curl -sS localhost:8080`);
    expect(text.split('\n')).toEqual([
      ...['2 2 2', '2 2 2', '2 2 2', '2 2 2', '3 docker-host-2', '2 2 2'],
      ...[1, 2].map(() => expect.stringContaining('Could not connect to server')),
      '',
    ]);
  });
});

describe('the tasks of a node', () => {
  it('go elsewhere when it is drained, when it is silent, and when it leaves', async () => {
    const text = await onTwoHosts(`${WEB}
      docker node update --availability drain docker-host-2 >/dev/null; sleep 20; running; there docker ps -q; nodes
      docker node update --availability active docker-host-2 >/dev/null; docker service update -q --force api >/dev/null; running
      there sudo systemctl stop docker docker.socket; nodes; sleep 20; nodes; running
      there sudo systemctl start docker; sleep 3; nodes; docker service update -q --force api >/dev/null; running
      there docker swarm leave; there docker info -f '{{.Swarm.LocalNodeState}}'; there docker ps -aq; sleep 20; nodes
      docker node rm docker-host-2; docker node ls -q | wc -l; sleep 6; running; docker swarm leave; docker swarm leave --force`);
    expect(text).toBe(`3 docker-host
docker-host-2 Ready Drain
1 docker-host 2 docker-host-2
docker-host-2 Ready Active
docker-host-2 Down Active
3 docker-host
docker-host-2 Ready Active
1 docker-host 2 docker-host-2
Node left the swarm.
inactive
docker-host-2 Down Active
docker-host-2
1
3 docker-host
Error response from daemon: You are attempting to leave the swarm on a node that is participating as a manager. Removing the last manager erases all current state of the swarm. Use \`--force\` to ignore this message.
Node left the swarm.
`);
  });

  it('are orphans when it is removed by force, and it must leave before it comes again', async () => {
    const text = await onTwoHosts(`
      docker service create -q --mode global --name each busybox sleep 100000 >/dev/null
      docker node rm --force docker-host-2; sleep 1; docker service ps each --format '{{.CurrentState}}' | cut -d' ' -f1 | sort
      sleep 10; there docker info -f "'{{.Swarm.LocalNodeState}}: {{.Swarm.Error}}'"; there docker swarm leave; there docker ps -aq
      there docker swarm join --token $(docker swarm join-token -q worker) 192.168.50.10:2377 >/dev/null; nodes() { docker node ls --format '{{.Hostname}} {{.Status}}'; }; nodes; sleep 5; there docker ps --format '{{.Image}}'`);
    expect(text).toBe(`docker-host-2
Orphaned
Running
error: rpc error: code = NotFound desc = node not registered
Node left the swarm.
docker-host Ready
docker-host-2 Ready
busybox:latest
`);
  });

  it('are read, and found again when either engine has been started anew', async () => {
    const text = await onTwoHosts(`${WEB}
      docker service logs api 2>&1 | sed 's/^api.[1-3].[a-z0-9]*@//' | sort
      there sudo systemctl restart docker; sleep 12; nodes; asked '' localhost:8080; asked there localhost:8080
      sudo systemctl restart docker; sleep 12; nodes; running | wc -w; asked '' localhost:8080; asked there localhost:8080
      docker node promote docker-host-2; docker node demote docker-host-2; docker node rm docker-host-2 2>&1 | sed 's/node [a-z0-9]*/node ID/'`);
    expect(text).toBe(`docker-host    | up
docker-host    | up
docker-host-2    | up
docker-host-2 Ready Active
2 2 2
2 2 2
docker-host-2 Ready Active
4
2 2 2
2 2 2
Error response from daemon: promoting a node to a manager is not supported by this engine: a swarm here has one manager
Node docker-host-2 is already a worker.
Error response from daemon: rpc error: code = FailedPrecondition desc = node ID is not down and can't be removed
`);
  });
});

describe('two hosts', () => {
  it('are the same again with the same seed', async () => {
    const script = `${WEB}
      docker service ps --no-trunc api; there docker network inspect ingress; asked '' 192.168.50.11:8080; there docker ps -a --no-trunc; date +%s.%N`;
    const first = await onTwoHosts(script);
    expect(await onTwoHosts(script)).toBe(first);
  });
});
