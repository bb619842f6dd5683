/** tar -c: a walk through directories, written as an archive. */

import { isErrno } from '../../../kernel/errno.ts';
import { majorOf, minorOf } from '../../../kernel/fs/device-number.ts';
import type { Stat } from '../../../kernel/fs/types.ts';
import { gzip } from '../../../oci/gzip-write.ts';
import type { TarType } from '../../../oci/tar/entry.ts';
import { TAR_END, type TarInput, tarEntryPieces } from '../../../oci/tar/write.ts';
import { concat, READ_BYTES, say } from '../../program-io.ts';
import type { Tool } from '../../tool.ts';
import { parseDate } from '../dates.ts';
import { entries, joined } from '../files/entries.ts';
import { changeMode } from '../modes.ts';
import { nameTables } from '../users.ts';
import { memberLine } from './tar-list.ts';
import { isExcluded, NameCleaner } from './tar-names.ts';
import { type Call, enter, fatal, wrong } from './tar-options.ts';

const TYPES: Readonly<Partial<Record<Stat['type'], TarType>>> = {
  regular: 'file',
  directory: 'directory',
  symlink: 'symlink',
  'char-device': 'char-device',
  'block-device': 'block-device',
  fifo: 'fifo',
};
/** GNU fills up records of twenty blocks. */
const RECORD_BYTES = 10_240;

/** Where the archive's bytes go; compressed ones wait for the end. */
interface Sink {
  readonly fd: number;
  readonly isPacked: boolean;
  readonly held: Uint8Array[];
  sizeBytes: number;
}

interface Writing {
  readonly tool: Tool;
  readonly call: Call;
  readonly sink: Sink;
  readonly cleaner: NameCleaner;
  readonly archive: Stat;
  /** Inode → the name it was first written under. */
  readonly links: Map<string, string>;
  readonly names: ReturnType<typeof nameTables>;
}

export async function create(tool: Tool, call: Call): Promise<void> {
  if (call.operands.length === 0 && !call.options.has('T'))
    await (tool.isBusybox ? tool.die('empty archive') : wrong(tool, 'Cowardly refusing to create an empty archive'));
  const fd = call.archive === null ? 1 : await openArchive(tool, call.archive);
  const isPacked = call.options.has('z') || (call.options.has('a') && /\.t?gz$/.test(call.archive ?? ''));
  const sink: Sink = { fd, isPacked, held: [], sizeBytes: 0 };
  const writing: Writing = {
    tool,
    call,
    sink,
    cleaner: new NameCleaner(tool, { keepsAll: call.options.has('P') }),
    archive: tool.sys.fds.stat(fd),
    links: new Map(),
    names: nameTables(tool.sys),
  };
  const home = tool.sys.path.cwd();
  for (const { name, directory } of call.operands) {
    tool.sys.path.chdir(home);
    await enter(tool, directory);
    await add(writing, name);
  }
  await finish(tool, sink);
}

async function openArchive(tool: Tool, path: string): Promise<number> {
  try {
    return await tool.sys.open(path, { write: true, create: true, truncate: true, closeOnExec: true }, 0o666);
  } catch (error) {
    if (!isErrno(error)) throw error;
    return fatal(tool, `${path}: Cannot open: ${error.message}`, `can't open '${path}': ${error.message}`);
  }
}

async function put({ sys }: Tool, sink: Sink, bytes: Uint8Array): Promise<void> {
  sink.sizeBytes += bytes.length;
  if (!sink.isPacked) {
    await sys.write(sink.fd, bytes);
    return;
  }
  sys.grow(bytes.length);
  sink.held.push(bytes.slice());
}

async function finish(tool: Tool, sink: Sink): Promise<void> {
  await put(tool, sink, TAR_END);
  const over = sink.sizeBytes % RECORD_BYTES;
  if (!tool.isBusybox && over > 0) await put(tool, sink, new Uint8Array(RECORD_BYTES - over));
  if (!sink.isPacked) return;
  await tool.sys.charge(sink.sizeBytes * 25);
  await tool.sys.write(sink.fd, gzip(concat(sink.held)));
}

async function add(writing: Writing, path: string): Promise<void> {
  const { tool, call } = writing;
  if (isExcluded(path, call.excludes)) return;
  const stat = await look(writing, path);
  if (stat === null) return;
  await tool.sys.turn();
  if (stat.ino === writing.archive.ino && stat.dev === writing.archive.dev)
    return tool.warn(tool.isBusybox ? `${path}: file is the archive; skipping` : `${path}: file is the archive; not dumped`);
  const type = TYPES[stat.type];
  if (type === undefined) return tool.warn(`${path}: ${tool.isBusybox ? 'unknown file type' : `${stat.type} ignored`}`);
  const name = await writing.cleaner.clean(stat.type === 'directory' && !path.endsWith('/') ? `${path}/` : path);
  const isWritten = await tool.attempt(
    () => write(writing, { path, name, type, stat }),
    (reason) => (tool.isBusybox ? `can't open '${path}': ${reason}` : `${path}: Cannot open: ${reason}`),
  );
  if (isWritten && stat.type === 'directory' && !call.options.has('no-recursion')) await inside(writing, path);
}

async function look({ tool, call }: Writing, path: string): Promise<Stat | null> {
  try {
    return call.options.has('h') ? tool.sys.path.stat(path) : tool.sys.path.lstat(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    await tool.complain(tool.isBusybox ? `${path}: ${error.message}` : `${path}: Cannot stat: ${error.message}`, 2);
    return null;
  }
}

async function inside(writing: Writing, path: string): Promise<void> {
  const { tool, call } = writing;
  let names: readonly string[] = [];
  await tool.attempt(
    () => {
      names = entries(tool.sys, path).map(({ name }) => name);
    },
    (reason) => (tool.isBusybox ? `can't open '${path}': ${reason}` : `${path}: Cannot open: ${reason}`),
  );
  const sorted = call.options.value('sort') === 'name' ? [...names].sort() : names;
  for (const name of sorted) await add(writing, joined(path, name));
}

interface Member {
  readonly path: string;
  readonly name: string;
  readonly type: TarType;
  readonly stat: Stat;
}

async function write(writing: Writing, member: Member): Promise<void> {
  const { tool, sink } = writing;
  const { path, stat } = member;
  const input = await headOf(writing, member);
  if (input.type !== 'file') {
    await show(writing, input, stat);
    for (const piece of tarEntryPieces(input)) await put(tool, sink, piece);
    return;
  }
  const fd = await tool.sys.open(path, { read: true, closeOnExec: true });
  await show(writing, input, stat);
  let ahead: Uint8Array = new Uint8Array();
  let aheadAt = 0;
  const content = {
    sizeBytes: stat.sizeBytes,
    read: (offset: number, length: number) => ahead.subarray(offset - aheadAt, offset - aheadAt + length),
  };
  const pieces = tarEntryPieces({ ...input, content });
  for (let at = 0; ; ) {
    if (at < stat.sizeBytes && at === aheadAt + ahead.length) {
      aheadAt = at;
      ahead = await exactly(tool, fd, Math.min(PIECE_BYTES, stat.sizeBytes - at));
    }
    const piece = pieces.next();
    if (piece.done === true) break;
    await put(tool, sink, piece.value);
    // The writer takes pieces of the same size; headers and padding are smaller than a block.
    if (piece.value.buffer === ahead.buffer && piece.value.length > 0) at = aheadAt + ahead.length;
  }
  tool.sys.fds.close(fd);
}

/** As much as the writer takes at once. */
const PIECE_BYTES = 1 << 20;

/** So many bytes; what the file has lost in the meantime is zeros. */
async function exactly({ sys }: Tool, fd: number, length: number): Promise<Uint8Array> {
  const whole = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const piece = await sys.read(fd, Math.min(READ_BYTES, length - at));
    if (piece.length === 0) break;
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

async function headOf(writing: Writing, { path, name, type, stat }: Member): Promise<TarInput> {
  const { tool, call, names } = writing;
  const { options } = call;
  const [uid, gid] = [ownerOption(options.value('owner'), stat.uid), ownerOption(options.value('group'), stat.gid)];
  const head = {
    name,
    type,
    mode: changeMode(options.value('mode') ?? '', { mode: stat.mode, isDirectory: type === 'directory', umask: 0 }) ?? stat.mode,
    uid: uid.id,
    gid: gid.id,
    uname: options.has('numeric') ? '' : (uid.name ?? known(names.user(uid.id))),
    gname: options.has('numeric') ? '' : (gid.name ?? known(names.group(gid.id))),
    mtimeNs: (options.has('mtime') ? parseDate(options.value('mtime') ?? '', tool.sys.clock.nowNs()) : undefined) ?? stat.mtimeNs,
    devmajor: majorOf(stat.rdev),
    devminor: minorOf(stat.rdev),
  };
  if (type === 'symlink') return { ...head, linkname: tool.sys.path.readlink(path) };
  const key = `${stat.dev}:${stat.ino}`;
  const first = writing.links.get(key);
  if (type === 'directory' || stat.nlink < 2) return head;
  if (first !== undefined) return { ...head, type: 'link', linkname: await writing.cleaner.clean(first, 'hard link targets') };
  writing.links.set(key, name);
  return head;
}

const known = (name: string): string => (/^\d+$/.test(name) ? '' : name);

/** `--owner=NAME:ID`, a number or a name. */
function ownerOption(text: string | undefined, own: number): { id: number; name?: string } {
  const match = /^(?:([^:\d][^:]*)(?::(\d+))?|:?\+?(\d+))$/.exec(text ?? '');
  if (!match) return { id: own };
  return { id: Number(match[2] ?? match[3] ?? (match[1] === 'root' ? 0 : own)), ...(match[1] === undefined ? {} : { name: match[1] }) };
}

/** Names go where the archive does not. */
async function show({ tool, call, sink }: Writing, input: TarInput, stat: Stat): Promise<void> {
  const times = call.options.count('v');
  if (times === 0) return;
  const line =
    times > 1
      ? memberLine(
          tool,
          {
            uname: '',
            gname: '',
            uid: 0,
            gid: 0,
            mode: 0,
            linkname: '',
            devmajor: 0,
            devminor: 0,
            mtimeNs: 0n,
            ...input,
            type: input.type ?? 'file',
            sizeBytes: input.type === 'file' ? stat.sizeBytes : 0,
          },
          call,
        )
      : `${input.name}\n`;
  if (sink.fd === 1) await say(tool.sys, 2, line);
  else await tool.out.write(line);
}
