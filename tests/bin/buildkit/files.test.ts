import { describe, expect, it } from 'vitest';
import { receiveTree, type SentFile, sendTree, sentFile } from '../../../src/bin/buildkit/files.ts';
import type { Stream } from '../../../src/bin/buildkit/grpc/client.ts';
import { Queue } from '../../../src/bin/buildkit/grpc/queue.ts';
import { FILE_PACKET, PACKET, type Packet } from '../../../src/bin/buildkit/messages/session.ts';

/** A stream whose other end is a list of packets, or a second stream. */
function pair(): readonly [Stream, Stream] {
  const [a, b] = [new Queue<Uint8Array>(), new Queue<Uint8Array>()];
  const end = (from: Queue<Uint8Array>, to: Queue<Uint8Array>): Stream => ({
    read: () => from.take(),
    write: async (bytes) => to.push(bytes),
    end: () => to.close(),
    cancel: () => to.close(),
  });
  return [end(a, b), end(b, a)];
}

/** Receives what another end sends that never answers. */
async function received(...packets: readonly Uint8Array[]): ReturnType<typeof receiveTree> {
  const [near, far] = pair();
  for (const bytes of packets) await far.write(bytes);
  far.end();
  return receiveTree(near);
}

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const packet = (rest: Partial<Packet>): Uint8Array => FILE_PACKET.encode({ type: PACKET.stat, id: 0, data: new Uint8Array(), ...rest });
const stat = (path: string, rest: object = {}): Uint8Array =>
  packet({
    stat: { path, mode: 0o644, uid: 0, gid: 0, size: 1, modTime: 0, linkname: '', devmajor: 0, devminor: 0, xattrs: [], ...rest },
  });

/** What Buildx 0.36.1 sent of a directory with `d/empty`, `h`, a link `l` to `s`, and `s`, a second name of `h` with mode 4755. */
const CAPTURED = [
  '121b0a0a446f636b657266696c6510a403282330bf8beab5dba99ef618',
  '12130a016410ed838080083097a090b7dba99ef618',
  '12160a07642f656d70747910a4033097a090b7dba99ef618',
  '12140a016810ed838004280530bf8beab5dba99ef618',
  '12170a016c10ff838040280130bf8beab5dba99ef6183a0173',
  '12170a017310ed838004280530bf8beab5dba99ef6183a0168',
  '',
  '0802222346524f4d2062757379626f780a434f5059202d2d63686d6f643d3630302073202f730a',
  '0802',
  '08021803220568656c6c6f',
  '08021803',
  '0803',
].map(hex);

describe('a tree of files from a client', () => {
  it('is what the real client has sent', async () => {
    const entries = await received(...CAPTURED);
    const shown = entries.map(({ name, type, mode = 0, linkname, content }) => [
      name,
      type,
      mode.toString(8),
      linkname,
      content instanceof Uint8Array ? new TextDecoder().decode(content) : '',
    ]);
    expect(shown).toEqual([
      ['Dockerfile', 'file', '644', '', 'FROM busybox\nCOPY --chmod=600 s /s\n'],
      ['d', 'directory', '755', '', ''],
      ['d/empty', 'file', '644', '', ''],
      ['h', 'file', '4755', '', 'hello'],
      ['l', 'symlink', '777', 's', ''],
      ['s', 'link', '4755', 'h', ''],
    ]);
    expect(entries[0]?.mtimeNs).toBeGreaterThan(1_700_000_000_000_000_000n);
  });

  it('asks for each file that has something in it, by its place', async () => {
    const [near, far] = pair();
    for (const bytes of CAPTURED) await far.write(bytes);
    far.end();
    await receiveTree(near);
    const asked: Packet[] = [];
    for (let bytes = await far.read(); bytes !== null; bytes = await far.read()) asked.push(FILE_PACKET.decode(bytes));
    expect(asked.map(({ type, id }) => [type, id])).toEqual([
      [PACKET.request, 0],
      [PACKET.request, 3],
      [PACKET.end, 0],
    ]);
  });

  it('ends with an error wherever it is cut off', async () => {
    for (let cut = 0; cut < CAPTURED.length - 1; cut++) await expect(received(...CAPTURED.slice(0, cut))).rejects.toThrow('unexpected EOF');
  });

  it.each(['../etc/passwd', '/etc/passwd', 'a/../../b', 'a//b', './a', '', 'a\0b'])('has no path %j', async (path) => {
    await expect(received(stat(path))).rejects.toThrow('invalid path');
  });

  it('refuses packets that nobody asked for', async () => {
    await expect(received(packet({ type: PACKET.data, id: 7, data: new Uint8Array([1]) }))).rejects.toThrow('invalid file request 7');
    await expect(received(packet({ type: PACKET.request }))).rejects.toThrow('unexpected packet 1');
    await expect(received(stat('a'), packet({}), stat('late'))).rejects.toThrow('after the end of the descriptions');
    await expect(received(hex('12ff'))).rejects.toThrow('unexpected end of data');
  });

  it('hands on what the sender says is wrong', async () => {
    const data = new TextEncoder().encode('failed to match excludepatterns: "[": syntax error in pattern');
    await expect(received(packet({ type: PACKET.error, data }))).rejects.toThrow('error from sender: failed to match excludepatterns');
  });

  it('leaves out what no archive has', async () => {
    expect(await received(stat('socket', { mode: 2 ** 24 + 0o755, size: 0 }), packet({}))).toEqual([]);
  });
});

describe('a tree of files for a client', () => {
  const text = (value: string): Uint8Array => new TextEncoder().encode(value);
  const files: readonly SentFile[] = [
    sentFile({ name: 'b.txt', type: 'file', mode: 0o600, mtimeNs: 5n }, text('bee')),
    sentFile({ name: 'a/', type: 'directory', mode: 0o1777 }, text('')),
    sentFile({ name: 'a-b', type: 'symlink', mode: 0o777, linkname: 'b.txt' }, text('')),
    sentFile({ name: 'a/long', type: 'file', mode: 0o4755 }, new Uint8Array(100_000).fill(7)),
  ];

  it('arrives as it was sent, each directory before what is in it', async () => {
    const [near, far] = pair();
    const [, entries] = await Promise.all([sendTree(near, files), receiveTree(far)]);
    expect(entries.map(({ name, type, mode }) => `${name} ${type} ${mode?.toString(8)}`)).toEqual([
      'a directory 1777',
      'a/long file 4755',
      'a-b symlink 777',
      'b.txt file 600',
    ]);
    expect(entries[1]?.content).toEqual(new Uint8Array(100_000).fill(7));
    expect(entries[3]).toMatchObject({ mtimeNs: 5n, content: text('bee') });
  });

  it('is not sent on when the receiver has something against it, or asks for what there is not', async () => {
    const answer = async (rest: Partial<Packet>): Promise<void> => {
      const [near, far] = pair();
      await far.write(packet(rest));
      await sendTree(near, files);
    };
    await expect(answer({ type: PACKET.error, data: text('disk full') })).rejects.toThrow('error from receiver: disk full');
    await expect(answer({ type: PACKET.request, id: 4 })).rejects.toThrow('invalid file id 4');
  });
});
