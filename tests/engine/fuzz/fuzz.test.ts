/**
 * Malformed command lines, API requests, archives and templates: whatever comes, there is an answer in Docker's manner, nothing crashes,
 * hangs or throws what it did not mean to. `DRYDOCK_FUZZ=20000` runs so many of each kind; the seed is kept, so a failure can be had again.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeHost } from '../../../src/bin/host.ts';
import { TemplateError, template } from '../../../src/engine/cli/template/index.ts';
import { createMachine } from '../../../src/engine/machine/machine.ts';
import { playCommand } from '../../../src/engine/machine/play.ts';
import { oracleSpec } from '../../../src/engine/machine/spec.ts';
import { ORACLE_SETTINGS } from '../../../src/engine/machine/world/settings.ts';
import { readImageArchive } from '../../../src/engine/oci/archive/read.ts';
import { readTar, writeTar } from '../../../src/engine/oci/index.ts';
import { FormatError } from '../../../src/engine/oci/manifest.ts';
import { type ApiAnswer, ApiMachine } from '../../conformance/api-machine.ts';

const RUNS = Number(process.env.DRYDOCK_FUZZ ?? 2000);
const SEED = 20_261_128;
const LIMIT_MS = 3_600_000;
/** Lines of one shell: a process for each would be most of the time. */
const LINES = 20;
const LONGEST_ANSWER_MS = 20_000;
const run = (count: number) => ({ numRuns: count, seed: SEED, endOnFailure: true });
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

let api: ApiMachine;
beforeAll(async () => {
  const machine = await createMachine(oracleSpec({ images: ['busybox:1.35'] }), nodeHost);
  api = new ApiMachine(machine);
  await playCommand(
    machine,
    'docker run -d --name box busybox:1.35 sleep 100000; docker volume create data; docker network create net',
    ORACLE_SETTINGS,
  );
}, LIMIT_MS);

/** The answer to a request; what a client would read as no answer at all fails. */
async function ask(sent: Parameters<ApiMachine['send']>[0]): Promise<ApiAnswer> {
  const call = api.send(sent);
  await api.until(() => call.answer !== null || call.error !== null || call.begun, LONGEST_ANSWER_MS);
  // Streams that go on (events, logs, stats, attach) have begun: that is their answer.
  if (call.begun && call.answer === null) {
    await api.until(() => call.answer !== null, 50);
    call.cancel();
  }
  expect(call.error, JSON.stringify(sent)).toBeNull();
  expect(call.answer, `no answer to ${sent.method} ${sent.target}`).not.toBeNull();
  return call.answer as ApiAnswer;
}

const word = fc.oneof(
  fc.constantFrom(
    'box',
    'busybox:1.35',
    'data',
    'net',
    'nosuch',
    '',
    ' ',
    '..',
    'sha256:',
    'a'.repeat(300),
    '%',
    '*',
    '{}',
    '[]',
    'null',
    '0',
    '-1',
    '1e99',
    '\u0000',
    'é',
    '{"a":[1]}',
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const RESOURCES = [
  'containers|images|networks|volumes|exec|events|info|version|system/df|auth|commit|distribution|_ping|',
  'plugins|swarm|build|nosuch',
]
  .join('')
  .split('|');
const ACTIONS = [
  '|json|create|start|stop|kill|top|logs|stats|archive|attach|wait|resize|rename|update|exec|prune|tag|',
  'history|get|load|push|search|connect|disconnect|pause|changes|export|nosuch',
]
  .join('')
  .split('|');
const QUERY = [
  'all|filters|limit|size|name|signal|t|path|force|since|until|tail|follow|stdout|h|w|fromImage|fromSrc|',
  'repo|tag|platform|ps_args|stream|type|names|condition|detachKeys|term',
]
  .join('')
  .split('|');

const json: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    word,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(
    fc.constantFrom(
      ...[
        'Image|Cmd|Env|HostConfig|Binds|Mounts|PortBindings|80/tcp|HostPort|NetworkingConfig|EndpointsConfig|',
        'Name|Driver|IPAM|Config|Subnet|Labels|Memory|NanoCpus|RestartPolicy|Tty|Entrypoint|Healthcheck|',
        'Volumes|ExposedPorts|User|WorkingDir|Ulimits|Sysctls|CapAdd|Tmpfs|LogConfig|Type|Container|',
        'DriverOpts|Devices|StopSignal|__proto__|x',
      ]
        .join('')
        .split('|'),
    ),
    tie('value'),
    { maxKeys: 5 },
  ),
})).object;

const apiRequest = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS'),
  version: fc.constantFrom('', '/v1.55', '/v1.40', '/v1.56', '/v1.1', '/v99', '/vx'),
  path: fc.tuple(fc.constantFrom(...RESOURCES), fc.option(word), fc.constantFrom(...ACTIONS)),
  query: fc.array(fc.tuple(fc.constantFrom(...QUERY), word), { maxLength: 3 }),
  type: fc.constantFrom('application/json', 'application/x-tar', 'text/plain', ''),
  body: fc.option(
    fc.oneof(
      json.map((value) => JSON.stringify(value)),
      word,
    ),
  ),
});

describe('whatever comes', () => {
  it(
    'over the API is answered',
    async () => {
      await fc.assert(
        fc.asyncProperty(apiRequest, async ({ method, version, path: [resource, name, action], query, type, body }) => {
          const segments = [resource, ...(name === null ? [] : [encodeURIComponent(name)]), ...(action === '' ? [] : [action])];
          const search = query.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&');
          const answer = await ask({
            method,
            target: `${version}/${segments.join('/')}${search === '' ? '' : `?${search}`}`,
            headers: type === '' ? {} : { 'Content-Type': type },
            body: body === null ? undefined : encode(body),
          });
          expect(answer.status).toBeGreaterThanOrEqual(101);
          // Who speaks a version from before JSON gets plain words.
          if (typeof answer.body === 'string' && answer.body.includes('is too old')) expect(answer.status).toBe(400);
          else if (answer.status >= 400 && method !== 'HEAD') expect(answer.body).toMatchObject({ message: expect.any(String) });
          expect(api.machine.faults()).toEqual([]);
        }),
        run(RUNS),
      );
    },
    LIMIT_MS,
  );

  const tar = fc
    .array(
      fc.record({
        name: fc.constantFrom(
          'a',
          'dir/',
          'dir/f',
          '../up',
          '/etc/x',
          '',
          'index.json',
          'manifest.json',
          'oci-layout',
          `blobs/sha256/${'0'.repeat(64)}`,
          '.wh.a',
          '.wh..wh..opq',
        ),
        type: fc.constantFrom('file', 'directory', 'symlink', 'link', 'fifo' as const),
        linkname: fc.constantFrom('', 'a', '../..', '/etc/passwd', 'dir'),
        text: word,
      }),
      { maxLength: 6 },
    )
    .map((entries) =>
      writeTar(
        entries.map(({ name, type, linkname, text }) => ({
          name: name || 'x',
          type,
          linkname,
          content: encode(type === 'file' ? text : ''),
        })),
      ),
    );
  const broken = fc
    .tuple(tar, fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { maxLength: 8 }), fc.nat(4000))
    .map(([bytes, changes, cut]) => {
      const copy = Uint8Array.from(bytes);
      for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
      return cut % 3 === 0 ? copy.subarray(0, cut) : copy;
    });
  const archive = fc.oneof(tar, broken, fc.uint8Array({ maxLength: 2000 }));

  it('as an archive is read or refused', () => {
    fc.assert(
      fc.property(archive, (bytes) => {
        for (const read of [() => [...readTar(bytes)], () => readImageArchive(bytes)]) {
          try {
            read();
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
          }
        }
      }),
      run(RUNS),
    );
  });

  it(
    'as an archive for the daemon is answered',
    async () => {
      const targets = ['/containers/box/archive?path=/tmp', '/images/load', '/images/create?fromSrc=-&repo=fuzz', '/build'];
      await fc.assert(
        fc.asyncProperty(archive, fc.constantFrom(...targets), async (bytes, target) => {
          const answer = await ask({
            method: target.includes('archive') ? 'PUT' : 'POST',
            target,
            headers: { 'Content-Type': 'application/x-tar' },
            body: bytes,
          });
          expect(answer.status).toBeGreaterThanOrEqual(200);
          expect(api.machine.faults()).toEqual([]);
        }),
        run(Math.ceil(RUNS / 4)),
      );
    },
    LIMIT_MS,
  );

  it('as a template is run or refused in Go’s words', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '{{',
        '}}',
        '{{-',
        '-}}',
        '.',
        '.A',
        '.B.C',
        '$x',
        ':=',
        '=',
        '|',
        '(',
        ')',
        'if',
        'else',
        'end',
        'range',
        'with',
        'define',
        'template',
        'block',
        'break',
        'continue',
        'printf',
        'json',
        'index',
        'slice',
        'len',
        'eq',
        'lt',
        'and',
        'or',
        'not',
        'split',
        'join',
        'title',
        'pad',
        'truncate',
        'call',
        'html',
        '"a"',
        '`b`',
        "'c'",
        '1',
        '-2.5',
        '0x',
        '1e9999',
        'nil',
        'true',
        '/*',
        '*/',
        ' ',
        '\n',
        '%d',
        '%[9]*.[2]*[3]f',
        ',',
      ),
      word,
    );
    const source = fc.oneof(
      fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join('')),
      fc.array(piece, { maxLength: 8 }).map((pieces) => `{{${pieces.join(' ')}}}`),
    );
    const data = { A: 'a', B: { C: [1, 2, { D: null }] }, N: 3 };
    fc.assert(
      fc.property(source, (text) => {
        try {
          template(text).run(data);
        } catch (error) {
          expect(error, text).toBeInstanceOf(TemplateError);
        }
      }),
      run(RUNS * 5),
    );
  });

  it(
    'on a command line ends with a status',
    async () => {
      const verbs = [
        'run|create|ps|images|rmi|rm|exec|logs|inspect|cp|tag|history|port|top|update|rename|container|',
        'image ls|volume create|network create|network connect|system df|events --until 0s|info|version|',
        'search|context|save|load|import|export|commit|diff|stats --no-stream|kill|help||nosuch|__complete',
      ]
        .join('')
        .split('|');
      const flags = [
        '-|--|-it|-d|--rm|--name|--name=|-f|--format|--filter|-q|-p|-v|-e|-m|--cpus|--mount|--network|--label|',
        '--help|-h|-a|--nosuch|-z|--all=maybe|-n|--since|--platform|-H|--config|-x=1|---|--restart|--ulimit|',
        '--tmpfs|--health-cmd',
      ]
        .join('')
        .split('|');
      const quote = (text: string): string => `'${text.replaceAll('\u0000', '').replaceAll("'", "'\\''")}'`;
      const line = fc
        .tuple(
          fc.constantFrom(...verbs),
          fc.array(
            fc.oneof(
              fc.constantFrom(...flags).map((flag) => flag),
              word.map(quote),
            ),
            { maxLength: 5 },
          ),
        )
        .map(([verb, words]) => `docker ${verb} ${words.join(' ')}`);
      await fc.assert(
        fc.asyncProperty(fc.array(line, { minLength: LINES, maxLength: LINES }), async (lines) => {
          const script = lines
            .map(
              (one) =>
                `timeout 30 ${one} </dev/null >/dev/null 2>&1; case $? in 124) echo HUNG ${quote(one)};; 13[49]) echo CRASHED ${quote(one)};; esac`,
            )
            .join('\n');
          const { stdout, stderr } = await playCommand(api.machine, script, ORACLE_SETTINGS);
          expect(stdout + stderr).toBe('');
          expect(api.machine.faults()).toEqual([]);
        }),
        run(Math.ceil(RUNS / LINES)),
      );
    },
    LIMIT_MS,
  );
});
