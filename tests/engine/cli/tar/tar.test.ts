import { expect, it } from 'vitest';
import { readTar, type TarEntry, writeTar } from '../../../../src/engine/cli/tar/tar.ts';

const plain = { mode: 0o640, uid: 1, gid: 2, mtimeSeconds: 1000, linkName: '', bytes: new Uint8Array() };

it('keeps what kind of special file something is, and which device', () => {
  const entries: readonly TarEntry[] = [
    { ...plain, name: 'pipe', type: 'other', special: { type: 'fifo', major: 0, minor: 0 } },
    { ...plain, name: 'null', type: 'other', special: { type: 'char-device', major: 1, minor: 3 } },
    { ...plain, name: 'disk', type: 'other', special: { type: 'block-device', major: 8, minor: 1 } },
  ];
  expect(readTar(writeTar(entries))).toEqual(entries);
});
