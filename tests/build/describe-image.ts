/** An image as text that two engines can be compared by: configuration, history, layers; no times, digests or sizes. */
import {
  contentBytes,
  decompress,
  digestOf,
  isAttestation,
  parseConfig,
  parseIndex,
  parseManifest,
  readImageArchive,
  readTar,
  type TarEntry,
} from '../../src/engine/oci/index.ts';

export interface ImageDescription {
  readonly config: unknown;
  readonly history: readonly string[];
  /** From the bottom up, each an entry to a line: type, mode, owner, name, then what it points to or has in it. */
  readonly layers: readonly (readonly string[])[];
}

const LONGEST_SHOWN = 400;
const ELF = '\x7fELF';

/** Of what `docker save` writes, the first image that is no attestation. Throws FormatError. */
export function describeImage(archive: Uint8Array): ImageDescription {
  const { blobs, images } = readImageArchive(archive);
  const blob = (digest: string): Uint8Array => {
    const found = [...blobs].find(([name]) => name === digest)?.[1];
    if (!found) throw new Error(`the archive has no ${digest}`);
    return found;
  };
  const [image] = images;
  if (!image) throw new Error('the archive has no image');
  const isIndex = image.target.mediaType.includes('index');
  const target = isIndex ? parseIndex(blob(image.target.digest)).manifests.find((one) => !isAttestation(one)) : image.target;
  const manifest = parseManifest(blob(target?.digest ?? ''));
  const config = parseConfig(blob(manifest.config.digest));
  const { created: _when, rootfs: _layers, history = [], ...rest } = config;
  return {
    config: rest,
    history: history.map(
      ({ created_by = '', comment = '', empty_layer = false }) => `${empty_layer ? '-' : '+'} ${created_by} (${comment})`,
    ),
    layers: manifest.layers.map(({ digest }) => describeLayer(decompress(blob(digest)))),
  };
}

function describeLayer(tar: Uint8Array): readonly string[] {
  const entries = [...readTar(tar)];
  if (entries.some(({ name }) => name === 'bin/ash')) return ['(the base)'];
  return entries.map(describeEntry).sort();
}

function describeEntry({ name, type, mode, uid, gid, linkname, content }: TarEntry): string {
  const what = type === 'file' ? ` ${contentText(contentBytes(content))}` : linkname === '' ? '' : ` -> ${linkname}`;
  return `${name} ${type} ${mode.toString(8)} ${uid}:${gid}${what}`;
}

/** A program differs from engine to engine: it is known as one. */
function contentText(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  if (text.startsWith(ELF)) return '(a program)';
  return bytes.length > LONGEST_SHOWN || /[^\P{Cc}\n\t]|\ufffd/u.test(text) ? digestOf(bytes) : JSON.stringify(text);
}
