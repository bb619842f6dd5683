/**
 * Archives that other tools made of hello-world: `skopeo copy` as docker-archive and oci-archive, and a layout in which `umoci` tagged
 * the image once more and gave it a label. tests/clients makes them anew where the tools are installed.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runJob } from '../../src/engine/machine/job.ts';
import { contentBytes, readTar, type TarEntry } from '../../src/engine/oci/index.ts';
import { computer } from './computer.ts';

const file = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`archives/${name}`, import.meta.url)));
const entry = (archive: Uint8Array, name: string): string => {
  const found: TarEntry | undefined = [...readTar(archive)].find((one) => one.name.replace(/^\.\//, '') === name);
  return found ? new TextDecoder().decode(contentBytes(found.content)) : '';
};

interface Indexed {
  readonly manifests: readonly { readonly digest: string }[];
}
const digestsIn = (archive: Uint8Array): readonly string[] =>
  (JSON.parse(entry(archive, 'index.json')) as Indexed).manifests.map(({ digest }) => digest);

async function load(name: string) {
  const bytes = file(name);
  const machine = await computer({ files: [{ path: '/home/learner/image.tar', bytes, mode: 0o644 }] });
  const host = async (script: string): Promise<string> => {
    let text = '';
    await runJob(machine, {
      argv: ['sh', '-c', script],
      onOutput: (_stream, piece) => {
        text += new TextDecoder().decode(piece);
      },
    });
    return text;
  };
  return { bytes, host, loaded: await host('docker load -i image.tar') };
}

describe('docker load', () => {
  it('takes what skopeo wrote as an OCI archive, digests and all', async () => {
    const { bytes, host, loaded } = await load('skopeo-oci-archive.tar');
    expect(loaded).toBe('Loaded image: hello-world:oci\n');
    expect((await host('docker images -q --no-trunc')).trim()).toBe(digestsIn(bytes)[0]);
    expect(await host('docker run --rm hello-world:oci')).toContain('Hello from Docker!');
  });

  it('takes what skopeo wrote as a Docker archive', async () => {
    const { bytes, host, loaded } = await load('skopeo-docker-archive.tar');
    expect(loaded).toBe('Loaded image: hello-world:archived\n');
    const [{ Config }] = JSON.parse(entry(bytes, 'manifest.json')) as [{ Config: string }];
    const { rootfs } = JSON.parse(entry(bytes, Config)) as { rootfs: { diff_ids: string[] } };
    expect(JSON.parse(await host("docker image inspect -f '{{json .RootFS.Layers}}' hello-world:archived"))).toEqual(rootfs.diff_ids);
    expect(await host('docker run --rm hello-world:archived')).toContain('Hello from Docker!');
  });

  it('takes a layout that umoci changed', async () => {
    const { bytes, host, loaded } = await load('umoci-layout.tar');
    const [first, second] = digestsIn(bytes);
    expect(loaded).toBe(`Loaded image: hello-world:layout\nLoaded image ID: ${second}\n`);
    expect((await host("docker image inspect -f '{{.Id}}' hello-world:layout")).trim()).toBe(first);
    expect(await host(`docker image inspect -f '{{index .Config.Labels "made.by"}}' ${second}`)).toBe('umoci\n');
    expect(await host(`docker run --rm ${second}`)).toContain('Hello from Docker!');
  });

  it('gives back on saving what it took', async () => {
    const { bytes, host } = await load('skopeo-oci-archive.tar');
    const listed = await host('docker save hello-world:oci -o again.tar; tar xOf again.tar index.json');
    expect((JSON.parse(listed) as Indexed).manifests[0]?.digest).toBe(digestsIn(bytes)[0]);
  });
});
