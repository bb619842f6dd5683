import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { networkHash, serviceHash, volumeHash } from '../../../../src/engine/cli/compose/project/hash.ts';
import { projectText } from '../../../../src/engine/cli/compose/project/show.ts';
import { load, project } from './world.ts';

const filesOf = (scenario: string): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(new URL(`../../../conformance/recordings/${scenario}.json`, import.meta.url), 'utf8')).files;

describe('what a project is called and read from', () => {
  it.each([
    ['the directory', { files: { 'compose.yaml': 'services: {a: {image: x}}' } }, 'lab'],
    ['its own name', { files: { 'compose.yaml': 'name: shop\nservices: {a: {image: x}}' } }, 'shop'],
    ['a variable', { files: { 'compose.yaml': 'name: ${N:-deep}\nservices: {a: {image: x}}' } }, 'deep'],
    [
      'the environment',
      { files: { 'compose.yaml': 'name: shop\nservices: {a: {image: x}}' }, env: { COMPOSE_PROJECT_NAME: 'other' } },
      'other',
    ],
    ['.env', { files: { 'compose.yaml': 'services: {a: {image: x}}', '.env': 'COMPOSE_PROJECT_NAME=dot' } }, 'dot'],
  ])('%s', (_what, given, name) => expect(load(given).name).toBe(name));

  it('takes an override beside the first file', () => {
    const files = { 'compose.yaml': 'services: {a: {image: x}}', 'compose.override.yaml': 'services: {a: {image: y}}' };
    expect(load({ files }).services.a?.image).toBe('y');
    expect(load({ files }).files).toEqual(['/home/learner/lab/compose.yaml', '/home/learner/lab/compose.override.yaml']);
  });

  it('takes COMPOSE_FILE for files', () => {
    const files = { 'one.yaml': 'services: {a: {image: x}}', 'two.yaml': 'services: {b: {image: y}}' };
    expect(Object.keys(load({ files, env: { COMPOSE_FILE: 'one.yaml:two.yaml' } }).services)).toEqual(['a', 'b']);
  });
});

describe('variables of services', () => {
  const files = {
    'compose.yaml':
      'services:\n  one: {image: x, env_file: [a.env], environment: {S: own}}\n  off: {image: x, env_file: [bad.env], profiles: [p]}\n  lab: {image: x, label_file: a.env, labels: [x=y]}\n',
    'a.env': 'S=file\nREF=$S-$D\n',
    'bad.env': 'A%=1\n',
    '.env': 'D=dot\n',
  };

  it('lets the project and the service itself go before files, and leaves the files of what is not active alone', () => {
    const { services } = load({ files });
    expect(services.one?.environment).toEqual({ REF: 'own-dot', S: 'own' });
    expect(services.lab?.labels).toMatchObject({ S: 'file', x: 'y' });
    expect(services.off).toBeUndefined();
    expect(() => load({ files: { ...files, 'compose.yaml': files['compose.yaml'].replace(', profiles: [p]', '') } })).toThrow('line 1');
  });

  it('does without .env when it is told to', () => {
    expect(load({ files, env: { COMPOSE_DISABLE_ENV_FILE: '1' } }).services.one?.environment).toEqual({ REF: 'own-', S: 'own' });
  });
});

describe('files over one another', () => {
  const merged = (over: string) =>
    load({
      files: {
        'a.yaml':
          'services: {web: {image: x, command: one two, ports: ["80:80"], environment: {A: "1", B: "2"}, volumes: ["./a:/data", "/tmp/x:/x"], labels: [a=1]}}',
        'b.yaml': over,
      },
      asked: ['a.yaml', 'b.yaml'],
    }).services.web;

  it('replaces commands, adds ports, puts volumes in the place of their target', () => {
    const web = merged('services: {web: {command: [three], ports: ["81:80"], environment: [B=3, C=4], volumes: ["./b:/data"]}}');
    expect(web?.command).toEqual(['three']);
    expect(web?.ports?.map(({ published }) => published)).toEqual(['80', '81']);
    expect(web?.environment).toEqual({ A: '1', B: '3', C: '4' });
    expect(web?.volumes?.map(({ source }) => source)).toEqual(['/home/learner/lab/b', '/tmp/x']);
  });

  it('lets !reset take away and !override replace', () => {
    const web = merged('services: {web: {ports: !override ["9:9"], labels: !reset null, environment: {A: !reset null}}}');
    expect(web?.ports?.map(({ published }) => published)).toEqual(['9']);
    expect(web?.labels).toBeUndefined();
    expect(web?.environment).toEqual({ B: '2' });
  });
});

describe('short forms', () => {
  it.each([
    ['"80"', [{ mode: 'ingress', target: 80, protocol: 'tcp' }]],
    ['"8080:80/udp"', [{ mode: 'ingress', target: 80, published: '8080', protocol: 'udp' }]],
    ['"127.0.0.1::80"', [{ mode: 'ingress', host_ip: '127.0.0.1', target: 80, protocol: 'tcp' }]],
    [
      '"[::1]:9000-9001:90-91"',
      [90, 91].map((target) => ({ mode: 'ingress', host_ip: '::1', target, published: String(target + 8910), protocol: 'tcp' })),
    ],
    ['{target: 80, published: 8080, mode: host}', [{ mode: 'host', target: 80, published: '8080', protocol: 'tcp' }]],
  ])('ports: %s', (port, wanted) => expect(project(`services: {a: {image: x, ports: [${port}]}}`).services.a?.ports).toEqual(wanted));

  it.each([
    ['./d:/d:ro', { type: 'bind', source: '/home/learner/lab/d', target: '/d', read_only: true, bind: {} }],
    ['~/d:/d', { type: 'bind', source: '/home/learner/d', target: '/d', bind: {} }],
    ['vol:/d:nocopy', { type: 'volume', source: 'vol', target: '/d', volume: { nocopy: true } }],
    ['/d/', { type: 'volume', target: '/d', volume: {} }],
    ['/a:/b:z,rshared', { type: 'bind', source: '/a', target: '/b', bind: { selinux: 'z', propagation: 'rshared' } }],
  ])('volumes: %s', (volume, wanted) =>
    expect(project(`services: {a: {image: x, volumes: ["${volume}"]}}\nvolumes: {vol: {}}`).services.a?.volumes).toEqual([wanted]),
  );

  it('reads the rest of what has several forms', () => {
    const { a } = project(
      'services:\n  a:\n    image: x\n    command: echo "a b" c\\ d \'e\'\n    depends_on: [b]\n    healthcheck: {test: curl x, interval: 90s}\n    mem_limit: 64m\n    extra_hosts: ["h:1.2.3.4"]\n    tmpfs: /t\n    stop_grace_period: 1m30s\n  b: {image: y}',
    ).services;
    expect(a).toMatchObject({
      command: ['echo', 'a b', 'c d', 'e'],
      depends_on: { b: { condition: 'service_started', required: true } },
      healthcheck: { test: ['CMD-SHELL', 'curl x'], interval: '1m30s' },
      mem_limit: '67108864',
      extra_hosts: ['h=1.2.3.4'],
      tmpfs: ['/t'],
      stop_grace_period: '1m30s',
      networks: { default: null },
    });
  });

  it('depends on services that it shares with', () => {
    const { b } = project('services: {a: {image: x}, b: {image: y, network_mode: "service:a"}, c: {image: z, links: ["a:db"]}}').services;
    expect(b?.depends_on).toEqual({ a: { condition: 'service_started', restart: true, required: true } });
  });
});

describe('profiles', () => {
  const files = { 'compose.yaml': 'services: {a: {image: x}, b: {image: y, profiles: [extra]}}' };
  it.each([
    ['none', {}, ['a']],
    ['asked for', { profiles: ['extra'] }, ['a', 'b']],
    ['all', { profiles: ['*'] }, ['a', 'b']],
    ['the service named', { services: ['b'] }, ['a', 'b']],
    ['the environment', { env: { COMPOSE_PROFILES: 'extra' } }, ['a', 'b']],
  ])('%s', (_what, given, names) => expect(Object.keys(load({ files, ...given }).services)).toEqual(names));
});

describe('extends', () => {
  it('takes what another service has, and is over it', () => {
    const files = {
      'compose.yaml': 'services: {a: {extends: {file: base.yaml, service: b}, command: mine, environment: {X: "1"}}}',
      'base.yaml': 'services: {b: {image: busybox, command: theirs, environment: {X: "0", Y: "2"}, volumes: ["./d:/d"]}}',
    };
    expect(load({ files }).services.a).toMatchObject({
      image: 'busybox',
      command: ['mine'],
      environment: { X: '1', Y: '2' },
      volumes: [{ source: '/home/learner/lab/d' }],
    });
  });
});

describe('what is wrong', () => {
  const files = filesOf('compose-errors');
  it.each([
    ['unknown.yaml', "validating /home/learner/lab/unknown.yaml: services.web additional properties 'comand' not allowed"],
    ['type.yaml', 'validating /home/learner/lab/type.yaml: services.web.command must be a null'],
    ['cycle.yaml', 'dependency cycle detected: a -> b -> a'],
    ['required.yaml', 'error while interpolating services.web.image: required variable TAG is missing a value: set TAG first'],
    [
      'dup.yaml',
      'failed to parse /home/learner/lab/dup.yaml: yaml: construct errors: line 1: line 4: mapping key "image" already defined at line 3',
    ],
  ])('%s', (file, message) => expect(() => load({ files, asked: [file] })).toThrow(message));

  it.each([
    ['services: {a: {image: x, mem_limit: lots}}', "'services[a].mem_limit' invalid size: 'lots'"],
    ['services: {a: {image: x, healthcheck: {interval: soon}}}', '\'services[a].healthcheck.interval\' time: invalid duration "soon"'],
    ['services: {a: {image: x, depends_on: {b: {condition: odd}}}, b: {image: y}}', 'value must be one of'],
    ['services: {a: {image: x, ports: 80}}', 'services.a.ports must be a array'],
    ['services: {a: {image: "${"}}', 'invalid interpolation format for services.a.image'],
  ])('%s', (text, message) => expect(() => project(text)).toThrow(message));
});

describe('hashes are those of the real Compose', () => {
  it('of services', () => {
    expect(serviceHash(load({ files: filesOf('compose-config') }).services.app as never)).toMatch(/^d3628b15d345a973/);
    const env = { SECRET_VALUE: 'hush', FROM_HOST: 'yes' };
    expect(serviceHash(load({ files: filesOf('compose-configs-secrets'), env }).services.app as never)).toMatch(/^fbaecde66fd3ba95/);
  });

  it('of networks and volumes', () => {
    const { networks, volumes } = load({ files: filesOf('compose-networks-volumes') });
    expect(networkHash(networks.back as never)).toMatch(/^804973658b1d8d18/);
    expect(volumeHash(volumes.data as never)).toMatch(/^3c1a35f100064880/);
  });
});

describe('as config prints it', () => {
  it('quotes what would be read as something else', () => {
    const text = projectText(
      project('services: {a: {image: x, environment: {A: "1", B: "yes", C: "a: b", D: "", E: "true", F: plain}}}'),
      'yaml',
    );
    expect(text.split('\n').filter((line) => /^ {6}[A-F]:/.test(line))).toEqual([
      '      A: "1"',
      "      B: 'yes'",
      "      C: 'a: b'",
      '      D: ""',
      '      E: "true"',
      '      F: plain',
    ]);
  });
});

describe('what cannot be run', () => {
  it.each([
    ['{scale: -1}', 'services.a.scale: must be greater than or equal to 0'],
    [
      '{mem_limit: 1g, deploy: {resources: {limits: {memory: 50M}}}}',
      "services.a: can't set distinct values on 'mem_limit' and 'deploy.resources.limits.memory': invalid compose project",
    ],
    [
      '{cpus: 2, deploy: {resources: {limits: {cpus: "1"}}}}',
      "services.a: can't set distinct values on 'cpus' and 'deploy.resources.limits.cpus': invalid compose project",
    ],
    [
      '{container_name: one, scale: 2}',
      "services.scale: can't set container_name and a as container name must be unique: invalid compose project",
    ],
    ['{healthcheck: {test: [curl, x]}}', 'healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE"'],
    ['{tmpfs: /run, volumes: ["/x:/run"]}', 'services.a.volumes[0]: target /run already mounted as services.a.tmpfs[0]'],
    ['{build: {context: ., secrets: [s]}}', 'service "a" refers to undefined build secret s: invalid compose project'],
    ['{build: {context: ., additional_contexts: {x: "service:b"}}}', 'service "a" declares unknown service "b" as additional contexts x'],
    [
      '{platform: linux/arm64, build: {context: ., platforms: [linux/amd64]}}',
      'service.build.platforms MUST include service.platform "linux/arm64": invalid compose project',
    ],
  ])('%s', (service, sentence) => {
    expect(() => project(`services: {a: {image: x, ${service.slice(1)}}`)).toThrow(sentence);
  });

  it('a secret that comes from nowhere', () => {
    expect(() => project('services: {a: {image: x}}\nsecrets: {s: {}}')).toThrow('secrets.s: one of file|environment must be set');
  });
});

it('reads a volume of one letter as a drive, as the original does', () => {
  expect(project('services: {a: {image: x, volumes: ["v:/v"]}}').services.a?.volumes).toEqual([
    { type: 'volume', target: 'v:/v', volume: {} },
  ]);
});
