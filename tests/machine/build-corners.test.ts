/** Corners of builds and registries, each with what a real Docker says. */
import { describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { playCommand } from '../../src/engine/machine/play.ts';
import { oracleSpec } from '../../src/engine/machine/spec.ts';
import { ORACLE_SETTINGS } from '../../src/engine/machine/world/settings.ts';

const FILES = {
  'fifo/Dockerfile': 'FROM busybox:1.35\nCOPY pipe /pipe\nRUN test -p /pipe && echo "still a pipe"\n',
  'classic/Dockerfile': 'FROM busybox:1.35\nHEALTHCHECK --interval=3s CMD true\n',
  'named/Dockerfile': 'FROM busybox:1.35\nCOPY --from=extra Dockerfile /\n',
  'other/Dockerfile': 'FROM busybox:1.35\nCOPY --from=example/web:1.0 /nosuch /\n',
  'itself/Dockerfile': 'FROM busybox:1.35\nCOPY --from=busybox:1.35 /nosuch /\n',
  'new/Dockerfile': 'FROM busybox:1.35\nCOPY --link --exclude=nothing Dockerfile /x\n',
  'mode/Dockerfile': 'FROM busybox:1.35\nCOPY --chmod=700 Dockerfile /x\n',
  'here/Dockerfile': 'FROM busybox:1.35\nCOPY <<E /x\ntext\nE\n',
  'flag/Dockerfile': 'FROM busybox:1.35\nRUN --security=sandbox true\n',
  'watch.yaml': 'name: w\nservices: {a: {build: ., develop: {watch: [{ignore: [x], target: /t, action: sync, path: ./p}]}}}\n',
  'quiet.yaml': 'name: quiet\nservices: {a: {image: "busybox:1.35"}, b: {image: "busybox:1.35", command: echo hi}}\n',
  'bare/Dockerfile': 'FROM scratch\nCOPY Dockerfile /\n',
  'named.yaml': 'name: named\nservices:\n  app: {image: "busybox:1.35", container_name: fixed, init: true, command: sleep 100}\n',
  'hub/Dockerfile': 'FROM example/web:1.0\n',
  'stages/Dockerfile': 'FROM busybox:1.35 AS unused\nENV old value\nFROM scratch\n',
  'app/Dockerfile': 'FROM busybox:1.35\nRUN echo x > /x\n',
  'compose.yaml': 'services:\n  app: {image: "localhost:5000/app:1", build: {context: ./app, tags: ["localhost:5000/app:2"]}}\n',
  'empty.yaml': 'services:\n  app: {command: x}\n',
};

const CHECKSUM =
  'ERROR: failed to build: failed to solve: failed to compute cache key: failed to calculate checksum of ref X: "/nosuch": not found\n';
const CLASSIC = 'DOCKER_BUILDKIT=0 docker build';

const LINES: readonly (readonly [command: string, said: string])[] = [
  // The first build of an engine finds what was sent before it.
  ['docker build -q --build-context extra=app named | cut -c1-7', 'sha256:\n'],
  ['docker build other 2>&1 | tail -1 | sed "s/ref [a-z0-9]*::[a-z0-9]*/ref X/"', CHECKSUM],
  ['docker build itself 2>&1 | tail -1', 'ERROR: failed to build: failed to solve: lstat /nosuch: no such file or directory\n'],
  ['docker buildx prune -f --max-used-space 1gb', 'Total:\t0B\n'],
  [
    'tar c -C app Dockerfile | docker build -f ../outside.df - 2>&1 | tail -1',
    'ERROR: failed to build: failed to solve: failed to read dockerfile: open ../outside.df: no such file or directory\n',
  ],
  [
    'mkdir -p c; echo \'{"auths":{"b:1":{},"a:1":{},"x:1":{}}}\' > c/config.json; docker --config c logout x:1; cat c/config.json | tr -d "\\n\\t"',
    'Removing login credentials for x:1\n{"auths": {"a:1": {},"b:1": {}}}',
  ],
  [
    'echo \'{"credsStore":"nosuch"}\' > c/config.json; docker --config c login -u me -p it localhost:5000 2>&1 | tail -1',
    'error saving credentials: error storing credentials - err: exec: "docker-credential-nosuch": executable file not found in $PATH, out: ``\n',
  ],
  ['mkfifo fifo/pipe; docker build --progress=plain fifo 2>&1 | grep -o "still a pipe$"', 'still a pipe\n'],
  ['docker run --rm busybox:1.35 sh -c "cd /etc; wc -l passwd; wc -l passwd group | head -1"', '4 passwd\n        4 passwd\n'],
  [
    `${CLASSIC} --iidfile id -q classic >/dev/null 2>&1; wc -c < id; ${CLASSIC} --iidfile id classic >/dev/null 2>&1; wc -c < id`,
    '72\n71\n',
  ],
  [
    `${CLASSIC} -q -t c classic >/dev/null 2>&1; docker history --no-trunc --format "{{.CreatedBy}}" c | head -1`,
    '/bin/sh -c #(nop)  HEALTHCHECK &{Test:[CMD-SHELL true] Interval:3s Timeout:0s StartPeriod:0s StartInterval:0s Retries:0}\n',
  ],
  [
    `${CLASSIC} hub 2>/dev/null | grep -E "Pulling from|Status"`,
    '1.0: Pulling from example/web\nStatus: Downloaded newer image for example/web:1.0\n',
  ],
  [
    `${CLASSIC} --platform linux/arm64 classic 2>/dev/null | grep -cE "1.35: Pulling from|Using cache"; ${CLASSIC} --platform linux/arm64 classic 2>/dev/null | grep -c "Using cache"`,
    '1\n0\n',
  ],
  ['docker build --check stages 2>/dev/null | grep -c LegacyKeyValueFormat', '1\n'],
  ['docker build --check --target 1 stages 2>&1 | grep -c LegacyKeyValueFormat', '0\n'],
  [
    'docker build -q --cache-to type=registry,ref=localhost:5000/cache app >/dev/null; docker buildx imagetools inspect --raw localhost:5000/cache | grep -o \'{"schemaVersion":2\\|"annotations":{"buildkit/createdat"\' | uniq -c | tr -s " "',
    ' 1 {"schemaVersion":2\n 2 "annotations":{"buildkit/createdat"\n',
  ],
  [
    'docker build --cache-to type=registry,ref=localhost:5999/c app 2>&1 | tail -1 | sed "s/sha256:.*: dial/X: dial/"',
    'ERROR: failed to build: failed to solve: error writing layer blob: failed to do request: Head "https://localhost:5999/v2/c/blobs/X: dial tcp 127.0.0.1:5999: connect: connection refused\n',
  ],
  [
    'docker build --cache-from type=local,src=nodir app 2>&1 | tail -1',
    'WARNING: local cache import at nodir skipped due to err: could not read nodir/index.json: open nodir/index.json: no such file or directory\n',
  ],
  [
    'for t in 1 2; do docker build -q --provenance=false -t localhost:5000/part:$t --build-arg N=$t --label n=$t --push app >/dev/null; done; docker buildx imagetools create -t localhost:5000/both localhost:5000/part:1 localhost:5000/part:2 2>&1 | grep -o "from [^ ]*"',
    'from localhost:5000/part:2\nfrom localhost:5000/part:1\n',
  ],
  [
    'docker buildx imagetools inspect --format "{{range .Manifest.Manifests}}{{.Platform}}{{end}}" localhost:5000/both',
    '{amd64 linux  [] }{amd64 linux  [] }',
  ],
  [
    'docker buildx imagetools create -t localhost:5999/x localhost:5000/part:1 2>&1 | tail -1 | sed "s/sha256:[0-9a-f]*/X/g"',
    'ERROR: copy X from localhost:5000/part:1 to localhost:5999/x:latest: failed to do request: Head "http://localhost:5999/v2/x/blobs/X": dial tcp 127.0.0.1:5999: connect: connection refused\n',
  ],
  [
    'docker build -q --provenance=mode=min -t localhost:5000/min --push app >/dev/null; docker buildx imagetools inspect --format "{{json .Provenance}}" localhost:5000/min | grep -o "\\"request\\": true"',
    '"request": true\n',
  ],
  [
    'docker compose build -q 2>/dev/null; docker compose push 2>&1 | grep -cE "^ [0-9a-f]{12} "; docker compose push -q 2>&1 | sort',
    '8\n localhost:5000/app:1 Pushed \n localhost:5000/app:1 Pushing \n localhost:5000/app:2 Pushed \n localhost:5000/app:2 Pushing \n',
  ],
  [
    'docker build -q --provenance=false --annotation index:a=b -o type=image app 2>&1 | tail -1',
    'ERROR: failed to build: failed to solve: index annotations not supported for single platform export\n',
  ],
  [
    'docker build -q --provenance=false --metadata-file m -t bare bare >/dev/null; docker image inspect -f "{{range \\$k, \\$v := .Descriptor.annotations}}{{\\$k}}{{end}}" bare; grep -c \'"architecture": "amd64"\' m; grep -c materials m',
    'config.digest\n1\n0\n',
  ],
  [
    'docker build -q -o type=oci,dest=o.tar -t a:1 bare >/dev/null; tar xOf o.tar index.json | grep -oE \'"(io|org|platform|architecture)[^:]*"\'',
    '"io.containerd.image.name"\n"org.opencontainers.image.created"\n"org.opencontainers.image.ref.name"\n"platform"\n"architecture"\n',
  ],
  [
    'docker run --name memory --mount type=tmpfs,target=/t busybox:1.35 true; docker run --rm --volumes-from memory busybox:1.35 true 2>&1 | grep Error',
    'docker: Error response from daemon: get: no such volume\n',
  ],
  [
    'docker pull -q --platform linux/arm64 example/db >/dev/null; docker images --format "{{.CreatedSince}}" example/db; docker image inspect -f "{{json .Config}}{{.Size}}" example/db',
    '56 years ago\n{}2679\n',
  ],
  [
    'docker compose -f named.yaml up -d --quiet-pull >/dev/null 2>&1; docker compose -f named.yaml scale app=2',
    'WARNING: The "app" service is using the custom container name "fixed". Docker requires each container to have a unique name. Remove the custom name to scale the service\n',
  ],
  ['docker compose build --progress quiet', '--progress is a global compose flag, better use `docker compose --progress xx build ...\n'],
  [
    `for d in new mode here flag; do ${CLASSIC} $d 2>&1 | tail -1 | cut -d. -f1 | sed "s/built .*/built X/"; done`,
    'Successfully built X\nthe --chmod option requires BuildKit\nCOPY failed: no source files were specified\nthe --security option requires BuildKit\n',
  ],
  [
    'docker compose -f watch.yaml config | grep -A5 watch: | tail -5 | tr -d " -"',
    'path:/home/learner/lab/p\naction:sync\ntarget:/t\nignore:\nx\n',
  ],
  ['COMPOSE_FILE=nosuch.yaml docker compose ps', 'stat /home/learner/lab/nosuch.yaml: no such file or directory\n'],
  // A build above lacked a file of it: what it looked in, it holds for good.
  [
    'docker build -q -t g hub >/dev/null; docker rmi -f g example/web:1.0 >/dev/null; docker builder prune -af >/dev/null; docker pull example/web:1.0 | grep -c "Pull complete"',
    '0\n',
  ],
  ['tar c -C stages Dockerfile | docker build --target unused - 2>&1 | grep -o "WARN: Legacy[A-Za-z]*"', 'WARN: LegacyKeyValueFormat\n'],
  [
    'docker --config i buildx install | cut -d" " -f1-2; tr -d "\\n\\t" < i/config.json; docker --config i buildx uninstall >/dev/null; tr -d "\\n\\t" < i/config.json; docker buildx --help | grep -c install',
    'Command "install"\n{"auths": {},"aliases": {"builder": "buildx"}}{"auths": {}}0\n',
  ],
  // A context that cannot be read is no reason to crash.
  [
    'docker build -f app/Dockerfile -q /sys/fs/cgroup 2>&1 | grep -oE "ERROR: failed to build: failed to solve: error from sender: open /sys/fs/cgroup"',
    'ERROR: failed to build: failed to solve: error from sender: open /sys/fs/cgroup\n',
  ],
  // Who has said nothing takes no colour away.
  [
    'docker compose -f quiet.yaml up -d >/dev/null 2>&1; docker compose -f quiet.yaml --ansi always logs | tr "\\033" E',
    'E[36mb-1  | E[0mhi\n',
  ],
  ['docker compose -f empty.yaml build', 'service "app" has neither an image nor a build context specified: invalid compose project\n'],
];

describe('corners of builds and registries', () => {
  it('say what the real ones say', async () => {
    const spec = { ...oracleSpec({ images: ['busybox:1.35'], needs: ['registry'], files: FILES }), cwd: '/home/learner/lab' };
    const machine = await createMachine(spec, nodeHost);
    const said: [string, string][] = [];
    for (const [command] of LINES) {
      const { stdout, stderr } = await playCommand(machine, command, ORACLE_SETTINGS);
      said.push([command, stdout + stderr]);
    }
    expect(said).toEqual(LINES);
    expect(machine.faults()).toEqual([]);
  });
});
