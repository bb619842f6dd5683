/** `--output`, `--push`, `--load`: what becomes of the result. Upstream: docker/buildx util/buildflags/export.go, build/opt.go. */
import { CliError } from '../../errors.ts';
import { parseBool } from '../../flags/bool.ts';
import { FlagValueError } from '../../flags/index.ts';
import type { Io } from '../../io.ts';
import { absolutePath } from '../../path.ts';
import { csvFields, pairOf } from './csv.ts';

export interface Output {
  readonly type: string;
  readonly attrs: Readonly<Record<string, string>>;
  /** Where this client puts what comes back: a file, `-` for standard output, or a directory. */
  readonly file?: string;
  readonly directory?: string;
}

interface Entry {
  readonly type: string;
  readonly attrs: Readonly<Record<string, string>>;
  readonly destination: string;
}

function parseEntry(text: string): Entry {
  const fields = csvFields(text);
  if (fields.length === 1 && fields[0] === text && !text.startsWith('type='))
    return { type: text === '-' ? 'tar' : 'local', attrs: {}, destination: text };
  const pairs = fields.map(pairOf);
  const last = (key: string) => pairs.findLast(([name]) => name === key)?.[1] ?? '';
  if (last('type') === '') throw new CliError('type is required for output');
  return {
    type: last('type'),
    destination: last('dest'),
    attrs: Object.fromEntries(pairs.filter(([name]) => name !== 'type' && name !== 'dest')),
  };
}

/** Entries as typed; what is wrong with them as text is said at once. */
export const parseOutputs = (list: readonly string[]): readonly Entry[] => list.filter((text) => text !== '').map(parseEntry);

/** Says where each one goes, and refuses places that cannot be written to. */
export function placeOutputs(io: Io, entries: readonly Entry[]): readonly Output[] {
  let stdoutUsed = false;
  return entries.map((entry) => {
    const output = entry.type === 'registry' ? registry(entry) : { type: entry.type, attrs: entry.attrs };
    if (wantsDirectory(entry)) return { ...output, directory: directoryOf(io, entry) };
    const file = wantsFile(entry) ? fileOf(io, entry) : undefined;
    if (file !== '-') return { ...output, ...(file === undefined ? {} : { file }) };
    if (stdoutUsed) throw new CliError('multiple outputs configured to write to stdout');
    if (io.stdout.isTerminal) throw new CliError(`dest file is required for ${entry.type} exporter. refusing to write to console`);
    stdoutUsed = true;
    return { ...output, file };
  });
}

const registry = ({ attrs }: Entry): Output => ({ type: 'image', attrs: { unpack: 'false', ...attrs, push: 'true' } });

const isArchive = ({ type, attrs }: Entry): boolean => (type === 'oci' || type === 'docker') && boolOr(attrs.tar, true);
const wantsFile = (entry: Entry): boolean => entry.type === 'tar' || isArchive(entry);
const wantsDirectory = (entry: Entry): boolean => entry.type === 'local' || (/^(oci|docker)$/.test(entry.type) && !isArchive(entry));

function boolOr(text: string | undefined, otherwise: boolean): boolean {
  try {
    return text === undefined ? otherwise : parseBool(text);
  } catch (error) {
    if (error instanceof FlagValueError) return otherwise;
    throw error;
  }
}

function directoryOf(io: Io, { type, destination }: Entry): string {
  if (destination === '') throw new CliError(`dest is required for ${type} exporter`);
  if (destination === '-') throw new CliError(`dest cannot be stdout for ${type} exporter`);
  const found = statDirectory(io, destination);
  if (found !== null && found.type !== 'directory') throw new CliError(`destination directory ${destination} is a file`);
  return destination;
}

function statDirectory(io: Io, destination: string): ReturnType<Io['files']['stat']> {
  const path = absolutePath(io.cwd, destination);
  const above = path.slice(0, path.lastIndexOf('/'));
  if (above !== '' && !['directory', undefined].includes(io.files.stat(above)?.type))
    throw new CliError(`invalid destination directory: ${destination}: stat ${destination}: not a directory`);
  return io.files.stat(path);
}

/** Only the docker exporter may go without: its image is then kept by the engine. */
function fileOf(io: Io, { type, destination }: Entry): string | undefined {
  if (destination === '') return type === 'docker' ? undefined : '-';
  if (destination !== '-' && io.files.stat(absolutePath(io.cwd, destination))?.type === 'directory')
    throw new CliError(`destination file ${destination} is a directory`);
  return destination;
}

/** Adds what `--push` and `--load` ask for. */
export function withShorthands(outputs: readonly Output[], { push, load }: { push: boolean; load: boolean }): readonly Output[] {
  let all = outputs;
  if (push) {
    const pushed = all.map((output) =>
      output.type === 'image' ? { ...output, attrs: { unpack: 'false', ...output.attrs, push: 'true' } } : output,
    );
    all = all.some(({ type }) => type === 'image') ? pushed : [...all, { type: 'image', attrs: { push: 'true', unpack: 'false' } }];
  }
  if (load && !all.some(({ type, file }) => type === 'docker' && file === undefined)) all = [...all, { type: 'docker', attrs: {} }];
  return all;
}

const isTrue = (text: string | undefined): boolean => boolOr(text, false);

export interface Finishing {
  readonly tags: readonly string[];
  readonly platforms: readonly string[];
}

/** What the engine is asked for: tags as the images' names, the engine's own store for `docker`, nothing for `cacheonly`. */
export function finishOutputs(outputs: readonly Output[], { tags, platforms }: Finishing): readonly Output[] {
  const wanted = outputs.length === 0 ? [{ type: 'image', attrs: {} }] : outputs;
  const named = wanted.map((output) =>
    tags.length > 0 && /^(image|oci|docker)$/.test(output.type) ? { ...output, attrs: { ...output.attrs, name: tags.join(',') } } : output,
  );
  for (const { type, attrs } of named) {
    if (type !== 'image' || !isTrue(attrs.push)) continue;
    if ((attrs.name ?? '') === '') throw new CliError('tag is needed when pushing to registry');
    if (isTrue(attrs['push-by-digest']))
      throw new CliError('push-by-digest is currently not implemented for docker driver, please create a new builder instance');
  }
  if (platforms.length > 1 && named.some(({ type, file, directory }) => type === 'docker' && (file ?? directory) !== undefined))
    throw new CliError('docker exporter does not support exporting manifest lists, use the oci exporter instead');
  return named
    .filter(({ type }) => type !== 'cacheonly')
    .map((output) =>
      output.type === 'docker' && output.file === undefined && output.directory === undefined ? { ...output, type: 'image' } : output,
    );
}
