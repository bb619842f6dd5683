import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DockerfileError } from '../../../../src/engine/daemon/builder/dockerfile/errors.ts';
import { type TarInput, writeTar } from '../../../../src/engine/oci/index.ts';
import { withEngine } from '../engine.ts';
import { build, contextOf } from './build-client.ts';
import { planOf } from './planning.ts';

const SEED = 20_261_128;
const encoder = new TextEncoder();

const INSTRUCTIONS =
  'FROM RUN COPY ADD CMD ENTRYPOINT ENV EXPOSE VOLUME WORKDIR USER LABEL STOPSIGNAL HEALTHCHECK ONBUILD SHELL ARG MAINTAINER FRM'.split(
    ' ',
  );
const WORDS = [
  'a',
  'AS',
  'b',
  'scratch',
  '/',
  '.',
  '..',
  '--from=0',
  '--from=b',
  '--chmod=u+x',
  '--chown=1:2',
  '--link',
  '--mount=type=cache,target=/c',
  '--mount=type=secret',
  '--mount=from=a,target=/x',
  '--platform=$P',
  '$X',
  '${X:-y}',
  '${X',
  '["a","b"]',
  '[1]',
  '["a',
  '<<EOF',
  '=',
  'K=v',
  'K=',
  '"',
  "'",
  '\\',
  '80',
  '80/udp',
  '1-99999',
  'NONE',
  '--interval=1s',
  '#',
  '&&',
  'http://x/y',
  'x.git',
  '*',
  '[',
  'SIGTERM',
  '99',
  '日本',
];

const line = fc
  .tuple(fc.constantFrom(...INSTRUCTIONS), fc.array(fc.constantFrom(...WORDS), { maxLength: 5 }))
  .map(([name, words]) => [name, ...words].join(' '));
const dockerfile = fc
  .tuple(
    fc.boolean(),
    fc.array(fc.oneof({ weight: 8, arbitrary: line }, fc.constantFrom('EOF', '', '# escape=`', '\tx \\', '\u0000')), { maxLength: 8 }),
  )
  .map(([begins, lines]) => [...(begins ? ['FROM a AS a'] : []), ...lines].join('\n'));

describe('Dockerfiles that nobody wrote', () => {
  it('are planned, or refused in words', async () => {
    await fc.assert(
      fc.asyncProperty(dockerfile, async (text) => {
        try {
          await planOf(text);
        } catch (error) {
          expect(error).toBeInstanceOf(DockerfileError);
          expect((error as DockerfileError).message).not.toBe('');
        }
      }),
      { seed: SEED, numRuns: 3000 },
    );
  });

  it('are refused over the API with a sentence, and the engine goes on', async () => {
    const texts = fc.sample(dockerfile, { seed: SEED, numRuns: 40 });
    const answers = await withEngine(async (engine) => {
      const all: (string | undefined)[] = [];
      for (const text of texts) {
        const built = await build(engine, { Dockerfile: text.replaceAll(/FROM a/g, 'FROM test:1'), a: 'x' }, '');
        all.push(built.error ?? built.id);
      }
      return all;
    });
    expect(answers).toHaveLength(texts.length);
    for (const answer of answers) expect(answer ?? '').not.toBe('');
  });
});

describe('contexts that want out', () => {
  const entry = (name: string, over: Partial<TarInput> = {}): TarInput => ({ name, content: encoder.encode('inside'), ...over });
  const Dockerfile = (source: string): TarInput => ({
    name: 'Dockerfile',
    content: encoder.encode(`FROM test:1\nCOPY ${source} /got\nCMD ["cat", "/got"]\n`),
  });
  const got = (entries: readonly TarInput[]): Promise<string> =>
    withEngine(async (engine) => {
      engine.sys.path.writeFile('/etc/secret', encoder.encode('outside'));
      const built = await build(engine, writeTar(entries), 't=got');
      if (built.error !== undefined) return built.error.replace(/ref \S+/, 'ref X');
      return (await engine.run({ Image: 'got' })).stdout;
    });
  const missing = (path: string): string => `failed to compute cache key: failed to calculate checksum of ref X "${path}": not found`;

  it.each<[string, readonly TarInput[], string]>([
    ['an absolute name', [Dockerfile('etc/secret'), entry('/etc/secret')], 'inside'],
    ['a name that climbs', [Dockerfile('secret'), entry('../../etc/secret')], missing('/secret')],
    ['a COPY that climbs', [Dockerfile('../../../etc/secret'), entry('x')], missing('/etc/secret')],
    ['an absolute link', [Dockerfile('link'), { name: 'link', type: 'symlink', linkname: '/etc/secret' }], missing('/link')],
    ['a link that climbs', [Dockerfile('link'), { name: 'link', type: 'symlink', linkname: '../../../../etc/secret' }], missing('/link')],
    ['a directory that is a link', [Dockerfile('dir/secret'), { name: 'dir', type: 'symlink', linkname: '/etc' }], missing('/dir/secret')],
    ['a link inside', [Dockerfile('link'), entry('etc/secret'), { name: 'link', type: 'symlink', linkname: '/etc/secret' }], 'inside'],
    ['a file below a link', [Dockerfile('x/secret'), { name: 'x', type: 'symlink', linkname: '/etc' }, entry('x/secret')], 'inside'],
  ])('%s', async (_name, entries, expected) => {
    expect(await got(entries)).toBe(expected);
  });

  it('is a file without a Dockerfile if it is no archive, and an error if it is cut off', async () => {
    const { broken, cut } = await withEngine(async (engine) => ({
      broken: await build(engine, encoder.encode('x'.repeat(2000)), ''),
      cut: await build(engine, contextOf({ Dockerfile: 'FROM test:1\n' }).subarray(0, 515), ''),
    }));
    expect(broken.error).toBe('failed to read dockerfile: open Dockerfile: no such file or directory');
    expect(cut.error).toBe('unexpected EOF');
  });
});
