import { describe, expect, it } from 'vitest';
import { Metadata, type SnapshotRecord } from '../../../src/engine/daemon/metadata.ts';
import type { Program } from '../../../src/engine/kernel/sys.ts';
import { call as callWith, type Engine, withEngine } from './engine.ts';

const snapshot = (id: number, parent = ''): SnapshotRecord => ({ key: `s${id}`, id, parent, kind: 'active', sizeBytes: 0 });
const FILE = '/tmp/io.containerd.metadata.v1.bolt/meta.db';
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("containerd's tables on the disk", () => {
  it('are what was changed last, whatever was written anew in between', async () => {
    const seen = await withEngine(async ({ sys }) => {
      const tables = new Metadata(sys, '/tmp');
      const sizes: number[] = [];
      for (let i = 1; i <= 1500; i++) {
        tables.change(['snapshots', `s${i}`, snapshot(i, i > 1 ? 's1' : '')]);
        if (i > 10) tables.change(['snapshots', `s${i}`, null], ['sources', 'd', [`r${i}`]]);
        sizes.push(sys.path.stat(FILE).sizeBytes);
      }
      const again = new Metadata(sys, '/tmp');
      return {
        keys: [...again.snapshots.keys()],
        sources: [...again.sources],
        last: again.lastSnapshot,
        below: again.childrenOf('s1'),
        sizes,
      };
    });
    expect(seen.keys).toEqual(Array.from({ length: 10 }, (_, i) => `s${i + 1}`));
    expect(seen).toMatchObject({ sources: [['d', ['r1500']]], last: 1500, below: 9 });
    expect(Math.max(...seen.sizes)).toBeLessThan(100_000);
  });

  it('are read as a single document, and without a last line that is cut short', async () => {
    const seen = await withEngine(async ({ sys }) => {
      sys.path.mkdir('/tmp/io.containerd.metadata.v1.bolt', 0o711);
      const whole = JSON.stringify({ images: [], snapshots: [snapshot(3)], lastSnapshot: 7, sources: { d: ['a'] } });
      sys.path.writeFile(FILE, encode(whole));
      const old = new Metadata(sys, '/tmp');
      old.change(['snapshots', 's8', snapshot(8, 's3')]);
      sys.path.appendFile(FILE, encode('[["snapshots","s3",null]]\n[["snapshots","s9",{"ke'));
      const cut = new Metadata(sys, '/tmp');
      const kept = [...cut.snapshots.keys()];
      cut.change(['sources', 'd', null]);
      const after = new Metadata(sys, '/tmp');
      return { last: old.lastSnapshot, kept, after: [[...after.snapshots.keys()], [...after.sources.keys()]] };
    });
    expect(seen).toEqual({ last: 8, kept: ['s8'], after: [['s8'], []] });
  });
});

const ROUNDS = 10;
const STEP_MS = 0.9;
const body = { Image: 'test:1' };

/** Creates, commits and removes a container; ends with 1 if nobody answers any more. */
const client =
  (name: string): Program =>
  async (sys) => {
    try {
      await callWith(sys, 'POST', `/containers/create?name=${name}`, body);
      await callWith(sys, 'POST', `/commit?container=${name}&repo=${name}&tag=1`);
      await callWith(sys, 'DELETE', `/containers/${name}`);
      return 0;
    } catch {
      return 1;
    }
  };

/** Starts and removes it; what went wrong. */
async function tried({ call }: Engine, id: string): Promise<readonly string[]> {
  const started = await call('POST', `/containers/${id}/start`);
  const removed = await call('DELETE', `/containers/${id}?force=1`);
  return started.status === 204 && removed.status === 204 ? [] : [`${id}: ${started.text} ${removed.text}`];
}

describe('a dockerd that is killed at any moment', () => {
  it('comes back with containers and images that are whole, and names that are free again', async () => {
    const seen = await withEngine(async (engine) => {
      const { call, create, sys, restartDaemon } = engine;
      let cut = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const clients = ['a', 'b', 'c'].map((name) => sys.fork(client(`${name}${round}`), { argv: ['client'] }));
        await sys.sleep(round * STEP_MS);
        await restartDaemon('SIGKILL');
        for (const pid of clients) cut += (await sys.wait(pid))?.status === 0 ? 0 : 1;
      }
      const wrong: string[] = [];
      const containers = JSON.parse((await call('GET', '/containers/json?all=1')).text) as { Id: string }[];
      for (const { Id } of containers) wrong.push(...(await tried(engine, Id)));
      const images = JSON.parse((await call('GET', '/images/json')).text) as { RepoTags: string[] }[];
      for (const { RepoTags } of images) wrong.push(...(await tried(engine, await create({ Image: RepoTags[0] }, 'a0'))));
      return { wrong, cut, images: images.length, containers: containers.length };
    });
    expect(seen.wrong).toEqual([]);
    for (const count of [seen.cut, seen.images, seen.containers]) expect(count).toBeGreaterThan(1);
  });
});
