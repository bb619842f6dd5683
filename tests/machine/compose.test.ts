/** Compose in the book's world: a project of an image that is built and a server that says when it is ready. */
import { expect, it } from 'vitest';
import { runJob } from '../../src/engine/machine/job.ts';
import { computer } from './computer.ts';

const SITE = `mkdir -p app/web; cd app
echo 'hello from the dock' > web/index.html
printf 'FROM nginx:alpine\\nCOPY index.html /usr/share/nginx/html/\\n' > web/Dockerfile
cat > compose.yaml <<X
services:
  web:
    build: ./web
    ports: ["8080:80"]
    depends_on: {db: {condition: service_healthy}}
  db:
    image: redis:alpine
    healthcheck: {test: ["CMD", "redis-cli", "ping"], interval: 1s}
    volumes: ["data:/data"]
volumes: {data: {}}
X
`;

async function sh(script: string): Promise<{ status: number; out: string; err: string }> {
  const machine = await computer();
  const text = { stdout: '', stderr: '', status: '' };
  const status = await runJob(machine, {
    argv: ['sh', '-c', script],
    onOutput: (stream, bytes) => {
      text[stream] += new TextDecoder().decode(bytes);
    },
  });
  expect(machine.faults()).toEqual([]);
  return { status, out: text.stdout, err: text.stderr };
}

it('builds, waits for what has to be healthy, serves, and leaves the data behind', async () => {
  const { out } = await sh(
    `${SITE} docker compose up -d >/dev/null 2>&1; sleep 1; curl -s localhost:8080; docker compose ps --format '{{.Service}} {{.Health}}'; docker compose down 2>/dev/null; docker ps -aq; docker volume ls -q; docker network ls -qf name=app | wc -l`,
  );
  expect(out).toBe('hello from the dock\ndb healthy\nweb \napp_data\n0\n');
});

it('says what it cannot do before anything is made', async () => {
  const { status, out, err } = await sh(
    `printf 'services:\\n  a:\\n    image: alpine\\n  b:\\n    image: alpine\\n    pre_start: [{command: echo}]\\n' > compose.yaml; docker compose up -d; s=$?; docker network ls -q | wc -l; exit $s`,
  );
  expect([status, out, err]).toEqual([1, '3\n', '\'pre_start\' of service "b" is not there yet in this client\n']);
});

it('runs hooks in the container: after it has started, and before it stops', async () => {
  const { out, err } = await sh(
    `cat > compose.yaml <<'X'
services:
  a:
    image: alpine
    command: sleep 99
    init: true
    volumes: [".:/w"]
    post_start: [{command: sh -c 'echo up >> /w/log'}]
    pre_stop:
      - command: ["sh", "-c", "echo $$WHO >> /w/log"]
        environment: {WHO: bye}
X
for verb in 'up -d' restart stop; do docker compose -f compose.yaml -p p $verb >/dev/null 2>&1; done; cat log
sed -i 's/echo up/exit 4; echo up/' compose.yaml; docker compose -p p up -d 2>&1 | tail -n 1`,
  );
  expect([out, err]).toEqual(['up\nbye\nup\nbye\na hook exited with status 4\n', '']);
});

it('pins images to what the registry has under their names', async () => {
  const { out, err } = await sh(
    `printf 'services: {a: {image: alpine}, b: {build: .}}\\n' > compose.yaml; docker compose -p p config --lock-image-digests
docker pull -q alpine >/dev/null; docker image inspect -f '{{index .RepoDigests 0}}' alpine
printf 'services: {a: {image: "nosuch/image:1"}}\\n' > compose.yaml; docker compose -p p config --resolve-image-digests`,
  );
  const digest = /@(\S+)/.exec(out.split('\n').at(-2) ?? '')?.[1];
  expect(out).toContain(`services:\n  a:\n    image: docker.io/library/alpine:latest@${digest}\n  b: {}\n`);
  expect(err).toMatch(/^failed to resolve digest for docker\.io\/nosuch\/image:1: /);
});

const CHANGING = `services: {a: {image: alpine, command: sleep 99, init: true, volumes: ["data:/d"]}}
networks: {default: {labels: {x: 1}}}
volumes: {data: {labels: {x: 1}}}
`;

it('makes a network anew that is to be another one, and a volume if its data may go', async () => {
  const { out } = await sh(
    `cat > compose.yaml <<X
${CHANGING}X
docker compose -p p up -d >/dev/null 2>&1; docker compose -p p exec a touch /d/kept
sed -i '/networks/s/x: 1/x: 2/' compose.yaml; docker compose -p p up -d 2>&1 | tr '\n' ';'; echo
docker network inspect p_default -f '{{.Labels.x}} {{len .Containers}}'
sed -i '/^volumes/s/x: 1/x: 2/' compose.yaml; docker compose -p p up -d </dev/null 2>/dev/null; echo; docker compose -p p exec a ls /d
docker compose -p p up -d -y >/dev/null 2>&1; docker compose -p p exec a ls /d`,
  );
  expect(out.split('\n')).toEqual([
    ' Container p-a-1 Stopping ; Container p-a-1 Stopped ; Network p_default Removing ; Network p_default Removed ; Network p_default Creating ; Network p_default Creating ; Network p_default Created ; Network p_default Created ; Container p-a-1 Starting ; Container p-a-1 Started ;',
    '2 1',
    'Volume "p_data" exists but doesn\'t match configuration in compose file. Recreate (data will be lost)?',
    'kept',
    '',
  ]);
});

it('stops those that want to be restarted with what is made anew', async () => {
  const { out } = await sh(
    `cat > compose.yaml <<'X'
services:
  a: {image: alpine, command: sleep 99, init: true, environment: {X: "$X"}}
  b: {image: alpine, command: sleep 99, init: true, depends_on: {a: {condition: service_started, restart: true}}}
X
X=1 docker compose -p p up -d >/dev/null 2>&1; X=2 docker compose -p p up -d 2>&1 | tr '\n' ';'`,
  );
  expect(out).toBe(
    ' Container p-b-1 Stopping ; Container p-b-1 Stopped ; Container p-a-1 Recreate ; Container p-a-1 Recreated ; Container p-a-1 Starting ; Container p-a-1 Started ; Container p-b-1 Starting ; Container p-b-1 Started ;',
  );
});

it('follows the logs of what starts meanwhile, and ends when all that it follows has ended', async () => {
  const { out, status } = await sh(
    `cat > compose.yaml <<X
services: {a: {image: alpine, command: sh -c 'echo once; sleep 2; echo twice'}}
X
docker compose -p p up -d >/dev/null 2>&1; docker compose -p p logs -f & sleep 1; docker compose -p p restart -t 0 >/dev/null 2>&1; wait`,
  );
  expect(out.split('\n').map((line) => line.trim())).toEqual(['a-1  | once', 'a-1  | once', 'a-1  | twice', '']);
  expect(status).toBe(0);
});

it('tells what it would do, and does nothing', async () => {
  const { out, err } = await sh(
    "echo 'services: {a: {image: alpine, command: sleep 9}}' > compose.yaml; docker compose -p p --dry-run up -d; docker ps -aq; docker images -q; docker network ls -q | wc -l",
  );
  expect(err.split('\n').map((line) => line.trim())).toContain('Container p-a-1 Started');
  expect(out).toBe('3\n');
});

const WATCHED = `mkdir -p src conf; echo one > src/a.txt; echo c > conf/c
printf 'FROM alpine\\nCOPY src /src\\n' > Dockerfile
cat > compose.yaml <<'X'
services:
  web:
    build: .
    init: true
    command: sleep 1000
    develop:
      watch:
        - {path: src, target: /src, action: sync, ignore: ["*.tmp"]}
        - {path: conf, target: /conf, action: sync+restart}
        - {path: Dockerfile, action: rebuild}
X
`;

it('copies what changes into the containers, restarts them, and builds anew, until it is told to stop', async () => {
  const saved = `sleep 6; echo two > src/a.txt; echo t > src/b.tmp; sleep 2; rm src/a.txt; mkdir src/d; echo x > src/d/f; sleep 2
    echo d > conf/c; sleep 3; docker compose exec web find /src -type f; docker compose exec web cat /conf/c; echo 'RUN echo made > /made' >> Dockerfile`;
  const { out } = await sh(
    `${WATCHED} (${saved}) 2>/dev/null & timeout -s INT 22 docker compose watch --quiet 2>/dev/null; docker compose exec web cat /made`,
  );
  expect(out).toBe(
    `${['Watch enabled', 'Syncing service "web" after 1 changes were detected', 'Syncing service "web" after 3 changes were detected'].join('\n')}
Syncing service "web" after 1 changes were detected
service(s) ["web"] restarted
/src/d/f
d
Rebuilding service(s) ["web"] after changes were detected...
service(s) ["web"] successfully built
made
`,
  );
});

it('watches beside what the containers print', async () => {
  const { out } = await sh(
    `${WATCHED} (sleep 6; echo two > src/a.txt; sleep 2; docker compose stop -t 0 2>/dev/null) & docker compose up --watch --quiet-build 2>/dev/null`,
  );
  expect(out.replaceAll('\x1b[K', '')).toBe(
    [
      '        ⦿ Watch enabled',
      'Attaching to web-1',
      '        ⦿ Syncing service "web" after 1 changes were detected',
      'web-1 exited with code 137',
      '        ⦿ Watch disabled',
      '',
    ].join('\n'),
  );
});

it('watches nothing where nothing is to be watched', async () => {
  const { status, err } = await sh(
    `printf 'services:\\n  a:\\n    image: alpine\\n    command: sleep 9\\n' > compose.yaml; docker compose watch --no-up`,
  );
  expect([status, err]).toEqual([1, "none of the selected services is configured for watch, consider setting a 'develop' section\n"]);
});
