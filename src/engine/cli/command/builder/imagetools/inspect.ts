import { findBuilder } from '../../../build/builders.ts';
import { goFields, imageDocument } from '../../../build/go-fields.ts';
import {
  type FetchedImage,
  fetchImage,
  isIndex,
  locationOf,
  type Member,
  openRegistries,
  platformText,
  repositoryOf,
  saying,
} from '../../../build/images.ts';
import { CliError } from '../../../errors.ts';
import { bool, string } from '../../../flags/index.ts';
import { indentJson } from '../../../formatter/json.ts';
import { alignTabs } from '../../../formatter/tabs.ts';
import type { Registries } from '../../../io.ts';
import { fullString } from '../../../reference.ts';
import { isStruct, struct, TemplateError, template, toJson } from '../../../template/index.ts';
import { decodeText } from '../../../text.ts';
import { command, exactly } from '../../command.ts';
import { BUILDER } from '../plugin-flags.ts';

const WHOLE = /^\{\{\s*\.Manifest\s*\}\}$/;

export const inspect = command({
  names: ['builder imagetools inspect'],
  summary: 'Show details of an image in the registry',
  as: 'buildx imagetools inspect',
  usage: '[OPTIONS] NAME',
  args: exactly(1),
  complete: 'images',
  flags: {
    ...BUILDER,
    format: string('Format the output using the given Go template', { shownDefault: '"{{.Manifest}}"' }),
    raw: bool('Show original, unformatted JSON manifest'),
  },
  run: async (context) => {
    const { args, flags, out } = context;
    if (flags.format !== '' && flags.raw) throw new CliError('format and raw cannot be used together');
    findBuilder(context, flags.builder);
    const registries = await openRegistries(context);
    const image = await fetchImage(registries, locationOf(args[0] ?? ''));
    if (flags.raw) return out.stream.write(image.bytes);
    if (flags.format === '' || WHOLE.test(flags.format.trim())) return out.text(usual(image));
    await out.text(await throughTemplate(flags.format, { image, registries, name: args[0] ?? '' }));
  },
});

const aligned = (lines: readonly string[]): string => alignTabs(lines.map((line) => `${line}\n`).join(''), { minWidth: 0, padding: 1 });

/** Upstream: docker/buildx util/imagetools/printers.go. */
function usual({ reference, descriptor, document }: FetchedImage): string {
  const head = aligned([`Name:\t${fullString(reference)}`, `MediaType:\t${descriptor.mediaType}`, `Digest:\t${descriptor.digest}`]);
  if (!isIndex(descriptor)) return head;
  // Annotations are aligned among themselves; what follows them starts a new block.
  const blocks: string[][] = [['\t', 'Manifests:\t'], []];
  const last = () => blocks.at(-1) ?? [];
  const extra = new Map<number, string>();
  (document.manifests ?? []).forEach((member, i) => {
    if (i > 0) last().push('\t');
    last().push(
      ...memberLines(member, `${fullString({ ...reference, tag: '', digest: '' })}${reference.tag === '' ? '' : `:${reference.tag}`}`),
    );
    const annotations = Object.entries(member.annotations ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    if (annotations.length === 0) return;
    last().push('  Annotations:\t');
    extra.set(blocks.length - 1, aligned(annotations.map(([key, value]) => `    ${key}:\t${value}`)));
    blocks.push([]);
  });
  return head + blocks.map((lines, i) => (lines.length === 0 ? '' : aligned(lines)) + (extra.get(i) ?? '')).join('');
}

function memberLines(member: Member, name: string): readonly string[] {
  const platform = platformText(member);
  return [
    `  Name:\t${name}@${member.digest}`,
    `  MediaType:\t${member.mediaType}`,
    ...(platform === '' ? [] : [`  Platform:\t${platform}`]),
  ];
}

interface Wanted {
  readonly image: FetchedImage;
  readonly registries: Registries;
  readonly name: string;
}

/** `.Name`, `.Manifest` and `.Image`; for more than one platform `.Image` is a map by platform. */
async function throughTemplate(format: string, { image, registries, name }: Wanted): Promise<string> {
  const images = await configsOf(image, registries);
  const { descriptor, document } = image;
  const manifest = isIndex(descriptor)
    ? {
        schemaVersion: document.schemaVersion,
        mediaType: document.mediaType,
        digest: descriptor.digest,
        size: descriptor.size,
        manifests: document.manifests,
        annotations: document.annotations,
      }
    : descriptor;
  const [only] = images;
  const shown = images.length === 1 && only !== undefined ? goFields(only[1]) : goFields(Object.fromEntries(images), true);
  const value = struct('imagetools.tplInput', {
    Name: name,
    Manifest: typed(goFields(manifest), 'interface {}'),
    Image: typed(shown, '*v1.Image'),
    Provenance: await provenanceOf(image, registries),
    SBOM: {},
  });
  try {
    return template(format).run(value, { functions: { json: (one) => indentJson(toJson(one), 2) } });
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(error.message);
    throw error;
  }
}

/** Go names the type of what is misread. */
const typed = (value: unknown, type: string): unknown => (isStruct(value) ? { ...value, type } : value);

const PROVENANCE = 'https://slsa.dev/provenance/';

/** What attestations say of how the images were made: one as it is, several by platform. */
async function provenanceOf({ document, reference }: FetchedImage, registries: Registries): Promise<unknown> {
  const from = repositoryOf(reference);
  const members = document.manifests ?? [];
  const found: [string, unknown][] = [];
  for (const member of members) {
    const about = members.find(({ digest }) => digest === member.annotations?.['vnd.docker.reference.digest']);
    if (about === undefined) continue;
    const { document: manifest } = await fetchImage(registries, { ...reference, tag: '', digest: member.digest });
    const layers = (manifest.layers ?? []) as readonly Member[];
    const layer = layers.find(({ annotations }) => annotations?.['in-toto.io/predicate-type']?.startsWith(PROVENANCE));
    if (layer === undefined) continue;
    const statement = JSON.parse(decodeText(await saying(() => registries.blob(from, layer)))) as { readonly predicate?: unknown };
    found.push([platformText(about), { SLSA: statement.predicate }]);
  }
  const [only] = found;
  return found.length === 1 && only !== undefined ? only[1] : Object.fromEntries(found);
}

/** The configurations of what can be run, by platform. */
async function configsOf(image: FetchedImage, registries: Registries): Promise<readonly (readonly [string, unknown])[]> {
  const from = repositoryOf(image.reference);
  const config = async ({ document }: Pick<FetchedImage, 'document'>): Promise<unknown> => {
    const { config: descriptor } = document;
    return descriptor === undefined ? null : imageDocument(JSON.parse(decodeText(await saying(() => registries.blob(from, descriptor)))));
  };
  if (!isIndex(image.descriptor)) return [['', await config(image)]];
  const found: [string, unknown][] = [];
  for (const member of image.document.manifests ?? []) {
    const platform = platformText(member);
    if (platform === '' || platform === 'unknown/unknown') continue;
    found.push([platform, await config(await fetchImage(registries, { ...image.reference, tag: '', digest: member.digest }))]);
  }
  return found;
}
