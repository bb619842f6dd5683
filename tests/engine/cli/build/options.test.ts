import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { csvFields } from '../../../../src/engine/cli/build/options/csv.ts';
import { finishOutputs, parseOutputs, placeOutputs, withShorthands } from '../../../../src/engine/cli/build/options/outputs.ts';
import {
  checkTag,
  extraHosts,
  keyValues,
  parseAnnotations,
  parseAttests,
  parseCaches,
  parseCall,
  parseContexts,
  parseSecrets,
  readSecrets,
  shorthandAttest,
} from '../../../../src/engine/cli/build/options/small-options.ts';
import { sshAgents } from '../../../../src/engine/cli/build/options/ssh.ts';
import { BUILD_FLAGS, parseBuild } from '../../../../src/engine/cli/command/builder/build-flags.ts';
import { CliError } from '../../../../src/engine/cli/errors.ts';
import { type FlagTable, parseFlags } from '../../../../src/engine/cli/flags/index.ts';
import type { Io } from '../../../../src/engine/cli/io.ts';
import { world } from '../world.ts';
import { filesOf } from './files.ts';

const NOTHING = { tags: [], platforms: [] };

const io = (env: Readonly<Record<string, string>> = {}): Io => ({
  ...world({ env }).io,
  cwd: '/work',
  files: filesOf({ work: { 'token.txt': 's3cr3t', sock: null, out: {}, file: 'x' } }),
});
const options = (words: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const { values, args } = parseFlags(BUILD_FLAGS, words);
  return parseBuild(io(env), values, args[0] ?? '.').finish();
};

beforeAll(async () => {
  for (const { load } of Object.values(BUILD_FLAGS as FlagTable)) await load?.();
});

describe('one line of CSV', () => {
  test('quotes', () => {
    expect(csvFields('a=1,"b=2,3","c=""x"""')).toEqual(['a=1', 'b=2,3', 'c="x"']);
    expect(csvFields('')).toEqual(['']);
    expect(() => csvFields('a"b')).toThrow('parse error on line 1, column 2: bare " in non-quoted field');
    expect(() => csvFields('"ab')).toThrow('extraneous or missing " in quoted-field');
  });
  test('gives back what was put in', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '=', ',', '"', ' ', '하') });
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 5 }), (fields) => {
        expect(csvFields(fields.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))).toEqual(fields);
      }),
      { seed: 66 },
    );
  });
});

describe('outputs', () => {
  const place = (...list: string[]) => placeOutputs(io(), parseOutputs(list));
  test('in their short and long forms', () => {
    expect(place('new')).toEqual([{ type: 'local', attrs: {}, directory: 'new' }]);
    expect(place('-')).toEqual([{ type: 'tar', attrs: {}, file: '-' }]);
    expect(place('type=oci,dest=a.tar,rewrite-timestamp=true')).toEqual([
      { type: 'oci', attrs: { 'rewrite-timestamp': 'true' }, file: 'a.tar' },
    ]);
    expect(place('type=oci,tar=false,dest=new')).toEqual([{ type: 'oci', attrs: { tar: 'false' }, directory: 'new' }]);
    expect(place('type=registry,name=x')).toEqual([{ type: 'image', attrs: { name: 'x', push: 'true', unpack: 'false' } }]);
    expect(place('type=docker')).toEqual([{ type: 'docker', attrs: {} }]);
  });
  const refused: readonly (readonly [readonly string[], string])[] = [
    [['type=local'], 'dest is required for local exporter'],
    [['type=local,dest=-'], 'dest cannot be stdout for local exporter'],
    [['file'], 'destination directory file is a file'],
    [['type=tar,dest=out'], 'destination file out is a directory'],
    [['-', 'type=oci'], 'multiple outputs configured to write to stdout'],
    [['dest=x,a=b'], 'type is required for output'],
    [['type=tar,x'], 'invalid value x'],
  ];
  for (const [list, message] of refused) test(`refused: ${list.join(' ')}`, () => expect(() => place(...list)).toThrow(message));
  test('push and load', () => {
    expect(withShorthands([], { push: true, load: false })).toEqual([{ type: 'image', attrs: { push: 'true', unpack: 'false' } }]);
    expect(withShorthands(place('new'), { push: false, load: true }).map(({ type }) => type)).toEqual(['local', 'docker']);
  });
  test('tags name images; nothing is made for cacheonly', () => {
    expect(finishOutputs([], { tags: ['a:1', 'b'], platforms: [] })).toEqual([{ type: 'image', attrs: { name: 'a:1,b' } }]);
    expect(finishOutputs([{ type: 'docker', attrs: {} }], NOTHING)).toEqual([{ type: 'image', attrs: {} }]);
    expect(() =>
      finishOutputs([{ type: 'docker', attrs: {}, file: 'x' }], { tags: [], platforms: ['linux/amd64', 'linux/arm64'] }),
    ).toThrow('docker exporter does not support exporting manifest lists, use the oci exporter instead');
    expect(finishOutputs([{ type: 'cacheonly', attrs: {} }], NOTHING)).toEqual([]);
    expect(() => finishOutputs(withShorthands([], { push: true, load: false }), NOTHING)).toThrow('tag is needed when pushing to registry');
  });
});

describe('options of one line', () => {
  test('secrets come from files and the environment', () => {
    const read = (text: string, env = {}) => readSecrets(io(env), parseSecrets([text]));
    expect(read('id=a,src=token.txt')).toEqual({ a: 'czNjcjN0' });
    expect(read('id=a,env=E', { E: 'hi' })).toEqual({ a: 'aGk=' });
    expect(read('type=env,id=E', { E: 'hi' })).toEqual({ E: 'aGk=' });
    expect(read('id=token.txt')).toEqual({ 'token.txt': 'czNjcjN0' });
    expect(() => read('id=a,src=no')).toThrow('failed to stat no: stat no: no such file or directory');
    expect(() => read('src=')).toThrow('secret missing ID');
    expect(() => read('id')).toThrow("invalid field 'id' must be a key=value pair");
    expect(() => read('id=a,colour=red')).toThrow("unexpected key 'colour' in 'colour=red'");
    expect(() => read('type=x,id=a')).toThrow('unsupported secret type "x"');
  });
  test('ssh agents need a socket', () => {
    expect(sshAgents(io({ SSH_AUTH_SOCK: '/work/sock' }), ['default', 'other=file,token.txt'])).toMatchObject([
      { id: 'default', socket: '/work/sock', keys: [] },
      { id: 'other', keys: [{ path: 'file' }, { path: 'token.txt' }] },
    ]);
    const read = (text: string) => sshAgents(io({ SSH_AUTH_SOCK: '/work/sock' }), [text, 'b=sock']);
    expect(() => sshAgents(io(), ['default'])).toThrow('invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set');
    expect(() => read('b')).toThrow('duplicate agent ID "b"');
    expect(() => read('a=nosuch')).toThrow(
      'failed to convert agent config {a [nosuch] false}: failed to convert agent config for ID: "a": stat nosuch: no such file or directory',
    );
    expect(() => read('a=sock,sock')).toThrow('only single socket allowed');
    expect(() => read('a=file,sock')).toThrow('invalid combination of keys and sockets');
    expect(() => read('a=out')).toThrow('failed to read out: read out: is a directory');
  });
  test('names and values', () => {
    expect(keyValues(['A=1', 'B', 'C', 'D='], new Map([['B', 'two']]))).toEqual({ A: '1', B: 'two', D: '' });
    expect(keyValues(['a', 'b=c=d'])).toEqual({ a: '', b: 'c=d' });
    expect(() => keyValues(['=x'])).toThrow('invalid key-value pair "=x": empty key');
  });
  test('tags', () => {
    expect(checkTag('localhost:5000/team/app:1')).toBe('localhost:5000/team/app:1');
    expect(() => checkTag('')).toThrow('invalid tag "": repository name must have at least one component');
    expect(() => checkTag('Bad:Name')).toThrow('invalid tag "Bad:Name": repository name must be lowercase');
    expect(() => checkTag('a:b:c')).toThrow('invalid tag "a:b:c": invalid reference format');
  });
  test('caches, attestations, calls, contexts, annotations, hosts', () => {
    expect(parseCaches(['user/app:c,other', 'type=local,src=dir'])).toEqual([
      { type: 'registry', ref: 'user/app:c' },
      { type: 'registry', ref: 'other' },
      { type: 'local', src: 'dir' },
    ]);
    expect(() => parseCaches(['a=b'])).toThrow('type required for "a=b"');
    expect(parseAttests(['type=sbom', 'type=provenance,mode=max', 'type=sbom,disabled=true'])).toEqual({
      sbom: '',
      provenance: 'mode=max',
    });
    expect(parseAttests([shorthandAttest('provenance', 'false')])).toEqual({ provenance: null });
    expect(() => parseAttests(['mode=max'])).toThrow('attestation type not specified');
    expect(parseCall('check,format=json')).toEqual({ name: 'lint', format: 'json', ignoresStatus: false });
    expect(parseCall('build')).toBeUndefined();
    expect(() => parseCall('a,b')).toThrow('invalid print value: a,b');
    expect(parseContexts(['busybox:latest=docker-image://x', 'lib=dir'])).toEqual({ busybox: 'docker-image://x', lib: 'dir' });
    expect(() => parseContexts(['lib'])).toThrow('invalid context value: lib, expected key=value');
    expect(parseAnnotations(['a=1', 'index,manifest[linux/amd64]:b=2'])).toEqual({
      a: '1',
      'index:b': '2',
      'manifest[linux/amd64]:b': '2',
    });
    expect(() => parseAnnotations(['x:y=1'])).toThrow('parse annotations: unknown annotation type "x"');
    expect(extraHosts(['a:1.2.3.4', 'b=::1', 'c=[::2],1.1.1.1', 'd:host-gateway'])).toEqual([
      'a:1.2.3.4',
      'b:::1',
      'c:::2',
      'c:1.1.1.1',
      'd:host-gateway',
    ]);
    expect(() => extraHosts(['wrong'])).toThrow('invalid host wrong');
  });
});

describe('a whole command line', () => {
  test('defaults', () => {
    expect(options(['-t', 'app', '.'])).toMatchObject({
      tags: ['app'],
      attests: { provenance: 'mode=min,inline-only=true' },
      outputs: [{ type: 'image', attrs: { name: 'app' } }],
    });
    expect(
      options(['.'], { BUILDX_NO_DEFAULT_ATTESTATIONS: '1', SOURCE_DATE_EPOCH: '17', DOCKER_DEFAULT_PLATFORM: 'linux/arm64' }),
    ).toMatchObject({
      attests: { provenance: null },
      buildArgs: { SOURCE_DATE_EPOCH: '17' },
      platforms: ['linux/arm64'],
    });
  });
  test('what only looks like the classic builder', () => {
    expect(options(['--memory', '64m', '--resource', 'cpu-quota=5', '--cpu-shares=2', '--rm=false', '.']).resources).toEqual({
      memory: String(64 * 1024 * 1024),
      cpuquota: '5',
      cpushares: '2',
    });
    expect(() => options(['--resource', 'colour=red', '.'])).toThrow('unknown resource "colour"');
    expect(() => options(['--resource', 'memory=red', '.'])).toThrow('invalid value "red" for resource memory');
  });
  test('platforms', () => {
    expect(options(['--platform', 'linux/amd64,linux/arm64/v8', '--platform=local', '.']).platforms).toEqual([
      'linux/amd64',
      'linux/arm64/v8',
      'local',
    ]);
    expect(() => options(['--platform', 'a/b/c/d', '.'])).toThrow('"a/b/c/d": cannot parse platform specifier: invalid argument');
    expect(() => options(['--platform', 'nosuch', '.'])).toThrow('"nosuch": unknown operating system or architecture: invalid argument');
    expect(() => options(['--platform', 'linux/a b', '.'])).toThrow('"a b" is an invalid component of "linux/a b"');
  });
  test('what does not go together', () => {
    expect(() => options(['--no-cache', '--no-cache-filter', 'a', '.'])).toThrow(
      '--no-cache and --no-cache-filter cannot currently be used together',
    );
    expect(() => options(['--iidfile', 'x', '-o', 'out', '.'])).toThrow('local and tar exporters are incompatible with image ID file');
    expect(() => options(['--network', 'mine', '.'])).toThrow('network mode "mine" not supported by buildkit');
    expect(() => options(['--allow', 'all', '.'])).toThrow('unknown entitlement all');
  });
  test('any words give options or an error in words', () => {
    const name = fc.constantFrom(...Object.keys(BUILD_FLAGS).filter((one) => one !== 'debug' && one !== 'builder'));
    const value = fc
      .array(fc.constantFrom('type', 'id', 'src', 'dest', '=', ',', '"', 'local', 'oci', ':', '/', 'a', '-', '1', '[', ' '), {
        maxLength: 6,
      })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 4 }), (pairs) => {
        try {
          options([...pairs.map(([flag, text]) => `--${flag}=${text}`), '.']);
        } catch (error) {
          expect(error instanceof CliError || (error as Error).constructor.name === 'FlagError').toBe(true);
          expect((error as Error).message).not.toBe('');
        }
      }),
      { seed: 67, numRuns: 1500 },
    );
  });
});
