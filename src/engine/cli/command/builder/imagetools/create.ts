import { findBuilder } from '../../../build/builders.ts';
import { type Combined, combine, copyImage } from '../../../build/combine.ts';
import { fetchImage, locationOf, openRegistries, repositoryOf, saying } from '../../../build/images.ts';
import { parseAnnotations } from '../../../build/options/small-options.ts';
import { Printer } from '../../../build/progress/printer.ts';
import { stepOf } from '../../../build/progress/step.ts';
import { writeResultFile } from '../../../build/results.ts';
import { CliError } from '../../../errors.ts';
import { bool, list, string } from '../../../flags/index.ts';
import type { Registries } from '../../../io.ts';
import { fullName, fullString, InvalidReference, type Reference } from '../../../reference.ts';
import { readFile } from '../../../stream/files.ts';
import { decodeText } from '../../../text.ts';
import { anyArgs, type Context, command } from '../../command.ts';
import { BUILDER, PROGRESS } from '../plugin-flags.ts';

const texts = (usage: string, short?: string) => list(usage, { type: 'stringArray', ...(short === undefined ? {} : { short }) });

export const create = command({
  names: ['builder imagetools create'],
  summary: 'Create a new image based on source images',
  as: 'buildx imagetools create',
  usage: '[OPTIONS] [SOURCE...]',
  args: anyArgs,
  complete: 'images',
  values: { progress: ['auto', 'none', 'plain', 'rawjson', 'tty'] },
  flags: {
    annotation: texts('Add annotation to the image'),
    append: bool('Append to existing manifest'),
    ...BUILDER,
    'dry-run': bool('Show final image instead of pushing'),
    file: texts('Read source descriptor from file', 'f'),
    'metadata-file': string('Write create result metadata to a file'),
    platform: texts('Filter specified platforms of target image', 'p'),
    'prefer-index': bool(
      'When only a single source is specified, prefer outputting an image index or manifest list instead of performing a carbon copy',
      { initial: true },
    ),
    progress: PROGRESS('"auto", "none", "plain", "rawjson", "tty"', 'auto'),
    tag: texts('Set reference for new image', 't'),
  },
  run: async (context) => {
    const { io, args, flags, out } = context;
    if (args.length === 0 && flags.file.length === 0) throw new CliError('no sources specified');
    if (!flags['dry-run'] && flags.tag.length === 0) throw new CliError("can't push with no tags specified, please set --tag or --dry-run");
    const typed = [...flags.file.map((path) => decodeText(readFile(io, path)).trim()), ...args];
    const tags = flags.tag.map(locationOf);
    const words = flags.append && flags.tag[0] !== undefined ? [flags.tag[0], ...typed] : typed;
    findBuilder(context, flags.builder);
    const registries = await openRegistries(context);
    const sources = [];
    for (const reference of sourcesOf(words, tags)) sources.push(await fetchImage(registries, reference));
    const image = await combine(registries, sources, {
      annotations: parseAnnotations(flags.annotation),
      preferIndex: flags['prefer-index'],
      platforms: flags.platform.flatMap((text) => text.split(',')),
    });
    if (flags['dry-run']) return out.line(decodeText(image.bytes));
    await push(context, registries, { image, tags, progress: flags.progress });
    if (flags['metadata-file'] === '') return;
    const descriptor = { mediaType: image.mediaType, digest: image.digest, size: image.bytes.length };
    const repositories = [...new Set(tags.map(fullName))].sort().join(',');
    const text = JSON.stringify({ 'containerimage.descriptor': descriptor, 'image.name': repositories }, null, 2);
    writeResultFile(io, flags['metadata-file'], { text, what: '' });
  },
});

/** A source is a name, a digest or a descriptor; the last two are looked for in the one repository that is named. */
function sourcesOf(words: readonly string[], tags: readonly Reference[]): readonly Reference[] {
  const parsed = words.map(parseSource);
  const named = parsed.filter((source): source is Reference => typeof source !== 'string');
  const repositories = new Set([...tags, ...named].map(fullName));
  if (repositories.size === 0) throw new CliError('no repositories specified, please set a reference in tag or source');
  const home = named[0] ?? tags[0];
  return parsed.map((source, i) => {
    if (typeof source !== 'string') return source;
    if (repositories.size > 1 || home === undefined)
      throw new CliError(`multiple repositories specified, cannot infer repository for ${JSON.stringify(words[i])}`);
    return { ...home, tag: '', digest: source };
  });
}

function parseSource(text: string): Reference | string {
  if (/^sha256:[0-9a-f]{64}$/.test(text)) return text;
  const bad = (why: string) =>
    new CliError(`failed to parse source ${JSON.stringify(text)}, valid sources are digests, references and descriptors: ${why}`);
  if (text.startsWith('{')) return digestIn(text, bad);
  try {
    return locationOf(text);
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    throw bad(error.message);
  }
}

function digestIn(text: string, bad: (why: string) => CliError): string {
  let document: { readonly digest?: unknown; readonly schemaVersion?: unknown };
  try {
    document = JSON.parse(text) as typeof document;
  } catch {
    throw bad('invalid JSON');
  }
  if (document.schemaVersion !== undefined)
    throw bad(`expected an OCI content descriptor, got a manifest or index (schemaVersion ${String(document.schemaVersion)})`);
  if (typeof document.digest !== 'string') throw bad('invalid descriptor: digest is required');
  return document.digest;
}

interface Push {
  readonly image: Combined;
  readonly tags: readonly Reference[];
  readonly progress: string;
}

/** One step of progress for each repository. */
async function push({ io }: Context, registries: Registries, { image, tags, progress }: Push): Promise<void> {
  const printer = new Printer(io, io.stderr, { mode: progress === 'none' ? 'quiet' : progress });
  let failure: unknown;
  try {
    for (const [name, own] of Map.groupBy(tags, fullName)) {
      const step = stepOf(io, printer, `[internal] pushing ${name}`);
      await step.run(async (log) => {
        const to = repositoryOf(own[0] as Reference);
        // As a group of goroutines begins: the last, then the others, and all before the first has done anything.
        const parts = [...image.parts.slice(-1), ...image.parts.slice(0, -1)];
        for (const part of parts) await log(`copying ${part.descriptor.digest} from ${part.name} to ${name}`);
        for (const part of parts)
          await about(`copy ${part.descriptor.digest} from ${part.name} to ${fullString(own[0] as Reference)}`, () =>
            copyImage(registries, part, to),
          );
        for (const tag of own) {
          await log(`pushing ${image.digest} to ${fullString(tag)}`);
          await about(`publish ${image.digest} to ${fullString(tag)}`, () => saying(() => registries.push(to, tag.tag, image)));
        }
      });
    }
  } catch (error) {
    failure = error;
  }
  await printer.end();
  if (failure !== undefined) throw failure;
}

/** What fails is said to have failed at this. Throws CliError. */
async function about(what: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    throw new CliError(`${what}: ${error.message}`);
  }
}
