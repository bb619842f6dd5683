import { describe, expect, it } from 'vitest';
import { digestOf, encodeJson, MEDIA_TYPE } from '../../../src/engine/oci/index.ts';
import { fileStorage, type RegistryFiles, storedManifest } from '../../../src/engine/registry/index.ts';
import { collectGarbage } from '../../../src/engine/registry/server/garbage.ts';
import { bytes } from '../http/pipe.ts';
import { filesInMemory } from './files-in-memory.ts';

const root = '/var/lib/registry';
const config = bytes('{}');
const layerOf = (name: string): Uint8Array => bytes(`layer of ${name}`);
const describeBlob = (content: Uint8Array, mediaType: string) => ({ mediaType, digest: digestOf(content), size: content.length });
const manifestOf = (name: string) =>
  storedManifest(
    MEDIA_TYPE.manifest,
    encodeJson({
      schemaVersion: 2,
      mediaType: MEDIA_TYPE.manifest,
      config: describeBlob(config, MEDIA_TYPE.config),
      layers: [describeBlob(layerOf(name), MEDIA_TYPE.layer)],
    }),
  );

async function pushed(files: RegistryFiles, name: string): Promise<void> {
  const { writes } = fileStorage(files);
  for (const blob of [config, layerOf(name)]) await writes.putBlob('app', digestOf(blob), blob);
  await writes.putManifest('app', manifestOf(name), 'latest');
}

describe('garbage collection', () => {
  it('keeps what a manifest leads to, and deletes the rest', async () => {
    const files = filesInMemory();
    const storage = fileStorage(files);
    await pushed(files, 'one');
    await pushed(files, 'two');
    const orphan = bytes('orphan');
    await storage.writes.putBlob('app', digestOf(orphan), orphan);
    const options = { root, isDryRun: false, deletesUntagged: false };
    const before = files.paths().length;
    expect(collectGarbage(files, { ...options, isDryRun: true })).toContain(
      '5 blobs marked, 1 blobs and 0 manifests eligible for deletion',
    );
    expect(files.paths().length).toBe(before);
    expect(collectGarbage(files, options)).toContain(`blob eligible for deletion: ${digestOf(orphan)}`);
    expect(await storage.blob('app', digestOf(orphan))).toBeNull();
    expect(await storage.blob('app', digestOf(layerOf('one')))).toEqual(layerOf('one'));
    const untagged = collectGarbage(files, { ...options, deletesUntagged: true });
    expect(untagged).toContain('3 blobs marked, 2 blobs and 1 manifests eligible for deletion');
    expect([await storage.manifest('app', manifestOf('one').digest), await storage.blob('app', digestOf(layerOf('one')))]).toEqual([
      null,
      null,
    ]);
    expect(await storage.manifest('app', manifestOf('two').digest)).not.toBeNull();
  });
});
