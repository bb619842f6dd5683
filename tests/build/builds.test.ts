/** Dockerfiles of the kind that people write, built on the book's machine: they build, run, and are known the second time. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/bin/host.ts';
import { createMachine } from '../../src/engine/machine/machine.ts';
import { type PlayedCommand, playCommand } from '../../src/engine/machine/play.ts';
import { bookSpec } from '../../src/engine/machine/spec.ts';
import type { Machine } from '../../src/engine/machine/types.ts';

const CONTEXTS = path.join(path.dirname(fileURLToPath(import.meta.url)), 'contexts');
const HOME = '/home/learner';
const SETTINGS = {
  env: [
    ['HOME', HOME],
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  ] as const,
  cwd: HOME,
  uid: 1000,
};

interface Case {
  readonly name: string;
  /** What a shell on the host says once the image is there. */
  readonly says: Readonly<Record<string, string>>;
}

const run = (name: string, command = ''): string => `docker run --rm ${name}${command === '' ? '' : ` ${command}`}`;
const config = (name: string, format: string): string => `docker image inspect -f '${format}' ${name}`;

const CASES: readonly Case[] = [
  {
    name: 'static-site',
    says: {
      'docker run -d -q --name site -p 8081:80 static-site > /dev/null; sleep 1; curl -s localhost:8081/css/main.css; docker rm -f site':
        'h1 { color: teal }\nsite\n',
      [config('static-site', '{{json .Config.Healthcheck.Test}} {{index .Config.Labels "org.opencontainers.image.title"}}')]:
        '["CMD-SHELL","wget -q -O /dev/null http://localhost/ || exit 1"] Static site\n',
    },
  },
  {
    name: 'spa-two-stages',
    says: { [run('spa-two-stages', 'cat /usr/share/nginx/html/index.html')]: '<ul>\n<li>left-pad</li>\n<li>right-pad</li>\n</ul>\n' },
  },
  {
    name: 'service-user',
    says: {
      [run('service-user')]: 'app runs serve of a service on 8080, greeting ahoy\n',
      [run('service-user', 'migrate')]: 'app runs migrate of a service on 8080, greeting ahoy\n',
      [`${run('--entrypoint ls service-user', '-ldn data')} | cut -d' ' -f1,3,4`]: 'drwx------ 1500 1500\n',
      [config('service-user', '{{.Config.User}} {{.Config.StopSignal}} {{json .Config.Volumes}}')]: 'app SIGQUIT {"/srv/app/data":{}}\n',
    },
  },
  {
    name: 'binary-from-scratch',
    says: {
      [run('binary-from-scratch')]: 'Built from nothing.\n',
      [config('binary-from-scratch', '{{len .RootFS.Layers}} {{.Config.User}}')]: '2 nobody\n',
    },
  },
  {
    name: 'build-arguments',
    says: {
      [run('build-arguments')]: '0.0.0 none\n',
      'docker build -q --build-arg VERSION=2.1.0-rc1 --build-arg COMMIT=abc -t build-arguments:2 build-arguments > /dev/null; docker run --rm build-arguments:2':
        '2.1.0 abc\n',
      [config('build-arguments:2', '{{json .Config.Labels}}')]: '{"commit":"abc","version":"2.1.0-rc1"}\n',
    },
  },
  {
    name: 'heredoc-config',
    says: { [run('heredoc-config', 'cat /usr/local/apache2/htdocs/all.txt')]: '$TITLE stays\n<h1>A page</h1>\n' },
  },
  {
    name: 'database-with-schema',
    says: { [run('--entrypoint ls database-with-schema', '/docker-entrypoint-initdb.d')]: '01-schema.sql\n02-data.sql\n' },
  },
  {
    name: 'cache-settings',
    says: {
      [config('cache-settings', '{{json .Config.Cmd}}')]: '["redis-server","/usr/local/etc/redis/redis.conf"]\n',
      [`${run('--entrypoint ls cache-settings', '-l /usr/local/etc/redis/redis.conf')} | cut -d' ' -f1`]: '-rw-r--r--\n',
    },
  },
  { name: 'onbuild-parent', says: { [config('onbuild-parent', '{{json .Config.OnBuild}}')]: '["COPY . .","RUN sort -o names names"]\n' } },
  {
    name: 'onbuild-child',
    says: { [run('onbuild-child')]: 'alpha\nzulu\n', [config('onbuild-child', '{{json .Config.OnBuild}}')]: 'null\n' },
  },
  { name: 'mounts', says: { [run('mounts')]: 'ONE\nTWO\nWORDS\n', [run('mounts', 'ls -d /scratch /in')]: '' } },
  { name: 'packages-debian', says: { [`${run('packages-debian')} | cut -d' ' -f1 | head -1`]: 'curl\n' } },
];

const filesIn = (directory: string): readonly string[] =>
  readdirSync(path.join(CONTEXTS, directory), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(directory, entry.name);
    return entry.isDirectory() ? filesIn(name) : [name];
  });

const startFiles = filesIn('.').map((name) => {
  const bytes = new Uint8Array(readFileSync(path.join(CONTEXTS, name)));
  return { path: `${HOME}/${name}`, bytes, mode: bytes[0] === 35 && bytes[1] === 33 ? 0o755 : 0o644 };
});

describe('Dockerfiles of the kind that people write', () => {
  let machine: Machine;
  const shell = (command: string): Promise<PlayedCommand> => playCommand(machine, command, SETTINGS);

  beforeAll(async () => {
    machine = await createMachine({ ...bookSpec({ start: 'images' }), files: startFiles }, nodeHost);
  });

  afterAll(() => {
    expect(machine.faults()).toEqual([]);
  });

  it('are all here', () => {
    expect(CASES.map(({ name }) => name).sort()).toEqual(readdirSync(CONTEXTS).sort());
  });

  it.each(CASES.map(({ name, says }) => [name, says] as const))('%s', async (name, says) => {
    const { exit, stderr } = await shell(`docker build -q -t ${name} ${name}`);
    expect([exit, stderr]).toEqual([0, '']);
    for (const [command, output] of Object.entries(says)) expect([command, (await shell(command)).stdout]).toEqual([command, output]);
    const again = await shell(`docker build -t ${name} ${name}`);
    const ran = again.stderr.match(/^#\d+ \[.*\d+\/\d+\] (?!FROM).*\n#\d+ (?!CACHED).*$/gm) ?? [];
    expect(ran).toEqual([]);
  });
});
