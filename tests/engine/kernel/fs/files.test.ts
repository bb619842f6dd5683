import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PagedBody } from '../../../../src/engine/kernel/fs/body.ts';
import { bytes, computer, failure, ROOT, user, words } from './host.ts';

describe('a file', () => {
  it('is what was written', () => {
    const { path, open } = computer();
    const file = open('/log', { write: true, create: true, append: true });
    for (let i = 0; i < 5000; i += 1) file.write(bytes('0123456789'));
    file.close();
    expect(path.stat('/log')).toMatchObject({ sizeBytes: 50_000, type: 'regular', mode: 0o666, nlink: 1 });
    expect(words(path.readFile('/log')).slice(49_990)).toBe('0123456789');
  });

  it('keeps its bytes when it is unlinked while open', () => {
    const { path, open } = computer();
    path.writeFile('/a', bytes('still here'));
    const file = open('/a', { read: true });
    path.unlink('/a');
    expect(words(file.read(100))).toBe('still here');
    expect(file.stat().nlink).toBe(0);
    expect(failure(() => path.stat('/a'))).toBe('ENOENT');
  });

  it('takes no room for a hole', () => {
    const { path, open } = computer();
    const file = open('/sparse', { write: true, create: true });
    file.seek?.(2 ** 30, 'set');
    file.write(bytes('end'));
    const { sizeBytes, allocatedBytes } = path.stat('/sparse');
    expect(sizeBytes).toBe(2 ** 30 + 3);
    expect(allocatedBytes).toBe(4096);
  });

  it('behaves like an array of bytes, whatever is done to it', () => {
    const change = fc.oneof(
      fc.record({ kind: fc.constant('write' as const), at: fc.nat(70_000), data: fc.uint8Array({ minLength: 1, maxLength: 40_000 }) }),
      fc.record({ kind: fc.constant('truncate' as const), at: fc.nat(70_000) }),
      fc.record({ kind: fc.constant('replace' as const), data: fc.uint8Array({ maxLength: 40_000 }) }),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
        let used = 0;
        const body = new PagedBody({
          get freeBytes() {
            return 1e9;
          },
          take: (count) => {
            used += count;
          },
        });
        let model: number[] = [];
        for (const step of changes) {
          const before = body.snapshot();
          const copy = [...model];
          if (step.kind === 'write') {
            while (model.length < step.at) model.push(0);
            for (const [i, byte] of step.data.entries()) model[step.at + i] = byte;
            body.write(step.at, step.data);
          } else if (step.kind === 'truncate') {
            while (model.length < step.at) model.push(0);
            model = model.slice(0, step.at);
            body.truncate(step.at);
          } else {
            model = [...step.data];
            body.replace({ sizeBytes: step.data.length, read: (from, length) => step.data.subarray(from, from + length) });
          }
          expect(Buffer.compare(before.read(0, before.sizeBytes), Uint8Array.from(copy))).toBe(0);
          expect(Buffer.compare(body.read(0, body.sizeBytes), Uint8Array.from(model))).toBe(0);
          expect(body.sizeBytes).toBe(model.length);
          expect(body.allocatedBytes).toBe(used);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('names', () => {
  it('may be several for one file, and end with the last', () => {
    const { path } = computer();
    path.writeFile('/a', bytes('x'));
    path.link('/a', '/b');
    expect(path.stat('/b')).toMatchObject({ nlink: 2, ino: path.stat('/a').ino });
    path.unlink('/a');
    expect(path.stat('/b').nlink).toBe(1);
  });

  it('are moved, in place of what fits', () => {
    const { path } = computer();
    path.mkdir('/d');
    path.mkdir('/e');
    path.writeFile('/d/f', bytes('1'));
    path.writeFile('/g', bytes('2'));
    expect(failure(() => path.rename('/d', '/d/x'))).toBe('EINVAL');
    expect(failure(() => path.rename('/g', '/d'))).toBe('EISDIR');
    expect(failure(() => path.rename('/d', '/g'))).toBe('ENOTDIR');
    expect(failure(() => path.rename('/e', '/d'))).toBe('ENOTEMPTY');
    path.rename('/d', '/e');
    expect(words(path.readFile('/e/f'))).toBe('1');
    path.rename('/g', '/e/f');
    expect(words(path.readFile('/e/f'))).toBe('2');
    expect(path.readdir('/').map(({ name }) => name)).toEqual(['e']);
  });

  it('say what is wrong, in the order of Linux', () => {
    const { path, open } = computer();
    path.writeFile('/f', bytes(''));
    path.mkdir('/d');
    path.symlink('loop', '/loop');
    expect(failure(() => path.stat('/f/x'))).toBe('ENOTDIR');
    expect(failure(() => path.stat('/f/'))).toBe('ENOTDIR');
    expect(failure(() => path.stat('/none/x'))).toBe('ENOENT');
    expect(failure(() => path.stat(''))).toBe('ENOENT');
    expect(failure(() => path.stat('/loop'))).toBe('ELOOP');
    expect(failure(() => path.stat(`/${'x'.repeat(256)}`))).toBe('ENAMETOOLONG');
    expect(failure(() => path.mkdir('/d'))).toBe('EEXIST');
    expect(failure(() => path.rmdir('/f'))).toBe('ENOTDIR');
    expect(failure(() => path.unlink('/d'))).toBe('EISDIR');
    expect(failure(() => path.rmdir('/d/.'))).toBe('EINVAL');
    expect(failure(() => open('/d', { write: true }))).toBe('EISDIR');
    expect(failure(() => open('/loop', { read: true, noFollow: true }))).toBe('ELOOP');
    expect(failure(() => open('/f', { write: true, create: true, exclusive: true }))).toBe('EEXIST');
    expect(failure(() => path.readlink('/f'))).toBe('EINVAL');
    path.mkdir('/d/trailing/');
    expect(path.stat('/d/trailing/..').ino).toBe(path.stat('/d').ino);
  });

  it('lead through links, also to what is not there yet', () => {
    const { path, open } = computer();
    path.mkdir('/real');
    path.symlink('real', '/link');
    path.symlink('/real/new', '/dangling');
    open('/dangling', { write: true, create: true }).write(bytes('made'));
    expect(words(path.readFile('/link/new'))).toBe('made');
    expect(path.realpath('/link/../link/new')).toBe('/real/new');
    expect(path.lstat('/link').type).toBe('symlink');
    expect(path.lstat('/link/').type).toBe('directory');
  });
});

describe('permissions', () => {
  it('are those of the mode, unless a capability says otherwise', () => {
    const { path, as } = computer();
    path.writeFile('/secret', bytes('s'), 0o640);
    path.chown('/secret', 5, 6);
    expect(words(as(user(5)).readFile('/secret'))).toBe('s');
    expect(words(as(user(9, [6])).readFile('/secret'))).toBe('s');
    expect(failure(() => as(user(9)).readFile('/secret'))).toBe('EACCES');
    expect(failure(() => as(user(9, [6])).writeFile('/secret', bytes('')))).toBe('EACCES');
    expect(as({ ...user(9), capabilities: new Set(['CAP_DAC_READ_SEARCH']) }).access('/secret', { read: true })).toBe(true);
    expect(as(ROOT).access('/secret', { execute: true })).toBe(false);
    expect(failure(() => as(user(9)).chmod('/secret', 0o777))).toBe('EPERM');
    expect(failure(() => as(user(5)).chown('/secret', 9, -1))).toBe('EPERM');
  });

  it('of a sticky directory leave others their files', () => {
    const { path, as } = computer();
    path.mkdir('/tmp', 0o1777);
    as(user(5)).writeFile('/tmp/mine', bytes(''));
    expect(failure(() => as(user(6)).unlink('/tmp/mine'))).toBe('EPERM');
    expect(failure(() => as(user(6)).rename('/tmp/mine', '/tmp/yours'))).toBe('EPERM');
    as(user(5)).unlink('/tmp/mine');
  });

  it('go on in a setgid directory, and privileges end with a change of owner', () => {
    const { path } = computer();
    path.mkdir('/shared');
    path.chown('/shared', 0, 50);
    path.chmod('/shared', 0o2775);
    path.mkdir('/shared/sub');
    path.writeFile('/shared/f', bytes(''));
    expect(path.stat('/shared/sub')).toMatchObject({ gid: 50, mode: 0o2777 });
    expect(path.stat('/shared/f').gid).toBe(50);
    path.chmod('/shared/f', 0o4755);
    path.chown('/shared/f', 1, 1);
    expect(path.stat('/shared/f').mode).toBe(0o755);
  });
});
