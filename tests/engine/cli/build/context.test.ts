import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePatterns, judge, type Verdict } from '../../../../src/engine/api-types/ignore/patterns.ts';
import { isArchive } from '../../../../src/engine/cli/build/context/archive.ts';
import { plainContext } from '../../../../src/engine/cli/build/context/plain.ts';
import { type Body, loadContext } from '../../../../src/engine/cli/build/context/source.ts';
import { treeBody } from '../../../../src/engine/cli/build/context/walk.ts';
import { concat } from '../../../../src/engine/cli/client/http.ts';
import type { Io } from '../../../../src/engine/cli/io.ts';
import { readTar, writeTar } from '../../../../src/engine/cli/tar/tar.ts';
import { world } from '../world.ts';
import { filesOf, type Node } from './files.ts';

async function entriesOf(body: Body | undefined) {
  const pieces: Uint8Array[] = [];
  await body?.(async (bytes) => void pieces.push(bytes.slice()));
  return readTar(concat(pieces));
}
const namesOf = async (body: Body | undefined) => (await entriesOf(body)).map(({ name }) => name);
const at = (tree: Node, options: { stdin?: string; touched?: string[] } = {}): Io => ({
  ...world(options.stdin === undefined ? {} : { stdin: options.stdin }).io,
  cwd: '/home/me',
  files: filesOf({ home: { me: tree }, etc: { passwd: 'secret' } }, options.touched),
});
const load = (io: Io, path: string, dockerfile = '') => loadContext(io, { path, dockerfile });
const text = (file: { readonly Data: string } | null | undefined) =>
  file === null || file === undefined ? file : Buffer.from(file.Data, 'base64').toString();

describe('a context', () => {
  const app = {
    app: {
      Dockerfile: 'FROM a',
      '.dockerignore': '*.log\n!keep.log\nsub/**\n!sub/x/deep.txt\nDockerfile',
      'a.log': 'a',
      'keep.log': 'k',
      sub: { x: { 'deep.txt': 'd', other: 'o' }, y: 'y' },
      empty: {},
      link: { link: '/etc/passwd' },
      socket: null,
    },
  };

  test('is what the ignore file leaves, in order, owned by nobody', async () => {
    const source = await load(at(app), 'app');
    expect(await namesOf(source.body)).toEqual(['.dockerignore', 'empty/', 'keep.log', 'link', 'sub/', 'sub/x/', 'sub/x/deep.txt']);
    const entries = await entriesOf(source.body);
    expect(entries.find(({ name }) => name === 'link')).toMatchObject({
      type: 'symlink',
      linkName: '/etc/passwd',
      uid: 0,
      gid: 0,
      mtimeSeconds: 5,
    });
    expect(text(source.dockerfile)).toBe('FROM a');
    expect(source.ignoreFile?.Name).toBe('.dockerignore');
  });

  test('never follows a link out of itself', async () => {
    const touched: string[] = [];
    const io = at({ app: { Dockerfile: 'x', dir: { link: '/etc' }, up: { link: '../..' }, file: { link: '/etc/passwd' } } }, { touched });
    expect(await namesOf((await load(io, 'app')).body)).toEqual(['Dockerfile', 'dir', 'file', 'up']);
    expect(touched.filter((path) => !path.startsWith('/home/me/app/'))).toEqual([]);
  });

  test('a Dockerfile of another name brings its own ignore file', async () => {
    const io = at({ app: { 'Other.Dockerfile': 'FROM b', 'Other.Dockerfile.dockerignore': '*', '.dockerignore': '' } });
    const source = await load(io, 'app', 'app/Other.Dockerfile');
    expect(source).toMatchObject({ dockerfileName: 'Other.Dockerfile', ignoreFile: { Name: 'Other.Dockerfile.dockerignore' } });
    expect(await namesOf(source.body)).toEqual([]);
  });

  test('a lower case dockerfile is taken where there is no other, a missing one is null', async () => {
    expect((await load(at({ app: { dockerfile: 'FROM c' } }), 'app')).dockerfileName).toBe('dockerfile');
    expect((await load(at({ app: {} }), 'app')).dockerfile).toBeNull();
    expect((await load(at({ app: {} }), 'app', 'nosuch')).dockerfile).toBeNull();
  });

  test('standard input is a Dockerfile or an archive', async () => {
    const dockerfile = await load(at({}, { stdin: 'FROM busybox' }), '-');
    expect([dockerfile.kind, text(dockerfile.dockerfile), await namesOf(dockerfile.body)]).toEqual(['directory', 'FROM busybox', []]);
    const entry = {
      name: 'x',
      type: 'file',
      mode: 0o644,
      uid: 0,
      gid: 0,
      mtimeSeconds: 0,
      linkName: '',
      bytes: new Uint8Array(3),
    } as const;
    const tar = Buffer.from(writeTar([entry])).toString('latin1');
    const archive = await load(at({}, { stdin: tar }), '-', 'x');
    expect([archive.kind, archive.dockerfileName, archive.dockerfile, await namesOf(archive.body)]).toEqual([
      'archive',
      'x',
      undefined,
      ['x'],
    ]);
    const piped = await load(at({ app: { a: '1' } }, { stdin: 'FROM d' }), 'app', '-');
    expect([piped.shownDockerfile, text(piped.dockerfile), await namesOf(piped.body)]).toEqual(['stdin', 'FROM d', ['a']]);
  });

  const refused: readonly (readonly [string, string, string])[] = [
    ['nowhere', '', 'unable to prepare context: path "nowhere" not found'],
    ['app/Dockerfile', '', 'unable to prepare context: path "app/Dockerfile" not found'],
    ['', '', 'please specify build context (e.g. "." for the current directory)'],
    ['-', '-', "invalid argument: can't use stdin for both build context and dockerfile"],
    ['-', 'x', 'ambiguous Dockerfile source: both stdin and flag correspond to Dockerfiles'],
    ['app', 'nodir/Dockerfile', 'resolve : lstat nodir: no such file or directory'],
  ];
  for (const [path, file, message] of refused)
    test(`refused: ${path} -f ${file}`, async () => {
      await expect(load(at(app, { stdin: 'FROM x' }), path, file)).rejects.toThrow(message);
    });

  test('nothing is sent beside an ignore file that cannot be read: the engine complains of it', async () => {
    const loaded = await load(at({ app: { '.dockerignore': 'a\n[', b: '1' } }), 'app');
    expect([text(loaded.ignoreFile), await namesOf(loaded.body)]).toEqual(['a\n[', []]);
  });

  test('without a session the tar has Dockerfile and ignore file, wherever they lie', async () => {
    const io = at({ ...app, outside: { Dockerfile: 'FROM o' } });
    const inside = plainContext(io, await load(io, 'app'));
    expect([inside.dockerfile, (await namesOf(inside.body)).includes('Dockerfile')]).toEqual(['Dockerfile', true]);
    const outside = plainContext(io, await load(io, 'app', 'outside/Dockerfile'));
    const entries = await entriesOf(outside.body);
    expect(entries.filter(({ name }) => name === '.dockerignore')).toHaveLength(1);
    expect(new TextDecoder().decode(entries.find(({ name }) => name === outside.dockerfile)?.bytes)).toBe('FROM o');
    expect(new TextDecoder().decode(entries.find(({ name }) => name === '.dockerignore')?.bytes)).toContain(`\n${outside.dockerfile}\n`);
  });
});

describe('walking a tree', () => {
  const name = fc.constantFrom('a', 'b', 'c.log', '.hidden', '하');
  const { tree } = fc.letrec<{ tree: Node }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<Node>('content', { link: '../../etc/passwd' }, { link: '/' }, null),
      fc.dictionary(name, tie('tree') as fc.Arbitrary<Node>, { maxKeys: 4 }) as fc.Arbitrary<Node>,
    ),
  }));
  const line = fc
    .array(fc.constantFrom('a', 'b', 'c.log', '*', '**', '/', '!', '.hidden', '?'), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join(''));
  const isIgnored = (patterns: ReturnType<typeof compilePatterns>, path: string): boolean => {
    let above: Verdict | undefined;
    for (const [i] of [...path.split('/').entries()])
      above = judge(
        patterns,
        path
          .split('/')
          .slice(0, i + 1)
          .join('/'),
        above,
      );
    return above?.ignored === true;
  };
  const allPaths = (node: Node, prefix = ''): readonly string[] =>
    typeof node === 'object' && node !== null && !('link' in node)
      ? Object.entries(node).flatMap(([key, child]) => [`${prefix}${key}`, ...allPaths(child, `${prefix}${key}/`)])
      : [];

  test('sends every file that is not ignored, each once, directories before what is in them, and nothing from outside', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, tree, { maxKeys: 4 }), fc.array(line, { maxLength: 4 }), async (root, lines) => {
        let patterns: ReturnType<typeof compilePatterns>;
        try {
          patterns = compilePatterns(lines);
        } catch {
          return;
        }
        const touched: string[] = [];
        const files = filesOf({ ctx: root as Node, etc: { passwd: 'secret' } }, touched);
        const sent = (await namesOf(treeBody({ files, root: '/ctx', patterns }))).map((one) => one.replace(/\/$/, ''));
        expect(new Set(sent).size).toBe(sent.length);
        const kinds = (path: string) => files.lstat(`/ctx/${path}`)?.type;
        const wanted = allPaths(root as Node).filter((path) => kinds(path) !== 'socket' && !isIgnored(patterns, path));
        expect(sent.filter((path) => !isIgnored(patterns, path)).sort()).toEqual([...wanted].sort());
        for (const [i, path] of sent.entries()) {
          const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
          if (parent !== '') expect(sent.slice(0, i)).toContain(parent);
          if (isIgnored(patterns, path)) expect(wanted.some((one) => one.startsWith(`${path}/`))).toBe(true);
        }
        expect(touched.every((path) => path.startsWith('/ctx/'))).toBe(true);
      }),
      { seed: 64, numRuns: 400 },
    );
  });
});

test('an archive is told by its first bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1100 }), (bytes) => {
      expect(typeof isArchive(bytes)).toBe('boolean');
    }),
    { seed: 65 },
  );
  expect(isArchive(Uint8Array.of(0x1f, 0x8b, 8, 0))).toBe(true);
  expect(isArchive(new TextEncoder().encode('FROM busybox\n'.repeat(90)))).toBe(false);
  expect(isArchive(new Uint8Array(1024))).toBe(false);
});
