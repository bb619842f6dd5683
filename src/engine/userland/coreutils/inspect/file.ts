/** `file`: what a file is, by what it begins with. */

import { isErrno } from '../../../kernel/errno.ts';
import { majorOf, minorOf } from '../../../kernel/fs/device-number.ts';
import type { Stat } from '../../../kernel/fs/types.ts';
import { decode, rawOf } from '../../program-io.ts';
import type { Tool, Utility } from '../../tool.ts';

const SPEC = {
  short: 'bhLizkrspN',
  long: { brief: 'b', mime: 'i', 'mime-type': 'mime-type', dereference: 'L', 'no-pad': 'N' },
  usage: '[-bchLiz] [FILE]...',
  package: '5.44',
};

interface Kind {
  readonly text: string;
  readonly mime: string;
}

/** What stands at an offset, and what the file is then. */
const MAGIC: readonly (readonly [bytes: string, offset: number, text: string, mime: string])[] = [
  ['\x1f\x8b', 0, 'gzip compressed data', 'application/gzip'],
  ['BZh', 0, 'bzip2 compressed data', 'application/x-bzip2'],
  ['\xfd7zXZ\0', 0, 'XZ compressed data', 'application/x-xz'],
  ['\x28\xb5\x2f\xfd', 0, 'Zstandard compressed data (v0.8+)', 'application/zstd'],
  ['PK\x03\x04', 0, 'Zip archive data, at least v2.0 to extract', 'application/zip'],
  ['ustar\0', 257, 'POSIX tar archive', 'application/x-tar'],
  ['ustar  \0', 257, 'POSIX tar archive (GNU)', 'application/x-tar'],
  ['\x89PNG\r\n\x1a\n', 0, 'PNG image data', 'image/png'],
  ['\xff\xd8\xff', 0, 'JPEG image data', 'image/jpeg'],
  ['GIF8', 0, 'GIF image data', 'image/gif'],
  ['%PDF-', 0, 'PDF document', 'application/pdf'],
  ['SQLite format 3\0', 0, 'SQLite 3.x database', 'application/vnd.sqlite3'],
  ['-----BEGIN CERTIFICATE-----', 0, 'PEM certificate', 'text/plain'],
];

export const file: Utility = async (tool) => {
  const options = await tool.options(SPEC);
  if (options.operands.length === 0) return tool.wrongUsage(SPEC, 'no file given');
  const isMime = options.has('i', 'mime-type');
  const width = options.has('N') ? 0 : Math.max(...options.operands.map((path) => path.length)) + 1;
  for (const path of options.operands) {
    const kind = kindOf(tool, path, options.has('L'));
    await tool.out.write(`${options.has('b') ? '' : `${`${path}:`.padEnd(width)} `}${isMime ? kind.mime : kind.text}\n`);
  }
  return 0;
};

const TYPES: Partial<Readonly<Record<Stat['type'], Kind>>> = {
  directory: { text: 'directory', mime: 'inode/directory' },
  fifo: { text: 'fifo (named pipe)', mime: 'inode/fifo' },
  socket: { text: 'socket', mime: 'inode/socket' },
  'char-device': { text: 'character special', mime: 'inode/chardevice' },
  'block-device': { text: 'block special', mime: 'inode/blockdevice' },
};

function kindOf({ sys }: Tool, path: string, follows: boolean): Kind {
  try {
    const stat = follows ? sys.path.stat(path) : sys.path.lstat(path);
    if (stat.type === 'symlink') {
      const target = sys.path.readlink(path);
      const isThere = sys.path.access(path, {});
      return { text: `${isThere ? '' : 'broken '}symbolic link to ${target}`, mime: 'inode/symlink' };
    }
    const type = TYPES[stat.type];
    if (type !== undefined)
      return stat.type.endsWith('device') ? { ...type, text: `${type.text} (${majorOf(stat.rdev)}/${minorOf(stat.rdev)})` } : type;
    return contentKind(sys.path.readFile(path));
  } catch (error) {
    if (!isErrno(error)) throw error;
    return { text: `cannot open \`${path}' (${error.message})`, mime: `cannot open \`${path}' (${error.message})` };
  }
}

function contentKind(bytes: Uint8Array): Kind {
  if (bytes.length === 0) return { text: 'empty', mime: 'inode/x-empty' };
  const head = rawOf(bytes.subarray(0, 4096));
  if (head.startsWith('\x7fELF')) return elf(bytes);
  for (const [magic, offset, text, mime] of MAGIC) if (head.startsWith(magic, offset)) return { text, mime };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they make a file no text.
  const isText = !/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(head);
  if (!isText) return { text: 'data', mime: 'application/octet-stream' };
  const isAscii = !/[\x80-\xff]/.test(head);
  const isUtf8 = isAscii || !decode(bytes.subarray(0, 4096)).slice(0, -2).includes('\ufffd');
  const encoding = isAscii ? 'ASCII text' : isUtf8 ? 'Unicode text, UTF-8 text' : 'ISO-8859 text';
  const ends = head.includes('\r\n') ? ', with CRLF line terminators' : head.includes('\n') ? '' : ', with no line terminators';
  const interpreter = /^#! ?(\S+)(?: (\S+))?/.exec(head);
  if (interpreter !== null) return script(interpreter, { encoding, ends });
  if (/^\s*[[{]/.test(head) && isJson(decode(bytes))) return { text: 'JSON text data', mime: 'application/json' };
  if (/^\s*<(?:!doctype html|html)/i.test(head)) return { text: `HTML document, ${encoding}${ends}`, mime: 'text/html' };
  return { text: `${encoding}${ends}`, mime: 'text/plain' };
}

function script([, path = '', argument]: RegExpExecArray, { encoding, ends }: { encoding: string; ends: string }): Kind {
  const name = path.endsWith('/env') ? (argument ?? '') : path.replace(/.*\//, '');
  const known: Readonly<Record<string, string>> = {
    sh: 'POSIX shell',
    bash: 'Bourne-Again shell',
    dash: 'a /bin/dash',
    python3: 'Python',
    node: 'Node.js',
  };
  const language = known[name] ?? `a ${path}`;
  return { text: `${language} script, ${encoding} executable${ends}`, mime: 'text/x-shellscript' };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const MACHINES: Readonly<Record<number, string>> = { 3: 'Intel 80386', 40: 'ARM', 62: 'x86-64', 183: 'ARM aarch64', 243: 'UCB RISC-V' };
const KINDS: Readonly<Record<number, string>> = { 1: 'relocatable', 2: 'executable', 3: 'pie executable', 4: 'core file' };

function elf(bytes: Uint8Array): Kind {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const is64 = bytes[4] === 2;
  const [type, machine] = bytes.length >= 20 ? [view.getUint16(16, true), view.getUint16(18, true)] : [0, 0];
  const interpreter = /\/(?:lib|lib64)\/ld-[\w.-]+/.exec(rawOf(bytes.subarray(0, 4096)))?.[0];
  const linked = interpreter === undefined ? 'statically linked' : `dynamically linked, interpreter ${interpreter}`;
  return {
    text: `ELF ${is64 ? 64 : 32}-bit LSB ${KINDS[type] ?? 'shared object'}, ${MACHINES[machine] ?? 'unknown architecture'}, version 1 (SYSV), ${linked}, stripped`,
    mime: 'application/x-pie-executable',
  };
}
