/** Commands that few people type, each with what a real Docker says. */
import { describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { playCommand } from '../../src/engine/machine/play.ts';
import { oracleSpec } from '../../src/engine/machine/spec.ts';
import { ORACLE_SETTINGS } from '../../src/engine/machine/world/settings.ts';

const START =
  'docker: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ';
const RUN_HELP = "\n\nRun 'docker run --help' for more information\n";

const LINES: readonly (readonly [command: string, said: string])[] = [
  ['docker -H a -H b ps 2>&1 | head -1', 'invalid argument "b" for "-H, --host" flag: specify only one -H\n'],
  ['docker -H tcp://x:y ps', 'Failed to initialize: unable to resolve docker endpoint: parse "tcp://x:y": invalid port ":y" after host\n'],
  ['docker system --foo', "unknown flag: --foo\n\nUsage:  docker system\n\nRun 'docker system --help' for more information\n"],
  ['docker manifest 2>&1 | head -2', '\nUsage:  docker manifest COMMAND\n'],
  ['docker help help', 'Usage:  docker help [command]\n\nHelp about the command\n'],
  ['DOCKER_HIDE_LEGACY_COMMANDS=1 docker --help | grep -c "^Commands:"', '0\n'],
  ['docker image inspect --platform bogus busybox:1.35', '"bogus": unknown operating system or architecture: invalid argument\n'],
  ['printf "GET /_ping HTTP/1.0\\r\\n\\r\\n" | docker system dial-stdio | head -1', 'HTTP/1.1 200 OK\r\n'],
  [
    'docker -H unix:///nosuch system dial-stdio',
    'failed to open the raw stream connection: dial unix /nosuch: connect: no such file or directory\n',
  ],
  [
    'docker context create x1 --docker host=bogus://',
    'unable to create docker endpoint config: unable to apply docker endpoint options: unable to parse docker host `bogus://`\n',
  ],
  ['echo COLOR=red > f; docker run --rm --env-file f -e COLOR busybox:1.35 sh -c "echo \\$COLOR"', 'red\n'],
  ['docker run --rm -e HOSTNAME busybox:1.35 sh -c "echo \\${HOSTNAME-none}"', 'none\n'],
  ['docker run --rm --ulimit nofile=5 busybox:1.35 true', `${START}too many open files${RUN_HELP}`],
  [
    'docker run --rm --cpu-shares 1 busybox:1.35 true',
    `${START}error setting cgroup config for procHooks process: the minimum allowed cpu-shares is 2${RUN_HELP}`,
  ],
  [
    'docker run --rm -v aa:/a --mount type=volume,src=x,dst=/a busybox:1.35 true',
    `docker: Error response from daemon: Duplicate mount point: /a${RUN_HELP}`,
  ],
  [
    'docker run -d --name top busybox:1.35 sleep 99 >/dev/null; docker top top nosuchoption',
    'Error response from daemon: ps: error: unknown user-defined format specifier "suchoption"\n',
  ],
  ['docker exec top sh -c "httpd; wget -S -O /dev/null http://127.0.0.1/nosuch 2>&1 | grep -c :"', '2\n'],
  ['docker exec top grep -o "size=4k,nr_inodes=1" /proc/mounts | head -1', 'size=4k,nr_inodes=1\n'],
  // A second run whose typist is gone before it begins ends as well.
  [
    'docker create -i --name cat busybox:1.35 cat >/dev/null; echo meow | docker start -ai cat; printf "POST /containers/cat/attach?stdin=1&stdout=1&stream=1 HTTP/1.1\\r\\nHost: x\\r\\nConnection: Upgrade\\r\\nUpgrade: tcp\\r\\n\\r\\n" | docker system dial-stdio >/dev/null & sleep 1; docker start cat >/dev/null; sleep 1; docker inspect -f "{{.State.Status}}" cat',
    'meow\nexited\n',
  ],
  ["printf 'FROM busybox:1.35\\nCMD echo hi\\n' | docker build --check - 2>&1 | grep -c '^/tmp/empty-dir[0-9]*/Dockerfile:2$'", '1\n'],
  // Whether there is a git decides what is said of a repository, and never that one was fetched.
  ['docker build https://x.y/a.git 2>&1 | tail -1', ': exec: "git": executable file not found in $PATH\n'],
  [
    'touch /usr/bin/git; chmod +x /usr/bin/git; docker build https://x.y/a.git 2>&1 | tail -1; rm /usr/bin/git',
    ': /usr/bin/git is there, but fetching a repository is not supported by this builder\n',
  ],
  [
    'docker create --name labelled -l k=v busybox:1.35 >/dev/null; docker commit labelled own:1 >/dev/null; docker tag own:1 own:2; docker rmi own:1 >/dev/null; docker events --since 1h --until $(date +%s.%N) --filter type=image --format "{{.Action}} {{.Actor.Attributes.k}} {{.Actor.Attributes.name}}" | grep own',
    'tag v own:1\ntag v own:2\nuntag <no value> own:1\n',
  ],
  // What is loaded over itself is kept without a name as well, and goes with the next name.
  [
    'docker tag busybox:1.35 twice; docker save twice -o twice.tar; docker load -q -i twice.tar; docker load -q -i twice.tar; docker rmi twice | cut -d@ -f1; docker image ls -q --filter dangling=true',
    'Loaded image: twice:latest\nLoaded image: twice:latest\nUntagged: twice:latest\nUntagged: moby-dangling\n',
  ],
  [
    `curl -s --unix-socket /var/run/docker.sock -d '{"Image":"busybox:1.35"}' http://d/containers/create`,
    `{"message":"unsupported Content-Type header (application/x-www-form-urlencoded): must be 'application/json'"}\n`,
  ],
  // The filter is made for a container's own capabilities: who is privileged in it may still not mount.
  [
    'docker run -d --name filtered busybox:1.35 sleep 99 >/dev/null; docker exec --privileged filtered sh -c "mkdir -p /m; grep CapEff /proc/self/status; mount -t tmpfs none /m; hostname x; unshare -m true"',
    'CapEff:\t000001ffffffffff\nmount: permission denied (are you root?)\nhostname: sethostname: Operation not permitted\nunshare: unshare(0x20000): Operation not permitted\n',
  ],
  [
    'docker run --rm --cap-add SYS_ADMIN busybox:1.35 sh -c "mkdir /m; mount -t tmpfs none /m && echo yes"; docker run --rm --security-opt seccomp=unconfined busybox:1.35 sh -c "mkdir /m; mount -t tmpfs none /m"',
    'yes\nmount: permission denied (are you root?)\n',
  ],
  // What is no archive is stored, named, and then not unpacked; the second time as well.
  [
    `for i in 1 2; do echo junk | docker import - junk:1 2>&1 | sed 's/[0-9a-f]\\{64\\}/D/; s/mount[0-9]*:/mount:/'; done; docker image ls -q junk | wc -l`,
    `${'Error response from daemon: failed to unpack image: apply layer error for "docker.io/library/junk:1": failed to extract layer sha256:D: mount callback failed on /var/lib/docker/containerd/daemon/tmpmounts/containerd-mount: unexpected EOF\n'.repeat(2)}1\n`,
  ],
  // A client cleans the paths it asks for.
  [
    "docker rm ..; docker exec '..' net; docker rm a/../b",
    'Error response from daemon: page not found\nError response from daemon: page not found\nError response from daemon: No such container: b\n',
  ],
  // The runtime's threads had the numbers in between.
  ['docker run --rm busybox:1.35 sh -c "cat /proc/self/stat | cut -d\\  -f1"', '7\n'],
  [
    'docker run -d --name pids busybox:1.35 sleep 99 >/dev/null; for i in 1 2; do docker exec pids sh -c "echo \\$\\$"; done; docker exec pids ls /nothing 2>/dev/null; docker exec pids sh -c "echo \\$\\$"',
    '7\n14\n28\n',
  ],
  ['docker run --rm --hostname h.example.com --domainname d busybox:1.35 hostname -f', 'hostname: h.example.com: Unknown host\n'],
  [
    'docker run --rm --hostname h.example.com busybox:1.35 sh -c "hostname -f; hostname -d; hostname -s"',
    'h.example.com\nexample.com\nh\n',
  ],
  ['docker cp -L nosuch:/link here', 'Error response from daemon: No such container: nosuch\n'],
  ['DOCKER_DEFAULT_PLATFORM=bogus docker create busybox:1.35', '"bogus": unknown operating system or architecture: invalid argument\n'],
  ['docker create --ip6 ::ffff:1.2.3.4 busybox:1.35 2>&1 | grep -c "contains IP address 1.2.3.4"', '1\n'],
];

describe('what Docker says of what is rarely typed', async () => {
  const machine = await createMachine(oracleSpec({ images: ['busybox:1.35'] }), nodeHost);
  it.each(LINES)('%s', async (command, said) => {
    const { stdout, stderr } = await playCommand(machine, command, ORACLE_SETTINGS);
    expect(stdout + stderr).toBe(said);
    expect(machine.faults()).toEqual([]);
  });
});
