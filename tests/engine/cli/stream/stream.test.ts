import { expect, test } from 'vitest';
import { sha256Hex } from '../../../../src/engine/cli/config/sha256.ts';
import { docker } from '../../../../src/engine/cli/main.ts';
import { parseDetachKeys } from '../../../../src/engine/cli/stream/detach-keys.ts';
import { readFrames } from '../../../../src/engine/cli/stream/frames.ts';
import { detachKeys } from '../../../../src/engine/cli/stream/hold-input.ts';
import { readTar, writeTar } from '../../../../src/engine/cli/tar/tar.ts';
import { type Recording, recordedEngine } from '../recorded-engine.ts';
import { world } from '../world.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('frames may be cut anywhere', async () => {
  const whole = Uint8Array.from([1, 0, 0, 0, 0, 0, 0, 3, ...bytes('out'), 2, 0, 0, 0, 0, 0, 0, 3, ...bytes('err'), 1, 0, 0, 0, 0, 0, 0, 0]);
  for (const size of [1, 2, 7, 8, 9, 100]) {
    let at = 0;
    const machine = world();
    await readFrames(
      async () => {
        const piece = whole.slice(at, at + size);
        at += size;
        return piece.length === 0 ? null : piece;
      },
      { stdout: machine.io.stdout, stderr: machine.io.stderr },
    );
    expect([machine.stdout(), machine.stderr()]).toEqual(['out', 'err']);
  }
});

test('the keys to detach are found, and what only begins like them is passed on', () => {
  const look = detachKeys(parseDetachKeys('ctrl-p,ctrl-q'));
  expect(look(bytes('ab\x10'))).toEqual({ pass: bytes('ab'), detached: false });
  expect(look(bytes('x\x10'))).toEqual({ pass: bytes('\x10x'), detached: false });
  expect(look(bytes('\x10\x11'))).toEqual({ pass: bytes('\x10'), detached: true });
});

test('archives come back as they were written, long names too', () => {
  const common = { mode: 0o644, uid: 1, gid: 2, mtimeSeconds: 1_700_000_000, linkName: '', bytes: new Uint8Array() };
  const entries = [
    { ...common, name: 'dir/', type: 'directory' as const, mode: 0o755 },
    { ...common, name: `dir/${'x'.repeat(150)}`, type: 'file' as const, bytes: bytes('content') },
    { ...common, name: 'dir/link', type: 'symlink' as const, linkName: '../elsewhere' },
  ];
  expect(readTar(writeTar(entries))).toEqual(entries);
});

test("SHA-256 of the standard's examples", () => {
  expect(sha256Hex(bytes(''))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(sha256Hex(bytes('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'))).toBe(
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  );
});

const pull = (lines: readonly unknown[]): Recording => ({
  cmd: 'docker pull x',
  exit: 0,
  stdout: '',
  stderr: '',
  exchanges: [
    { request: { method: 'HEAD', path: '/_ping', query: {} }, response: { status: 200, headers: { 'api-version': '1.55' } } },
    {
      request: { method: 'POST', path: '/v1.55/images/create', query: {} },
      response: { status: 200, contentType: 'application/json', body: { jsonLines: lines } },
    },
  ],
});
const LINES = [
  { status: 'Pulling from library/x', id: 'latest' },
  { status: 'Pulling fs layer', progressDetail: {}, id: 'abc' },
  { status: 'Downloading', progressDetail: { current: 500, total: 1000 }, id: 'abc' },
  { status: 'Pull complete', progressDetail: { hidecounts: true }, id: 'abc' },
  { status: 'Status: Downloaded newer image for x:latest' },
];

test('without a terminal a pull prints a line for each change, no bars', async () => {
  const machine = world({ dial: recordedEngine(pull(LINES)).dial });
  expect(await docker(['pull', 'x'], machine.io)).toBe(0);
  expect(machine.stdout()).toBe(
    'Using default tag: latest\nlatest: Pulling from library/x\nabc: Pulling fs layer\nabc: Pull complete\nStatus: Downloaded newer image for x:latest\ndocker.io/library/x:latest\n',
  );
});

test('on a terminal each layer has a line that is drawn anew', async () => {
  const machine = world({ dial: recordedEngine(pull(LINES)).dial, terminal: { columns: 120, rows: 24 } });
  await docker(['pull', 'x'], machine.io);
  expect(machine.stdout()).toContain(
    '\n\x1b[1A\x1b[2K\rabc: Pulling fs layer \r\x1b[1B\x1b[1A\x1b[2K\rabc: Downloading [=========================>                         ]     500B/1kB\r\x1b[1B',
  );
});

test("an error in the stream is the command's error", async () => {
  const machine = world({ dial: recordedEngine(pull([{ error: 'no space', errorDetail: { message: 'no space left' } }])).dial });
  expect(await docker(['pull', 'x:1'], machine.io)).toBe(1);
  expect(machine.stderr()).toBe('no space left\n');
});
