/** gzip, gunzip and zcat: files made smaller and whole again. The format is oci's; the header's name and time are added here. */
import { isGzip, gunzip as unpack } from '../../../oci/gzip.ts';
import { gzip as pack } from '../../../oci/gzip-write.ts';
import { FormatError } from '../../../oci/manifest.ts';
import type { Options } from '../../options.ts';
import { concat, encode, readAll, say } from '../../program-io.ts';
import type { Tool, UsageSpec, Utility } from '../../tool.ts';
import { lstatOrNull } from '../files/tree.ts';

const GNU_SPEC: UsageSpec = {
  short: 'cdfhklLnNqrS:tvV123456789',
  long: {
    stdout: 'c',
    'to-stdout': 'c',
    decompress: 'd',
    uncompress: 'd',
    force: 'f',
    keep: 'k',
    list: 'l',
    'no-name': 'n',
    name: 'N',
    quiet: 'q',
    recursive: 'r',
    suffix: 'S:',
    test: 't',
    verbose: 'v',
    fast: '1',
    best: '9',
    rsyncable: 'rsyncable',
  },
  package: '1.12',
};
const USAGES: Readonly<Record<string, string>> = { gzip: '[-cfkdt] [FILE]...', gunzip: '[-cfkt] [FILE]...', zcat: '[FILE]...' };

/** What the host does in no time costs this much for a byte. */
const PACK_NS = 25;
const UNPACK_NS = 5;
const HEADER_BYTES = 10;
const HAS_NAME = 8;
const WARNING = 2;

interface Work {
  readonly tool: Tool;
  readonly options: Options;
  readonly unpacks: boolean;
  readonly toStdout: boolean;
}

const gzipTool =
  (defaults: { unpacks: boolean; toStdout: boolean }): Utility =>
  async (tool) => {
    const options = await tool.options(tool.isBusybox ? { short: 'cfkdtv123456789', usage: USAGES[tool.applet] ?? '' } : GNU_SPEC);
    const work = {
      tool,
      options,
      unpacks: defaults.unpacks || options.has('d', 't', 'l'),
      toStdout: defaults.toStdout || options.has('c', 't', 'l'),
    };
    if (options.has('l')) await tool.out.write('         compressed        uncompressed  ratio uncompressed_name\n');
    for (const path of options.operands.length === 0 ? ['-'] : options.operands) await one(work, path);
    return 0;
  };

export const gzip = gzipTool({ unpacks: false, toStdout: false });
export const gunzip = gzipTool({ unpacks: true, toStdout: false });
export const zcat = gzipTool({ unpacks: true, toStdout: true });

async function one(work: Work, path: string): Promise<void> {
  const { tool, unpacks } = work;
  if (path === '-') return stream(work);
  const source = sourceOf(work, path);
  const stat = lstatOrNull(tool.sys, source);
  if (stat === null) return missing(tool, source);
  if (stat.type === 'directory')
    return complainGnu(tool, `${path} is a directory -- ignored`, `can't remove file '${path}': Is a directory`);
  const target = targetOf(work, source);
  if (target === null) {
    if (unpacks) return complainGnu(tool, `${path}: unknown suffix -- ignored`, `${path}: unknown suffix - ignored`);
    return tool.warn(`${path} already has .gz suffix -- unchanged`);
  }
  if (!work.toStdout && !work.options.has('f') && tool.sys.path.access(target, {}))
    return complainGnu(tool, `${target} already exists;\tnot overwritten`, `can't open '${target}': File exists`);
  const input = tool.sys.path.readFile(source);
  const mtime = Number(stat.mtimeNs / 1_000_000_000n);
  const output = await converted(work, input, {
    label: source,
    ...(tool.isBusybox || work.options.has('n') ? {} : { name: source.replace(/.*\//, ''), mtime }),
  });
  if (output === null) return;
  if (work.options.has('l')) return list(tool, { packed: input, plain: output, name: target });
  if (work.options.has('t')) return work.options.has('v') && !tool.isBusybox ? say(tool.sys, 2, `${source}:\t OK\n`) : undefined;
  if (work.toStdout) return tool.out.bytes(output);
  tool.sys.path.writeFile(target, output, stat.mode);
  keepMetadata(tool, target, stat);
  await report(work, { source, target, plain: unpacks ? output : input, packed: unpacks ? input : output });
  if (!work.options.has('k')) tool.sys.path.unlink(source);
}

function keepMetadata(
  { sys }: Tool,
  path: string,
  stat: { readonly mode: number; readonly uid: number; readonly gid: number; readonly atimeNs: bigint; readonly mtimeNs: bigint },
): void {
  if (sys.ids.get().euid === 0) sys.path.chown(path, stat.uid, stat.gid);
  sys.path.chmod(path, stat.mode);
  sys.path.utimes(path, { atimeNs: stat.atimeNs, mtimeNs: stat.mtimeNs });
}

async function missing(tool: Tool, path: string): Promise<void> {
  tool.status = Math.max(tool.status, 1);
  await tool.out.flush();
  await say(tool.sys, 2, `${tool.isBusybox ? tool.name : 'gzip'}: ${path}: No such file or directory\n`);
}

async function complainGnu(tool: Tool, gnu: string, busybox: string): Promise<void> {
  if (tool.isBusybox) return tool.complain(busybox);
  // GNU's gunzip is a script around gzip.
  tool.status = Math.max(tool.status, WARNING);
  await tool.out.flush();
  await say(tool.sys, 2, `gzip: ${gnu}\n`);
}

/** GNU finds `a.gz` also where `a` was asked for. */
function sourceOf({ tool, unpacks, options }: Work, path: string): string {
  const suffix = options.value('S') ?? '.gz';
  const isThere = tool.sys.path.access(path, {});
  return unpacks && !tool.isBusybox && !isThere && !path.endsWith(suffix) ? path + suffix : path;
}

/** The name of the result; null if the source's does not tell. */
function targetOf({ unpacks, toStdout, options, tool }: Work, source: string): string | null {
  const suffix = options.value('S') ?? '.gz';
  if (unpacks) {
    if (source.endsWith('.tgz')) return `${source.slice(0, -'.tgz'.length)}.tar`;
    if (source.endsWith(suffix)) return source.slice(0, -suffix.length);
    return toStdout ? source : null;
  }
  if (source.endsWith(suffix) && !toStdout && !tool.isBusybox) return null;
  return source + suffix;
}

async function stream(work: Work): Promise<void> {
  const { tool } = work;
  const output = await converted(work, await readAll(tool.sys, 0), { label: 'stdin' });
  if (output !== null && !work.options.has('t')) await tool.out.bytes(output);
}

interface Label {
  readonly label: string;
  /** For the header. */
  readonly name?: string;
  readonly mtime?: number;
}

async function converted(work: Work, input: Uint8Array, label: Label): Promise<Uint8Array | null> {
  const { tool, unpacks, options } = work;
  await tool.sys.charge(input.length * (unpacks ? UNPACK_NS : PACK_NS));
  if (!unpacks) return packed(input, { ...label, level: Number(options.last('1', '2', '3', '4', '5', '6', '7', '8', '9') ?? 6) });
  try {
    if (!isGzip(input) && work.toStdout && options.has('f')) return input;
    return unpack(input);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    await unreadable(tool, input, label.label);
    return null;
  }
}

async function unreadable(tool: Tool, input: Uint8Array, label: string): Promise<void> {
  const isOurs = isGzip(input);
  if (tool.isBusybox) return tool.complain(isOurs ? 'corrupted data' : tool.applet === 'zcat' ? 'no gzip/bzip2/xz magic' : 'invalid magic');
  tool.status = Math.max(tool.status, 1);
  await tool.out.flush();
  await say(tool.sys, 2, `\ngzip: ${label}: ${isOurs || input.length === 0 ? 'unexpected end of file' : 'not in gzip format'}\n`);
}

/** A header of our own before the compressed data. */
function packed(input: Uint8Array, { name, mtime = 0, level }: Label & { readonly level: number }): Uint8Array {
  const body = pack(input).subarray(HEADER_BYTES);
  const header = new Uint8Array([0x1f, 0x8b, 8, name === undefined ? 0 : HAS_NAME, 0, 0, 0, 0, level === 9 ? 2 : level === 1 ? 4 : 0, 3]);
  new DataView(header.buffer).setUint32(4, mtime, true);
  return concat(name === undefined ? [header, body] : [header, encode(`${name}\0`), body]);
}

interface Sizes {
  readonly plain: Uint8Array;
  readonly packed: Uint8Array;
}

const ratio = ({ plain, packed: small }: Sizes, overhead: number): string =>
  plain.length === 0 ? '0.0' : ((1 - (small.length - overhead) / plain.length) * 100).toFixed(1);

async function list(tool: Tool, { packed: small, plain, name }: Sizes & { readonly name: string }): Promise<void> {
  const nameBytes = encode(name).length + 1;
  await tool.out.write(
    `${String(small.length).padStart(19)} ${String(plain.length).padStart(19)} ${`${ratio({ plain, packed: small }, HEADER_BYTES + 8 + nameBytes)}%`.padStart(6)} ${name}\n`,
  );
}

async function report(
  { tool, options, unpacks }: Work,
  { source, target, plain, packed: small }: Sizes & { readonly source: string; readonly target: string },
): Promise<void> {
  if (!options.has('v') || tool.isBusybox) return;
  const nameBytes = encode((unpacks ? target : source).replace(/.*\//, '')).length + 1;
  await tool.out.flush();
  await tool.sys.write(
    2,
    encode(
      `${source}:\t${`${ratio({ plain, packed: small }, HEADER_BYTES + 8 + nameBytes)}%`.padStart(6)} -- ${options.has('k') ? 'created' : 'replaced with'} ${target}\n`,
    ),
  );
}
