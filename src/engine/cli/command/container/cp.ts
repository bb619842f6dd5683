import type { ContainerPathStat } from '../../../api-types/index.ts';
import { readBody } from '../../client/read-body.ts';
import { CliError } from '../../errors.ts';
import { bool } from '../../flags/index.ts';
import { humanSize } from '../../formatter/units.ts';
import { absolutePath, baseName, cleanPath, dirName } from '../../path.ts';
import { bytesBody, stdinBody } from '../../stream/files.ts';
import { readTar, writeTar } from '../../tar/tar.ts';
import { type Context, command, exactly } from '../command.ts';
import { baseOf, packPath, unpackTo } from './cp-local.ts';

/** Go's os.ModeDir and os.ModeSymlink. */
const MODE_DIRECTORY = 0x80000000;
const MODE_SYMLINK = 0x08000000;

interface Options {
  readonly archive: boolean;
  readonly 'follow-link': boolean;
  readonly quiet: boolean;
}
interface Copy {
  readonly container: string;
  readonly from: string;
  readonly to: string;
  readonly flags: Options;
}

export const cp = command({
  names: ['container cp', 'cp'],
  summary: 'Copy files/folders between a container and the local filesystem',
  description:
    "Copy files/folders between a container and the local filesystem\n\nUse '-' as the source to read a tar archive from stdin\nand extract it to a directory destination in a container.\nUse '-' as the destination to stream a tar archive of a\ncontainer source to stdout.",
  usage: '[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH',
  args: exactly(2),
  complete: 'nothing',
  flags: {
    archive: bool('Archive mode (copy all uid/gid information)', { short: 'a' }),
    'follow-link': bool('Always follow symlinks in SRC_PATH', { short: 'L' }),
    quiet: bool('Suppress progress output during copy. Progress output is automatically suppressed if no terminal is attached', {
      short: 'q',
    }),
  },
  run: async (context) => {
    const {
      args: [source = '', destination = ''],
      flags,
    } = context;
    if (source === '') throw new CliError('source can not be empty');
    if (destination === '') throw new CliError('destination can not be empty');
    const [from, to] = [splitArgument(source), splitArgument(destination)];
    if (from.container !== '' && to.container !== '') throw new CliError('copying between containers is not supported');
    if (from.container !== '') return copyOut(context, { container: from.container, from: from.path, to: to.path, flags });
    if (to.container !== '') return copyIn(context, { container: to.container, from: from.path, to: to.path, flags });
    throw new CliError('must specify at least one container source');
  },
});

/** `NAME:PATH` is in a container; a path that begins with / or . is here. */
function splitArgument(text: string): { container: string; path: string } {
  const colon = text.indexOf(':');
  if (text.startsWith('/') || text.startsWith('.') || colon < 0) return { container: '', path: text };
  return { container: text.slice(0, colon), path: text.slice(colon + 1) };
}

const isDirectory = (stat: ContainerPathStat): boolean => (stat.mode & MODE_DIRECTORY) !== 0;
const isSymlink = (stat: ContainerPathStat): boolean => (stat.mode & MODE_SYMLINK) !== 0;
const namesContent = (path: string): boolean => path === '' || path === '.' || path.endsWith('/.');
const assertsDirectory = (path: string): boolean => path.endsWith('/') || namesContent(path);

async function copyOut(context: Context, copy: Copy): Promise<void> {
  const { io, client, out } = context;
  const target = absolutePath(io.cwd, copy.to);
  const parent = dirName(target);
  if (copy.to !== '-' && io.files.stat(parent)?.type !== 'directory')
    throw new CliError(`invalid output path: directory ${JSON.stringify(parent)} does not exist`);
  const path = copy.flags['follow-link'] ? await followLink(context, copy.container, copy.from) : copy.from;
  const { stat, answer } = await client.containers.copyFrom(copy.container, path);
  if (copy.to === '-') {
    for (let piece = await answer.readBody(); piece !== null; piece = await answer.readBody()) await out.stream.write(piece);
    return;
  }
  const bytes = await readBody(answer);
  const entries = readTar(bytes);
  const there = io.files.stat(target);
  if (there === null && assertsDirectory(copy.to) && !isDirectory(stat)) throw new CliError('no such directory');
  if (there !== null && there.type !== 'directory' && isDirectory(stat)) throw new CliError('cannot copy directory');
  const own = copy.flags['follow-link'] ? baseName(copy.from) : baseOf(entries);
  unpackTo(io, there?.type === 'directory' && own !== '.' ? `${target}/${own}` : target, entries);
  await report(context, { flags: copy.flags, sizeBytes: bytes.length, to: target });
}

/** What is not there is found missing by the copy itself. */
async function followLink(context: Context, container: string, path: string): Promise<string> {
  const stat = await statOrNull(context, container, path);
  if (stat === null || !isSymlink(stat)) return path;
  return stat.linkTarget.startsWith('/') ? stat.linkTarget : `${dirName(path)}/${stat.linkTarget}`;
}

async function copyIn(context: Context, copy: Copy): Promise<void> {
  const { io, client } = context;
  const there = await statOrNull(context, copy.container, copy.to);
  const target = there !== null && isSymlink(there) ? await resolveTarget(context, copy, there) : { path: copy.to, stat: there };
  if (copy.from === '-') {
    if (target.stat === null || !isDirectory(target.stat))
      throw new CliError(`destination "${copy.container}:${copy.to}" must be a directory`);
    await client.containers.copyTo(copy.container, target.path, { copyUidGid: copy.flags.archive, body: stdinBody(io) });
    return;
  }
  const { directory, name, path } = place(context, copy, target);
  const bytes = writeTar(packPath(io, path, name));
  await client.containers.copyTo(copy.container, directory, { copyUidGid: copy.flags.archive, body: bytesBody(bytes) });
  await report(context, { flags: copy.flags, sizeBytes: bytes.length, to: `${copy.container}:${copy.to}` });
}

interface Target {
  readonly path: string;
  readonly stat: ContainerPathStat | null;
}

/** Into which folder of the container the archive goes, and under which name. Upstream: moby/go-archive PrepareArchiveCopy. */
function place({ io }: Context, copy: Copy, target: Target): { directory: string; name: string; path: string } {
  const source = absolutePath(io.cwd, copy.from);
  const path = copy.flags['follow-link'] || assertsDirectory(copy.from) ? realPath(io, source) : source;
  const local = io.files.lstat(path);
  if (local === null) throw new CliError(`lstat ${path.replace(/^\/(?=[^/]+$)/, '//')}: no such file or directory`);
  if (assertsDirectory(copy.from) && local.type !== 'directory') throw new CliError('not a directory');
  const own = namesContent(copy.from) ? '.' : baseName(source);
  if (target.stat !== null && isDirectory(target.stat)) return { directory: target.path, name: own, path };
  if (target.stat !== null && local.type === 'directory') throw new CliError('cannot copy directory');
  if (target.stat === null && assertsDirectory(target.path) && local.type !== 'directory') throw new CliError('no such directory');
  const clean = cleanPath(target.path);
  return { directory: dirName(clean), name: baseName(clean), path };
}

function realPath(io: Context['io'], path: string): string {
  if (io.files.lstat(path)?.type !== 'symlink') return path;
  const link = io.files.readlink(path);
  return realPath(io, link.startsWith('/') ? link : cleanPath(`${dirName(path)}/${link}`));
}

/** What is not there yet is no error: the parent may be. */
async function statOrNull({ client }: Context, container: string, path: string): Promise<ContainerPathStat | null> {
  try {
    return await client.containers.statPath(container, path);
  } catch (error) {
    if (error instanceof CliError) return null;
    throw error;
  }
}

async function resolveTarget(context: Context, copy: Copy, link: ContainerPathStat): Promise<Target> {
  const path = link.linkTarget.startsWith('/') ? link.linkTarget : `${dirName(copy.to)}/${link.linkTarget}`;
  return { path, stat: await statOrNull(context, copy.container, path) };
}

async function report({ err }: Context, copied: { flags: Options; sizeBytes: number; to: string }): Promise<void> {
  if (copied.flags.quiet || !err.isTerminal) return;
  await err.line(`Successfully copied ${humanSize(copied.sizeBytes, 3)} to ${copied.to}`);
}
