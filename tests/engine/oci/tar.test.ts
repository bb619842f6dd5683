import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  contentBytes,
  FormatError,
  readTar,
  readTarStream,
  safePath,
  type TarEntry,
  type TarInput,
  writeTar,
} from '../../../src/engine/oci/index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const list = (tar: Uint8Array): TarEntry[] => [...readTar(tar)];
const shape = ({ content, xattrs, ...entry }: TarEntry): unknown => ({
  ...entry,
  data: Buffer.from(contentBytes(content)).toString('hex'),
  xattrs: [...xattrs].map(([name, value]) => `${name}=${Buffer.from(value).toString('hex')}`).sort(),
});

async function listStream(tar: Uint8Array, cuts: readonly number[]): Promise<TarEntry[]> {
  const edges = [0, ...new Set(cuts.map((cut) => cut % (tar.length + 1)))].sort((a, b) => a - b);
  const pieces = edges.map((from, i) => tar.slice(from, edges[i + 1] ?? tar.length)).filter((piece) => piece.length > 0);
  const entries: TarEntry[] = [];
  await readTarStream(
    async () => pieces.shift() ?? null,
    (entry) => {
      entries.push(entry);
    },
  );
  return entries;
}

const segment = fc.stringMatching(/^[a-z0-9가-힣_ -]{1,40}$/);
const name = fc.array(segment, { minLength: 1, maxLength: 8 }).map((parts) => parts.join('/'));
const entry: fc.Arbitrary<TarInput> = fc.record({
  name,
  type: fc.constantFrom('file', 'directory', 'symlink', 'link', 'fifo', 'char-device'),
  mode: fc.nat(0o7777),
  uid: fc.nat(2 ** 31),
  gid: fc.nat(2 ** 31),
  uname: fc.constantFrom('', 'root', '루트'),
  gname: fc.constantFrom('', 'wheel'),
  mtimeNs: fc.integer({ min: -1_000_000, max: 9_000_000_000 }).map((seconds) => BigInt(seconds) * 1_000_000_000n),
  linkname: name,
  devmajor: fc.nat(255),
  devminor: fc.nat(255),
  content: fc.uint8Array({ maxLength: 1500 }),
  xattrs: fc
    .dictionary(fc.constantFrom('user.a', 'security.capability'), fc.uint8Array({ maxLength: 20 }))
    .map((record) => new Map(Object.entries(record))),
});

describe('tar', () => {
  it('reads what it wrote, whole or in any pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 6 }), fc.array(fc.nat(50_000), { maxLength: 10 }), async (inputs, cuts) => {
        const tar = writeTar(inputs);
        const read = list(tar);
        const expected = inputs.map((input) =>
          shape({
            ...(input as Required<Omit<TarInput, 'content'>>),
            name: input.type === 'directory' ? `${input.name}/` : input.name,
            content: { sizeBytes: 0, read: () => (input.type === 'file' ? (input.content as Uint8Array) : new Uint8Array()) },
          }),
        );
        expect(read.map(shape)).toEqual(expected);
        expect((await listStream(tar, cuts)).map(shape)).toEqual(expected);
        expect(writeTar(read.map(({ content, ...rest }) => ({ ...rest, content })))).toEqual(tar);
      }),
      { numRuns: 60 },
    );
  });

  it('fails with a clear error on noise and on cuts, and never otherwise', () => {
    const tar = writeTar([
      { name: `${'long/'.repeat(60)}name`, content: bytes('x'.repeat(700)), xattrs: new Map([['user.a', bytes('b')]]) },
    ]);
    const attempt = (data: Uint8Array): void => {
      try {
        list(data);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    };
    fc.assert(
      fc.property(fc.nat(tar.length), fc.array(fc.tuple(fc.nat(tar.length - 1), fc.nat(255)), { maxLength: 4 }), (length, changes) => {
        const copy = tar.slice(0, length);
        for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
        attempt(copy);
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), attempt));
    expect(() => list(bytes('not a tar\n'))).toThrow('unexpected EOF');
  });

  it('does not believe a size', async () => {
    const [header] = [writeTar([{ name: 'big', content: { sizeBytes: 2 ** 32, read: () => new Uint8Array() } }])];
    expect(() => list(header ?? new Uint8Array())).toThrow('unexpected EOF');
    await expect(listStream(header ?? new Uint8Array(), [])).rejects.toThrow('unexpected EOF');
  });

  it('makes safe paths of names', () => {
    expect(['./a/b/', '/etc//passwd', 'a/../b', '.', '../x', 'a/../../x'].map(safePath)).toEqual([
      'a/b',
      'etc/passwd',
      'b',
      '',
      null,
      null,
    ]);
  });
});

const GNU_TAR = '/bin/tar';
describe.runIf(process.platform === 'linux' && existsSync(GNU_TAR))('GNU tar', () => {
  let folder = '';
  const tarOf = (format: string, ...args: string[]): Uint8Array =>
    execFileSync(GNU_TAR, [`--format=${format}`, '-C', folder, '-cf', '-', ...args], { maxBuffer: 1 << 26 });
  const longName = `${'d'.repeat(90)}/${'f'.repeat(120)}`;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'drydock-tar-'));
    execFileSync('sh', [
      '-c',
      `cd ${folder} && mkdir ${'d'.repeat(90)} && echo long > ${longName} && ln ${longName} hard && ln -s ${'t'.repeat(150)} soft && truncate -s 3M holes && printf start | dd of=holes conv=notrunc status=none && printf end | dd of=holes bs=1 seek=2000000 conv=notrunc status=none`,
    ]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(['gnu', 'posix'])('its %s archives are read: long names, links', (format) => {
    const entries = list(tarOf(format, longName, 'hard', 'soft'));
    expect(entries.map(({ name: at, type, linkname }) => [at, type, linkname])).toEqual([
      [longName, 'file', ''],
      ['hard', 'link', longName],
      ['soft', 'symlink', 't'.repeat(150)],
    ]);
  });

  it.each([
    ['gnu', '1.0'],
    ['posix', '0.0'],
    ['posix', '0.1'],
    ['posix', '1.0'],
  ])('its sparse files are read: %s %s', (format, version) => {
    const [holes] = list(tarOf(format, '--sparse', `--sparse-version=${version}`, 'holes'));
    expect(holes).toMatchObject({ name: 'holes', type: 'file', content: { sizeBytes: 3 * 1024 * 1024 } });
    const data = holes ? contentBytes(holes.content) : new Uint8Array();
    expect(Buffer.compare(data, readFileSync(path.join(folder, 'holes')))).toBe(0);
    expect(new TextDecoder().decode(holes?.content.read(1_999_999, 5))).toBe('\0end\0');
  });

  it('reads ours', () => {
    const file = path.join(folder, 'ours.tar');
    writeFileSync(
      file,
      writeTar([
        { name: 'dir/' },
        { name: `dir/${'가'.repeat(60)}`, content: bytes('hi\n'), mode: 0o4755, uid: 3_000_000 },
        { name: 'link', type: 'symlink', linkname: 'dir' },
      ]),
    );
    const text = execFileSync(GNU_TAR, ['-tvf', file, '--numeric-owner', '--quoting-style=literal'], {
      encoding: 'utf8',
      env: { TZ: 'UTC', LC_ALL: 'C.UTF-8' },
    });
    expect(text).toBe(
      `drwxr-xr-x 0/0               0 1970-01-01 00:00 dir/\n-rwsr-xr-x 3000000/0         3 1970-01-01 00:00 dir/${'가'.repeat(60)}\nlrwxrwxrwx 0/0               0 1970-01-01 00:00 link -> dir\n`,
    );
  });
});
