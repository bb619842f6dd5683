import { describe, expect, it } from 'vitest';
import type { BuildCacheRecord } from '../../../../src/engine/api-types/index.ts';
import { type TarInput, writeTar } from '../../../../src/engine/oci/index.ts';
import { type Engine, withEngine } from '../engine.ts';
import { type Built, build, contextOf, ownSteps } from './build-client.ts';

const stateOf = (built: Built): readonly string[] => ownSteps(built).map((step) => step.replace(/^.* (DONE|CACHED)$/, '$1'));
const encoder = new TextEncoder();

type Listed = Pick<BuildCacheRecord, 'Type' | 'Description' | 'Shared' | 'InUse' | 'UsageCount'>;
const recordsOf = async (engine: Pick<Engine, 'call'>): Promise<readonly Listed[]> =>
  (JSON.parse((await engine.call('GET', '/system/df?type=build-cache')).text) as { BuildCache: Listed[] }).BuildCache;

describe('the build cache', () => {
  it('keys a COPY by what the files are, not by when', async () => {
    const Dockerfile = 'FROM test:1\nCOPY src /src\n';
    const tar = (over: Partial<TarInput>): Uint8Array =>
      writeTar([
        { name: 'Dockerfile', content: encoder.encode(Dockerfile) },
        { name: 'src/a', content: encoder.encode('a'), mode: 0o644, mtimeNs: 1_000_000_000n, ...over },
      ]);
    const states = await withEngine(async (engine) => {
      const all: string[] = [];
      for (const over of [
        {},
        { mtimeNs: 5_000_000_000n },
        { mode: 0o755 },
        { content: encoder.encode('b') },
        { name: 'src/b' },
        { uid: 7 },
      ])
        all.push(...stateOf(await build(engine, tar(over), 'nothing=1')));
      return all;
    });
    // A client's owner does not count: everything of a context is root's.
    expect(states).toEqual(['DONE', 'CACHED', 'DONE', 'DONE', 'DONE', 'CACHED']);
  });

  it('runs again what comes after an ARG that changed, and nothing before', async () => {
    const Dockerfile = 'FROM test:1\nRUN ["echo", "before"]\nARG VERSION=1\nRUN ["echo", "after"]\nWORKDIR /w\n';
    const query = (version: string): string => `buildargs=${encodeURIComponent(JSON.stringify({ VERSION: version, HTTP_PROXY: version }))}`;
    const states = await withEngine(async (engine) => {
      const all: (readonly string[])[] = [];
      for (const one of ['', query('1'), query('2'), query('2')]) all.push(stateOf(await build(engine, { Dockerfile }, one)));
      return all;
    });
    expect(states).toEqual([
      ['DONE', 'DONE', 'DONE'],
      ['CACHED', 'CACHED', 'CACHED'],
      ['CACHED', 'DONE', 'DONE'],
      ['CACHED', 'CACHED', 'CACHED'],
    ]);
  });

  it('loses all its steps by a prune that took anything, and none by one that found nothing', async () => {
    const Dockerfile = 'FROM test:1\nRUN ["echo", "x"]\nWORKDIR /w\n';
    const states = await withEngine(async (engine) => {
      const all: (readonly string[])[] = [];
      const prune = async (filters: string): Promise<void> => {
        const { status } = await engine.call('POST', `/build/prune?filters=${encodeURIComponent(filters)}`);
        expect(status).toBe(200);
      };
      for (const filters of ['{}', '{"type":{"exec.cachemount":true}}', '{}']) {
        all.push(stateOf(await build(engine, { Dockerfile }, '')));
        await prune(filters);
      }
      all.push(stateOf(await build(engine, { Dockerfile }, '')));
      return all;
    });
    expect(states).toEqual([
      ['DONE', 'DONE'],
      ['DONE', 'DONE'],
      ['CACHED', 'CACHED'],
      ['DONE', 'DONE'],
    ]);
  });

  it('does not look at spaces and comments, and is left alone by --no-cache', async () => {
    const states = await withEngine(async (engine) => {
      const one = await build(engine, { Dockerfile: 'FROM test:1\nRUN ["echo", "x"]\n' }, '');
      const same = await build(engine, { Dockerfile: '# why\nFROM test:1\n\nRUN   ["echo",   "x"]\n' }, '');
      const none = await build(engine, { Dockerfile: 'FROM test:1\nRUN ["echo", "x"]\n' }, 'nocache=1');
      const again = await build(engine, { Dockerfile: 'FROM test:1\nRUN ["echo", "x"]\n' }, '');
      return [one, same, none, again].map(stateOf);
    });
    expect(states).toEqual([['DONE'], ['CACHED'], ['DONE'], ['CACHED']]);
  });

  it('keeps what it has when a build without the cache fails', async () => {
    const Dockerfile = 'FROM test:1\nRUN ["echo", "x"]\nRUN --mount=type=secret,id=a,required=true ["echo", "y"]\n';
    const states = await withEngine(async (engine) => {
      const good = { Dockerfile: Dockerfile.replace(',required=true', '') };
      await build(engine, good, '');
      await build(engine, { Dockerfile }, 'nocache=1');
      return stateOf(await build(engine, good, ''));
    });
    expect(states).toEqual(['CACHED', 'CACHED']);
  });

  it('builds only the stages that the target needs', async () => {
    const Dockerfile =
      'FROM test:1 AS one\nRUN ["echo", "1"]\nFROM test:1 AS two\nRUN ["exit", "1"]\nFROM one AS three\nRUN ["echo", "3"]\n';
    const { three, two } = await withEngine(async (engine) => ({
      three: await build(engine, { Dockerfile }, ''),
      two: await build(engine, { Dockerfile }, 'target=TWO'),
    }));
    expect(ownSteps(three)).toEqual(['[one 2/2] RUN ["echo", "1"] DONE', '[three 1/1] RUN ["echo", "3"] DONE']);
    expect(two.error).toBe('process "exit 1" did not complete successfully: exit code: 1');
  });

  it('outlives the daemon, is listed, and is pruned from the leaves on', async () => {
    const seen = await withEngine(async (engine) => {
      const files = { Dockerfile: 'FROM test:1\nRUN ["write", "/a", "a"]\nCOPY f /f\n', f: 'f' };
      const first = await build(engine, files, '');
      await engine.restartDaemon();
      const second = await build(engine, files, '');
      const df = JSON.parse((await engine.call('GET', '/system/df?type=build-cache')).text) as { BuildCache: { Type: string }[] };
      const prune = JSON.parse((await engine.call('POST', '/build/prune?all=1')).text) as { CachesDeleted: string[] };
      const third = await build(engine, files, '');
      return {
        first: stateOf(first),
        second: stateOf(second),
        listed: df.BuildCache.length,
        pruned: prune.CachesDeleted.length,
        third: stateOf(third),
      };
    });
    expect(seen).toMatchObject({ first: ['DONE', 'DONE'], second: ['CACHED', 'CACHED'], third: ['DONE', 'DONE'] });
    expect(seen.listed).toBeGreaterThanOrEqual(3);
    expect(seen.pruned).toBe(seen.listed);
  });

  it('makes the same layer of the same files', async () => {
    const layers = async (): Promise<unknown> =>
      withEngine(async (engine) => {
        await build(engine, contextOf({ Dockerfile: 'FROM test:1\nCOPY a b /x/\n', a: 'a', b: 'b' }), 't=same');
        return (JSON.parse((await engine.call('GET', '/images/same/json')).text) as { RootFS: { Layers: string[] } }).RootFS.Layers;
      });
    expect(await layers()).toEqual(await layers());
  });

  it('shares with images what has all layers of one, and what that stands on', async () => {
    const seen = await withEngine(async (engine) => {
      const of = (text: string) =>
        build(engine, { Dockerfile: `FROM test:1\nRUN ["write", "/a", "a"]\nRUN ["write", "/b", "${text}"]\n` }, 't=one');
      await of('one');
      await of('two');
      const shared = (await recordsOf(engine)).map(({ Description, Shared }) => `${Description.replace(/^.* exec /, '')} ${Shared}`);
      const { CachesDeleted } = JSON.parse((await engine.call('POST', '/build/prune')).text) as { CachesDeleted: string[] };
      return { shared: shared.filter((line) => line.startsWith('write')).sort(), gone: CachesDeleted.length };
    });
    expect(seen.shared).toEqual(['write /a a true', 'write /b one false', 'write /b two true']);
    expect(seen.gone).toBe(3);
  });

  it('never lets go of what a COPY looked into and did not find its file in', async () => {
    const Dockerfile = 'FROM test:1 AS one\nRUN ["write", "/one", "1"]\nFROM test:1\nCOPY --from=one /two /two\n';
    const seen = await withEngine(async (engine) => {
      const { error } = await build(engine, { Dockerfile }, '');
      const records = (await recordsOf(engine)).map(({ Description, UsageCount, InUse }) => `${Description} ${UsageCount} ${InUse}`);
      const { CachesDeleted } = JSON.parse((await engine.call('POST', '/build/prune?all=1')).text) as { CachesDeleted: string[] };
      return { error, records, gone: CachesDeleted.length, left: (await recordsOf(engine)).length };
    });
    expect(seen.error).toContain('"/two": not found');
    expect(seen.records).toContain('mount / from exec write /one 1 0 true');
    expect(seen.left).toBe(seen.records.length - seen.gone);
    expect(seen.left).toBe(2);
  });

  it('has a record for each layer of an image, which other images share', async () => {
    const seen = await withEngine(async (engine) => {
      await build(engine, { Dockerfile: 'FROM test:1\nRUN ["write", "/a", "a"]\n' }, 't=base');
      await engine.call('POST', '/build/prune?all=1');
      await build(engine, { Dockerfile: 'FROM base\nRUN ["write", "/b", "b"]\n' }, 't=one');
      await build(engine, { Dockerfile: 'FROM test:1\nRUN ["write", "/c", "c"]\n' }, 't=two');
      return (await recordsOf(engine))
        .filter(({ Description }) => Description === '')
        .map(({ UsageCount, Shared }) => `${UsageCount} ${Shared}`);
    });
    expect(seen.sort()).toEqual(['1 true', '2 true']);
  });

  it('gives a directory that is copied the time of its source, and so makes the same layer again', async () => {
    const layers = await withEngine(async (engine) => {
      const found: unknown[] = [];
      for (let i = 0; i < 2; i++) {
        await build(engine, { Dockerfile: 'FROM test:1\nWORKDIR /w\nCOPY . .\n', 'sub/f': 'f' }, 't=same&nocache=1');
        const { RootFS } = JSON.parse((await engine.call('GET', '/images/same/json')).text) as { RootFS: { Layers: string[] } };
        found.push(RootFS.Layers.at(-1));
        await engine.sys.sleep(1500);
      }
      return found;
    });
    expect(layers[0]).toBe(layers[1]);
  });
});
