/** tar -t and -x: an archive's members, listed or made into files. */
import { Errno, isErrno } from '../../../kernel/errno.ts';
import { gunzip, isGzip } from '../../../oci/gzip.ts';
import { FormatError } from '../../../oci/manifest.ts';
import type { TarEntry } from '../../../oci/tar/entry.ts';
import type { Source } from '../../../oci/tar/read.ts';
import { readTarStream } from '../../../oci/tar/read-stream.ts';
import { concat, READ_BYTES, readAll, say } from '../../program-io.ts';
import type { Tool } from '../../tool.ts';
import { lstatOrNull, statOrNull } from '../files/tree.ts';
import { findGid, findUid } from '../users.ts';
import { memberLine } from './tar-list.ts';
import { isExcluded, NameCleaner, Selection } from './tar-names.ts';
import { type Call, enter, fatal } from './tar-options.ts';

/** Bytes written at once. */
const PIECE_BYTES = 1 << 18;

interface Reading {
  readonly tool: Tool;
  readonly call: Call;
  readonly selection: Selection;
  readonly cleaner: NameCleaner;
  readonly isRoot: boolean;
  /** Directories whose times are set when nothing more comes into them. */
  readonly directories: { readonly path: string; readonly mtimeNs: bigint; readonly mode: number }[];
  count: number;
}

export async function read(tool: Tool, call: Call): Promise<void> {
  const source = await openSource(tool, call);
  if (call.mode === 'x') await enter(tool, call.directory);
  const reading: Reading = {
    tool,
    call,
    selection: new Selection(
      call.operands.map(({ name }) => name),
      { usesPatterns: call.options.has('wildcards') },
    ),
    cleaner: new NameCleaner(tool, { keepsAll: call.options.has('P') || call.mode === 't' }),
    isRoot: tool.sys.ids.get().euid === 0,
    directories: [],
    count: 0,
  };
  try {
    await readTarStream(source, (entry) => member(reading, entry));
    await drain(source);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    await broken(reading, error);
  }
  finishDirectories(reading);
  for (const name of reading.selection.missing)
    await tool.complain(tool.isBusybox ? `${name}: not found in archive` : `${name}: Not found in archive`, tool.isBusybox ? 1 : 2);
}

async function broken({ tool, count }: Reading, error: FormatError): Promise<void> {
  if (tool.isBusybox) await tool.die(/EOF/.test(error.message) ? 'short read' : 'invalid tar magic');
  if (/EOF/.test(error.message) && count > 0) await fatal(tool, 'Unexpected EOF in archive', '');
  if (count === 0) await tool.complain('This does not look like a tar archive', 2);
  else await tool.complain('Skipping to next header', 2);
}

/** Whoever writes the archive into a pipe shall be able to end. */
async function drain(source: Source): Promise<void> {
  while ((await source()) !== null);
}

async function openSource(tool: Tool, { archive, options }: Call): Promise<Source> {
  const { sys } = tool;
  let fd = 0;
  try {
    if (archive !== null) fd = await sys.open(archive, { read: true, closeOnExec: true });
  } catch (error) {
    if (!isErrno(error)) throw error;
    await fatal(tool, `${archive}: Cannot open: ${error.message}`, `can't open '${archive}': ${error.message}`);
  }
  const pieces = async (): Promise<Uint8Array | null> => {
    const piece = await sys.read(fd, READ_BYTES);
    return piece.length === 0 ? null : piece;
  };
  const first = await pieces();
  if (first === null && !tool.isBusybox) await tool.complain('This does not look like a tar archive', 2);
  if (first === null && tool.isBusybox) await tool.die('short read');
  // Debian's busybox is built without FEATURE_SEAMLESS_MAGIC's autodetection: what is packed must be named.
  const detects = options.has('z') || !tool.isDebianBusybox;
  const isPacked = first !== null && detects && isGzip(first);
  if (!isPacked && options.has('z')) await notPacked(tool);
  if (isPacked && archive === null && !options.has('z') && !tool.isBusybox) await fatal(tool, 'Archive is compressed. Use -z option', '');
  if (isPacked) return once(await unpacked(tool, concat([first, await readAll(sys, fd)])));
  const ahead = [first];
  return async () => (ahead.length > 0 ? (ahead.pop() ?? null) : pieces());
}

async function notPacked(tool: Tool): Promise<never> {
  if (tool.isBusybox) {
    await tool.warn('invalid magic');
    return tool.die('short read');
  }
  await say(tool.sys, 2, '\ngzip: stdin: not in gzip format\n');
  return fatal(tool, 'Child returned status 1', '');
}

async function unpacked(tool: Tool, bytes: Uint8Array): Promise<Uint8Array> {
  try {
    const plain = gunzip(bytes);
    await tool.sys.charge(plain.length * 5);
    return plain;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    if (!tool.isBusybox) await say(tool.sys, 2, '\ngzip: stdin: unexpected end of file\n');
    return fatal(tool, 'Child returned status 1', 'corrupted data');
  }
}

function once(bytes: Uint8Array): Source {
  let isGiven = false;
  return async () => {
    if (isGiven) return null;
    isGiven = true;
    return bytes;
  };
}

async function member(reading: Reading, entry: TarEntry): Promise<void> {
  const { tool, call } = reading;
  reading.count += 1;
  await tool.sys.turn();
  if (!reading.selection.takes(entry.name) || isExcluded(entry.name, call.excludes)) return;
  const name = stripped(entry.name, Number(call.options.value('strip') ?? 0));
  const { options } = call;
  if (name === '' && !tool.isBusybox) return;
  if (call.mode === 't')
    return tool.out.write(options.has('v') ? memberLine(tool, { ...entry, sizeBytes: entry.content.sizeBytes }, call) : `${entry.name}\n`);
  if (options.has('v'))
    await (options.has('O')
      ? say(tool.sys, 2, `${entry.name}\n`)
      : tool.out.write(
          options.count('v') > 1 ? memberLine(tool, { ...entry, sizeBytes: entry.content.sizeBytes }, call) : `${entry.name}\n`,
        ));
  if (name === '') return;
  if (options.has('O')) return entry.type === 'file' ? toStdout(tool, entry) : undefined;
  if (!tool.isBusybox && !options.has('P') && name.split('/').includes('..'))
    return tool.complain(`${entry.name}: Member name contains '..'`, 2);
  const path = await reading.cleaner.clean(name);
  await tool.attempt(
    () => make(reading, { ...entry, name: path }),
    (reason) => refusal(tool, { ...entry, name: path }, reason),
  );
}

function refusal(tool: Tool, { name, type, linkname }: TarEntry, reason: string): string {
  const path = name.replace(/(?<=.)\/$/, '');
  if (!tool.isBusybox) {
    if (type === 'directory') return `${path}: Cannot mkdir: ${reason}`;
    if (type === 'symlink') return `${path}: Cannot create symlink to '${linkname}': ${reason}`;
    return type === 'link' ? `${path}: Cannot hard link to '${linkname}': ${reason}` : `${path}: Cannot open: ${reason}`;
  }
  if (type === 'link') return `can't create hardlink '${path}' to '${linkname}': ${reason}`;
  return type === 'directory' ? `can't make dir ${path}: ${reason}` : `can't open '${path}': ${reason}`;
}

const stripped = (name: string, count: number): string =>
  count === 0
    ? name
    : name
        .replace(/^(?:\.\/)?/, '')
        .split('/')
        .slice(count)
        .join('/');

async function toStdout(tool: Tool, { content }: TarEntry): Promise<void> {
  for (let at = 0; at < content.sizeBytes; at += PIECE_BYTES)
    await tool.out.bytes(content.read(at, Math.min(PIECE_BYTES, content.sizeBytes - at)));
}

async function make(reading: Reading, entry: TarEntry): Promise<void> {
  const { tool, call } = reading;
  const { sys } = tool;
  const path = entry.name.replace(/(?<=.)\/+$/, '');
  makeParents(reading, path);
  if (entry.type === 'directory') return makeDirectory(reading, entry, path);
  const existing = lstatOrNull(sys, path);
  if (existing !== null) {
    if (call.options.has('k')) throw new Errno('EEXIST', path);
    if (call.options.has('skip')) return;
    if (existing.type === 'directory') sys.path.rmdir(path);
    else sys.path.unlink(path);
  }
  if (entry.type === 'link')
    return sys.path.link(
      await reading.cleaner.clean(stripped(entry.linkname, Number(call.options.value('strip') ?? 0)), 'hard link targets'),
      path,
    );
  if (entry.type === 'symlink') sys.path.symlink(entry.linkname, path);
  else if (entry.type === 'file') await writeContent(tool, entry, path);
  else sys.path.mknod(path, entry.type, entry.mode & 0o777, entry.devmajor * 256 + entry.devminor);
  describe(reading, entry, path);
  if (!call.options.has('m')) sys.path.utimes(path, { mtimeNs: entry.mtimeNs }, { noFollow: true });
}

function makeParents({ tool: { sys } }: Reading, path: string): void {
  const parts = path.split('/').slice(0, -1);
  parts.forEach((_, depth) => {
    const parent = parts.slice(0, depth + 1).join('/');
    if (parent !== '' && statOrNull(sys, parent) === null) sys.path.mkdir(parent, 0o777);
  });
}

function makeDirectory(reading: Reading, entry: TarEntry, path: string): void {
  const { tool, call } = reading;
  const isThere = statOrNull(tool.sys, path)?.type === 'directory';
  if (!isThere) {
    if (lstatOrNull(tool.sys, path) !== null) tool.sys.path.unlink(path);
    tool.sys.path.mkdir(path, 0o700);
  }
  describe(reading, entry, path);
  if (!call.options.has('m')) {
    if (tool.isBusybox) tool.sys.path.utimes(path, { mtimeNs: entry.mtimeNs });
    else reading.directories.push({ path, mtimeNs: entry.mtimeNs, mode: entry.mode });
  }
}

async function writeContent({ sys }: Tool, { content }: TarEntry, path: string): Promise<void> {
  const fd = await sys.open(path, { write: true, create: true, exclusive: true }, 0o600);
  for (let at = 0; at < content.sizeBytes; at += PIECE_BYTES)
    await sys.write(fd, content.read(at, Math.min(PIECE_BYTES, content.sizeBytes - at)));
  sys.fds.close(fd);
}

/** Owner (as root), then mode: a change of owner clears the set-id bits. */
function describe({ tool: { sys }, call, isRoot }: Reading, entry: TarEntry, path: string): void {
  const { options } = call;
  if ((isRoot || options.has('same-owner')) && !options.has('o')) {
    const byName = !options.has('numeric');
    const uid = (byName && entry.uname !== '' ? findUid(sys, entry.uname) : undefined) ?? entry.uid;
    const gid = (byName && entry.gname !== '' ? findGid(sys, entry.gname) : undefined) ?? entry.gid;
    sys.path.lchown(path, uid, gid);
  }
  if (entry.type === 'symlink') return;
  const keepsMode = (isRoot || options.has('p')) && !options.has('no-perms');
  sys.path.chmod(path, keepsMode ? entry.mode : entry.mode & 0o777 & ~sys.umask());
}

function finishDirectories({ tool, directories }: Reading): void {
  for (const { path, mtimeNs } of directories.toReversed())
    if (statOrNull(tool.sys, path) !== null) tool.sys.path.utimes(path, { mtimeNs });
}
